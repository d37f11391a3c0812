import DocumentModel

/// Horizontal rules, pieces that touch put together, by their heights.
struct RuleLevels {
  /// Those of one height behind each other, without touching.
  private let rules: [Ruling]
  private let levels: [Range<Int>]

  init(_ pieces: [Ruling]) {
    rules = pieces.joiningTouching
    var levels: [Range<Int>] = []
    for index in rules.indices {
      if let last = levels.last, rules[last.lowerBound].position == rules[index].position {
        levels[levels.count - 1] = last.lowerBound..<(index + 1)
      } else {
        levels.append(index..<(index + 1))
      }
    }
    self.levels = levels
  }

  /// The highest rule at some heights that runs below or above `x` and is wanted.
  func first(at heights: ClosedRange<Double>, over x: Double, where isWanted: (Ruling) -> Bool) -> Ruling? {
    for level in levels[levels.partitioningIndex { rules[$0.lowerBound].position >= heights.lowerBound }...] {
      guard rules[level.lowerBound].position <= heights.upperBound else { break }
      let rules = rules[level]
      let at = rules.partitioningIndex { $0.end >= x }
      if at < rules.endIndex, rules[at].start <= x, isWanted(rules[at]) { return rules[at] }
    }
    return nil
  }
}

/// Vertical rules beside the words of a line.
struct WallsBeside {
  /// From left to right.
  private let positions: [Double]
  /// Whether rules part all heads of the line: then the outer sides may not be drawn.
  private let partAll: Bool

  init(_ walls: [Ruling], line: HeadLine) {
    let positions = walls.filter { $0.start <= line.midY && line.midY <= $0.end }.map(\.position).sorted()
    let heads = line.parts.filter { $0.columns.lowerBound > 0 }
    partAll =
      heads.count > 1
      && zip(heads, heads.dropFirst()).allSatisfy { before, after in
        let next = positions.partitioningIndex { $0 >= before.x1 }
        return next < positions.count && positions[next] <= after.x0
      }
    self.positions = positions
  }

  /// The nearest walls on both sides of words; infinite where one need not be drawn.
  func sides(of part: AlignedRows.Part) -> (left: Double, right: Double)? {
    let (behind, next) = (
      positions.partitioningIndex { $0 > part.x0 }, positions.partitioningIndex { $0 >= part.x1 }
    )
    let left: Double? = behind > 0 ? positions[behind - 1] : partAll ? -.infinity : nil
    let right: Double? = next < positions.count ? positions[next] : partAll ? .infinity : nil
    guard let left, let right else { return nil }
    return (left, right)
  }
}

// What rules say about heads.

extension HeaderSpans {
  /// The columns whose middle lies between the rules at both sides of words in their middle.
  func range(of at: Int, in line: HeadLine, between walls: WallsBeside) -> ClosedRange<Int>? {
    let part = line.parts[at]
    guard let (left, right) = walls.sides(of: part), at == 0 || line.parts[at - 1].x1 <= left,
      at + 1 == line.parts.count || line.parts[at + 1].x0 >= right
    else { return nil }
    let whole = line.below.whole
    let covered = line.free(at).filter { column in whole.middle(column).map { left < $0 && $0 < right } ?? false }
    guard let first = covered.first, let last = covered.last, covered.count == last - first + 1, covered.count > 1,
      first <= part.columns.lowerBound, last >= part.columns.upperBound, let range = whole.range(first...last)
    else { return nil }
    let (from, to) = (left.isFinite ? left : range.lowerBound, right.isFinite ? right : range.upperBound)
    return abs((from + to) / 2 - part.midX) <= max(em, 0.15 * (to - from)) ? first...last : nil
  }

  /// The columns whose middle lies above a rule just below the words, and no others, with other heads below it.
  func range(of at: Int, in line: HeadLine, over rules: RuleLevels) -> ClosedRange<Int>? {
    let part = line.parts[at]
    let bottom = part.words.map(\.box.y1).max() ?? 0
    let rule = rules.first(at: (bottom - 0.3 * lineHeight)...(bottom + 0.9 * lineHeight), over: part.midX) { rule in
      rule.length < 0.85 * line.below.width && line.below.lowest - rule.position > -0.5 * lineHeight
    }
    guard let rule else { return nil }
    // Drawn cell by cell, it runs below other words, too.
    let isShared = line.parts.indices.contains {
      $0 != at && line.parts[$0].columns.lowerBound > 0 && line.parts[$0].midX > rule.start
        && line.parts[$0].midX < rule.end
    }
    if isShared { return nil }
    let covered = line.free(at).filter { column in
      line.extents.middle(column).map { $0 >= rule.start - 0.3 * em && $0 <= rule.end + 0.3 * em } ?? false
    }
    guard let first = covered.first, let last = covered.last else { return nil }
    return min(first, part.columns.lowerBound)...max(last, part.columns.upperBound)
  }
}
