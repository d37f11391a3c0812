import DocumentModel

/// The rules in a picture of ink, found without knowing where tables are.
///
/// A rule is long and thin, and little else stands close beside it, as it does beside the strokes of characters. Short
/// rules count where they reach from one crossing rule to the next. Dashes and dots hang together over small gaps.
/// ```
///   ────────────────   12 mm or more                 ┌──┬───  3 mm or more between two that cross it
///   ─ ─ ─ ─ ─ ─ ─ ─    gaps of up to 1.4 mm          │  │
/// ```
/// Cost: some thirty passes of morphology, 0.1 to 0.3 s for a page at 300 pixels an inch.
struct ScanRules: ~Copyable {
  /// The most millimetres that level rules are thick: two that touch, where tables stand close above each other.
  private static let mostLevelThickness = 1.6
  /// The same of uprights. Tables do not stand side by side as they stand above each other, and what is broader are the
  /// strokes of large characters, of seals and of heads.
  private static let mostUprightThickness = 1.1

  /// In pixels.
  struct Rule: Hashable {
    var axis: Ruling.Axis
    /// Across and along the rule.
    var box: PixelBox
    /// Whether gaps were closed in it.
    var isDashed = false

    var start: Int { axis == .horizontal ? box.x0 : box.y0 }
    var end: Int { axis == .horizontal ? box.x1 : box.y1 }
    var length: Int { end - start }
    var thickness: Int { axis == .horizontal ? box.height : box.width }
    var position: Double { axis == .horizontal ? box.midY : box.midX }

    func reaches(across position: Double, within distance: Double) -> Bool {
      position >= Double(start) - distance && position <= Double(end) + distance
    }
  }

  /// All of them, joined over small gaps and drawn out to the rules that they end at.
  let rules: [Rule]
  /// What the rules cover, with a pixel around it.
  let mask: Raster

  /// Looks for the rules.
  ///
  /// - Parameter millimetre: pixels a millimetre.
  init(of ink: borrowing Raster, millimetre: Double, _ empty: consuming Raster) throws {
    var runs: [Runs] = []
    for axis in [Ruling.Axis.horizontal, .vertical] {
      runs.append(try Self.runs(in: ink, axis: axis, millimetre: millimetre))
    }
    var found = runs.map(\.long)
    for (index, run) in runs.enumerated() {
      let crossing = found[1 - index]
      found[index] += run.short.filter { rule in
        let isBound = [Double(rule.start), Double(rule.end)].allSatisfy { end in
          crossing.contains {
            abs($0.position - end) < (rule.isDashed ? 1.5 : 0.9) * millimetre
              && $0.reaches(across: rule.position, within: 0.5 * millimetre)
          }
        }
        return isBound
      }
    }
    found = zip(found, runs).map { rules, runs in
      // A rule without gaps ends where it ends: what lies in its line behind a gap are strokes of characters.
      let grown = Self.joined(rules, millimetre: millimetre).map { rule in
        rule.isDashed ? Self.grown(rule, by: runs.dashes, millimetre: millimetre) : rule
      }
      return Self.joined(grown, millimetre: millimetre)
    }
    let all = found.indices.flatMap { index in
      found[index].map { Self.drawnOut($0, to: found[1 - index], millimetre: millimetre) }
    }
    for rule in all { empty.fill(rule.box.grown(by: 1, 1)) }
    rules = all
    mask = empty
  }

  /// Long thin runs, shorter ones that may be rules if they end at others, and whatever may be a dash.
  private typealias Runs = (long: [Rule], short: [Rule], dashes: [Rule])

  private static func runs(in ink: borrowing Raster, axis: Ruling.Axis, millimetre: Double) throws -> Runs {
    func pixels(_ millimetres: Double) -> Int { max(1, Int((millimetres * millimetre).rounded())) }
    func open(_ raster: borrowing Raster, along length: Int) throws -> Raster {
      try axis == .horizontal ? raster.opened(length, 1) : raster.opened(1, length)
    }
    func close(_ raster: borrowing Raster, along length: Int) throws -> Raster {
      try axis == .horizontal ? raster.closed(length, 1) : raster.closed(1, length)
    }
    // Along first: what crosses a dash would cut it into pieces too short to be one.
    let strokes = try open(ink, along: pixels(0.8))
    let thick =
      try axis == .horizontal
      ? strokes.opened(1, pixels(mostLevelThickness)) : strokes.opened(pixels(mostUprightThickness), 1)
    let solid = try close(try strokes.subtracting(thick), along: pixels(0.5))
    let dashed = try close(solid, along: pixels(1.4))
    let free = try open(dashed, along: pixels(12)).pieces().filter { box in
      let isFree = !isText(box, axis: axis, in: ink, millimetre: millimetre)
      return isFree
    }
    let pieces = solid.pieces().map { Rule(axis: axis, box: $0) }
    let long = free.compactMap { box in
      let parts = pieces.filter { $0.box.overlaps(box) }.sorted { ($0.start, $0.position) < ($1.start, $1.position) }
      // Of one with gaps throughout, closed or not, no end is told by its length.
      let hasGaps = parts.count { $0.length >= pixels(6) } >= 3
      let kept = trimmed(parts, longest: pixels(6), atEnds: !hasGaps) { rule in
        // Characters stand close to a dash that is none.
        isText(rule.box, axis: axis, in: ink, millimetre: millimetre, share: 0.25)
      }
      return kept.first.map { first in
        let whole = kept.reduce(first.box) { $0.union($1.box) }
        let solid = kept.reduce(0) { $0 + ($1.length >= pixels(6) ? $1.length : 0) }
        let rule = Rule(axis: axis, box: whole)
        return Rule(axis: axis, box: whole, isDashed: hasGaps || solid * 10 < rule.length * 7)
      }
    }
    let short = try open(solid, along: pixels(3)).pieces().filter { box in
      let isPart = free.contains { $0.overlaps(box) }
      return !isPart
    }
    let shortDashed = try open(dashed, along: pixels(4)).pieces().filter { box in
      !free.contains { $0.overlaps(box) } && !isText(box, axis: axis, in: ink, millimetre: millimetre)
    }
    let bounded =
      short.map { Rule(axis: axis, box: $0) } + shortDashed.map { Rule(axis: axis, box: $0, isDashed: true) }
    let dashes = pieces.filter { !isText($0.box, axis: axis, in: ink, millimetre: millimetre, share: 0.25) }
    return (long, bounded, dashes)
  }

  /// The pieces of a rule without those at its ends that are strokes of characters in its line: one or two short ones beyond
  /// a long one, if `atEnds`, and such as `isText` says.
  private static func trimmed(
    _ pieces: [Rule], longest: Int, atEnds: Bool, isText: (Rule) -> Bool
  ) -> ArraySlice<Rule> {
    var kept = pieces[...]
    if atEnds, let first = kept.firstIndex(where: { $0.length >= longest }),
      let last = kept.lastIndex(where: { $0.length >= longest })
    {
      if first <= 2 { kept = kept[first...] }
      if pieces.count - 1 - last <= 2 { kept = kept[...last] }
    }
    while let first = kept.first, first.length < longest, isText(first) { kept.removeFirst() }
    while let last = kept.last, last.length < longest, isText(last) { kept.removeLast() }
    return kept
  }

  /// Whether ink stands close beside more than a `share` of the run, on one side: then it is made of strokes of
  /// characters.
  private static func isText(
    _ box: PixelBox, axis: Ruling.Axis, in ink: borrowing Raster, millimetre: Double, share: Double = 0.4
  ) -> Bool {
    let (near, far) = (Int((0.35 * millimetre).rounded()), Int((0.95 * millimetre).rounded()))
    let length = axis == .horizontal ? box.width : box.height
    var beside = 0
    for at in 0..<length {
      var isBeside = false
      for distance in near...far where !isBeside {
        for side in [-distance, distance] {
          let (x, y) =
            axis == .horizontal
            ? (box.x0 + at, side < 0 ? box.y0 + side : box.y1 - 1 + side)
            : (side < 0 ? box.x0 + side : box.x1 - 1 + side, box.y0 + at)
          if x >= 0, y >= 0, x < ink.width, y < ink.height, ink.isInk(x, y) { isBeside = true }
        }
      }
      if isBeside { beside += 1 }
    }
    // Text may stand close to what is as long as a table is broad.
    return Double(beside) > Double(length) * (Double(length) > 40 * millimetre ? 0.7 : share)
  }

  /// Pieces of one rule made one: less than 3 mm apart along it, less than 0.6 mm beside each other.
  private static func joined(_ rules: [Rule], millimetre: Double) -> [Rule] {
    var result: [Rule] = []
    for rule in rules.sorted(by: { ($0.start, $0.position) < ($1.start, $1.position) }) {
      let index = result.firstIndex {
        abs($0.position - rule.position) < 0.6 * millimetre && Double(rule.start - $0.end) < 3 * millimetre
          && max($0.thickness, rule.thickness) < Int(2 * millimetre)
      }
      if let index {
        result[index].box = result[index].box.union(rule.box)
        result[index].isDashed = result[index].isDashed || rule.isDashed
      } else {
        result.append(rule)
      }
    }
    return result
  }

  /// The rule with the dashes that lie in its line, each less than 1.8 mm behind the one before.
  private static func grown(_ rule: Rule, by dashes: [Rule], millimetre: Double) -> Rule {
    var rule = rule
    let position = rule.position
    let beside = dashes.filter { abs($0.position - position) < 0.4 * millimetre && Double($0.thickness) < millimetre }
    for dash in beside.sorted(by: { $0.start < $1.start })
    where dash.end > rule.end && Double(dash.start - rule.end) < 1.8 * millimetre {
      rule.box = rule.box.union(dash.box)
    }
    for dash in beside.sorted(by: { $0.end > $1.end })
    where dash.start < rule.start && Double(rule.start - dash.end) < 1.8 * millimetre {
      rule.box = rule.box.union(dash.box)
    }
    return rule
  }

  /// The rule, as far as one that crosses it less than 2.5 mm beyond its end.
  private static func drawnOut(_ rule: Rule, to crossing: [Rule], millimetre: Double) -> Rule {
    let ends = crossing.filter { $0.reaches(across: rule.position, within: millimetre) }.map(\.position)
    let first = ends.filter { abs($0 - Double(rule.start)) < 2.5 * millimetre }.min()
    let last = ends.filter { abs($0 - Double(rule.end)) < 2.5 * millimetre }.max()
    var rule = rule
    if rule.axis == .horizontal {
      if let first { rule.box.x0 = min(rule.box.x0, Int(first)) }
      if let last { rule.box.x1 = max(rule.box.x1, Int(last)) }
    } else {
      if let first { rule.box.y0 = min(rule.box.y0, Int(first)) }
      if let last { rule.box.y1 = max(rule.box.y1, Int(last)) }
    }
    return rule
  }
}
