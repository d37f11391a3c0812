import DocumentModel

/// A table as it stands on one page, with the grid it was read from.
struct RuledTable {
  /// Without an id and without headers.
  var table: Table
  var grid: RuledGrid
  /// Font size of most of its text, in points.
  var em: Double
}

extension TurnedPage {
  /// The table with its places as they lie on the page as displayed; its grid stays as it is.
  func original(_ ruled: RuledTable) -> RuledTable {
    var ruled = ruled
    ruled.table = original(ruled.table)
    return ruled
  }
}

extension RuledTable {
  /// The table that stands in `grid` on `page`; nil for too few cells, and for a frame that is nearly empty and no form.
  init?(_ filled: RuledPage.FilledGrid, on page: Page, options: RuledTableOptions, leastRows: Int) {
    let (grid, held, size) = (filled.grid, filled.text, filled.em)
    guard grid.xs.count > 2, grid.ys.count > leastRows else { return nil }
    let owners = grid.owners
    let columns = grid.xs.count - 1
    var members: [[Int]] = Array(repeating: [], count: grid.cells.count)
    for (glyph, owner) in zip(held, grid.cellIndices(of: held, owners: owners, glyphs: page.glyphs)) {
      let (mark, room) = (page.glyphs[glyph.index].box, grid.box(of: grid.cells[owner]))
      // Letters larger than the cell are not in it but across the table: a watermark.
      guard min(mark.width, mark.height) <= min(room.width, room.height) + 0.5 * size else { continue }
      members[owner].append(glyph.index)
    }
    let lines = members.map { CellLines($0, of: page.glyphs) }
    let rooms = grid.rooms(for: lines)
    var cells: [Cell] = []
    for (index, cell) in grid.cells.enumerated() {
      let rectangle = grid.box(of: cell)
      let read = CellText(lines[index], room: rooms[index])
      cells.append(
        Cell(
          row: cell.rows.lowerBound, column: cell.columns.lowerBound, rowSpan: cell.rows.count,
          columnSpan: cell.columns.count,
          text: PrintedText(read.raw), places: [.page(page.number, read.box ?? rectangle)]))
    }
    cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    guard grid.isTable(of: cells, options: options, leastRows: leastRows) else { return nil }
    table = Table(
      id: "", kind: .ruled, confidence: confidence(in: grid), rows: grid.ys.count - 1, columns: columns,
      regions: [.page(page.number, filled.box)], cells: cells, columnEvidence: .placed)
    (self.grid, em) = (grid, size)
  }
}

/// Full for a grid that is drawn completely; less for sides that had to be guessed and walls that lead nowhere.
private func confidence(in grid: RuledGrid) -> Double {
  let units = Double((grid.xs.count - 1) * (grid.ys.count - 1))
  let doubt = 0.03 * Double(grid.openSides) + 0.5 * Double(grid.brokenWalls) / units
  return max(0.3, 0.98 - doubt)
}

extension Box {
  /// Whether `other` lies inside; of two equal boxes only one encloses the other.
  func encloses(_ other: Box, but isFirst: Bool) -> Bool {
    x0 <= other.x0 && y0 <= other.y0 && x1 >= other.x1 && y1 >= other.y1 && (self != other || isFirst)
  }
}
