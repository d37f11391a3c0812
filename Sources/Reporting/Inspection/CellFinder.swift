import DocumentModel

/// A cell and where it stands in its document.
struct FoundCell {
  /// Index of the table.
  var table: Int
  /// Index in the table's cells.
  var index: Int
  /// Itself.
  var cell: Cell

  /// What tells cells apart.
  struct Key: Hashable {
    var table: Int
    var index: Int
  }

  var key: Key { Key(table: table, index: index) }
}

/// Finds cells of a document by their places.
struct CellFinder {
  private let tables: [Table]
  /// Which cell covers a grid position.
  private var covering: [[Int: Int]] = []

  init(_ tables: [Table]) {
    self.tables = tables
    for table in tables {
      var cells: [Int: Int] = [:]
      for (index, cell) in table.cells.enumerated() {
        for row in cell.rowRange {
          for column in cell.columnRange { cells[row * max(table.columns, 1) + column] = index }
        }
      }
      covering.append(cells)
    }
  }

  /// The cell that covers a grid position.
  func cell(table: Int, row: Int, column: Int) -> FoundCell? {
    guard let index = covering[table][row * max(tables[table].columns, 1) + column] else { return nil }
    return FoundCell(table: table, index: index, cell: tables[table].cells[index])
  }

  /// The cell in which `place` has its middle.
  func cell(at place: Place) -> FoundCell? {
    for (number, table) in tables.enumerated() {
      for (index, cell) in table.cells.enumerated() where cell.places.contains(where: { $0.holds(place) }) {
        return FoundCell(table: number, index: index, cell: cell)
      }
    }
    return nil
  }
}

extension Place {
  /// Whether the middle of `other` lies in it.
  func holds(_ other: Place) -> Bool {
    switch (self, other) {
    case (.page(let page, let box), .page(let otherPage, let otherBox)):
      page == otherPage && box.contains(x: otherBox.midX, y: otherBox.midY)
    case (.line(let line, let columns), .line(let otherLine, let otherColumns)):
      line == otherLine && columns.contains((otherColumns.lowerBound + otherColumns.upperBound) / 2)
    default: self == other
    }
  }
}
