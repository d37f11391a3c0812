import DocumentModel

/// A page turned so that most of its text runs from left to right, as a reader would hold it.
///
/// ```
/// ┌───────┐        ┌───────────┐
/// │ c b a │        │ a  1   2  │     text that runs down: the page is turned against the clock, what was the right
/// │       │  ───►  │ b  3   4  │     edge becomes the top; text that runs up: with the clock
/// │ 5 3 1 │        │ c  5   6  │
/// └───────┘        └───────────┘
/// ```
/// Boxes found on the turned page are turned back to the page's own coordinates by ``original(_:)``.
struct TurnedPage {
  /// The page with everything on it turned, glyphs in the same order.
  private(set) var page: Page
  /// The way the text runs on the page as displayed.
  private let direction: Glyph.Direction
  /// Width and height as displayed, in points.
  private let (width, height): (Double, Double)

  // Glyphs that must run one way, and their share of all in percent.
  private static let (least, share) = (40, 60)

  /// More lines of upright figures than these are no running head.
  private static let mostUpright = 2

  /// The way that most text of a page runs; `nil` where that is from left to right, no way has a clear majority, or
  /// figures stand upright in several lines: the labels of a chart may be turned, and longer than a table.
  static func direction(of page: Page) -> Glyph.Direction? {
    var counts = [0, 0, 0, 0]
    for glyph in page.glyphs where !glyph.isHidden && !glyph.scalar.isBlank {
      counts[Int(glyph.direction.rawValue)] += 1
    }
    let all = counts.reduce(0, +)
    let ways: [Glyph.Direction] = [.down, .left, .up]
    let direction = ways.first { way in
      let count = counts[Int(way.rawValue)]
      return count >= least && 100 * count > share * all
    }
    guard let direction else { return nil }
    var lines = Set<Int>()
    for glyph in page.glyphs where glyph.direction == .right && !glyph.isHidden && glyph.scalar.isDigit {
      lines.insert(Int(max(-1e6, min(1e6, glyph.box.midY)) / max(4, glyph.size)))
    }
    return lines.count > mostUpright ? nil : direction
  }

  /// `nil` where a reader holds the page as it is.
  init?(_ page: Page) {
    guard let direction = Self.direction(of: page) else { return nil }
    self.direction = direction
    (width, height) = (page.width, page.height)
    self.page = page
    if direction != .left { (self.page.width, self.page.height) = (page.height, page.width) }
    for index in page.glyphs.indices {
      self.page.glyphs[index].box = turned(page.glyphs[index].box)
      self.page.glyphs[index].direction = turned(page.glyphs[index].direction)
    }
    self.page.rulings = page.rulings.map(turned)
    self.page.images = page.images.map(turned)
    self.page.fills = page.fills.map(turned)
    self.page.drawings = page.drawings.map(turned)
  }

  /// Where a box of the page as displayed lies on the turned page.
  func turned(_ box: Box) -> Box {
    switch direction {
    case .right: box
    case .down: Box(box.y0, width - box.x1, box.y1, width - box.x0)
    case .left: Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    case .up: Box(height - box.y1, box.x0, height - box.y0, box.x1)
    }
  }

  /// Where a box of the turned page lies on the page as displayed.
  func original(_ box: Box) -> Box {
    switch direction {
    case .right: box
    case .down: Box(width - box.y1, box.x0, width - box.y0, box.x1)
    case .left: turned(box)
    case .up: Box(box.y0, height - box.x1, box.y1, height - box.x0)
    }
  }

  /// The table, found on the turned page, with its boxes where they lie on the page as displayed.
  func original(_ table: Table) -> Table { table.moved(original) }

  /// A place on the turned page on the page as displayed.
  func original(_ place: Place) -> Place {
    if case .page(let number, let box) = place { .page(number, original(box)) } else { place }
  }

  /// A place on the page as displayed on the turned page.
  func turned(_ place: Place) -> Place {
    if case .page(let number, let box) = place { .page(number, turned(box)) } else { place }
  }

  private func turned(_ own: Glyph.Direction) -> Glyph.Direction {
    Glyph.Direction(rawValue: (own.rawValue + 4 - direction.rawValue) % 4) ?? own
  }

  private func turned(_ rule: Ruling) -> Ruling {
    let isHorizontal = rule.axis == .horizontal
    let line = turned(
      isHorizontal
        ? Box(rule.start, rule.position, rule.end, rule.position)
        : Box(rule.position, rule.start, rule.position, rule.end))
    let staysHorizontal = isHorizontal == (direction == .left)
    return staysHorizontal
      ? Ruling(.horizontal, at: line.y0, from: line.x0, to: line.x1, thickness: rule.thickness)
      : Ruling(.vertical, at: line.x0, from: line.y0, to: line.y1, thickness: rule.thickness)
  }
}

extension Table {
  /// The table with all its places moved.
  func moved(_ place: (Place) -> Place) -> Table {
    var table = self
    table.regions = regions.map(place)
    table.caption = caption?.moved(place)
    table.unit = unit?.moved(place)
    for index in cells.indices { table.cells[index].places = cells[index].places.map(place) }
    return table
  }
}

extension Table.Legend {
  /// The legend with all its places moved.
  func moved(_ place: (Place) -> Place) -> Self { Self(text, places: places.map(place)) }
}
