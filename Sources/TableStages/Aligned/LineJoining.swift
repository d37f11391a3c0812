import DocumentModel

/// Which lines of a table are one row: the rest of broken cells goes to the row above, or below for broken labels.
struct LineJoining {
  private let rows: [AlignedRows.Row]
  private let table: AlignedRows
  private let rules: [Ruling]
  private let (em, lineHeight): (Double, Double)
  private let body: Int
  /// From the middle of a line to the middle of the next.
  private let pitches: [Double]
  /// A tenth of the pitches are smaller.
  private let tight: Double
  /// Whether the lines between two rules are one row, unless figures repeat in them.
  private let areBandsRows: Bool
  private let isTextual: Bool
  private let hasLoosePitches: Bool

  /// Ranges of rows of `table` that are one row each.
  private(set) var groups: [Range<Int>] = []

  /// Looks at all lines, or only at the first `headerLines`, which then are a header.
  init(_ table: AlignedRows, rules: [Ruling], headerLines: Int? = nil) {
    self.table = table
    self.rules = rules
    rows = headerLines.map { Array(table.rows.prefix($0)) } ?? table.rows
    (em, lineHeight) = (table.em, 1.15 * table.em)
    body = headerLines ?? Self.headerLines(of: table)
    pitches = zip(rows, rows.dropFirst()).map { ($1.y0 + $1.y1 - $0.y0 - $0.y1) / 2 }
    tight = pitches.isEmpty ? 0 : pitches.sorted()[pitches.count / 10]
    isTextual = table.numberShare < 0.25
    hasLoosePitches = pitches.contains { [tight] in $0 > 1.25 * tight }
    areBandsRows = RuleBands(rows, rules: rules, em: em).areRows
    group()
  }

  /// The header of a table of words may begin above its label: `Agency` over `response`.
  private static func headerLines(of table: AlignedRows) -> Int {
    let body = table.firstBodyRow
    guard body == 0, table.numberShare < 0.25, let first = table.rows.firstIndex(where: { $0.parts.count > 1 }),
      let label = table.rows.firstIndex(where: { $0.parts[0].columns.lowerBound == 0 }), (1...3).contains(label)
    else { return body }
    return first <= label ? label + 1 : body
  }

  private mutating func group() {
    guard !rows.isEmpty else { return }
    var start = 0
    for index in rows.indices.dropFirst() where !goesOn(index) {
      groups.append(start..<index)
      start = index
    }
    groups.append(start..<rows.count)
  }

  /// Whether figures without a label stand close below others with one, in fewer columns: the rest of broken figures.
  var breaksFigures: Bool {
    guard body < rows.count else { return false }
    let labelled = rows[body...].count { $0.parts[0].columns.lowerBound == 0 }
    let broken = rows.indices.dropFirst(body + 1).count { index in
      let (above, own) = (numericColumns(rows[index - 1]), numericColumns(rows[index]))
      return rows[index].parts[0].columns.lowerBound > 0 && !own.isEmpty && own.isSubset(of: above)
        && own.count < above.count && rows[index].y0 - rows[index - 1].y1 < 0.45 * em
    }
    return labelled > 0 && 8 * broken > rows.count - body
  }

  private func isParted(_ upper: AlignedRows.Row, _ lower: AlignedRows.Row) -> Bool {
    let (from, to) = ((upper.y0 + upper.y1) / 2, (lower.y0 + lower.y1) / 2)
    let x0 = min(upper.line.x0, lower.line.x0)
    let x1 = max(upper.line.x1, lower.line.x1)
    return rules.contains {
      $0.position > from && $0.position < to && min($0.end, x1) - max($0.start, x0) > 0.5 * (x1 - x0)
    }
  }

  private func columns(_ row: AlignedRows.Row) -> Set<Int> { Set(row.parts.flatMap(\.columns)) }

  private func numericColumns(_ row: AlignedRows.Row) -> Set<Int> {
    Set(row.parts.filter { $0.columns.lowerBound > 0 && $0.isNumber }.map(\.columns.lowerBound))
  }

  /// Whether the row continues the one above it.
  private func goesOn(_ index: Int) -> Bool {
    let (upper, lower) = (rows[index - 1], rows[index])
    if isParted(upper, lower) { return false }
    let pitch = pitches[index - 1]
    if index >= body {
      let height = min(lower.y1 - lower.y0, upper.y1 - upper.y0)
      if upper.y1 - lower.y0 > 0.25 * height { return true }
      if areBandsRows {
        let above = numericColumns(upper)
        return above.intersection(numericColumns(lower)).count < max(1, (above.count + 1) / 2)
      }
    }
    let least = min(upper.line.size, lower.line.size)
    if index < body {
      let most = max(upper.line.size, lower.line.size)
      // Lines may be as far apart as those of the whole table are, up to one and a half.
      guard pitch <= max(1.4 * most, min(1.05 * tight, 1.6 * most)) else { return false }
      return goesOnInHeader(upper, lower)
    }
    guard pitch <= 1.25 * max(tight, least) else { return false }
    if index == body { return false }
    let figures = lower.parts.filter { $0.columns.lowerBound > 0 && $0.isNumber }
    // A year in a table of words may be the end of a date.
    let areYears = isTextual && figures.allSatisfy { NumberShape.isYear($0.words.flatMap(\.scalars)) }
    return figures.isEmpty || areYears ? isRest(index) : isRestOfLabelAbove(index)
  }

  private func goesOnInHeader(_ upper: AlignedRows.Row, _ lower: AlignedRows.Row) -> Bool {
    let isOver = upper.parts.contains { part in
      part.isSpan
        && lower.parts.contains {
          $0.columns != part.columns && $0.columns.lowerBound >= part.columns.lowerBound
            && $0.columns.upperBound <= part.columns.upperBound
        }
    }
    let opensSpan = lower.parts.contains(where: \.isSpan) && !upper.parts.contains(where: \.isSpan)
    return !isOver && !opensSpan
  }

  /// Words without figures below a row of the body.
  private func isRest(_ index: Int) -> Bool {
    let (upper, lower) = (rows[index - 1], rows[index])
    let (above, own) = (columns(upper), columns(lower))
    guard own.isSubset(of: above) else { return false }
    if own.count == above.count, own.count > 1, !isTextual { return false }
    guard let label = lower.parts.first(where: { $0.columns.lowerBound == 0 }) else { return true }
    guard let labelAbove = upper.parts.first(where: { $0.columns.lowerBound == 0 }) else { return false }
    if upper.parts.count == 1 { return isRestOfLabelAbove(index) }
    let indent = (label.x0 - labelAbove.x0) / em
    let pitch = pitches[index - 1]
    let next = index < pitches.count ? pitches[index] : .infinity
    let first = label.words[0].scalars.first
    let isFull = hasRoom(in: 0, above: upper, for: lower) == false
    if own.count == 1 {
      if first == "(" || first == "\u{FF08}", indent >= -0.2 { return true }
      if pitch < 0.85 * next, indent >= -0.3, next.isFinite || hasLoosePitches { return true }
      if isFull { return first?.properties.isLowercase == true || indent > 0.4 || first == "&" || isWide(first) }
      return first?.properties.isLowercase == true && indent >= -0.2
    }
    guard isTextual, hasLoosePitches, pitch <= 1.1 * tight else { return false }
    // A single word fills no cell.
    return upper.parts.contains { part in
      part.words.reduce(0) { $0 + $1.count } > 1 && own.contains(part.columns.lowerBound)
        && hasRoom(in: part.columns.lowerBound, above: upper, for: lower) == false
    }
  }

  private func isWide(_ scalar: Unicode.Scalar?) -> Bool { scalar?.isIdeographic ?? false }

  /// A label without figures that the next line, with figures, continues.
  private func isRestOfLabelAbove(_ index: Int) -> Bool {
    let (upper, lower) = (rows[index - 1], rows[index])
    guard upper.parts.count == 1, upper.parts[0].columns == 0...0, lower.parts[0].columns.lowerBound == 0,
      let last = upper.parts[0].words.last?.scalars.last, last != ":", last != "\u{FF1A}",
      let first = lower.parts[0].words[0].scalars.first
    else { return false }
    let indent = (lower.parts[0].x0 - upper.parts[0].x0) / em
    if first.properties.isLowercase, indent >= -0.2 { return true }
    if first == "(", indent >= 0.2 { return true }
    guard hasRoom(in: 0, above: upper, for: lower) == false else { return false }
    // What is set in another font names the rows below it, and a year is one of those.
    let next = lower.parts[0].words[0]
    guard upper.parts[0].words.last?.font == next.font, !NumberShape.isYear(next.scalars) else { return false }
    if first.properties.isLowercase || first == "(" || first == "&" || first.isDigit { return true }
    // Lines of one label are closer to each other than to the rows above and below.
    let pitch = pitches[index - 1]
    return (-0.2...1).contains(indent) && index > body + 1 && pitch < 0.87 * pitches[index - 2]
      && index < pitches.count && pitch < 0.87 * pitches[index]
  }

  /// White space that a full cell leaves beside it at the most, in font sizes.
  private static let columnSpace = 3.0

  /// Whether the first word of the lower row would have fitted behind the words of the upper one; `nil` without either.
  private func hasRoom(in column: Int, above upper: AlignedRows.Row, for lower: AlignedRows.Row) -> Bool? {
    guard let above = upper.parts.last(where: { $0.columns.lowerBound == column }),
      let word = lower.parts.first(where: { $0.columns.lowerBound == column })?.words.first
    else { return nil }
    // A line of ideographs may be broken behind each of them.
    let width = word.scalars.first?.isIdeographic == true ? word.size : word.box.width
    // Where the next column is far away, the cell had room whatever the others hold.
    let next = table.leftStart(of: column + 1).map { $0 - Self.columnSpace * em } ?? 0
    return above.x1 + 0.25 * em + width <= max(table.rightEnd(of: column), next) + 0.1 * em
  }
}
