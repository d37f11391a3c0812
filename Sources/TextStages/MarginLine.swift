import DocumentModel

/// A line near the upper or lower edge of a page.
struct MarginLine {
  /// One end of one page.
  struct Margin: Hashable {
    var page: Int
    var isTop: Bool
  }

  /// Index into the lines of the document.
  var line: Int
  var margin: Margin
  /// From the edge of the page to the middle of the line, in points.
  var distance: Double
  var size: Double
  /// Its folded text without digits.
  private(set) var words = ""
  /// The page number that it may be.
  private(set) var number: PageNumberShape.Reading?

  /// The lines in the margins, in the order of pages, and from the edge inwards.
  static func all(
    in lines: [Line], of document: Document, margin part: Double, outside regions: PageRegions
  ) -> [MarginLine] {
    var pages: [Int: Page] = [:]
    for page in document.pages ?? [] { pages[page.number] = page }
    var extents: [Int: Box] = [:]
    for case .page(let number, let box) in lines.lazy.map(\.place) {
      extents[number] = extents[number]?.union(box) ?? Box(0, 0, box.x1, box.y1).union(box)
    }
    var result: [MarginLine] = []
    for (index, line) in lines.enumerated() {
      guard case .page(let number, let box) = line.place, regions.table(at: line.place) == nil else { continue }
      let page = pages[number]
      let width = page?.width ?? extents[number]?.x1 ?? 0
      let height = page?.height ?? extents[number]?.y1 ?? 0
      let depth = part * max(width, height)
      let distance = min(box.midY, height - box.midY)
      if distance > depth || (page.map { isRuledOff(line, box, on: $0) } ?? false) { continue }
      result.append(
        MarginLine(
          line: index, margin: Margin(page: number, isTop: box.midY < height / 2), distance: distance, size: line.size))
    }
    return result.sorted {
      ($0.margin.page, $0.margin.isTop ? 0 : 1, $0.distance, $0.line)
        < ($1.margin.page, $1.margin.isTop ? 0 : 1, $1.distance, $1.line)
    }
  }

  /// Whether a vertical rule passes through the height of the line, as in a row of a table; frames of pages do not
  /// count.
  private static func isRuledOff(_ line: Line, _ box: Box, on page: Page) -> Bool {
    page.rulings.contains {
      $0.axis == .vertical && $0.start <= box.midY && $0.end >= box.midY && $0.length >= line.size
        && $0.length < 0.8 * page.height
    }
  }

  private init(line: Int, margin: Margin, distance: Double, size: Double) {
    self.line = line
    self.margin = margin
    self.distance = distance
    self.size = size
  }

  /// Takes down what the folded text says.
  mutating func describe(_ folded: String, by shape: PageNumberShape) {
    words = String(String.UnicodeScalarView(folded.unicodeScalars.filter { !("0"..."9").contains($0) }))
    number = shape.reading(of: folded)
  }
}
