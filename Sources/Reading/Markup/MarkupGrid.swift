import DocumentModel

/// A table of markup: rows of cells with their spans, put on a grid.
///
/// ```
/// row   A (2 rows) | B (2 columns)          A B B
/// row   C | D                               A C D
/// ```
/// A cell stands at the first column that is free, as in browsers. Columns and rows in which no cell begins, as where every
/// cell spans two, are no columns and rows of the grid.
struct MarkupGrid {
  /// A cell as the markup has it.
  struct RawCell {
    var text: String
    /// How many rows it covers; 0 for all that follow.
    var rowSpan = 1
    var columnSpan = 1
    var isHeader = false
    /// The element.
    var node: Int

    /// Adds to a cell that has no words what stands for a character that cannot be made out, so that it is no figure.
    ///
    /// - Returns: whether it has no words.
    mutating func withholdFigure() -> Bool {
      if case .words = MarkupFigure(text.utf8) { return false }
      text += "\u{FFFD}"
      return true
    }
  }

  private(set) var cells: [Cell] = []
  private(set) var rows = 0
  private(set) var columns = 0

  /// The most columns of a row; browsers have as many for one cell.
  static let mostColumns = 1000

  /// Puts the cells of each row on the grid; `path` tells where an element stands.
  ///
  /// - Parameter groups: for each row, the index behind the last row of its group, which no cell leaves; all are one group
  ///   where there are none.
  /// - Returns: nil for a table that has more columns than there may be.
  init?(_ source: [[RawCell]], groups: [Int] = [], path: (Int) -> String) {
    // For each column that a cell from above covers, the first row below it.
    var taken: [Int] = []
    var placed: [(top: Int, bottom: Int, left: Int, right: Int)] = []
    placed.reserveCapacity(source.reduce(0) { $0 + $1.count })
    for (row, cells) in source.enumerated() {
      var column = 0
      let last = groups.isEmpty ? source.count : groups[row]
      for index in cells.indices {
        let (rowSpan, columnSpan) = (cells[index].rowSpan, cells[index].columnSpan)
        while column < taken.count, taken[column] > row { column += 1 }
        let wanted = max(1, min(columnSpan, Self.mostColumns))
        guard column + wanted <= Self.mostColumns else { return nil }
        var end = column
        while end < column + wanted, end >= taken.count || taken[end] <= row { end += 1 }
        let below = rowSpan == 0 ? last : min(last, row + max(1, rowSpan))
        while taken.count < end { taken.append(0) }
        for index in column..<end { taken[index] = below }
        placed.append((row, below, column, end))
        column = end
      }
    }
    let rowPlaces = Self.places(placed.lazy.map(\.top), below: source.count)
    let columnPlaces = Self.places(placed.lazy.map(\.left), below: taken.count)
    rows = rowPlaces.last ?? 0
    columns = columnPlaces.last ?? 0
    cells.reserveCapacity(placed.count)
    var next = 0
    for row in source {
      for cell in row {
        let place = placed[next]
        next += 1
        let (top, left) = (rowPlaces[place.top], columnPlaces[place.left])
        cells.append(
          Cell(
            row: top, column: left, rowSpan: max(1, rowPlaces[place.bottom] - top),
            columnSpan: max(1, columnPlaces[place.right] - left), text: PrintedText(cell.text), isHeader: cell.isHeader,
            places: [.path(path(cell.node))]))
      }
    }
  }

  /// For each index up to `count`, how many of `starts` there are before it, each counted once.
  private static func places(_ starts: some Sequence<Int>, below count: Int) -> [Int] {
    var isStart = Array(repeating: false, count: count)
    for start in starts { isStart[start] = true }
    var places = [0]
    places.reserveCapacity(count + 1)
    for start in isStart { places.append(places[places.count - 1] + (start ? 1 : 0)) }
    return places
  }
}

extension [MarkupGrid.RawCell] {
  /// The texts of a row, with tabs between them; nil where it has none.
  var line: String? {
    guard contains(where: { !$0.text.isEmpty }) else { return nil }
    return String(unsafeUninitializedCapacity: reduce(-1) { $0 + $1.text.utf8.count + 1 }) { line in
      var count = 0
      for (index, cell) in enumerated() {
        if index > 0 {
          line[count] = 0x09
          count += 1
        }
        // Texts of cells have no two breaks in a row, and none at their ends.
        for byte in cell.text.utf8 {
          line[count] = byte == 0x0A ? 0x20 : byte
          count += 1
        }
      }
      return count
    }
  }
}
