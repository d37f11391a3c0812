import DocumentModel

/// Where white space runs down through lines, so that it parts columns.
///
/// ```
/// abc     12   3
/// abcdef   1  44        covered by words:  ######...##.##      cuts in the middle of what the fewest words cover
///        ^   ^
/// ```
struct ColumnProfile {
  /// From left to right; columns are one more.
  private(set) var cuts: [Cut] = []

  /// White space between two columns.
  struct Cut {
    var position: Double
    var from: Double
    var to: Double
  }

  private let em: Double
  private let lines: [WordLine]
  // In font sizes.
  private static let (step, leastWidth) = (0.1, 0.35)
  /// No page is wider, so that a stray coordinate costs nothing.
  private static let mostSteps = 20_000

  init(_ lines: [WordLine], em: Double) {
    (self.em, self.lines) = (em, lines)
    guard let x0 = lines.map(\.x0).min(), let x1 = lines.map(\.x1).max() else { return }
    let step = Self.step * em
    let count = min(Int((x1 - x0) / step) + 2, Self.mostSteps)
    let words = coverage(count, of: lines.map { $0.words.map { ($0.box.x0, $0.box.x1) } }, from: x0, step: step)
    let segments = coverage(count, of: lines.map { $0.segments.map { ($0.x0, $0.x1) } }, from: x0, step: step)
    let mostWords = lines.count >= 6 ? Int(0.12 * Double(lines.count)) : 0
    let mostSegments = lines.count / 2
    func isFree(_ index: Int) -> Bool { words[index] <= mostWords && segments[index] <= mostSegments }
    var index = 0
    while index < count {
      guard isFree(index) else { index += 1; continue }
      let end = (index..<count).first { !isFree($0) } ?? count
      if index > 0, end < count, Double(end - index) * step >= Self.leastWidth * em {
        let least = words[index..<end].min() ?? 0
        let best = (index..<end).filter { words[$0] == least }
        let middle = Double(best[0] + best[best.count - 1] + 1) / 2
        cuts.append(
          Cut(position: x0 + middle * step, from: x0 + Double(index) * step, to: x0 + Double(end) * step))
      }
      index = end
    }
    if mostWords > 0 { cuts = cuts.flatMap(partedBySparse) }
  }

  /// How many lines cover each step.
  private func coverage(_ count: Int, of lines: [[(Double, Double)]], from x0: Double, step: Double) -> [Int] {
    var result = Array(repeating: 0, count: count)
    for line in lines {
      var next = 0
      for (start, end) in line.sorted(by: { $0.0 < $1.0 }) {
        let from = max(next, Int((start - x0) / step))
        let to = min(Int((end - x0) / step), count - 1)
        guard from <= to else { continue }
        for index in from...to { result[index] += 1 }
        next = to + 1
      }
    }
    return result
  }

  /// Two cuts where whole segments of a few lines stand in the white space: a sparse column.
  private func partedBySparse(_ cut: Cut) -> [Cut] {
    let inside = lines.flatMap(\.segments).filter { $0.x0 >= cut.from - 0.1 * em && $0.x1 <= cut.to + 0.1 * em }
    guard let x0 = inside.map(\.x0).min(), let x1 = inside.map(\.x1).max() else { return [cut] }
    let left = Cut(position: (cut.from + x0) / 2, from: cut.from, to: x0)
    let right = Cut(position: (x1 + cut.to) / 2, from: x1, to: cut.to)
    let parts = [left, right].filter { $0.to - $0.from >= Self.leastWidth * em }
    return parts.isEmpty ? [cut] : parts
  }
}
