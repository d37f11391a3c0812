import DocumentModel

/// A table as it stands on one page, with the grid it was read from.
struct RuledTable {
  /// Without an id and without headers.
  var table: Table
  var grid: RuledGrid
  /// Font size of most of its text, in points.
  var em: Double
  /// Glyphs within the outer border that ended up in no cell.
  var glyphsOutside: Int
}

/// The ruled tables of page `index` in reading order, or only those around whose rules there is the box `region`.
///
/// A grid of fewer rows than `leastRows` is left out; a single row is no table but may be what a page break left of one.
func ruledTables(
  on index: Int, of pages: [Page], options: RuledTableOptions, around region: Box? = nil, leastRows: Int = 2
) -> [RuledTable] {
  let page = pages[index]
  guard page.rulings.count >= 4 else { return [] }
  var text = page.readableGlyphs
  guard !text.isEmpty else { return [] }
  let em = medianSize(text.map { page.glyphs[$0.index].size })
  let watermark = watermark(on: index, of: pages, em: em)
  if !watermark.isEmpty { text.removeAll { watermark.contains($0.index) } }
  let network = RuleNetwork(of: page, em: em, options: options)
  let components = network.components.filter { component in
    guard let region, let box = component.box else { return true }
    return abs(box.y0 - region.y0) < em && abs(box.y1 - region.y1) < em && abs(box.x0 - region.x0) < em
  }
  var found = components.compactMap {
    ruledTable($0, of: page, text: text, em: em, options: options, leastRows: leastRows)
  }
  found.sort { ($0.grid.box.y0, $0.grid.box.x0) < ($1.grid.box.y0, $1.grid.box.x0) }
  return found.enumerated().filter { index, inner in
    !found.enumerated().contains { $0 != index && $1.grid.box.encloses(inner.grid.box, but: $0 < index) }
  }.map(\.element)
}

private func ruledTable(
  _ component: RuleNetwork.Component, of page: Page, text: RuledGrid.Text, em: Double, options: RuledTableOptions,
  leastRows: Int
) -> RuledTable? {
  guard let frame = component.box else { return nil }
  let inside = text.filter { frame.contains(x: $0.x, y: $0.y) }
  guard !inside.isEmpty else { return nil }
  let size = medianSize(inside.map { page.glyphs[$0.index].size })
  guard var grid = RuledGrid(component, em: min(em, size), options: options, leastRows: leastRows) else { return nil }
  let box = grid.box
  let held = grid.held(of: text, glyphs: page.glyphs)
  grid.dropSlivers(holding: held, narrowerThan: options.sliver * size)
  grid.splitColumns(by: held, of: page.glyphs, em: size)
  if grid.hidesColumns(in: held, of: page.glyphs, em: size) { return nil }
  grid.splitRows(by: held, of: page.glyphs, em: size)
  guard grid.xs.count > 2, grid.ys.count > leastRows, grid.cells.count >= 2 * leastRows else { return nil }

  let owners = grid.owners
  let columns = grid.xs.count - 1
  var members: [[Int]] = Array(repeating: [], count: grid.cells.count)
  var assigned = 0
  for (glyph, owner) in zip(held, grid.cellIndices(of: held, owners: owners, glyphs: page.glyphs)) {
    let (mark, room) = (page.glyphs[glyph.index].box, grid.box(of: grid.cells[owner]))
    // Letters larger than the cell are not in it but across the table: a watermark.
    guard min(mark.width, mark.height) <= min(room.width, room.height) + 0.5 * size else { continue }
    members[owner].append(glyph.index)
    assigned += 1
  }
  let lines = members.map { CellLines($0, of: page.glyphs) }
  let rooms = grid.rooms(for: lines)
  var (cells, filled): ([Cell], Int) = ([], 0)
  for (index, cell) in grid.cells.enumerated() {
    let rectangle = grid.box(of: cell)
    let read = CellText(lines[index], room: rooms[index])
    if read.box != nil { filled += cell.rows.count * cell.columns.count }
    cells.append(
      Cell(
        row: cell.rows.lowerBound, column: cell.columns.lowerBound, rowSpan: cell.rows.count,
        columnSpan: cell.columns.count,
        text: PrintedText(read.raw), places: [.page(page.number, read.box ?? rectangle)]))
  }
  cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
  let units = owners.count
  // A form whose figures are blank has its labels.
  let labelled = Set(cells.lazy.filter { !$0.text.raw.isEmpty }.flatMap(\.rowRange)).count
  let isForm = columns >= 3 && grid.ys.count > 3 && 10 * labelled >= 8 * (grid.ys.count - 1)
  guard isForm || Double(filled) >= options.filled * Double(units), filled >= 2 * leastRows - 1 else { return nil }
  let table = Table(
    id: "", kind: .ruled, confidence: confidence(in: grid), rows: grid.ys.count - 1, columns: columns,
    regions: [.page(page.number, box)], cells: cells, columnEvidence: .placed)
  return RuledTable(table: table, grid: grid, em: size, glyphsOutside: inside.count - assigned)
}

/// Full for a grid that is drawn completely; less for sides that had to be guessed and walls that lead nowhere.
private func confidence(in grid: RuledGrid) -> Double {
  let units = Double((grid.xs.count - 1) * (grid.ys.count - 1))
  let doubt = 0.03 * Double(grid.openSides) + 0.5 * Double(grid.brokenWalls) / units
  return max(0.3, 0.98 - doubt)
}

/// The median; 10 for nothing.
private func medianSize(_ sizes: [Double]) -> Double {
  let middle = sizes.median ?? 0
  return middle > 0 ? middle : 10
}

extension Page {
  /// The visible glyphs that leave a mark, or the invisible ones of a page that has no others; spaces among them too.
  fileprivate var readableGlyphs: RuledGrid.Text {
    let isScan = !glyphs.contains { !$0.isHidden && !$0.scalar.isBlank }
    var result: RuledGrid.Text = []
    result.reserveCapacity(glyphs.count)
    for (index, glyph) in glyphs.enumerated() where isScan || !glyph.isHidden {
      result.append((index, glyph.box.midX, glyph.box.midY))
    }
    return result
  }
}

extension RuleNetwork.Component {
  /// Around all rules.
  fileprivate var box: Box? {
    var box: Box?
    for rule in horizontal {
      let line = Box(rule.start, rule.position, rule.end, rule.position)
      box = box?.union(line) ?? line
    }
    for rule in vertical {
      let line = Box(rule.position, rule.start, rule.position, rule.end)
      box = box?.union(line) ?? line
    }
    return box
  }
}

extension Box {
  /// Whether `other` lies inside; of two equal boxes only one encloses the other.
  fileprivate func encloses(_ other: Box, but isFirst: Bool) -> Bool {
    x0 <= other.x0 && y0 <= other.y0 && x1 >= other.x1 && y1 >= other.y1 && (self != other || isFirst)
  }
}
