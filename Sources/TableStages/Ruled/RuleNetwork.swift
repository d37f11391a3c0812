import DocumentModel

/// The rules of a page, pieces of one line made whole, in groups that touch.
struct RuleNetwork {
  /// Rules that touch one another, directly or through others.
  struct Component {
    var horizontal: [Ruling] = []
    var vertical: [Ruling] = []
  }

  /// At least two horizontal and one vertical rule each; unordered.
  private(set) var components: [Component] = []

  /// Beyond this number only the longest rules are kept: a page of hatching is no table.
  private static let most = 1500

  /// `em` is the size of the page's text in points; the options are in units of it.
  init(of page: Page, em: Double, options: RuledTableOptions) {
    let rulings = page.visibleRulings
    func merged(_ axis: Ruling.Axis) -> [Ruling] {
      var lines = merge(rulings.filter { $0.axis == axis }, em: em, options: options)
      lines.removeAll { $0.length < options.shortestRule * em }
      if lines.count > Self.most {
        lines.sort { ($0.length, $0.position, $0.start) > ($1.length, $1.position, $1.start) }
        lines.removeLast(lines.count - Self.most)
      }
      return lines
    }
    let (horizontal, vertical) = withoutTickBoxes(
      horizontal: merged(.horizontal), vertical: merged(.vertical), em: em)
    guard horizontal.count >= 2, !vertical.isEmpty else { return }
    var sets = DisjointSets(count: horizontal.count + vertical.count)
    let reach = options.touch * em
    for (v, rule) in vertical.enumerated() {
      for (h, other) in horizontal.enumerated()
      where rule.position > other.start - reach && rule.position < other.end + reach
        && other.position > rule.start - reach
        && other.position < rule.end + reach
      {
        sets.union(h, horizontal.count + v)
      }
    }
    joinParallel(horizontal, first: 0, within: options.doubleRule * em, in: &sets)
    joinParallel(vertical, first: horizontal.count, within: options.doubleRule * em, in: &sets)

    var slots: [Int?] = Array(repeating: nil, count: horizontal.count + vertical.count)
    for index in slots.indices {
      let root = sets.root(index)
      let slot = slots[root] ?? components.count
      if slots[root] == nil {
        slots[root] = slot
        components.append(Component())
      }
      if index < horizontal.count {
        components[slot].horizontal.append(horizontal[index])
      } else {
        components[slot].vertical.append(vertical[index - horizontal.count])
      }
    }
    components.removeAll { $0.horizontal.count < 2 || $0.vertical.isEmpty }
  }
}

extension Page {
  /// The rules on the page; those that leave it end at the last rule that crosses them, for that is where the eye sees
  /// the table end.
  fileprivate var visibleRulings: [Ruling] {
    func isOutside(_ rule: Ruling) -> Bool {
      rule.position < 0 || rule.position > (rule.axis == .horizontal ? height : width)
    }
    func leaves(_ rule: Ruling) -> Bool { rule.start < 0 || rule.end > (rule.axis == .horizontal ? width : height) }
    guard rulings.contains(where: { isOutside($0) || leaves($0) }) else { return rulings }
    let visible = rulings.filter { !isOutside($0) }
    return visible.map { rule in
      guard leaves(rule) else { return rule }
      let crossing = visible.filter { $0.axis != rule.axis }.map(\.position)
      var cut = rule
      cut.start = rule.start < 0 ? min(rule.end, crossing.min() ?? 0) : rule.start
      let edge = rule.axis == .horizontal ? width : height
      cut.end = rule.end > edge ? max(cut.start, crossing.max() ?? edge) : rule.end
      return cut
    }
  }
}

/// Pieces that lie on one line and meet, as one rule.
private func merge(_ pieces: [Ruling], em: Double, options: RuledTableOptions) -> [Ruling] {
  let sorted = pieces.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
  var result: [Ruling] = []
  var from = 0
  while from < sorted.count {
    var to = from + 1
    while to < sorted.count, sorted[to].position - sorted[from].position <= options.collinear * em { to += 1 }
    let line = sorted[from..<to].sorted { ($0.start, $0.position) < ($1.start, $1.position) }
    for piece in line.joiningDashes(em: em) {
      if let last = result.indices.last, last >= 0,
        result[last].isOpen(to: piece, within: options.pieceGap * em, of: sorted[from])
      {
        result[last].end = max(result[last].end, piece.end)
        result[last].thickness = max(result[last].thickness, piece.thickness)
      } else {
        result.append(piece)
      }
    }
    from = to
  }
  return result
}

extension Ruling {
  /// Whether `piece` goes on where this rule, of the line that begins with `first`, ends.
  fileprivate func isOpen(to piece: Ruling, within gap: Double, of first: Ruling) -> Bool {
    position >= first.position && piece.start <= end + gap
  }
}

/// Double rules belong together even where nothing crosses them.
private func joinParallel(_ lines: [Ruling], first: Int, within distance: Double, in sets: inout DisjointSets) {
  for (index, line) in lines.enumerated() {
    for next in lines.indices.dropFirst(index + 1) {
      if lines[next].position - line.position > distance, lines[next].position > line.position { break }
      let shared = min(line.end, lines[next].end) - max(line.start, lines[next].start)
      if abs(lines[next].position - line.position) <= distance, shared > 0.8 * min(line.length, lines[next].length) {
        sets.union(first + index, first + next)
      }
    }
  }
}

/// Disjoint sets of the integers below a count.
struct DisjointSets {
  private var parents: [Int]

  /// Every integer by itself.
  init(count: Int) { parents = Array(0..<count) }

  /// The one that stands for the set of `index`: the smallest.
  mutating func root(_ index: Int) -> Int {
    var at = index
    while parents[at] != at {
      parents[at] = parents[parents[at]]
      at = parents[at]
    }
    return at
  }

  /// Makes one set of two.
  mutating func union(_ left: Int, _ right: Int) {
    let (left, right) = (root(left), root(right))
    if left < right { parents[right] = left } else { parents[left] = right }
  }
}
