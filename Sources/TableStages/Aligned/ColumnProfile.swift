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
  private static let (step, leastWidth, betweenFigures) = (0.1, 0.35, 0.2)
  private static let betweenWords = 0.5
  /// No page is wider, so that a stray coordinate costs nothing.
  private static let mostSteps = 20_000

  /// `seams` are where rules say that columns are parted, also columns that only other lines of the table, `all`, show.
  init(_ lines: [WordLine], em: Double, seams: [ClosedRange<Double>] = [], all: [WordLine] = []) {
    (self.em, self.lines) = (em, lines)
    guard let x0 = lines.map(\.x0).min(), let x1 = lines.map(\.x1).max() else { return }
    let step = Self.step * em
    let count = min(Int((x1 - x0) / step) + 2, Self.mostSteps)
    let covered = coverage(count, of: lines.map { $0.words.map { ($0.box.x0, $0.box.x1) } }, from: x0, step: step)
    var segments = coverage(count, of: lines.map { $0.segments.map { ($0.x0, $0.x1) } }, from: x0, step: step)
    let mostWords = lines.count >= 6 ? Int(0.12 * Double(lines.count)) : 0
    let mostSegments = lines.count / 2
    func isFree(_ index: Int) -> Bool { covered[index] <= mostWords && segments[index] <= mostSegments }
    var narrow: [Cut] = []
    // White space that no word covers parts figures and words even where it is too narrow to part segments.
    for range in runs(0..<count, where: { covered[$0] == 0 && segments[$0] > mostSegments })
    where Double(range.count) * step >= Self.betweenFigures * em
      && parts(x0 + Double(range.lowerBound) * step, x0 + Double(range.upperBound) * step)
    {
      let middle = (Double(range.lowerBound) + Double(range.upperBound)) / 2
      if Double(range.count) * step < Self.leastWidth * em {
        narrow.append(
          Cut(
            position: x0 + middle * step, from: x0 + Double(range.lowerBound) * step,
            to: x0 + Double(range.upperBound) * step))
      } else {
        for index in range { segments[index] = 0 }
      }
    }
    var index = 0
    while index < count {
      guard isFree(index) else { index += 1; continue }
      let end = (index..<count).first { !isFree($0) } ?? count
      if index > 0, end < count, Double(end - index) * step >= Self.leastWidth * em {
        let least = covered[index..<end].min() ?? 0
        let best = (index..<end).filter { covered[$0] == least }
        let middle = Double(best[0] + best[best.count - 1] + 1) / 2
        cuts.append(
          Cut(position: x0 + middle * step, from: x0 + Double(index) * step, to: x0 + Double(end) * step))
      }
      index = end
    }
    if mostWords > 0 { cuts = cuts.flatMap(partedBySparse) }
    cuts = (cuts + narrow).sorted { $0.position < $1.position }
    let words = all.flatMap(\.words)
    cuts = cuts.flatMap { cut in
      parted(cut, by: seams.filter { $0.lowerBound > cut.from && $0.upperBound < cut.to }, words: words)
    }
    for seam in seams { part(at: seam, mostWords: mostWords) }
  }

  /// A cut for each seam in one, as far as words stand between them: a sparse column.
  private func parted(_ cut: Cut, by seams: [ClosedRange<Double>], words: [TextWord]) -> [Cut] {
    var result: [Cut] = []
    for seam in seams {
      let middle = (seam.lowerBound + seam.upperBound) / 2
      let start = result.last?.position ?? cut.from
      let inside = words.filter { $0.box.x0 >= start - 0.1 * em && $0.box.x1 <= middle }
      if let end = inside.map(\.box.x1).max() {
        if let last = result.indices.last { result[last].to = inside.map(\.box.x0).min() ?? result[last].to }
        result.append(Cut(position: middle, from: max(end, cut.from), to: cut.to))
      } else if result.isEmpty {
        result.append(Cut(position: middle, from: cut.from, to: cut.to))
      }
    }
    return result.isEmpty ? [cut] : result
  }

  /// A cut at a seam that few words cross and that is no part of a cut, in its white space.
  private mutating func part(at seam: ClosedRange<Double>, mostWords: Int) {
    let middle = (seam.lowerBound + seam.upperBound) / 2
    guard !cuts.contains(where: { $0.from <= seam.upperBound && $0.to >= seam.lowerBound }) else { return }
    let words = lines.flatMap(\.words)
    let crossing = lines.count { line in line.words.contains { $0.box.x0 < middle && $0.box.x1 > middle } }
    guard crossing <= mostWords, let from = words.map(\.box.x1).filter({ $0 <= middle }).max(),
      let to = words.map(\.box.x0).filter({ $0 >= middle }).min()
    else { return }
    let cut = Cut(position: middle, from: from, to: to)
    cuts.insert(cut, at: cuts.firstIndex { $0.position > middle } ?? cuts.count)
  }

  private func runs(_ range: Range<Int>, where isWanted: (Int) -> Bool) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for index in range where isWanted(index) {
      if let last = result.last, last.upperBound == index {
        result[result.count - 1] = last.lowerBound..<(index + 1)
      } else {
        result.append(index..<(index + 1))
      }
    }
    return result
  }

  /// Whether figures stand on both sides of a strip in nearly all of the lines, and in six at least; or anything on both
  /// sides of a wider one: blanks between words do not stand below each other.
  ///
  /// Groups of three digits behind each other are one figure.
  private func parts(_ from: Double, _ to: Double) -> Bool {
    var (sides, figures, groups) = (0, 0, 0)
    for line in lines {
      guard let left = line.words.last(where: { $0.box.x1 <= from + 0.1 * em }),
        let right = line.words.first(where: { $0.box.x0 >= to - 0.1 * em }), right.box.x0 - left.box.x1 < 2 * em
      else { continue }
      sides += 1
      if left.isNumber, right.isNumber { figures += 1 }
      if right.scalars.count(where: \.isDigit) == 3, right.scalars.count <= 4 { groups += 1 }
    }
    if to - from >= Self.betweenWords * em { return sides >= 4 && groups < sides }
    return sides >= 6 && 10 * figures >= 9 * sides && groups < sides
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
  ///
  /// One of the lines must have text in the columns on both sides too, or they are heads that stand beside their column.
  private func partedBySparse(_ cut: Cut) -> [Cut] {
    func isInside(_ segment: WordLine.Segment) -> Bool {
      segment.x0 >= cut.from - 0.1 * em && segment.x1 <= cut.to + 0.1 * em
    }
    let before = cuts.last { $0.to < cut.from }?.to ?? -.infinity
    let after = cuts.first { $0.from > cut.to }?.from ?? .infinity
    let holding = lines.filter { $0.segments.contains(where: isInside) }
    let isColumn = holding.contains { line in
      line.segments.contains { !isInside($0) && $0.x1 > before && $0.x0 < cut.from }
        && line.segments.contains { !isInside($0) && $0.x1 > cut.to && $0.x0 < after }
    }
    guard isColumn else { return [cut] }
    let inside = holding.flatMap(\.segments).filter(isInside)
    guard let x0 = inside.map(\.x0).min(), let x1 = inside.map(\.x1).max() else { return [cut] }
    let left = Cut(position: (cut.from + x0) / 2, from: cut.from, to: x0)
    let right = Cut(position: (x1 + cut.to) / 2, from: x1, to: cut.to)
    let parts = [left, right].filter { $0.to - $0.from >= Self.leastWidth * em }
    return parts.isEmpty ? [cut] : parts
  }
}
