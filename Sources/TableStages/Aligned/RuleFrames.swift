import DocumentModel

/// Horizontal rules that begin and end at the same places and enclose a table.
///
/// ```
/// ──────────────────
///  name    all  men      rules of one width, one below the other, with nothing between them that ends a table:
/// ──────────────────     no caption, no prose, no title
///  abc      12    3
/// ──────────────────
/// ```
struct RuleFrames {
  /// Rules on one height, pieces put together; at least two for each frame.
  private(set) var frames: [[Ruling]] = []

  private let lines: [WordLine]
  private let captions: TableCaptions
  private let (em, lineHeight): (Double, Double)
  // In font sizes.
  private static let (shortest, pieceGap, sameEnd) = (8.0, 2.5, 1.5)
  /// Beyond this number only the longest rules are looked at: a page of strokes is no table.
  private static let most = 1000

  /// `rules` are horizontal.
  init(_ rules: [Ruling], among lines: [WordLine], em: Double, captions: TableCaptions) {
    self.lines = lines
    self.captions = captions
    (self.em, lineHeight) = (em, 1.15 * em)
    for rule in whole(rules.filter { !isUnderline($0) }) {
      // A rule under some of the heads is no better start of a frame than one as wide as the rule.
      let open = frames.indices.filter { goesOn(frames[$0], with: rule) && !isFollowed($0) }
      if let index = open.last(where: { frames[$0][frames[$0].count - 1].hasEnds(of: rule, within: Self.sameEnd * em) })
        ?? open.last
      {
        frames[index].append(rule)
      } else {
        frames.append([rule])
      }
    }
    frames.removeAll { $0.count < 2 }
  }

  /// The lines between two heights as far as they stand at `range`, where white space parts all of them from text beside.
  ///
  /// `nil` where no text stands beside them, where it runs into them, and where it is neither prose nor between other
  /// `rules`: then it belongs to the same table.
  static func cut(
    _ lines: [WordLine], between top: Double, and bottom: Double, at range: ClosedRange<Double>, em: Double,
    rules: [Ruling]
  ) -> [WordLine]? {
    var (inner, beside) = ([TextWord](), [TextWord]())
    for line in lines where line.midY > top - 0.3 * em && line.midY < bottom + 0.3 * em {
      let own = line.words.filter { $0.box.x0 >= range.lowerBound && $0.box.x1 <= range.upperBound }
      inner += own
      guard own.count < line.words.count else { continue }
      beside += line.words.filter { $0.box.x0 < range.lowerBound || $0.box.x1 > range.upperBound }
      guard let x0 = own.map(\.box.x0).min(), let x1 = own.map(\.box.x1).max() else { continue }
      let isApart = line.words.allSatisfy { word in
        word.box.x1 <= x0 - 0.8 * em || word.box.x0 >= x1 + 0.8 * em || (word.box.x0 >= x0 && word.box.x1 <= x1)
      }
      if !isApart { return nil }
    }
    guard !beside.isEmpty, !inner.isEmpty else { return nil }
    let others = WordLine.lines(of: beside)
    let prose = others.count { $0.segments.count <= 2 && $0.count >= 4 && $0.numbers == 0 }
    let framing = rules.count { rule in
      rule.position > top - em && rule.position < bottom + em && rule.length >= shortest * em
        && (rule.end <= range.lowerBound + em || rule.start >= range.upperBound - em)
    }
    return 2 * prose > others.count || framing >= 2 ? WordLine.lines(of: inner) : nil
  }

  /// Whether the rules stand under sums only: the lines between two heights have figures first at `range`, and their labels
  /// beside it.
  ///
  /// ```
  ///  new       3   10       what is printed left of the rules is no text of another column, for most lines have some
  ///  old       1    4       there, which does not fill a column
  ///           ───  ───
  ///  all       4   14
  ///           ───  ───
  /// ```
  static func standUnderSums(
    _ lines: [WordLine], between top: Double, and bottom: Double, at range: ClosedRange<Double>, em: Double
  ) -> Bool {
    let inner = lines.filter { line in
      line.midY > top - 0.3 * em && line.midY < bottom + 0.3 * em
        && line.words.contains { $0.box.x0 >= range.lowerBound && $0.box.x1 <= range.upperBound }
    }
    let labels = inner.compactMap { line in line.words.last { $0.box.x1 < range.lowerBound + em }?.box.x1 }
    let figures = inner.count { line in
      guard let first = line.words.first(where: { $0.box.x0 >= range.lowerBound - em }) else { return false }
      return first.isNumber && !NumberShape.isYear(first.scalars)
    }
    let right = labels.max() ?? 0
    let full = labels.count { $0 > right - em }
    return inner.count >= 2 && 10 * figures >= 8 * inner.count && 10 * labels.count >= 7 * inner.count
      && 3 * full <= 2 * labels.count
  }

  /// Below a single segment and no longer than it.
  private func isUnderline(_ rule: Ruling) -> Bool {
    lines.contains { line in
      line.segments.count == 1 && abs(rule.position - line.y1) < 0.35 * line.size
        && abs(line.x0 - rule.start) < 0.6 * em && abs(line.x1 - rule.end) < 0.6 * em
    }
  }

  private func whole(_ rules: [Ruling]) -> [Ruling] {
    var result: [Ruling] = []
    for rule in rules.sorted(by: { ($0.position, $0.start) < ($1.position, $1.start) }) {
      let near = result.partitioningIndex { $0.position > rule.position - 0.3 * lineHeight }
      let at = result[near...].firstIndex {
        rule.start - $0.end < Self.pieceGap * em && $0.start - rule.end < Self.pieceGap * em
      }
      if let at {
        result[at].start = min(result[at].start, rule.start)
        result[at].end = max(result[at].end, rule.end)
      } else {
        result.append(rule)
      }
    }
    result.removeAll { $0.length < Self.shortest * em }
    if result.count > Self.most {
      result.sort { ($0.length, $0.position, $0.start) > ($1.length, $1.position, $1.start) }
      result.removeLast(result.count - Self.most)
    }
    return result.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
  }

  /// Whether another frame as wide has begun below this one.
  private func isFollowed(_ index: Int) -> Bool {
    let last = frames[index][frames[index].count - 1]
    return frames[(index + 1)...].contains {
      $0.count >= 2 && $0[0].position > last.position && $0[0].hasEnds(of: last, within: Self.sameEnd * em)
    }
  }

  private func goesOn(_ frame: [Ruling], with rule: Ruling) -> Bool {
    let last = frame[frame.count - 1]
    let shared = min(last.end, rule.end) - max(last.start, rule.start)
    let sameLeft = abs(last.start - rule.start) <= Self.sameEnd * em
    let sameRight = abs(last.end - rule.end) <= Self.sameEnd * em
    let isPart =
      sameRight && frame.count == 1 && shared >= 0.95 * last.length && shared >= 0.15 * rule.length
      && rule.position - last.position < 5 * lineHeight
    guard
      (sameLeft && sameRight) || ((sameLeft || sameRight) && 2 * shared >= max(last.length, rule.length)) || isPart
    else { return false }
    let between = lines.filter { $0.midY > last.position && $0.midY < rule.position }
    if between.contains(where: { captions.isNumbered($0) }) { return false }
    // A band without text parts a table from the next.
    if between.isEmpty, frame.count > 1, rule.position - last.position > lineHeight { return false }
    if rule.position - last.position > 2 * lineHeight, hasTitle(between, in: frame) { return false }
    if startsWithHeadings(between, below: last) || isNextHeading(between, below: frame, above: rule) { return false }
    let prose = between.count {
      $0.segments.count == 1 && $0.count >= 9 && $0.width > 0.75 * rule.length && !$0.isMostlyFigures
    }
    return Double(prose) <= 0.15 * Double(between.count)
  }

  /// Whether lines apart from the rule above stand beside it, two at least, or one far below it: rules under sums do not
  /// reach to the labels, and nor do they to the headings of what comes next.
  private func startsWithHeadings(_ between: [WordLine], below rule: Ruling) -> Bool {
    let order = between.sorted { $0.midY < $1.midY }
    guard let space = order.first.map({ $0.y0 - rule.position }), space > lineHeight else { return false }
    let headings = space > 1.8 * lineHeight ? 1 : 2
    guard order.count > headings else { return false }
    return order.prefix(headings).allSatisfy { line in
      line.segments.count == 1 && line.x0 < rule.start - em && line.words[0].box.x1 < rule.end
        && !line.words.contains { $0.isNumber && $0.box.midX > rule.start }
    }
  }

  /// Whether only a heading stands between a whole table and the next one, which has a head of words again.
  ///
  /// ```
  ///  Taxes      564    1.4
  /// ────────────────────────
  /// B. Expenditure               figures are above the rule, words alone below the heading, and figures below them
  /// ────────────────────────
  ///  Item    amount  percent
  /// ```
  private func isNextHeading(_ between: [WordLine], below frame: [Ruling], above rule: Ruling) -> Bool {
    guard frame.count >= 3, !between.isEmpty, between.count <= 2,
      between.allSatisfy({ $0.segments.count == 1 && $0.numbers == 0 })
    else { return false }
    let (top, bottom) = (frame[frame.count - 2].position, frame[frame.count - 1].position)
    let above = lines.filter { $0.midY > top && $0.midY < bottom }
    let below = lines.filter { $0.midY > rule.position && $0.midY < rule.position + 10 * lineHeight }.prefix(8)
    guard let figures = below.firstIndex(where: { 2 * $0.numbers >= $0.segments.count && !$0.namesYears })
    else { return false }
    let heads = below[..<figures]
    // A head of many lines has no label beside it, the rows of a section do.
    if figures > 3, heads.contains(where: { $0.x0 < rule.start + 2 * em }) { return false }
    // A section of the same table has no head.
    return above.contains { $0.numbers > 0 && !$0.namesYears } && heads.contains { $0.segments.count >= 2 }
      && rule.position - bottom < 6 * lineHeight
  }

  /// A line in the middle that stands apart from what is above it; a row of figures below it makes it a part of the table.
  private func hasTitle(_ between: [WordLine], in frame: [Ruling]) -> Bool {
    let left = frame.map(\.start).min() ?? 0
    let right = frame.map(\.end).max() ?? 0
    let top = frame[frame.count - 1].position
    // Below the first rule of a table stand its heads, with white space above them.
    let hasText = lines.contains { $0.midY > frame[0].position && $0.midY < top }
    let space = (hasText ? 0.55 : 1.2) * lineHeight
    return between.contains { line in
      guard line.segments.count == 1, line.x0 > left + 1.5 * lineHeight, line.x1 < right - 1.5 * lineHeight else {
        return false
      }
      let above = between.filter { $0.midY < line.midY - 0.3 * lineHeight }.map(\.y1).max() ?? top
      return line.y0 - max(top, above) > space && !isOverRow(line, among: between, from: left)
    }
  }

  /// Whether a line with a label and mostly figures, as many as others have, follows, and only labels stand between them.
  private func isOverRow(_ line: WordLine, among lines: [WordLine], from left: Double) -> Bool {
    let below = lines.filter { $0.midY > line.midY + 0.3 * lineHeight }.sorted { $0.midY < $1.midY }
    guard let at = below.prefix(4).firstIndex(where: { $0.segments.count >= 2 }) else { return false }
    let row = below[at]
    let usual = lines.map(\.segments.count).filter { $0 >= 2 }.sorted()
    let indent = max(left + 1.5 * lineHeight, line.x0 + lineHeight)
    return 2 * row.numbers >= row.segments.count - 1 && !row.namesYears && row.x0 < indent
      && 10 * row.segments.count >= 6 * usual[usual.count / 2] && below[..<at].allSatisfy { $0.x0 < indent }
  }
}

extension Ruling {
  fileprivate func hasEnds(of other: Ruling, within reach: Double) -> Bool {
    abs(start - other.start) <= reach && abs(end - other.end) <= reach
  }
}

extension [Ruling] {
  /// Horizontal rules whose pieces touch, as the borders of cells do, as one each.
  var joiningTouching: [Ruling] {
    let reach = 1.0
    var result: [Ruling] = []
    var level: [Ruling] = []
    func close() {
      for rule in level.sorted(by: { $0.start < $1.start }) {
        if let last = result.last, last.position == level[0].position, rule.start <= last.end + reach {
          result[result.count - 1].end = Swift.max(last.end, rule.end)
        } else {
          result.append(rule)
          result[result.count - 1].position = level[0].position
        }
      }
      level = []
    }
    for rule in sorted(by: { ($0.position, $0.start) < ($1.position, $1.start) }) {
      if let first = level.first, rule.position - first.position > reach { close() }
      level.append(rule)
    }
    close()
    return result
  }
}
