import DocumentModel

/// The lines of labels in one column of a grid whose rows no rule parts, with leaders behind them or not.
///
/// ```
///  Age of householder:                        names the rows below it: it begins a row
///    Under 25 years ............   12.1
///    Any other age, of one race               begins a row too, and is full: the next line is the rest of it
///      or of several ...........    3.4
///  Households                                 would have had room for the next word: it names the rows below it
///    with children .............    5.6
/// ```
struct GridLabels {
  /// Whether each line is the rest of a label above it that begins a row and has no figures.
  private(set) var areRests: [Bool] = []

  /// Of each line: where its words begin and end, the first word of it, and its first and last character.
  private let lines: [Line?]
  private let em: Double
  private let right: Double

  private struct Line {
    var (x0, x1, firstWord): (Double, Double, Double)
    var (first, last): (Unicode.Scalar, Unicode.Scalar)
    var goesOn: Bool { first.properties.isLowercase || first == "(" }
  }

  /// `lines` are the glyphs of each line from left to right, without blanks; leaders do not count. `areValued` says of each
  /// whether something stands beside its label.
  init(_ lines: [[Glyph]], areValued: [Bool], em: Double) {
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
    var start: Line?
    for index in lines.indices {
      let isRest = start.map { goesOn(into: index, from: $0, areValued: areValued) } ?? false
      areRests.append(isRest)
      if areValued[index] {
        start = nil
      } else if !isRest {
        start = begins(at: index) ? self.lines[index] : nil
      }
    }
  }

  /// Whether a line without figures is no rest of the label above it: it begins with a capital, and would have fitted.
  func begins(at index: Int) -> Bool {
    guard let line = lines[index], line.first.properties.isUppercase else { return false }
    guard index > 0, let above = lines[index - 1] else { return true }
    return line.x0 < above.x0 + 0.3 * em || !isFull(above, for: line)
  }

  /// Whether a line is the rest of the label that begins with the line `start` and had no figures so far: the line above it
  /// had no room for its first word.
  private func goesOn(into index: Int, from start: Line, areValued: [Bool]) -> Bool {
    guard let above = lines[index - 1], let line = lines[index], above.last != ":", line.x0 > start.x0 - 0.2 * em,
      isFull(above, for: line)
    else { return false }
    guard line.goesOn else { return line.x0 > start.x0 + 0.4 * em }
    // Another row begins below it just as it does: both are named by what is above them.
    guard areValued[index], index + 1 < lines.count, areValued[index + 1], let next = lines[index + 1] else {
      return true
    }
    return !(next.goesOn && abs(next.x0 - line.x0) < 0.2 * em)
  }

  private func isFull(_ above: Line, for line: Line) -> Bool {
    above.x1 + 0.25 * em + line.firstWord > right + 0.1 * em
  }
}
