import DocumentModel

/// Finds one block of a form among the lines of all tables.
struct BlockMapping {
  let block: FormBlock
  /// For each row of the grid, the lines that print it; none where it was not found.
  private(set) var lines: [[Int]]
  /// Rows and columns that were recognised, each from 0 to 1.
  private(set) var met: Double = 0
  /// Lines between the first and the last row that are no row of the block.
  private(set) var strangers = 0
  /// Whether each column is named above the first row.
  private(set) var headedColumns: [Bool]?

  private let document: TableLines
  /// For each table that prints rows of the block, where the words of its columns stand.
  private var headers: [Int: HeaderColumns] = [:]

  init(_ block: FormBlock, in document: TableLines, isOpen: (Int) -> Bool) {
    self.block = block
    self.document = document
    lines = []
    switch block.layout {
    case .rows: findRows(isOpen)
    case .line: findLine(isOpen)
    }
  }

  var isFound: Bool { lines.contains { !$0.isEmpty } }

  private mutating func findRows(_ isOpen: (Int) -> Bool) {
    let alignment = RowAlignment(rows: block.rows, lines: document.lines, isOpen: isOpen)
    lines = alignment.lines.map { $0.map { [$0] } ?? [] }
    met = alignment.likeness.reduce(0, +)
    guard let first = alignment.found.first, let last = alignment.found.last else { return }
    let taken = Set(alignment.found)
    strangers = (first...last).count { !taken.contains($0) && !document.lines[$0].values.isEmpty }
    for table in Set(alignment.found.map { document.lines[$0].table }) {
      headers[table] = HeaderColumns(of: block, in: document.words[table])
    }
    guard let header = headers[document.lines[first].table] else { return }
    let above = document.headerRows(above: first)
    headedColumns = header.headed(in: above)
    met += Double(header.count(in: above))
  }

  /// The lines, one after the other, that print as many figures as the block has, under the block's words.
  ///
  /// Usually it is one line; some print a line for each row. Where no run of lines fits, the longest line is taken.
  private mutating func findLine(_ isOpen: (Int) -> Bool) {
    let labels = block.rows.map(\.labels) + block.columns.map(\.labels)
    let open = document.lines.indices.filter { index in
      isOpen(index) && document.lines[index].values.count >= block.columns.count
        && wordsMet(labels, over: [index]) * 2 >= block.rows.count
    }
    let runs = wholeRuns(of: open) + open.filter { length(of: [$0]) * 2 > block.printedColumns }.map { [$0] }
    let best = runs.map { run in (run, met: wordsMet(labels, over: run)) }.max { left, right in
      let isWhole = (length(of: left.0) == block.printedColumns, length(of: right.0) == block.printedColumns)
      if isWhole.0 != isWhole.1 { return isWhole.1 }
      return (left.met, length(of: left.0)) < (right.met, length(of: right.0))
    }
    lines = [best?.0 ?? []]
    met = Double(best?.met ?? 0)
  }

  private func length(of run: [Int]) -> Int { run.reduce(0) { $0 + document.lines[$1].values.count } }

  /// Runs of lines, each with whole rows of the block, that are as long as the block.
  private func wholeRuns(of open: [Int]) -> [[Int]] {
    let whole = open.filter { length(of: [$0]).isMultiple(of: block.columns.count) }
    return whole.indices.compactMap { start in
      let run = whole[start...].prefix(block.rows.count)
      return (1...run.count).map { Array(run.prefix($0)) }.first { length(of: $0) == block.printedColumns }
    }
  }

  /// How many of the labels stand in the tables of these lines, not below them.
  private func wordsMet(_ labels: [[Label]], over run: [Int]) -> Int {
    let words = Set(run.map { document.lines[$0].table }).sorted().flatMap { table in
      let last = run.last { document.lines[$0].table == table }.map { document.lines[$0].row } ?? 0
      return document.words[table].filter { $0.cell.row <= last }.map(\.label)
    }
    return labels.count { label in words.contains { label.likeness(to: $0) >= 0.7 } }
  }

  /// What is printed in each row of the block.
  func evidence(_ figures: FigureReader) -> [EvidenceGrid.Row] {
    let regularFields = regularFields
    return lines.map { indices in
      guard let first = indices.first else { return .absent }
      let line = document.lines[first]
      let all = tokens(indices.flatMap { document.lines[$0].values }, figures)
      if indices.count == 1, let heads = heads(of: line) {
        if let cells = cells(under: heads, of: line) { return .placed(tokens(cells, figures)) }
      } else if all.count == block.printedColumns {
        return .placed(all)
      }
      if let cells = regularFields[first] { return .placed(tokens(cells, figures)) }
      return .ordered(document.isPlaced(line) ? all.filter { $0.state != .blank } : all)
    }
  }

  /// The cells of each line, blanks included, where running text keeps blanks in their places.
  ///
  /// It does when every line has as many cells behind its words as the block has columns, or as many cells in all as
  /// every other line, and a blank stands between two figures somewhere: a text that drops or pads blanks would not.
  private var regularFields: [Int: [Cell]] {
    let found = lines.joined().map { ($0, document.lines[$0]) }.filter { !$1.fields.isEmpty }
    // A header that lacks a column tells of a column lost, and then the number of cells proves nothing.
    guard block.layout == .rows, headedColumns?.allSatisfy({ $0 }) == true,
      found.allSatisfy({ !document.isPlaced($1) })
    else { return [:] }
    let width = block.columns.count
    let isExact = found.allSatisfy { $1.fields.count == width }
    let isRectangular =
      Set(found.map { $1.fields.last?.column }).count == 1
      && found.allSatisfy { $1.fields.count >= width && $1.fields.dropLast(width).allSatisfy(\.text.isBlank) }
    guard isExact || isRectangular else { return [:] }
    let fields = found.map { ($0, Array($1.fields.suffix(width))) }
    // A column at the edge that is blank in every line is padding.
    let isFilled = [0, width - 1].allSatisfy { column in fields.contains { !$1[column].text.isBlank } }
    let keepsBlanks = fields.contains { _, cells in
      let printed = cells.indices.filter { !cells[$0].text.isBlank }
      return cells.indices.contains { $0 > printed.first ?? width && $0 < printed.last ?? 0 && !printed.contains($0) }
    }
    return isFilled && keepsBlanks ? Dictionary(uniqueKeysWithValues: fields) : [:]
  }

  private func tokens(_ cells: [Cell?], _ figures: FigureReader) -> [Token] {
    cells.enumerated().map { offset, cell in
      guard let cell else { return Token(raw: "", value: .null, state: .missing) }
      if cell.rowSpan > 1, !cell.text.isBlank {
        // Which of its rows the figure belongs to is not printed.
        return Token(
          raw: cell.text.raw, value: .null, state: .ambiguous, places: cell.places, note: "one cell over several rows")
      }
      let column = block.column(ofPrinted: offset)
      return figures.token(cell.text, type: column.type, units: column.units, places: cell.places)
    }
  }

  /// The words above the line that name its columns; nil where the grid says nothing of columns, or the header is not read.
  private func heads(of line: TableLine) -> [Cell?]? {
    guard document.isPlaced(line), let first = line.values.first else { return nil }
    return headers[line.table]?.nearest(above: line.row, from: first.column)
  }

  /// The cell of each column: the one that stands under its words or, where its words are not read, one of as many
  /// cells as such columns between its neighbours; nil for a column that the table does not have.
  ///
  /// Nil where two columns would share a cell.
  private func cells(under heads: [Cell?], of line: TableLine) -> [Cell?]? {
    var indices: [Int?] = heads.map { head in
      guard let head else { return nil }
      let shared = line.values.map { $0.columnRange.clamped(to: head.columnRange).count }
      return shared.max().flatMap { $0 > 0 ? shared.firstIndex(of: $0) : nil }
    }
    let known = indices.compactMap { $0 }
    guard known.count == heads.count(where: { $0 != nil }), Set(known).count == known.count else { return nil }
    if known == known.sorted() { indices.fillGaps(upTo: line.values.count) }
    return indices.map { $0.map { line.values[$0] } }
  }

  /// Cells with figures in the block's lines that `evidence` does not use.
  func surplus() -> [Cell] {
    lines.joined().flatMap { index -> [Cell] in
      let line = document.lines[index]
      guard let heads = heads(of: line), let used = cells(under: heads, of: line) else { return [] }
      return line.values.filter { cell in !used.contains(cell) && !cell.text.isBlank }
    }
  }
}

extension [Int?] {
  /// Gives a run of unknown indices the numbers between its neighbours, where there are just as many.
  fileprivate mutating func fillGaps(upTo end: Int) {
    var start = 0
    while let first = self[start...].firstIndex(of: nil) {
      let next = self[first...].firstIndex { $0 != nil } ?? count
      let before = first > 0 ? self[first - 1] ?? -1 : -1
      let after = next < count ? self[next] ?? end : end
      if after - before - 1 == next - first {
        for offset in 0..<(next - first) { self[first + offset] = before + 1 + offset }
      }
      start = next
    }
  }
}
