import DocumentModel

/// Tells running heads and page numbers from text that parts two tables.
///
/// A line outside the tables is running matter when a stage has said so, when it holds only digits and strokes, when a
/// page close by has the same line at the same height, whatever its digits are, or when the pages beside it have every
/// glyph of it at the same place.
struct PageMargins {
  private let pages: [Page]
  private let lines: [Line]

  /// Judges the lines of these pages.
  init(pages: [Page], lines: [Line]?) {
    self.pages = pages
    self.lines = (lines ?? []).filter { $0.role != .body }
  }

  /// Whether nothing but running matter stands between the two heights of page `index`, in points.
  func isClear(_ index: Int, from top: Double, to bottom: Double) -> Bool {
    // What is left of a page number when the glyphs of a neighbour are taken out would match nothing: both are tried.
    let whole = textLines(index, from: top, to: bottom)
    return textLines(index, from: top, to: bottom, leavingOutRepeated: true).allSatisfy { rest in
      isRunning(rest, on: pages[index].number) || rest.isNumber
        || whole.contains { abs($0.y - rest.y) < 0.5 * rest.size && isHarmless($0, on: index) }
    }
  }

  private func isHarmless(_ line: MarginLine, on index: Int) -> Bool {
    line.isNumber || isRunning(line, on: pages[index].number) || repeats(line, on: index)
  }

  private func isRunning(_ line: MarginLine, on page: Int) -> Bool {
    lines.contains { other in
      guard case .page(page, let box) = other.place else { return false }
      return line.y >= box.y0 && line.y <= box.y1
    }
  }

  private func repeats(_ line: MarginLine, on index: Int) -> Bool {
    [-2, -1, 1, 2].map { index + $0 }.filter(pages.indices.contains).contains { other in
      // Feet keep their distance from the bottom when a page is turned.
      let y = line.y > pages[index].height / 2 ? line.y + pages[other].height - pages[index].height : line.y
      return textLines(other, from: y - line.size, to: y + line.size).contains { $0.mask == line.mask }
    }
  }

  /// The upright, visible text between two heights, line by line.
  private func textLines(
    _ index: Int, from top: Double, to bottom: Double, leavingOutRepeated: Bool = false
  ) -> [MarginLine] {
    let page = pages[index]
    var glyphs = page.glyphs.filter {
      $0.direction == .right && !$0.isHidden && !$0.scalar.isBlank && $0.box.midY > top && $0.box.midY < bottom
        && $0.box.midX > 0 && $0.box.midX < page.width
    }
    if leavingOutRepeated { glyphs.removeAll { isOnNeighbour($0, of: index, in: pages) } }
    glyphs.sort { ($0.box.midY, $0.box.x0) < ($1.box.midY, $1.box.x0) }
    var result: [MarginLine] = []
    var line: [Glyph] = []
    for glyph in glyphs {
      if let last = line.last, glyph.box.midY - last.box.midY > 0.5 * last.size {
        result.append(MarginLine(line))
        line = []
      }
      line.append(glyph)
    }
    if !line.isEmpty { result.append(MarginLine(line)) }
    return result
  }
}

private struct MarginLine {
  var y: Double
  var size: Double
  /// The scalars in order, with one mark for every run of digits.
  var mask: [Unicode.Scalar] = []
  /// Digits with strokes and dots around them, as in `- 4 -` and `2/9`.
  var isNumber: Bool

  init(_ glyphs: [Glyph]) {
    y = glyphs.map(\.box.midY).reduce(0, +) / Double(glyphs.count)
    size = glyphs.map(\.size).max() ?? 0
    let scalars = glyphs.sorted { ($0.box.x0, $0.scalar.value) < ($1.box.x0, $1.scalar.value) }.map(\.scalar)
    for scalar in scalars where !(scalar.isDigit && mask.last == "0") { mask.append(scalar.isDigit ? "0" : scalar) }
    isNumber =
      scalars.count <= 9 && scalars.contains(where: \.isDigit)
      && scalars.allSatisfy { $0.isDigit || $0.isStroke || $0 == "." || $0 == "\u{B7}" }
  }
}
