import DocumentModel

/// The tables of a document as lines, and the words in each table.
struct TableLines {
  let lines: [TableLine]
  /// For each table, the cells in which no figure stands.
  let words: [[Word]]
  private let tables: [Table]

  /// A cell with words.
  struct Word {
    var cell: Cell
    var label: Label
  }

  init(_ tables: [Table], figures: FigureReader) {
    self.tables = tables
    lines = TableLine.lines(of: tables, figures: figures)
    words = tables.map { table in
      table.cells.filter { !figures.isFigureOrHole($0.text) }.map { Word(cell: $0, label: Label($0.text.folded)) }
    }
  }

  /// Whether the grid says which column a cell of the line belongs to.
  func isPlaced(_ line: TableLine) -> Bool { tables[line.table].columnEvidence == .placed }

  /// The grid rows that may hold the header of the line: those above it up to the last line with figures, and the line
  /// itself, whose first words may be the end of a header that has lost its line breaks.
  func headerRows(above index: Int) -> Range<Int> {
    let line = lines[index]
    let previous = lines[..<index].last { $0.table == line.table && !$0.values.isEmpty }
    return (previous.map { $0.row + 1 } ?? 0)..<(line.row + 1)
  }

  /// The words above the line, row by row from left to right. Where they stand in the line itself, words and figures stand
  /// one a line.
  func header(above index: Int) -> [AxisNames.Row] {
    let line = lines[index]
    return headerRows(above: index).map { row in
      let words = words[line.table].filter { $0.cell.row == row }.sorted { $0.cell.column < $1.cell.column }
      return AxisNames.Row(words: words.map(\.label), isLoose: words.count == 1 || row == line.row)
    }
  }
}
