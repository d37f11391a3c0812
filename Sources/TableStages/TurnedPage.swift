import DocumentModel

/// A page turned so that most of its text runs from left to right (``DocumentModel/QuarterTurn``).
///
/// Boxes found on the turned page are turned back to the page's own coordinates by ``original(_:)``.
struct TurnedPage {
  /// The page with everything on it turned, glyphs in the same order.
  private(set) var page: Page
  private let turn: QuarterTurn

  // Glyphs that must run one way, and their share of all in percent; of a scan all run as its sheet lay, however few.
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
    let least = page.isRecognised ? 1 : least
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
    turn = QuarterTurn(direction, width: page.width, height: page.height)
    self.page = page
    (self.page.width, self.page.height) = turn.size
    for index in page.glyphs.indices {
      self.page.glyphs[index].box = turned(page.glyphs[index].box)
      self.page.glyphs[index].direction = turn.turned(page.glyphs[index].direction)
    }
    self.page.rulings = page.rulings.map(turn.turned)
    self.page.images = page.images.map(turned)
    self.page.fills = page.fills.map(turned)
    self.page.drawings = page.drawings.map(turned)
  }

  /// Where a box of the page as displayed lies on the turned page.
  func turned(_ box: Box) -> Box { turn.turned(box) }

  /// Where a box of the turned page lies on the page as displayed.
  func original(_ box: Box) -> Box { turn.inverse.turned(box) }

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
