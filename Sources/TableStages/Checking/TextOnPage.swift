import DocumentModel

/// What a table says on one of its pages, and where.
struct TextOnPage {
  /// Of the table's part on the page.
  let region: Box
  /// Font size of most of the text in the region, in points.
  let em: Double
  /// Where the text of each cell with text stands; `cell` is its index in the table.
  let cells: [(cell: Int, box: Box)]
  private let page: Int
  /// How many characters in the region are in no cell, and whether digits are among them.
  private let strays: Int
  private let hasStrayDigits: Bool
  private let walls: [Ruling]
  /// Indices of `cells` for each band of the page.
  private let bands: Bands

  /// Takes those `cells` of a table that stand in `region` of page `index` of `pages`; `isContinued` where the table
  /// begins on a page before.
  init(_ cells: [(cell: Int, box: Box)], in region: Box, isContinued: Bool, on index: Int, of pages: [Page]) {
    let page = pages[index]
    // A header that a page repeats is in no cell.
    let top = isContinued ? cells.map(\.box.y0).min() ?? .infinity : region.y0
    let inside = page.glyphs.indices.filter { index in
      let glyph = page.glyphs[index]
      return !glyph.scalar.isBlank && !glyph.isHidden && glyph.box.midY >= top
        && region.contains(x: glyph.box.midX, y: glyph.box.midY)
    }
    let em = inside.map { page.glyphs[$0].size }.median ?? 10
    let bands = Bands(cells.map(\.box), height: page.height, em: em)
    var strays = inside.filter { index in
      let box = page.glyphs[index].box
      return !bands.indices(at: box.midY).contains { cells[$0].box.contains(x: box.midX, y: box.midY) }
    }
    if !strays.isEmpty {
      let watermark = watermark(on: index, of: pages, em: em)
      strays.removeAll { watermark.contains($0) }
    }
    (self.region, self.em, self.cells, self.bands) = (region, em, cells, bands)
    (self.page, self.strays) = (page.number, strays.count)
    hasStrayDigits = strays.contains { page.glyphs[$0].scalar.isDigit }
    walls = page.rulings.filter { $0.axis == .vertical }
  }

  /// Whether a rule runs between two boxes that stand side by side.
  func isParted(_ left: Box, _ right: Box) -> Bool {
    let (from, to) = (min(left.x1, right.x0) - 1, max(left.x1, right.x0) + 1)
    return walls.contains {
      $0.position >= from && $0.position <= to && $0.start <= right.midY && $0.end >= right.midY
    }
  }

  func doubts(about table: Table) -> [TableDoubt] {
    var doubts: [TableDoubt] = []
    if strays > 0 {
      doubts.append(
        TableDoubt(
          code: "table.glyphs_outside_cells", finding: "characters in none of its cells: \(strays)",
          cells: min(strays, table.cells.count), places: [.page(page, region)], isGrave: hasStrayDigits))
    }
    let overlaps = overlaps
    if let (first, _) = overlaps.first {
      doubts.append(
        TableDoubt(
          code: "table.cells_overlap", finding: "cells whose texts stand on each other: \(overlaps.count)",
          cells: overlaps.count,
          places: [.page(page, cells[first].box)]))
    }
    return doubts
  }

  /// Pairs of cells whose texts stand on each other: they share a quarter of the smaller box; at most a hundred.
  private var overlaps: [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    for (index, (cell, box)) in cells.enumerated() {
      for other in bands.indices(at: box.midY) where other != index && cells[other].cell != cell {
        let its = cells[other].box
        let shared = box.overlapX(its) * box.overlapY(its)
        guard shared > 0.25 * min(box.width * box.height, its.width * its.height) else { continue }
        if !pairs.contains(where: { $0 == (other, index) }) { pairs.append((index, other)) }
        if pairs.count == 100 { return pairs }
      }
    }
    return pairs
  }
}

/// Boxes by the horizontal bands of a page that they reach into.
private struct Bands {
  private let height: Double
  private var members: [Int: [Int]] = [:]

  init(_ boxes: [Box], height: Double, em: Double) {
    self.height = max(em, height / 500, 1)
    for (index, box) in boxes.enumerated() where box.y1 >= box.y0 {
      for band in self.band(box.y0)...max(self.band(box.y0), self.band(box.y1)) {
        members[band, default: []].append(index)
      }
    }
  }

  func indices(at y: Double) -> [Int] { members[band(y)] ?? [] }

  private func band(_ y: Double) -> Int {
    Int(exactly: (y / height).rounded(.down)).map { min(max($0, -1), 501) } ?? -1
  }
}
