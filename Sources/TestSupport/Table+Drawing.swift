public import DocumentModel

extension Table {
  /// A table written in text: one line a row, cells between `|`; `>` continues the cell to its left, `^` the cell above.
  ///
  /// ```
  /// Table(drawing: """
  ///   Name  | Figures | >
  ///   ^     | old     | new
  ///   books | 12      | 13
  ///   """, columnEvidence: .placed)
  /// ```
  public init(
    drawing: String, id: String = "t1", columnEvidence: ColumnEvidence, headerRows: Int = 0, headerColumns: Int = 0
  ) {
    let rows = drawing.split(separator: "\n").map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map { field in
        String(field.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    }
    self.init(
      id: id, kind: columnEvidence == .placed ? .ruled : .text, rows: rows.count, columns: rows.map(\.count).max() ?? 0,
      headerRows: headerRows, headerColumns: headerColumns, columnEvidence: columnEvidence)
    for (row, fields) in rows.enumerated() {
      for (column, field) in fields.enumerated() {
        if field == ">" || field == "^" {
          extend(over: row, column)
        } else {
          let box = Box(Double(column) * 60, Double(row) * 12, Double(column + 1) * 60, Double(row + 1) * 12)
          cells.append(Cell(row: row, column: column, text: PrintedText(field), places: [.page(1, box)]))
        }
      }
    }
  }

  /// The table as ``init(drawing:id:columnEvidence:headerRows:headerColumns:)`` reads it, with what the cells show.
  public var drawing: String {
    var grid = Array(repeating: Array(repeating: "", count: columns), count: rows)
    for cell in cells {
      for row in cell.rowRange where row < rows {
        for column in cell.columnRange where column < columns {
          grid[row][column] = column > cell.column ? ">" : row > cell.row ? "^" : cell.text.shown
        }
      }
    }
    return grid.map { $0.joined(separator: " | ") + "\n" }.joined()
  }

  /// Lets the nearest cell to the left in the row, or above in the column, cover the field too.
  private mutating func extend(over row: Int, _ column: Int) {
    let owner = cells.lastIndex { cell in
      (cell.row <= row && cell.columnRange.contains(column)) || (cell.rowRange.contains(row) && cell.column < column)
    }
    guard let owner else { return }
    cells[owner].rowSpan = max(cells[owner].rowSpan, row - cells[owner].row + 1)
    cells[owner].columnSpan = max(cells[owner].columnSpan, column - cells[owner].column + 1)
  }
}
