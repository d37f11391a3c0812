import DocumentModel

/// The rules of a page, and its text without watermarks.
struct RuledPage {
  /// A grid of rules with the text that stands in it.
  struct FilledGrid {
    var grid: RuledGrid
    /// As it is drawn, also where outer rows or columns were too thin to be any.
    var box: Box
    /// Within the grid's outer border.
    var text: RuledGrid.Text
    /// Font size of most of the text, in points.
    var em: Double
  }

  /// As a reader would hold it; so are text and rules.
  private let page: Page
  private let turned: TurnedPage?
  private let text: RuledGrid.Text
  private let em: Double
  private let network: RuleNetwork
  /// Of the sides of the grounds of cells.
  private let grounds: RuleNetwork
  private let options: RuledTableOptions

  /// Page `index` of `pages`; nil where there are too few rules for a grid, or no text.
  init?(_ index: Int, of pages: [Page], options: RuledTableOptions) {
    turned = TurnedPage(pages[index])
    let page = turned?.page ?? pages[index]
    guard page.rulings.count >= 4 || page.fills.count >= 4 else { return nil }
    var text = page.readableGlyphs
    guard !text.isEmpty else { return nil }
    em = medianSize(text.map { page.glyphs[$0.index].size })
    let watermark = watermark(on: index, of: pages, em: em)
    if !watermark.isEmpty { text.removeAll { watermark.contains($0.index) } }
    network = RuleNetwork(of: page, em: em, options: options)
    var ground = page
    ground.rulings = page.sidesOfGrounds(em: em)
    grounds = RuleNetwork(of: ground, em: em, options: options)
    (self.page, self.text, self.options) = (page, text, options)
  }

  /// Whether some rules make more cells than a table has, as hatching does; they are left out.
  var isHatched: Bool {
    network.components.contains { component in
      component.horizontal.count * component.vertical.count > options.mostUnits
        && RuledGrid.units(of: component, em: em, options: options) > options.mostUnits
    }
  }

  /// The tables in reading order, with the places where they lie on the page as displayed; none of fewer rows than `leastRows`.
  ///
  /// A single row is no table but may be what a page break left of one.
  func tables(leastRows: Int = 2) -> [RuledTable] {
    func read(_ component: RuleNetwork.Component) -> RuledTable? {
      filledGrid(of: component, leastRows: leastRows).flatMap {
        RuledTable($0, on: page, options: options, leastRows: leastRows)
      }
    }
    var found = network.components.compactMap(read)
    found += grounds.components.compactMap(read).filter { table in
      table.isWholeOfGrounds
        && !found.contains { $0.grid.box.overlapX(table.grid.box) > 0 && $0.grid.box.overlapY(table.grid.box) > 0 }
    }
    found.sort { ($0.grid.box.y0, $0.grid.box.x0) < ($1.grid.box.y0, $1.grid.box.x0) }
    return found.enumerated().filter { index, inner in
      !found.enumerated().contains { $0 != index && $1.grid.box.encloses(inner.grid.box, but: $0 < index) }
    }.map { turned?.original($0.element) ?? $0.element }
  }

  /// The grid of the table in `region`, where it was read from rules; nil on a turned page, whose next page begins at a
  /// side.
  func grid(of region: Box) -> FilledGrid? {
    guard turned == nil else { return nil }
    for component in network.components + grounds.components {
      // A rule may run on to the right of a table.
      guard let box = component.box, abs(box.y0 - region.y0) < em, abs(box.y1 - region.y1) < em,
        abs(box.x0 - region.x0) < em, let found = filledGrid(of: component, leastRows: 1),
        found.box.isNear(region, within: 0.5 * found.em)
      else { continue }
      return found
    }
    return nil
  }

  private func filledGrid(of component: RuleNetwork.Component, leastRows: Int) -> FilledGrid? {
    guard let frame = component.box else { return nil }
    let inside = text.filter { frame.contains(x: $0.x, y: $0.y) }
    guard !inside.isEmpty else { return nil }
    let size = medianSize(inside.map { page.glyphs[$0.index].size })
    guard var grid = RuledGrid(component, em: min(em, size), options: options, leastRows: leastRows) else { return nil }
    let box = grid.box
    let held = grid.held(of: text, glyphs: page.glyphs)
    grid.dropSlivers(holding: held, narrowerThan: options.sliver * size)
    grid.splitColumns(by: held, of: page.glyphs, em: size)
    if grid.hidesColumns(in: held, of: page.glyphs, em: size) || grid.hidesRows(in: held, of: page.glyphs, em: size) {
      return nil
    }
    if leastRows > 1, grid.isHead(of: textOutsideGrids(but: frame), holding: held, of: page.glyphs, em: size) {
      return nil
    }
    grid.splitRows(by: held, of: page.glyphs, em: size)
    return FilledGrid(grid: grid, box: box, text: held, em: size)
  }
}

extension RuledPage {
  /// What stands in no grid, or in one that is around the grid in `frame`.
  private func textOutsideGrids(but frame: Box) -> RuledGrid.Text {
    let others = network.components.compactMap(\.box).filter { !$0.encloses(frame, but: true) }
    return others.isEmpty ? text : text.filter { mark in !others.contains { $0.contains(x: mark.x, y: mark.y) } }
  }
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
    for (index, glyph) in glyphs.enumerated() where (isScan || !glyph.isHidden) && !glyph.scalar.isZeroWidth {
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
  /// Whether all sides are nearly those of `other`.
  fileprivate func isNear(_ other: Box, within reach: Double) -> Bool {
    abs(other.x0 - x0) < reach && abs(other.x1 - x1) < reach && abs(other.y0 - y0) < reach && abs(other.y1 - y1) < reach
  }
}
