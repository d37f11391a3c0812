import DocumentModel

/// The lines of labels in one column of a grid whose rows no rule parts, with leaders behind them or not.
///
/// ```
///  Age of householder:                        names the rows below it: it begins a row
///    Under 25 years ............   12.1
///    Any other age, of one race               begins a row too, and is full: the next line is the rest of it
///      or of several ...........    3.4
/// ```
struct GridLabels {
  /// Of each line: where its words begin and end, the first word of it, and its first and last character.
  private let lines: [Line?]
  private let em: Double
  private let right: Double

  private struct Line {
    var (x0, x1, firstWord): (Double, Double, Double)
    var (first, last): (Unicode.Scalar, Unicode.Scalar)
  }

  /// `lines` are the glyphs of each line from left to right, without blanks; leaders do not count.
  init(_ lines: [[Glyph]], em: Double) {
    self.em = em
    self.lines = lines.map { glyphs in
      var end = glyphs.count
      while end > 0, glyphs[end - 1].scalar == "." || glyphs[end - 1].scalar == "\u{2026}" { end -= 1 }
      guard end > 0 else { return nil }
      let gap = (1..<end).first { glyphs[$0].box.x0 - glyphs[$0 - 1].box.x1 > 0.17 * em } ?? end
      return Line(
        x0: glyphs[0].box.x0, x1: glyphs[end - 1].box.x1, firstWord: glyphs[gap - 1].box.x1 - glyphs[0].box.x0,
        first: glyphs[0].scalar, last: glyphs[end - 1].scalar)
    }
    right = self.lines.compactMap { $0?.x1 }.max() ?? 0
  }

  /// Whether a line without figures is no rest of the label above it: it begins with a capital, and would have fitted.
  func begins(at index: Int) -> Bool {
    guard let line = lines[index], line.first.properties.isUppercase else { return false }
    guard index > 0, let above = lines[index - 1] else { return true }
    return line.x0 < above.x0 + 0.3 * em || !isFull(above, for: line)
  }

  /// Whether the line is the rest of the label above it, which begins a row and has no figures.
  func goOn(into index: Int) -> Bool {
    guard index > 0, begins(at: index - 1), let above = lines[index - 1], let line = lines[index],
      above.last != ":", line.x0 > above.x0 - 0.2 * em
    else { return false }
    return line.first.properties.isLowercase || line.first == "("
      || line.x0 > above.x0 + 0.4 * em && isFull(above, for: line)
  }

  private func isFull(_ above: Line, for line: Line) -> Bool {
    above.x1 + 0.25 * em + line.firstWord > right + 0.1 * em
  }
}
