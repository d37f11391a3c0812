import DocumentModel

/// Tells running heads and page numbers from text that parts two tables.
///
/// A line outside the tables is running matter when a stage has said so, when it holds only digits and strokes, when a
/// page close by has the same line at the same height, when its numbers grow with the pages on three of them (or on all
/// two), or when the pages beside it have every glyph of it at the same place. Two captions that only differ in their
/// numbers are not running heads.
struct PageMargins {
  let pages: [Page]
  private let lines: [Line]

  /// Judges the lines of these pages.
  init(pages: [Page], lines: [Line]?) {
    self.pages = pages
    self.lines = (lines ?? []).filter { $0.role != .body }
  }

  /// Whether nothing but running matter stands between the two heights of page `index`, in points.
  func isClear(_ index: Int, from top: Double, to bottom: Double) -> Bool {
    foreignLines(index, from: top, to: bottom)?.isEmpty ?? false
  }

  /// How many lines between the two heights are no running matter, in points; `nil` for more than headings: many lines,
  /// or one that is wider than `width`.
  func headings(_ index: Int, from top: Double, to bottom: Double, width: Double) -> Int? {
    guard let lines = foreignLines(index, from: top, to: bottom), lines.allSatisfy({ $0.x1 - $0.x0 <= width }) else {
      return nil
    }
    return lines.count
  }

  /// The lines between two heights that are no running matter; `nil` for too many to tell.
  private func foreignLines(_ index: Int, from top: Double, to bottom: Double) -> [MarginLine]? {
    // What is left of a page number when the glyphs of a neighbour are taken out would match nothing: both are tried.
    // No running matter is so long; and looking for repeated glyphs among many takes long.
    guard let whole = textLines(index, from: top, to: bottom, most: Self.mostLines) else { return nil }
    return textLines(index, from: top, to: bottom, leavingOutRepeated: true)?.filter { rest in
      !(isRunning(rest, on: pages[index].number) || (rest.isNumber && isApart(rest, on: index))
        || whole.contains { abs($0.y - rest.y) < 0.5 * rest.size && isHarmless($0, on: index) })
    }
  }

  private static let mostLines = 12

  private func isHarmless(_ line: MarginLine, on index: Int) -> Bool {
    line.isNumber || isRunning(line, on: pages[index].number) || repeats(line, on: index)
  }

  /// Whether no letter stands close to it, as the words of a caption do to its number.
  private func isApart(_ line: MarginLine, on index: Int) -> Bool {
    let reach = 1.5 * line.size
    return !pages[index].glyphs.contains { glyph in
      !glyph.isHidden && !glyph.scalar.isBlank && !glyph.scalar.isNumberPart
        && abs(glyph.box.midY - line.y) < 0.5 * line.size && glyph.box.x1 > line.x0 - reach
        && glyph.box.x0 < line.x1 + reach
    }
  }

  private func isRunning(_ line: MarginLine, on page: Int) -> Bool {
    lines.contains { other in
      guard case .page(page, let box) = other.place else { return false }
      return line.y >= box.y0 && line.y <= box.y1
    }
  }

  private func repeats(_ line: MarginLine, on index: Int) -> Bool {
    var following = 1
    for step in [-2, -1, 1, 2] where pages.indices.contains(index + step) {
      let other = index + step
      // Feet keep their distance from the bottom when a page is turned.
      let y = line.y > pages[index].height / 2 ? line.y + pages[other].height - pages[index].height : line.y
      let lines = (textLines(other, from: y - line.size, to: y + line.size) ?? []).filter { $0.mask == line.mask }
      if lines.contains(where: { $0.numbers == line.numbers }) { return true }
      if lines.contains(where: { $0.follows(line, by: step) }) { following += 1 }
    }
    return following >= min(3, pages.count) && following > 1
  }

  /// The upright, visible text between two heights, line by line; `nil` for more than `most` lines.
  private func textLines(
    _ index: Int, from top: Double, to bottom: Double, leavingOutRepeated: Bool = false, most: Int = .max
  ) -> [MarginLine]? {
    let page = pages[index]
    let glyphs = page.glyphs
    var marks = glyphs.indices.filter { mark in
      let middle = glyphs[mark].box.midY
      guard middle > top, middle < bottom, glyphs[mark].box.midX > 0, glyphs[mark].box.midX < page.width else {
        return false
      }
      return glyphs[mark].direction == .right && !glyphs[mark].isHidden && !glyphs[mark].scalar.isBlank
    }
    if leavingOutRepeated {
      let beside = [index - 1, index + 1].filter(pages.indices.contains).flatMap { neighbour in
        pages[neighbour].glyphs.filter { $0.box.midY > top - 1 && $0.box.midY < bottom + 1 }
      }
      marks.removeAll { mark in beside.contains { $0.isRepeated(as: glyphs[mark]) } }
    }
    marks.sort { (glyphs[$0].box.midY, glyphs[$0].box.x0, $0) < (glyphs[$1].box.midY, glyphs[$1].box.x0, $1) }
    let starts = marks.indices.filter { at in
      at == 0 || glyphs[marks[at]].box.midY - glyphs[marks[at - 1]].box.midY > 0.5 * glyphs[marks[at - 1]].size
    }
    guard starts.count <= most else { return nil }
    return zip(starts, starts.dropFirst() + [marks.count]).map { start, end in
      MarginLine(marks[start..<end].map { glyphs[$0] })
    }
  }
}

private struct MarginLine {
  var y: Double
  var x0: Double
  var x1: Double
  var size: Double
  /// The scalars in order, with one mark for every run of digits.
  var mask: [Unicode.Scalar] = []
  /// What the runs of digits say.
  var numbers: [String] = []
  /// Digits with strokes and dots around them, as in `- 4 -` and `2/9`.
  var isNumber: Bool

  init(_ glyphs: [Glyph]) {
    y = glyphs.map(\.box.midY).reduce(0, +) / Double(glyphs.count)
    x0 = glyphs.map(\.box.x0).min() ?? 0
    x1 = glyphs.map(\.box.x1).max() ?? 0
    size = glyphs.map(\.size).max() ?? 0
    let scalars = glyphs.sorted { ($0.box.x0, $0.scalar.value) < ($1.box.x0, $1.scalar.value) }.map(\.scalar)
    for scalar in scalars {
      guard scalar.isDigit else { mask.append(scalar); continue }
      if mask.last == "0" {
        numbers[numbers.count - 1].unicodeScalars.append(scalar)
      } else {
        mask.append("0")
        numbers.append(String(scalar))
      }
    }
    isNumber =
      scalars.count <= 9 && scalars.contains(where: \.isDigit)
      && scalars.allSatisfy(\.isNumberPart)
  }

  /// Whether each number is the one of `other` or greater by `step`, as page numbers are so many pages on.
  func follows(_ other: MarginLine, by step: Int) -> Bool {
    numbers.count == other.numbers.count
      && zip(numbers, other.numbers).allSatisfy { own, its in
        guard let own = Int(own), let its = Int(its) else { return own == its }
        return own == its || own == its + step
      }
  }
}

extension Unicode.Scalar {
  /// A digit, or what page numbers are dressed with.
  fileprivate var isNumberPart: Bool { isDigit || isStroke || self == "." || self == "\u{B7}" }
}
