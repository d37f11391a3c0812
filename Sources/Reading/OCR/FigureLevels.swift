/// The shapes of one figure at several shades that may part ink from paper, the likeliest first.
///
/// At a dark shade thin strokes break, at a pale one digits touch each other. The shapes that fit what was read are the right
/// ones.
struct FigureLevels {
  private let levels: [FigureShapes]

  /// Orders the levels, at least one; those at which much of the digits is lost do not count.
  init(_ levels: [FigureShapes]) {
    let tallest = levels.map(\.tallest).max() ?? 0
    self.levels = levels.filter { $0.tallest * 5 >= tallest * 4 }.enumerated()
      .sorted { ($0.element.doubts, $0.offset) < ($1.element.doubts, $1.offset) }.map(\.element)
  }

  /// The likeliest.
  var best: FigureShapes { levels[0] }

  /// At least so many digits there are.
  var leastCount: Int { levels.map(\.leastCount).min() ?? 1 }

  /// The likeliest shapes with so many digits; nil where there are none.
  func fitting(_ count: Int) -> FigureShapes? {
    levels.lazy.map { $0.joiningHalves(toHave: count) }.first { $0.digits.count == count }
  }

  /// The figure on whose digits all `readings` agree; nil where its marks are doubtful.
  func whole(_ readings: [String]) -> String? {
    guard let first = readings.first else { return nil }
    let digits = first.plainDigits
    if let shapes = fitting(digits.count) { return shapes.figure(digits: digits, readings: readings) }
    // What is not there was not printed.
    guard levels.contains(where: { digits.count <= $0.digits.count + $0.touching }) else { return nil }
    guard readings.allSatisfy({ $0.likeMarks == first.likeMarks }) else { return nil }
    let isMarked = first.unicodeScalars.dropFirst().contains { !$0.isPlainDigit }
    return isMarked || !best.lacksMark ? first.withSeparators : nil
  }
}
