import DocumentModel

/// The streams of text on a page: one, or two columns of prose beside each other with lines over both.
///
/// ```
/// ===== title over both =====       stream 1: the lines over both, and tables as wide as the page
/// left prose      right prose       stream 2, stream 3
/// 12   34   56   a wide table  78   stream 4
/// ```
/// A gutter is looked for in the middle half of the page, where white space recurs and text beside it is prose.
struct TextZones {
  private(set) var streams: [[WordLine]] = []

  private let rules: [Ruling]
  private let em: Double
  // Lines that a page of two columns must have, and the least white space of a gutter and the most inside prose in em.
  private static let (leastLines, gutter, proseGap) = (12, 0.8, 1.6)
  private static let step = 4.0

  /// `rules` are horizontal.
  init(_ lines: [WordLine], rules: [Ruling], em: Double) {
    (self.rules, self.em) = (rules, em)
    guard lines.count >= Self.leastLines, let gutter = gutter(in: lines) else {
      streams = lines.isEmpty ? [] : [lines]
      return
    }
    split(lines, at: gutter)
  }

  /// A line cut at the gutter; `nil` parts where nothing stands, both `nil` where the line crosses it.
  private struct Halves {
    var line: WordLine
    var left: WordLine?
    var right: WordLine?
    var crosses: Bool { left == nil && right == nil }
  }

  /// On which sides of a place words of a line stand; `nil` where the line crosses it.
  private func side(_ line: WordLine, of x: Double) -> (left: Bool, right: Bool)? {
    var (end, start) = (-Double.infinity, Double.infinity)
    for word in line.words {
      if word.box.x1 <= x {
        end = max(end, word.box.x1)
      } else if word.box.x0 >= x {
        start = min(start, word.box.x0)
      } else {
        return nil
      }
    }
    return start - end < Self.gutter * em ? nil : (end.isFinite, start.isFinite)
  }

  private func halves(_ line: WordLine, at x: Double) -> Halves {
    guard side(line, of: x) != nil else { return Halves(line: line) }
    return Halves(line: line, left: line.keeping { $0.box.x1 <= x }, right: line.keeping { $0.box.x0 >= x })
  }

  private func isProse(_ line: WordLine, over width: Double, share: Double) -> Bool {
    let widest = zip(line.words, line.words.dropFirst()).map { $1.box.x0 - $0.box.x1 }.max() ?? 0
    return line.count >= 4 && line.width > share * width && widest < Self.proseGap * em
  }

  private func isText(_ line: WordLine, over width: Double) -> Bool {
    isProse(line, over: width, share: 0.7) && 5 * line.words.count(where: \.isNumber) < 2 * line.words.count
  }

  private func share(_ lines: [WordLine], over width: Double) -> Double {
    lines.isEmpty ? 0 : Double(lines.count { isText($0, over: width) }) / Double(lines.count)
  }

  private func gutter(in lines: [WordLine]) -> Double? {
    let x0 = lines.map(\.x0).min() ?? 0
    let x1 = lines.map(\.x1).max() ?? 0
    var support: [Int: Int] = [:]
    for line in lines {
      for (left, right) in zip(line.words, line.words.dropFirst())
      where right.box.x0 - left.box.x1 >= Self.gutter * em {
        let from = Int(((left.box.x1 + 0.2 * em) / Self.step).rounded(.down))
        let to = Int(((right.box.x0 - 0.2 * em) / Self.step).rounded(.down))
        if from <= to { for index in from...to { support[index, default: 0] += 1 } }
      }
    }
    var best: (score: Int, x: Double)?
    for (index, count) in support.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(12) {
      let x = Double(index) * Self.step + 2
      guard x > x0 + 0.25 * (x1 - x0), x < x0 + 0.75 * (x1 - x0) else { continue }
      // Most places are none by the number of lines beside them; halves of lines take longer to make.
      let sides = lines.map { side($0, of: x) }
      let crossing = sides.count { $0 == nil }
      let (lefts, rights) = (sides.count { $0?.left == true }, sides.count { $0?.right == true })
      guard min(lefts, rights) >= 8, 10 * min(lefts, rights) >= 3 * lines.count, 10 * crossing < 6 * lines.count else {
        continue
      }
      let cut = lines.map { halves($0, at: x) }
      let (left, right) = (cut.compactMap(\.left), cut.compactMap(\.right))
      let (one, two) = (share(left, over: x - x0), share(right, over: x1 - x))
      let isMiddle = abs((x - x0) / (x1 - x0) - 0.5) < 0.06
      guard min(one, two) >= 0.4 || (isMiddle && max(one, two) >= 0.6) else { continue }
      if best.map({ count - crossing > $0.score }) ?? true { best = (count - crossing, x) }
    }
    return best?.x
  }

  /// Whether rules beside lines stop on both sides of a place, and none crosses it: tables that stand beside each other.
  private func areRuledApart(_ rows: ArraySlice<WordLine>, at x: Double) -> Bool {
    guard let first = rows.first, let last = rows.last else { return false }
    let beside = rules.filter {
      $0.position > first.y0 - 3 * em && $0.position < last.y1 + 2 * em && $0.length > 6 * em
    }
    .joiningTouching
    return !beside.contains { $0.start < x - em && $0.end > x + em } && beside.contains { $0.end <= x + em }
      && beside.contains { $0.start >= x - em }
  }

  private mutating func split(_ lines: [WordLine], at x: Double) {
    let x0 = lines.map(\.x0).min() ?? 0
    let x1 = lines.map(\.x1).max() ?? 0
    let cut = lines.map { halves($0, at: x) }
    // Lines that are as wide as the page: those over the gutter, and rows of a table on both sides of it.
    let isRow = cut.map { half -> Bool in
      guard let left = half.left, let right = half.right else { return false }
      return !isProse(left, over: x - x0, share: 0.6) && !isProse(right, over: x1 - x, share: 0.6)
        && half.line.segments.count >= 3
    }
    var isWide = cut.map(\.crosses)
    var start = 0
    while start < cut.count {
      var end = start + 1
      while end < cut.count, isRow[end] == isRow[start], !isWide[end], !isWide[start] { end += 1 }
      if isRow[start], end - start >= 3, !areRuledApart(lines[start..<end], at: x) {
        for index in start..<end { isWide[index] = true }
      }
      start = end
    }
    var full: [WordLine] = []
    func close() {
      if !full.isEmpty { streams.append(full) }
      full = []
    }
    start = 0
    while start < cut.count {
      let end = cut.indices[start...].first { isWide[$0] != isWide[start] } ?? cut.count
      let run = cut[start..<end]
      start = end
      let (left, right) = (run.compactMap(\.left), run.compactMap(\.right))
      let prose = max(share(left, over: x - x0), share(right, over: x1 - x))
      if run.first?.crosses != false || isWide[end - 1] || (run.count < 40 && (run.count < 3 || prose < 0.3)) {
        full += run.map(\.line)
      } else {
        close()
        // What stands beside a line may have been higher.
        for side in [left, right] where !side.isEmpty { streams.append(WordLine.lines(of: side.flatMap(\.words))) }
      }
    }
    close()
  }
}
