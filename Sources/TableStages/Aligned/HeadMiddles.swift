import DocumentModel

// What the places of heads say where no rules do.

extension HeaderSpans {
  /// No head stands over more columns to one side of its words than a page has room for.
  private static var mostColumns: Int { 40 }

  /// The widest range of columns around the middle of words, up to the next ones; `next` is the line of heads below.
  func range(around at: Int, in line: HeadLine, over next: AlignedRows.Row?) -> ClosedRange<Int>? {
    let (part, free, below) = (line.parts[at], line.free(at), line.extents)
    guard let own = below.range(part.columns), free.lowerBound <= part.columns.lowerBound,
      free.upperBound >= part.columns.upperBound
    else { return nil }
    /// From the middle of the words to that of some columns, or of their heads alone where these stand aside.
    func distance(_ range: ClosedRange<Double>, _ columns: ClosedRange<Int>) -> Double {
      let other = line.below.headExtents.range(columns) ?? range
      return min(
        abs((range.lowerBound + range.upperBound) / 2 - part.midX),
        abs((other.lowerBound + other.upperBound) / 2 - part.midX))
    }
    let offset = distance(own, part.columns)
    let isAlone = line.isAlone
    let first = below.ranges[part.columns.lowerBound].map { $0.upperBound - $0.lowerBound } ?? 0
    let isOverFigures =
      isAlone
      && next.map { row in
        row.parts.count { $0.columns.lowerBound > 0 } >= 2
          && row.parts.allSatisfy { $0.columns.lowerBound == 0 || $0.isNumber }
      } ?? false
    let isHeaded = line.below.isHeaded
    if !part.isSpan, isHeaded[part.columns.lowerBound], part.words.last?.scalars.last == "-" { return nil }
    if !part.isSpan, isFlushRight(part, in: line) { return nil }
    let isWide =
      part.isSpan || part.x1 - part.x0 > first + (isAlone ? 0.5 : 2) * em || isOverFigures || isOverSeries(at, in: line)
    if offset <= 0.8 * em, !isWide { return nil }
    guard part.columns.allSatisfy({ isHeaded[$0] }) else { return nil }
    var (left, right) = (part.columns.lowerBound, part.columns.upperBound)
    let most = Self.mostColumns
    // Heads that begin beside the words are not below them.
    let bottom = (part.words.map(\.box.y1).max() ?? 0) - 0.2 * em
    func isBelow(_ column: Int) -> Bool {
      isHeaded[column] && !line.below.heads[column].contains { $0.words[0].box.y0 < bottom }
    }
    while left > max(free.lowerBound, part.columns.lowerBound - most), isBelow(left - 1) { left -= 1 }
    while right < min(free.upperBound, part.columns.upperBound + most), isBelow(right + 1) { right += 1 }
    var best: (isOff: Bool, key: (Double, Double), offset: Double, columns: ClosedRange<Int>)?
    for from in left...part.columns.lowerBound {
      for to in part.columns.upperBound...right {
        guard let range = below.range(from...to) else { continue }
        let distance = distance(range, from...to)
        let reach = max(0.8 * em, (line.parts.count == 1 ? 0.12 : 0.06) * (range.upperBound - range.lowerBound))
        let isOff = distance > reach
        // A column more is worth no more than a font size of distance.
        let key = isOff ? (distance, 0) : (distance / em - Double(to - from), distance)
        if best.map({ (isOff ? 1 : 0, key.0, key.1) < ($0.isOff ? 1 : 0, $0.key.0, $0.key.1) }) ?? true {
          best = (isOff, key, distance, from...to)
        }
      }
    }
    guard let best, !best.isOff || best.offset < 0.6 * offset else { return nil }
    return best.columns
  }

  /// Whether the head below words is one of a series, as years are, that goes on at both sides, where nothing stands above.
  private func isOverSeries(_ at: Int, in line: HeadLine) -> Bool {
    let (part, free) = (line.parts[at], line.free(at))
    let column = part.columns.lowerBound
    guard !part.isSpan, free.contains(column - 1), free.contains(column + 1) else { return false }
    let heads = (column - 1...column + 1).compactMap { line.below.heads[$0].last }
    guard heads.count == 3, heads.allSatisfy({ abs($0.words[0].box.midY - heads[1].words[0].box.midY) < 0.3 * em })
    else { return false }
    /// Every digit as zero.
    func shape(_ part: AlignedRows.Part) -> [Unicode.Scalar] {
      part.words.flatMap(\.scalars).map { $0.isDigit ? "0" : $0 }
    }
    let own = shape(heads[1])
    return own.contains("0") && shape(heads[0]) == own && shape(heads[2]) == own
  }

  /// Whether words end where those of the header below them and the figures of their column do: a head flush right.
  private func isFlushRight(_ part: AlignedRows.Part, in line: HeadLine) -> Bool {
    let column = part.columns.lowerBound
    guard column > 0, let head = line.below.heads[column].last?.x1, let figures = line.below.figureEnds[column]
    else { return false }
    return abs(part.x1 - head) < 0.15 * em && abs(part.x1 - figures) < 0.6 * em
  }

  /// As many of the columns `lower` for each of several words, where their middles agree; by the places of the words.
  func shares(of line: HeadLine, among lower: [Int]) -> [Int: ClosedRange<Int>]? {
    let heads = line.parts.indices.filter { line.parts[$0].columns.upperBound > 0 }
    guard heads.count >= 2, lower.count % heads.count == 0, lower.count / heads.count >= 2 else { return nil }
    let each = lower.count / heads.count
    let isFlush = repeats(lower, each: each, below: heads.map { line.parts[$0] }, line.below)
    var shares: [Int: ClosedRange<Int>] = [:]
    for (order, head) in heads.enumerated() {
      let columns = lower[order * each]...lower[(order + 1) * each - 1]
      let part = line.parts[head]
      guard columns.count == each, columns.contains(part.columns.lowerBound), columns.contains(part.columns.upperBound),
        let range = line.extents.range(columns)
      else { return nil }
      let extents = [range, line.below.headExtents.range(columns)].compactMap { $0 }
      let distance = extents.map { abs(($0.lowerBound + $0.upperBound) / 2 - part.midX) }.min() ?? 0
      // Figures flush right draw the middle of their columns aside, but nothing heads the white space between two.
      let isBetween =
        each == 2 && distance <= 2 * em
        && line.extents.ranges[columns.lowerBound].map { $0.upperBound < part.midX } ?? false
        && line.extents.ranges[columns.upperBound].map { $0.lowerBound > part.midX } ?? false
      guard isFlush || isBetween || distance <= max(em, 0.1 * (range.upperBound - range.lowerBound)) else { return nil }
      shares[head] = columns
    }
    return shares
  }

  /// Whether each of some words begins where the first of so many heads below it does, and these are the same below all.
  ///
  /// ```
  ///       Drivers          Crashes
  ///  Age  Men     Women    Men      Women
  /// ```
  private func repeats(_ lower: [Int], each: Int, below upper: [AlignedRows.Part], _ below: BelowHeads) -> Bool {
    let names = lower.map { below.heads[$0].reversed().flatMap(\.words).text }
    return !names.contains("") && Set(names.prefix(each)).count == each
      && upper.indices.allSatisfy { order in
        let group = order * each..<(order + 1) * each
        return names[group].elementsEqual(names.prefix(each))
          && below.heads[lower[group.lowerBound]].contains { abs($0.x0 - upper[order].x0) < 0.2 * em }
      }
  }
}
