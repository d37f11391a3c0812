import DocumentModel

/// The tables of a document as lines, and the words in each table.
struct TableLines {
  let lines: [TableLine]
  /// For each table, the cells in which no figure stands.
  let words: [[Word]]
  /// For each table, the words that stand over it.
  let captions: [Int: [PrintedText]]
  private let tables: [Table]
  /// For each table, the range of its lines.
  private let ranges: [Range<Int>]
  /// For each line, the first grid row that may hold its header.
  private let headerStarts: [Int]
  /// For each table, the rows that print figures.
  private let figureRows: [Set<Int>]
  /// For each table, its words row by row from left to right.
  private let inRows: [WordRows]

  /// A cell with words.
  struct Word {
    var cell: Cell
    var label: Label
  }

  /// The tables whose words were recognised in a picture, so that labels may be beyond recognition.
  let recognised: Set<Int>

  /// Reads the tables; `years` has words for years that labels may name.
  init(
    _ tables: [Table], figures: FigureReader, years: [String: String] = [:], captions: [Int: [PrintedText]] = [:],
    recognised: Set<Int> = []
  ) {
    self.tables = tables
    self.captions = captions
    self.recognised = recognised
    lines = TableLine.lines(of: tables, figures: figures, years: years)
    words = tables.map { table in
      table.cells.filter { !figures.isFigureOrHole($0.text) }.map { Word(cell: $0, label: Label($0.text.folded)) }
    }
    inRows = words.map(WordRows.init)
    var figureRows = Array(repeating: Set<Int>(), count: tables.count)
    for line in lines where !(line.values.isEmpty && line.figuresBeforeName.isEmpty) {
      figureRows[line.table].insert(line.row)
    }
    self.figureRows = figureRows
    var ends = Array(repeating: 0, count: tables.count)
    var starts: [Int] = []
    var (table, next) = (-1, 0)
    for (index, line) in lines.enumerated() {
      if line.table != table { (table, next) = (line.table, 0) }
      starts.append(next)
      if !line.values.isEmpty { next = line.row + 1 }
      ends[line.table] = index + 1
    }
    headerStarts = starts
    // A table without lines has none behind those of the one before.
    var end = 0
    ranges = ends.map { last in
      defer { end = max(end, last) }
      return end..<max(end, last)
    }
  }

  /// The lines of these tables, in reading order.
  func lines(of tables: [Int]) -> [Int] { tables.sorted().flatMap { ranges[$0] } }

  /// Whether the grid says which column a cell of the line belongs to.
  func isPlaced(_ line: TableLine) -> Bool { tables[line.table].columnEvidence == .placed }

  /// The words above a line, right of the names of the rows, but for those among figures.
  func words(over line: TableLine) -> [Word] {
    guard let name = line.heads.last else { return [] }
    return words[line.table].filter {
      $0.cell.row < line.row && $0.cell.column >= name.columnRange.upperBound
        && !figureRows[line.table].contains($0.cell.row)
    }
  }

  /// The most figures that a line of the table prints side by side, without a blank between them.
  func width(ofTable table: Int) -> Int {
    ranges[table].map { lines[$0].hasInnerBlank ? 0 : lines[$0].printedWidth }.max() ?? 0
  }

  /// The grid rows that may hold the header of the line: those above it up to the last line with figures, and the line
  /// itself, whose first words may be the end of a header that has lost its line breaks.
  func headerRows(above index: Int) -> Range<Int> {
    headerStarts[index]..<(lines[index].row + 1)
  }

  /// The words above the line, row by row from left to right. Where they stand in the line itself, words and figures stand
  /// one a line.
  func header(above index: Int) -> [AxisNames.Row] {
    headerWords(above: index).map { row, words in
      AxisNames.Row(
        words: words.map(\.label),
        isLoose: words.count == 1 || row == lines[index].row || Set(words.compactMap(\.cell.sourceLine)).count > 1)
    }
  }

  /// The same words with the cells that they stand in, and the grid row of each.
  func headerWords(above index: Int) -> [(row: Int, words: [Word])] {
    let table = lines[index].table
    return headerRows(above: index).map { row in (row, inRows[table].positions(in: row).map { words[table][$0] }) }
  }
}

extension Cell {
  /// The line of the source that it begins in, where the source is a text.
  fileprivate var sourceLine: Int? {
    if case .line(let line, _) = places.first { line } else { nil }
  }
}

/// Where the words of each row of a table stand among all its words.
private struct WordRows {
  private var sorted: [Int]
  private var ranges: [Int: Range<Int>] = [:]

  init(_ words: [TableLines.Word]) {
    sorted = words.indices.sorted {
      (words[$0].cell.row, words[$0].cell.column, $0) < (words[$1].cell.row, words[$1].cell.column, $1)
    }
    var start = 0
    for end in sorted.indices {
      let row = words[sorted[end]].cell.row
      if words[sorted[start]].cell.row != row { start = end }
      ranges[row] = start..<(end + 1)
    }
  }

  /// The words of a row, from left to right.
  func positions(in row: Int) -> ArraySlice<Int> { ranges[row].map { sorted[$0] } ?? [] }
}
