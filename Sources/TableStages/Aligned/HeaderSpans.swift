import DocumentModel

/// Finds the columns that words of the header stand over.
///
/// ```
///       │    applicants     │        rules at both sides of words, or below them, show their columns; else the widest
///       │ ───────────────── │        range of columns whose common middle is the middle of the words, up to the next
///  kind │ men  women   all  │ cost   words beside them
/// ```
struct HeaderSpans {
  private let rules: [Ruling]
  private let walls: [Ruling]
  private let em: Double
  private let lineHeight: Double

  /// `rules` are horizontal, `walls` vertical.
  init(rules: [Ruling], walls: [Ruling], em: Double) {
    (self.rules, self.walls, self.em, lineHeight) = (rules.joiningTouching, walls, em, 1.15 * em)
  }

  /// Where the text of a column stands; `nil` for a column without any of its own.
  private struct Columns {
    var ranges: [ClosedRange<Double>?]
    func middle(_ column: Int) -> Double? { ranges[column].map { ($0.lowerBound + $0.upperBound) / 2 } }
    func range(_ columns: ClosedRange<Int>) -> ClosedRange<Double>? {
      guard let first = ranges[columns.lowerBound], let last = ranges[columns.upperBound],
        first.lowerBound <= last.upperBound
      else { return nil }
      return first.lowerBound...last.upperBound
    }
  }

  private func columns(of rows: ArraySlice<AlignedRows.Row>, count: Int, or other: Columns?) -> Columns {
    var ranges = other?.ranges ?? Array(repeating: nil, count: count)
    for column in 0..<count {
      let parts = rows.flatMap(\.parts).filter { $0.columns == column...column }
      guard let x0 = parts.map(\.x0).min(), let x1 = parts.map(\.x1).max() else { continue }
      ranges[column] = x0...x1
    }
    return Columns(ranges: ranges)
  }

  /// Widens the pieces of the header rows that stand over several columns.
  func widen(_ table: inout AlignedRows) {
    let body = table.firstBodyRow
    guard body >= 1 else { return }
    widenUnit(body - 1, of: &table)
    let whole = columns(of: table.rows[...], count: table.columnCount, or: nil)
    let figures = columns(of: table.rows[body...], count: table.columnCount, or: whole)
    shareEqually(body - 1, of: &table, body: body, lower: Array(1..<table.columnCount), below: figures)
    for index in 0..<(body - 1) {
      let below = columns(of: table.rows[(index + 1)...], count: table.columnCount, or: whole)
      widenRow(index, of: &table, body: body, below: below, whole: whole)
    }
  }

  /// Lets words alone in the last row of the header, in the middle above all columns of figures, stand over them: a unit.
  private func widenUnit(_ index: Int, of table: inout AlignedRows) {
    guard table.columnCount >= 3, table.rows[index].parts.count == 1, index > 0 else { return }
    let part = table.rows[index].parts[0]
    let others = table.rows.indices.filter { $0 != index }.flatMap { table.rows[$0].parts }
      .filter { $0.columns.lowerBound > 0 }
    guard !part.isNumber, part.columns.lowerBound > 0, let x0 = others.map(\.x0).min(), let x1 = others.map(\.x1).max(),
      abs(part.midX - (x0 + x1) / 2) <= em
    else { return }
    table.rows[index].parts[0].columns = 1...(table.columnCount - 1)
  }

  private func widenRow(
    _ index: Int, of table: inout AlignedRows, body: Int, below: Columns, whole: Columns
  ) {
    seat(index, of: &table, body: body)
    let headed = Set(table.rows[(index + 1)..<body].flatMap(\.parts).flatMap(\.columns))
    func free(_ at: Int) -> ClosedRange<Int> {
      let parts = table.rows[index].parts
      let from = max(at > 0 ? parts[at - 1].columns.upperBound + 1 : 1, 1)
      return from...max(at + 1 < parts.count ? parts[at + 1].columns.lowerBound - 1 : table.columnCount - 1, 1)
    }
    let heads = table.rows[index].parts.indices.filter { table.rows[index].parts[$0].columns.lowerBound > 0 }
    var isRuled: Set<Int> = []
    for at in heads {
      let parts = table.rows[index].parts
      let found =
        range(between: parts, at: at, free: free(at), whole: whole)
        ?? range(
          underRuleBelow: parts[at], table: table, row: index, body: body, free: free(at), below: below, whole: whole)
      guard let found else { continue }
      table.rows[index].parts[at].columns = found
      isRuled.insert(at)
    }
    if isRuled.isEmpty {
      let next = table.rows[(index + 1)..<min(body, index + 3)]
      let lower = Set(next.flatMap(\.parts).flatMap(\.columns)).subtracting([0]).sorted()
      if shareEqually(index, of: &table, body: body, lower: lower, below: below) { return }
    }
    for at in heads where !isRuled.contains(at) {
      let found = range(
        centredOn: table.rows[index].parts[at], among: table.rows[index].parts, table: table, row: index, body: body,
        free: free(at), headed: headed, below: below)
      if let found { table.rows[index].parts[at].columns = found }
    }
  }

  /// Lets words stand over the one head below them whose middle is theirs, and not over the column beside it.
  private func seat(_ index: Int, of table: inout AlignedRows, body: Int) {
    for at in table.rows[index].parts.indices {
      let parts = table.rows[index].parts
      let part = parts[at]
      guard part.columns.count <= 2, part.columns.lowerBound > 0 else { continue }
      let left = at > 0 ? parts[at - 1].columns.upperBound : 0
      let right = at + 1 < parts.count ? parts[at + 1].columns.lowerBound : table.columnCount
      let below = table.rows[(index + 1)..<body].flatMap(\.parts).filter {
        !$0.isSpan && $0.columns.lowerBound > left && $0.columns.upperBound < right
      }
      var own = below.filter { abs($0.midX - part.midX) < 0.3 * em }
      if own.isEmpty, !part.isSpan { own = below.filter { abs($0.x0 - part.x0) < 0.1 * em } }
      guard let head = own.first, own.allSatisfy({ $0.columns == head.columns }),
        part.columns.allSatisfy({ column in below.contains { $0.columns == column...column } })
      else { continue }
      table.rows[index].parts[at].columns = head.columns
    }
  }

  /// The columns whose middle lies between the rules at both sides of words in their middle.
  ///
  /// The outer sides may not be drawn where rules part all words of the line.
  private func range(
    between parts: [AlignedRows.Part], at index: Int, free: ClosedRange<Int>, whole: Columns
  ) -> ClosedRange<Int>? {
    let part = parts[index]
    let height = part.words.map(\.box.midY).reduce(0, +) / Double(part.words.count)
    let beside = walls.filter { $0.start <= height && height <= $0.end }.map(\.position).sorted()
    let heads = parts.filter { $0.columns.lowerBound > 0 }
    /// Whether rules part all words of the line.
    func areParted() -> Bool {
      heads.count > 1
        && zip(heads, heads.dropFirst()).allSatisfy { before, after in
          let next = beside.partitioningIndex { $0 >= before.x1 }
          return next < beside.count && beside[next] <= after.x0
        }
    }
    let left = beside.last { $0 <= part.x0 } ?? (areParted() ? -.infinity : nil)
    let right = beside.first { $0 >= part.x1 } ?? (areParted() ? .infinity : nil)
    guard let left, let right,
      parts.indices.allSatisfy({ $0 == index || parts[$0].x1 <= left || parts[$0].x0 >= right })
    else { return nil }
    let covered = free.filter { column in whole.middle(column).map { left < $0 && $0 < right } ?? false }
    guard let first = covered.first, let last = covered.last, covered.count == last - first + 1, covered.count > 1,
      covered.contains(part.columns.lowerBound), covered.contains(part.columns.upperBound),
      let range = whole.range(first...last)
    else { return nil }
    let (from, to) = (left.isFinite ? left : range.lowerBound, right.isFinite ? right : range.upperBound)
    return abs((from + to) / 2 - part.midX) <= max(em, 0.15 * (to - from)) ? first...last : nil
  }

  /// The columns whose middle lies above a rule just below the words.
  private func range(
    underRuleBelow part: AlignedRows.Part, table: AlignedRows, row: Int, body: Int, free: ClosedRange<Int>,
    below: Columns, whole: Columns
  ) -> ClosedRange<Int>? {
    let bottom = part.words.map(\.box.y1).max() ?? 0
    let width =
      (whole.ranges.compactMap { $0?.upperBound }.max() ?? 0) - (whole.ranges.compactMap { $0?.lowerBound }.min() ?? 0)
    let rule = rules.first { rule in
      rule.position - bottom >= -0.3 * lineHeight && rule.position - bottom <= 0.9 * lineHeight
        && rule.start <= part.midX && part.midX <= rule.end && rule.length < 0.85 * width
        && table.rows[(row + 1)..<body].contains { $0.y0 - rule.position > -0.5 * lineHeight }
    }
    guard let rule else { return nil }
    let covered = free.filter { column in
      below.middle(column).map { $0 >= rule.start - 0.3 * em && $0 <= rule.end + 0.3 * em } ?? false
    }
    guard let first = covered.first, let last = covered.last else { return nil }
    return min(first, part.columns.lowerBound)...max(last, part.columns.upperBound)
  }

  private func range(
    centredOn part: AlignedRows.Part, among parts: [AlignedRows.Part], table: AlignedRows, row: Int, body: Int,
    free: ClosedRange<Int>, headed: Set<Int>, below: Columns
  ) -> ClosedRange<Int>? {
    guard let own = below.range(part.columns), free.lowerBound <= part.columns.lowerBound,
      free.upperBound >= part.columns.upperBound
    else { return nil }
    let heads = columns(of: table.rows[(row + 1)..<body], count: table.columnCount, or: nil)
    /// From the middle of the words to that of some columns, or of their heads alone where these stand aside.
    func distance(_ range: ClosedRange<Double>, _ columns: ClosedRange<Int>) -> Double {
      let all = [range, heads.range(columns)].compactMap { $0 }
      return all.map { abs(($0.lowerBound + $0.upperBound) / 2 - part.midX) }.min() ?? 0
    }
    let offset = distance(own, part.columns)
    let isAlone = parts.count { $0.columns.upperBound > 0 } == 1
    let first = below.ranges[part.columns.lowerBound].map { $0.upperBound - $0.lowerBound } ?? 0
    let isOverFigures =
      isAlone && row + 1 < body && table.rows[row + 1].parts.count { $0.columns.lowerBound > 0 } >= 2
      && table.rows[row + 1].parts.allSatisfy { $0.columns.lowerBound == 0 || $0.isNumber }
    if !part.isSpan, headed.contains(part.columns.lowerBound), part.words.last?.scalars.last == "-" { return nil }
    if !part.isSpan, isFlushRight(part, above: table.rows[(row + 1)...], headEnd: body) { return nil }
    let isWide = part.isSpan || part.x1 - part.x0 > first + (isAlone ? 0.5 : 2) * em || isOverFigures
    if offset <= 0.8 * em, !isWide { return nil }
    var best: (isOff: Bool, key: (Double, Double), offset: Double, columns: ClosedRange<Int>)?
    for from in free.lowerBound...part.columns.lowerBound {
      for to in part.columns.upperBound...free.upperBound {
        guard (from...to).allSatisfy(headed.contains), let range = below.range(from...to) else { continue }
        let distance = distance(range, from...to)
        let reach = max(0.8 * em, (parts.count == 1 ? 0.12 : 0.06) * (range.upperBound - range.lowerBound))
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

  /// Whether each of some words begins where the first of so many heads below it does, and these are the same below all.
  ///
  /// ```
  ///       Drivers          Crashes
  ///  Age  Men     Women    Men      Women
  /// ```
  private func repeats(
    _ lower: [Int], each: Int, below upper: [AlignedRows.Part], in rows: ArraySlice<AlignedRows.Row>
  ) -> Bool {
    let heads = lower.map { column in
      rows.flatMap(\.parts).filter { $0.columns == column...column }
    }
    let names = heads.map { $0.flatMap(\.words).text }
    return !names.contains("") && Set(names.prefix(each)).count == each
      && upper.indices.allSatisfy { order in
        let group = order * each..<(order + 1) * each
        return Array(names[group]) == Array(names.prefix(each))
          && heads[group.lowerBound].contains { abs($0.x0 - upper[order].x0) < 0.2 * em }
      }
  }

  /// Whether words end where those of the header below them and the figures of their column do: a head flush right.
  private func isFlushRight(
    _ part: AlignedRows.Part, above rows: ArraySlice<AlignedRows.Row>, headEnd body: Int
  ) -> Bool {
    let column = part.columns.lowerBound
    func ends(_ rows: ArraySlice<AlignedRows.Row>) -> [Double] {
      rows.flatMap(\.parts).filter { $0.columns == part.columns }.map(\.x1)
    }
    guard column > 0, rows.startIndex < body, let head = ends(rows[rows.startIndex..<body]).first,
      let figures = ends(rows[body...]).median
    else { return false }
    return abs(part.x1 - head) < 0.15 * em && abs(part.x1 - figures) < 0.6 * em
  }

  /// As many of the columns `lower` for each of several words, where their middles agree.
  @discardableResult
  private func shareEqually(
    _ index: Int, of table: inout AlignedRows, body: Int, lower: [Int], below: Columns
  ) -> Bool {
    let named = columns(of: table.rows[(index + 1)..<max(body, index + 1)], count: table.columnCount, or: nil)
    let heads = table.rows[index].parts.indices.filter { table.rows[index].parts[$0].columns.upperBound > 0 }
    guard heads.count >= 2, lower.count % heads.count == 0, lower.count / heads.count >= 2 else { return false }
    let each = lower.count / heads.count
    let isFlush = repeats(
      lower, each: each, below: heads.map { table.rows[index].parts[$0] },
      in: table.rows[(index + 1)..<max(body, index + 1)])
    var ranges: [ClosedRange<Int>] = []
    for (order, head) in heads.enumerated() {
      let group = Array(lower[(order * each)..<((order + 1) * each)])
      let columns = group[0]...group[each - 1]
      let part = table.rows[index].parts[head]
      guard columns.count == each, columns.contains(part.columns.lowerBound), columns.contains(part.columns.upperBound),
        let range = below.range(columns)
      else {
        return false
      }
      let extents = [range, named.range(columns)].compactMap { $0 }
      let distance = extents.map { abs(($0.lowerBound + $0.upperBound) / 2 - part.midX) }.min() ?? 0
      // Figures flush right draw the middle of their columns aside, but nothing heads the white space between two.
      let isBetween =
        each == 2 && distance <= 2 * em
        && below.ranges[columns.lowerBound].map { $0.upperBound < part.midX } ?? false
        && below.ranges[columns.upperBound].map { $0.lowerBound > part.midX } ?? false
      guard isFlush || isBetween || distance <= max(em, 0.1 * (range.upperBound - range.lowerBound)) else {
        return false
      }
      ranges.append(columns)
    }
    for (head, columns) in zip(heads, ranges) { table.rows[index].parts[head].columns = columns }
    return true
  }
}
