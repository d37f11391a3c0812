extension Table {
  /// The most places of a grid that are taken from outside; no page prints more.
  private static let mostPlaces = 50_000_000

  /// What is wrong with the grid: a size below zero or beyond all bounds, or a cell that is not inside; nil where nothing is.
  ///
  /// Tables that stages make are sound; those that people and other programs write may be anything.
  public var fault: String? {
    let (places, isTooLarge) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !isTooLarge, places <= Self.mostPlaces, max(rows, columns) <= Self.mostPlaces else {
      return "table '\(id)' cannot have \(rows) rows and \(columns) columns"
    }
    guard 0...rows ~= headerRows, 0...columns ~= headerColumns else { return "table '\(id)' has less than its header" }
    let stray = cells.first { cell in
      !(0..<rows ~= cell.row && 0..<columns ~= cell.column && 1...(rows - cell.row) ~= cell.rowSpan
        && 1...(columns - cell.column) ~= cell.columnSpan)
    }
    return stray.map { "table '\(id)' has no place for its cell at row \($0.row), column \($0.column)" }
  }
}
