import DocumentModel

/// The horizontal rules of a page.
struct TableRules {
  let rules: [Ruling]

  init(of page: Page) {
    rules = page.rulings.filter { $0.axis == .horizontal }.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
  }

  /// Whether rules between two heights cover more than half of a width.
  func part(_ upper: Double, _ lower: Double, across box: Box) -> Bool {
    guard box.width > 0 else { return false }
    var covered = 0.0
    for rule in rules where rule.position > min(upper, lower) && rule.position < max(upper, lower) {
      covered += max(0, min(rule.end, box.x1) - max(rule.start, box.x0))
    }
    return covered > 0.5 * box.width
  }

  /// The box, as wide as the rules at its height that are longer than most of it.
  func frame(of box: Box) -> Box {
    var result = box
    let reach = 0.1 * box.width
    for rule in rules where rule.position > box.y0 && rule.position < box.y1 {
      guard rule.length > 0.6 * box.width, rule.start > box.x0 - reach, rule.end < box.x1 + reach else { continue }
      result = result.union(Box(rule.start, rule.position, rule.end, rule.position))
    }
    return result
  }

  /// The extent of a rule just below words that covers their middle.
  func rule(below box: Box, em: Double, shorterThan limit: Double) -> ClosedRange<Double>? {
    var result: ClosedRange<Double>?
    let near = rules.filter { $0.position > box.y1 - 0.35 * em && $0.position < box.y1 + em }
    for rule in near.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      if let last = result, rule.start <= last.upperBound + 0.4 * em {
        result = last.lowerBound...max(last.upperBound, rule.end)
      } else if let last = result, last.contains(box.midX) {
        break
      } else {
        result = rule.start...rule.end
      }
    }
    guard let found = result, found.contains(box.midX) else { return nil }
    result = found
    return result.flatMap { $0.upperBound - $0.lowerBound < limit ? $0 : nil }
  }
}
