import DocumentModel

/// Finds the columns that words of the header stand over.
///
/// ```
///       │    applicants     │        rules at both sides of words, or below them, show their columns; else the widest
///       │ ───────────────── │        range of columns whose common middle is the middle of the words, up to the next
///  kind │ men  women   all  │ cost   words beside them
/// ```
/// Each line of heads is looked at once, from the top, with what stands below it. The first of these that says something
/// about words decides:
/// 1. A head of one column just below them, with the same middle: they are its first line.
/// 2. Rules: those that run down at both sides of the words, then one below them.
/// 3. Where no rule says anything about the line: as many heads below each of its words, around their middles.
/// 4. The widest range of columns around the middle of the words that does not run into the next ones.
///
/// Words below others that stand over several columns stand over no more than these.
struct HeaderSpans {
  let rules: RuleLevels
  let walls: [Ruling]
  let em: Double
  var lineHeight: Double { 1.15 * em }

  /// A header of more lines is none.
  private static let mostLines = 32

  /// `rules` are horizontal, `walls` vertical.
  init(rules: [Ruling], walls: [Ruling], em: Double) {
    (self.rules, self.walls, self.em) = (RuleLevels(rules), walls, em)
  }

  /// Widens the pieces of the header rows that stand over several columns.
  func widen(_ table: inout AlignedRows) {
    let body = table.firstBodyRow
    guard (1...Self.mostLines).contains(body) else { return }
    widenUnit(body - 1, of: &table)
    var below = BelowHeads(body: body, of: table)
    var last = HeadLine(table.rows[body - 1], below: below)
    if let shares = shares(of: last, among: Array(1..<table.columnCount)) { last.take(shares) }
    table.rows[body - 1].parts = last.parts
    var levels: [BelowHeads] = []
    for index in (1..<body).reversed() {
      below.moveUp(over: table.rows[index])
      levels.append(below)
    }
    var groups: [ClosedRange<Int>?] = Array(repeating: nil, count: table.columnCount)
    for (index, below) in levels.reversed().enumerated() {
      let next = table.rows[(index + 1)..<min(body, index + 3)]
      let line = HeadLine(table.rows[index], below: below, groups: groups)
      table.rows[index].parts = widened(line, over: next)
      for part in table.rows[index].parts where part.isSpan {
        for column in part.columns { groups[column] = part.columns }
      }
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

  /// The pieces of a line of heads, over their columns; `next` are the one or two lines of heads below it.
  private func widened(_ line: HeadLine, over next: ArraySlice<AlignedRows.Row>) -> [AlignedRows.Part] {
    var line = line
    for at in line.parts.indices {
      if let seat = seat(of: at, in: line) { line.parts[at].columns = seat }
    }
    let heads = line.parts.indices.filter { line.parts[$0].columns.lowerBound > 0 }
    let beside = WallsBeside(walls, line: line)
    var ruled: Set<Int> = []
    for at in heads {
      guard let found = range(of: at, in: line, between: beside) ?? range(of: at, in: line, over: rules) else {
        continue
      }
      line.parts[at].columns = found
      ruled.insert(at)
    }
    let bottom = (heads.flatMap { line.parts[$0].words }.map(\.box.y1).max() ?? 0) - 0.2 * em
    if ruled.isEmpty, next.first.map({ $0.y0 > bottom }) ?? true {
      let lower = Set(next.flatMap(\.parts).flatMap(\.columns)).subtracting([0]).sorted()
      if let shares = shares(of: line, among: lower) {
        line.take(shares)
        return line.parts
      }
    }
    for at in heads where !ruled.contains(at) {
      if let found = range(around: at, in: line, over: next.first) { line.parts[at].columns = found }
    }
    return line.parts
  }

  /// The column of the one head below words whose middle is theirs; they do not stand over the column beside it.
  private func seat(of at: Int, in line: HeadLine) -> ClosedRange<Int>? {
    let part = line.parts[at]
    guard part.columns.count <= 2, part.columns.lowerBound > 0 else { return nil }
    let left = at > 0 ? line.parts[at - 1].columns.upperBound : 0
    let right = at + 1 < line.parts.count ? line.parts[at + 1].columns.lowerBound : line.below.columnCount
    let columns = (left + 1)..<max(right, left + 1)
    func own(_ isOwn: (AlignedRows.Part) -> Bool) -> [Int] {
      columns.filter { line.below.heads[$0].contains(where: isOwn) }
    }
    var found = own { abs($0.midX - part.midX) < 0.3 * em }
    if found.isEmpty, !part.isSpan { found = own { abs($0.x0 - part.x0) < 0.1 * em } }
    guard found.count == 1, part.columns.allSatisfy({ columns.contains($0) && !line.below.heads[$0].isEmpty })
    else { return nil }
    return found[0]...found[0]
  }
}
