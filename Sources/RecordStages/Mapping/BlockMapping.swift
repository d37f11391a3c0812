import DocumentModel

/// Finds one block of a form among the lines of all tables.
struct BlockMapping {
  let block: FormBlock
  /// For each row of the grid, its line.
  private(set) var lines: [Int?]
  /// Rows and columns that were recognised, each from 0 to 1.
  private(set) var met: Double = 0
  /// Lines between the first and the last row that are no row of the block.
  private(set) var strangers = 0
  /// Whether each column is named above the first row.
  private(set) var headedColumns: [Bool]?

  private let document: TableLines

  init(_ block: FormBlock, in document: TableLines, isOpen: (Int) -> Bool) {
    self.block = block
    self.document = document
    lines = []
    switch block.layout {
    case .rows: findRows(isOpen)
    case .line: findLine(isOpen)
    }
  }

  var isFound: Bool { lines.contains { $0 != nil } }

  private mutating func findRows(_ isOpen: (Int) -> Bool) {
    let alignment = RowAlignment(rows: block.rows, lines: document.lines, isOpen: isOpen)
    lines = alignment.lines
    met = alignment.likeness.reduce(0, +)
    guard let first = alignment.found.first, let last = alignment.found.last else { return }
    let taken = Set(alignment.found)
    strangers = (first...last).count { !taken.contains($0) && !document.lines[$0].values.isEmpty }
    let table = document.lines[first].table
    let header = HeaderColumns(of: block, in: document.words[table])
    let above = document.headerRows(above: first)
    headedColumns = header.headed(in: above)
    met += Double(header.count(in: above))
  }

  /// The longest line of figures that has the block's words above it in the same table.
  private mutating func findLine(_ isOpen: (Int) -> Bool) {
    let labels = block.rows.map(\.labels) + block.columns.map(\.labels)
    var best: (line: Int, met: Int, length: Int)?
    for (index, line) in document.lines.enumerated() where isOpen(index) && line.values.count * 2 > block.printedColumns
    {
      let words = document.words[line.table].filter { $0.row <= line.row }.map { Label($0.text.folded) }
      let met = labels.count { label in words.contains { label.likeness(to: $0) >= 0.7 } }
      guard met * 2 >= block.rows.count else { continue }
      if let best, (best.met, best.length) >= (met, line.values.count) { continue }
      best = (index, met, line.values.count)
    }
    lines = [best?.line]
    met = Double(best?.met ?? 0)
  }

  /// What is printed in each row of the block.
  func evidence(_ figures: FigureReader) -> [EvidenceGrid.Row] {
    lines.map { index in
      guard let index else { return .absent }
      let line = document.lines[index]
      func tokens(_ cells: [Cell], columns: (Int) -> FormColumn) -> [Token] {
        cells.enumerated().map { offset, cell in
          let column = columns(offset)
          return figures.token(cell.text, type: column.type, units: column.units, places: cell.places)
        }
      }
      let byPosition = { (offset: Int) in block.column(ofPrinted: offset) }
      if document.isPlaced(line), let cells = cells(under: line) {
        return .placed(tokens(cells, columns: byPosition))
      }
      let all = tokens(line.values, columns: byPosition)
      if line.values.count == block.printedColumns { return .placed(all) }
      return .ordered(document.isPlaced(line) ? all.filter { $0.state != .blank } : all)
    }
  }

  /// The cells that stand under the columns' words, where all words are read and each has a cell of its own.
  private func cells(under line: TableLine) -> [Cell]? {
    guard block.layout == .rows else { return nil }
    let header = HeaderColumns(of: block, in: document.words[line.table])
    guard let heads = header.nearest(above: line.row) else { return nil }
    var result: [Cell] = []
    for head in heads {
      let shared = line.values.map { $0.columnRange.clamped(to: head.columnRange).count }
      guard let most = shared.max(), most > 0, let index = shared.firstIndex(of: most) else { return nil }
      result.append(line.values[index])
    }
    return Set(result.map(\.column)).count == result.count ? result : nil
  }

  /// Cells with figures in the block's lines that `evidence` does not use.
  func surplus() -> [Cell] {
    lines.compactMap { $0 }.flatMap { index -> [Cell] in
      let line = document.lines[index]
      guard document.isPlaced(line), let used = cells(under: line) else { return [] }
      return line.values.filter { cell in !used.contains(cell) && !cell.text.isBlank }
    }
  }
}
