import DocumentModel

/// A table that is joined from the parts of many pages.
///
/// A seam needs the first part, which has the header, and the last one. What lies between is put aside, so that a table
/// over hundreds of pages takes time in proportion to its pages.
/// ```
/// rows 0..<firstRows     first part   | table
/// middle                 put aside    |
/// other rows             last part    | table
/// ```
struct GrowingTable {
  /// Without the rows that are put aside.
  private(set) var table: Table
  private var firstRows: Int
  /// Rows count from the end of the first part.
  private var middle: [Cell] = []
  private var middleRows = 0

  init(_ table: Table) {
    self.table = table
    firstRows = table.rows
  }

  /// Takes what became of ``table`` when the next part was joined; `columns` says what became of its columns.
  mutating func take(_ joined: Table, columns: SharedColumns) {
    let seam = table.rows
    table = joined
    if columns.upper != Array(0..<columns.edges.count) {
      for index in middle.indices { middle[index].useColumns(columns.upper) }
    }
    // What was joined may be a repeated header only.
    guard table.rows > seam else { return }
    // A cell that covers rows of two parts stays where it is.
    var isCut = Array(repeating: false, count: table.rows + 1)
    for cell in table.cells where cell.rowSpan > 1 {
      for row in (cell.row + 1)..<(cell.row + cell.rowSpan) where row < isCut.count { isCut[row] = true }
    }
    var end = seam
    while end > firstRows, isCut[end] { end -= 1 }
    if middle.isEmpty { while firstRows < end, isCut[firstRows] { firstRows += 1 } }
    guard end > firstRows else { return }
    let aside = firstRows..<end
    middle += table.cells.filter { aside.contains($0.row) }.map { $0.moved(by: middleRows - firstRows) }
    middleRows += aside.count
    table.cells = table.cells.filter { !aside.contains($0.row) }.map { $0.row < end ? $0 : $0.moved(by: -aside.count) }
    table.rows -= aside.count
  }

  /// All parts.
  var whole: Table {
    guard middleRows > 0 else { return table }
    var whole = table
    whole.rows += middleRows
    whole.cells =
      table.cells.filter { $0.row < firstRows } + middle.map { $0.moved(by: firstRows) }
      + table.cells.filter { $0.row >= firstRows }.map { $0.moved(by: middleRows) }
    whole.findHeaders()
    return whole
  }
}

extension Cell {
  /// The cell in another row.
  fileprivate func moved(by rows: Int) -> Cell {
    var cell = self
    cell.row += rows
    return cell
  }

  /// Moves the cell to columns of a finer grid.
  mutating func useColumns(_ edges: [Int]) {
    let range = columnRange
    column = edges[range.lowerBound]
    columnSpan = edges[range.upperBound] - edges[range.lowerBound]
  }
}
