public import DocumentModel

/// A page drawn in text: letters are glyphs, runs of `-` `|` `+` are rulings.
///
/// Every character of the drawing is a field of ``cell`` points; a glyph fills its field but for half a point at each
/// side, a ruling runs through the middle of its fields.
///
/// ```
/// PageSketch("""
///   +-----+----+
///   | New | 12 |
///   +-----+----+
///   """).page
/// ```
public struct PageSketch {
  /// Width and height of one character of the drawing, in points.
  public static let cell = (width: 10.0, height: 12.0)

  /// The drawn page.
  public var page: Page

  /// Draws page `number`.
  public init(_ drawing: String, number: Int = 1) {
    let rows = drawing.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
    let columns = rows.map(\.count).max() ?? 0
    let (width, height) = PageSketch.cell
    page = Page(number: number, width: Double(columns) * width, height: Double(rows.count) * height, fonts: ["Sketch"])
    for (y, row) in rows.enumerated() {
      for (x, scalar) in row.enumerated() where !" +-|".unicodeScalars.contains(scalar) {
        let (left, top) = (Double(x) * width, Double(y) * height)
        page.glyphs.append(Glyph(scalar, box: Box(left + 0.5, top + 1, left + width - 0.5, top + height - 1), size: 10))
      }
      let line: (Int) -> Unicode.Scalar = { $0 < row.count ? row[$0] : " " }
      for run in runs(of: "-", count: columns, line) {
        let (start, end) = (Double(run.lowerBound) + 0.5, Double(run.upperBound) - 0.5)
        page.rulings.append(
          Ruling(.horizontal, at: (Double(y) + 0.5) * height, from: start * width, to: end * width))
      }
    }
    for x in 0..<columns {
      for run in runs(of: "|", count: rows.count, { x < rows[$0].count ? rows[$0][x] : " " }) {
        let (start, end) = (Double(run.lowerBound) + 0.5, Double(run.upperBound) - 0.5)
        page.rulings.append(
          Ruling(.vertical, at: (Double(x) + 0.5) * width, from: start * height, to: end * height))
      }
    }
  }
}

/// Runs of `stroke` and `+` that hold at least one `stroke`.
private func runs(of stroke: Unicode.Scalar, count: Int, _ scalar: (Int) -> Unicode.Scalar) -> [Range<Int>] {
  var result: [Range<Int>] = []
  var start: Int?
  var hasStroke = false
  for index in 0...count {
    let current = index < count ? scalar(index) : " "
    if current == stroke || current == "+" {
      start = start ?? index
      hasStroke = hasStroke || current == stroke
    } else if let from = start {
      if hasStroke { result.append(from..<index) }
      (start, hasStroke) = (nil, false)
    }
  }
  return result
}
