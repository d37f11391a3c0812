import DocumentModel

// Tables whose cells have grounds and no rules.

extension Page {
  /// The sides of grounds that are laid cell by cell and have no rules, as rules.
  ///
  /// ```
  /// ▓▓▓▓▓▓ ▓▓▓▓ ▓▓▓▓
  /// ▒▒▒▒▒▒ ▒▒▒▒ ▒▒▒▒      a ground for each cell: their sides are the borders of rows and columns
  /// ▓▓▓▓▓▓ ▓▓▓▓ ▓▓▓▓
  /// ```
  /// Grounds below others, such as those of whole rows or tables, say nothing. `em` is the font size in points.
  func sidesOfGrounds(em: Double) -> [Ruling] {
    guard fills.count >= Grounds.least, fills.count <= Grounds.most else { return [] }
    let sides = 0.8 * em
    let grounds = Set(fills.filter { min($0.width, $0.height) >= sides }).sorted { ($0.y0, $0.x0) < ($1.y0, $1.x0) }
    let leaves = grounds.filter { ground in
      !grounds.contains { $0 != ground && ground.contains(x: $0.midX, y: $0.midY) && $0.area < 0.9 * ground.area }
    }.filter { ground in !rulings.contains { $0.runs(along: ground, within: 0.2 * em) } }
    guard leaves.count >= Grounds.least else { return [] }
    return leaves.flatMap { box in
      [
        Ruling(.horizontal, at: box.y0, from: box.x0, to: box.x1),
        Ruling(.horizontal, at: box.y1, from: box.x0, to: box.x1),
        Ruling(.vertical, at: box.x0, from: box.y0, to: box.y1),
        Ruling(.vertical, at: box.x1, from: box.y0, to: box.y1),
      ]
    }
  }
}

/// How many grounds of cells a page may have.
private enum Grounds {
  static let (least, most) = (6, 2000)
}

extension RuledTable {
  /// Whether a table read from grounds is whole: the grounds of a header, or of some rows, are not.
  ///
  /// It has three rows with labels, figures in half of those below the first, and a ground for every cell, none merged:
  /// some programs lay a ground below every line of a cell, and nothing tells these from rows.
  var isWholeOfGrounds: Bool {
    let body = 1..<max(table.rows, 1)
    let valued = Set(table.cells.lazy.filter { CellContent($0.text.raw).isValue }.map(\.row))
    return table.rows >= 3 && grid.openSides == 0
      && table.cells.allSatisfy { $0.rowSpan == 1 && $0.columnSpan == 1 }
      && !table.cells.contains { $0.column == 0 && $0.row > 0 && CellContent($0.text.raw) == .blank }
      && !grid.cells.contains { $0.isOutside } && 2 * body.count { valued.contains($0) } >= body.count
  }
}

extension Box {
  fileprivate var area: Double { width * height }
}

extension Ruling {
  /// Whether it lies inside a box or along one of its sides.
  fileprivate func runs(along box: Box, within reach: Double) -> Bool {
    let (from, to) = axis == .horizontal ? (box.x0, box.x1) : (box.y0, box.y1)
    let (low, high) = axis == .horizontal ? (box.y0, box.y1) : (box.x0, box.x1)
    return position > low - reach && position < high + reach && min(end, to) - max(start, from) > reach
  }
}
