import DocumentModel

extension RuledGrid {
  /// Whether text stands in enough of the cells of a grid for a table, or its labels make it a form to fill in.
  ///
  /// `cells` are those of the grid, in any order. Cells outside the border do not count:
  /// ```
  /// +-----------+        fields of a form below each other: two columns are drawn, and no row has two cells
  /// |           |
  /// +------+----+
  /// |      |             outside: blank, at a corner, with no rule on the outer sides
  /// +------+
  /// ```
  func isTable(of cells: [DocumentModel.Cell], options: RuledTableOptions, leastRows: Int) -> Bool {
    let (rows, columns) = (ys.count - 1, xs.count - 1)
    let printed = cells.filter { CellContent($0.text.raw) != .blank }
    let blanks = Set(cells.lazy.filter { CellContent($0.text.raw) == .blank }.map { [$0.row, $0.column] })
    let drawn = self.cells.filter { !$0.isOutside || !blanks.contains([$0.rows.lowerBound, $0.columns.lowerBound]) }
    guard drawn.count >= 2 * leastRows, Set(drawn.map(\.columns.lowerBound)).count >= 2,
      Set(drawn.map(\.rows.lowerBound)).count >= leastRows
    else { return false }
    let filled = printed.reduce(0) { $0 + $1.rowSpan * $1.columnSpan }
    guard filled >= 2 * leastRows - 1 else { return false }
    if Double(filled) >= options.filled * Double(rows * columns) { return true }
    guard rows >= 3, columns >= 3 else { return false }
    // A form whose figures are blank has its labels, or at least names for all of its columns.
    let labelled = Set(printed.flatMap(\.rowRange)).count
    return 10 * labelled >= 8 * rows || printed.nameColumns(columns, above: rows)
  }
}

extension [Cell] {
  /// Whether these cells with text, down to the first blank row, name all columns.
  fileprivate func nameColumns(_ columns: Int, above rows: Int) -> Bool {
    let filledRows = Set(flatMap(\.rowRange))
    let header = (0..<rows).first { !filledRows.contains($0) } ?? 0
    let names = filter { $0.row < header && $0.columnSpan < columns && CellContent($0.text.raw) == .words }
    return Set(names.flatMap(\.columnRange)).count == columns
  }
}
