import DocumentModel

/// Gaps between rules on one height: where each head has its own rule, columns are parted where the rules are.
///
/// ```
///   name   kind     place
///  ─────── ─────── ───────      two seams
///  abc  X  ├ d e ┤ f
/// ```
struct RuleSeams {
  /// From left to right, disjoint.
  private(set) var gaps: [ClosedRange<Double>] = []

  // In font sizes.
  private static let (shortest, least, most, sameHeight) = (1.2, 0.1, 3.0, 0.2)

  /// `rules` are horizontal; those between the heights `top` and `bottom` count, one font size beyond them too.
  init(_ rules: [Ruling], between top: Double, and bottom: Double, em: Double) {
    let near = rules.filter { rule in
      rule.position > top - em && rule.position < bottom + em && rule.length >= Self.shortest * em
    }.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
    var level: [Ruling] = []
    for rule in near {
      if let first = level.first, rule.position - first.position > Self.sameHeight * em { close(&level, em) }
      level.append(rule)
    }
    close(&level, em)
  }

  /// Takes the gaps of one height, as far as they are narrower than those that are known.
  private mutating func close(_ level: inout [Ruling], _ em: Double) {
    let row = level.sorted { $0.start < $1.start }
    level = []
    for (left, right) in zip(row, row.dropFirst()) {
      let width = right.start - left.end
      guard width >= Self.least * em, width <= Self.most * em else { continue }
      let gap = left.end...right.start
      if let known = gaps.firstIndex(where: { $0.overlaps(gap) }) {
        gaps[known] = gaps[known].clamped(to: gap)
      } else {
        gaps.append(gap)
      }
    }
    gaps.sort { $0.lowerBound < $1.lowerBound }
  }
}
