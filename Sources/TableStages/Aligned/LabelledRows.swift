import DocumentModel

/// The rows of a table whose labels are broken around the middle of their figures, or stand beside several rows.
///
/// ```
///          | 1. a label so long            the figures of a row stand beside the middle of its label,
///   group  | that it is broken    3   7    and a group beside the middle of its rows
///          | 2. short             1   2
/// ```
struct LabelledRows {
  /// How many rows of lines belong to the header.
  let headerLines: Int
  /// The cells of the body, their rows counted from its first one.
  private(set) var pieces: [AlignedTable.Piece] = []
  private(set) var count = 0
  /// Lines of figures without a label close below others with more of them: the rest of figures that full cells broke.
  private(set) var broken = 0

  private let table: AlignedRows
  private let rules: [Ruling]
  private let em: Double
  /// The first column of figures.
  private let firstValue: Int

  /// `nil` where every line of figures has its label beside it, and no label is beside several.
  init?(_ table: AlignedRows, rules: [Ruling]) {
    (self.table, self.rules, em) = (table, rules, table.em)
    guard let firstValue = table.firstNumericColumn, firstValue > 0 else { return nil }
    self.firstValue = firstValue
    func values(_ row: AlignedRows.Row) -> [AlignedRows.Part] {
      row.parts.filter { $0.columns.upperBound >= firstValue }
    }
    func isFigures(_ row: AlignedRows.Row) -> Bool {
      let values = values(row)
      let years = values.count { NumberShape.isYear($0.words.flatMap(\.scalars)) }
      return !values.isEmpty && 2 * values.count(where: \.isNumber) >= values.count && 10 * years < 6 * values.count
    }
    guard let first = table.rows.firstIndex(where: isFigures) else { return nil }
    headerLines = (table.rows[..<first].lastIndex { !values($0).isEmpty } ?? -1) + 1
    let body = table.rows[headerLines...]
    let figures = body.filter { !values($0).isEmpty }
    // Words in the place of figures have rows of their own that nothing here would find.
    guard
      figures.allSatisfy({ row in values(row).allSatisfy { $0.columns.lowerBound >= firstValue } && isFigures(row) })
    else { return nil }
    let stub = body.flatMap(\.parts).filter { $0.columns.upperBound < firstValue }
    let runs = stub.flatMap { $0.words.segments(gap: Self.runGap).map(WordRun.init) }
    let heights = figures.map { row in
      let words = values(row).flatMap(\.words)
      return words.dropFirst().reduce(words[0].box) { $0.union($1.box) }
    }
    let labels = LabelColumns(runs, figures: heights.map(\.midY), em: em, leading: Self.leading)
    let lines = labels.lines.map { $0.dropFirst().reduce($0[0].box) { $0.union($1.box) } }
    let isCentred = heights.contains { figure in
      !lines.contains { abs($0.midY - figure.midY) < 0.3 * em }
        && lines.contains { abs($0.midY - figure.midY) < 1.2 * em }
    }
    guard isCentred || !Self.areRows(labels.groups, beside: heights, em: em), !lines.isEmpty else { return nil }
    let width = Box(
      lines.map(\.x0).min() ?? 0, 0, heights.map(\.x1).max() ?? 0, 0)
    let items = labels.lines.map { $0[0].isEnumerated }
    let rows = LabelRows(labels: lines, items: items, figures: heights, em: em, leading: Self.leading) {
      Self.isParted($0, $1, across: width, by: rules)
    }.rows
    for row in rows where row.labels.isEmpty {
      guard let at = row.figures, at > 0, values(figures[at]).count < values(figures[at - 1]).count else { continue }
      if heights[at].y0 - heights[at - 1].y1 < Self.leading * em { broken += 1 }
    }
    add(rows, labels: labels, figures: figures.map(values))
  }

  /// Whether outer labels stand beside figures line by line, or each beside the first of its rows: then they belong to
  /// these rows only.
  private static func areRows(_ groups: [LabelColumns<WordRun>.Group], beside figures: [Box], em: Double) -> Bool {
    let runs = groups.flatMap(\.runs)
    func line(_ run: WordRun) -> Int? { figures.firstIndex { abs($0.midY - run.box.midY) < 0.3 * em } }
    let found = runs.compactMap(line)
    guard found.count == runs.count else { return false }
    let areSingle = groups.allSatisfy { group in
      let own = group.runs.compactMap(line)
      guard let first = own.first, let last = own.last else { return false }
      return own.count == 1 || Set(own).count == last - first + 1
    }
    return areSingle && (found.min() ?? 0) == 0
  }

  // In font sizes.
  private static let (runGap, leading) = (0.45, 0.75)

  private static func isParted(_ upper: Double, _ lower: Double, across box: Box, by rules: [Ruling]) -> Bool {
    guard box.width > 0 else { return false }
    var covered = 0.0
    for rule in rules where rule.position > min(upper, lower) && rule.position < max(upper, lower) {
      covered += max(0, min(rule.end, box.x1) - max(rule.start, box.x0))
    }
    return covered > 0.5 * box.width
  }

  /// The column of the table that words left of the figures begin in.
  private func column(at x: Double) -> Int {
    min(table.cuts.prefix(firstValue).count { $0.position <= x }, firstValue - 1)
  }

  private mutating func add(_ rows: [LabelRows.Row], labels: LabelColumns<WordRun>, figures: [[AlignedRows.Part]]) {
    var bands: [Box] = []
    var starts: [Int] = []
    for row in rows {
      let named = row.labels.flatMap { labels.lines[$0] }
      let printed = row.figures.map { figures[$0] } ?? []
      let words = named.flatMap(\.words) + printed.flatMap(\.words)
      guard let first = words.first else { continue }
      bands.append(words.dropFirst().reduce(first.box) { $0.union($1.box) })
      let start = named.map(\.box.x0).min().map(column(at:)) ?? firstValue
      starts.append(start)
      if let first = named.first {
        pieces.append(
          AlignedTable.Piece(
            rows: count..<(count + 1), columns: start...(firstValue - 1), words: named.flatMap(\.words),
            box: named.dropFirst().reduce(first.box) { $0.union($1.box) }))
      }
      for part in printed { pieces.append(AlignedTable.Piece(row: count, part: part)) }
      count += 1
    }
    addGroups(labels.groups, bands, starts)
  }

  /// Lets group labels cover the rows whose middle they stand at.
  private mutating func addGroups(_ all: [LabelColumns<WordRun>.Group], _ bands: [Box], _ starts: [Int]) {
    for column in 0..<max(firstValue - 1, 0) {
      let groups = all.filter { self.column(at: $0.box.midX) == column }.sorted { $0.box.midY < $1.box.midY }
      guard let first = groups.first else { continue }
      let across = groups.dropFirst().reduce(first.box) { $0.union($1.box) }
      var run = 0
      while run < bands.count {
        guard starts[run] > column else { run += 1; continue }
        var end = run + 1
        while end < bands.count, starts[end] > column,
          !Self.isParted(bands[end - 1].midY, bands[end].midY, across: across, by: rules)
        { end += 1 }
        let own = groups.filter { $0.box.midY > bands[run].y0 - 0.5 * em && $0.box.midY < bands[end - 1].y1 + 0.5 * em }
        cover(run..<end, by: own, in: column, bands)
        run = end
      }
    }
  }

  private mutating func cover(
    _ rows: Range<Int>, by groups: [LabelColumns<WordRun>.Group], in column: Int, _ bands: [Box]
  ) {
    var from = rows.lowerBound
    for (index, group) in groups.enumerated() where from < rows.upperBound {
      let isLast = index == groups.count - 1
      let nearest = (from..<rows.upperBound).min {
        abs((bands[from].y0 + bands[$0].y1) / 2 - group.box.midY)
          < abs((bands[from].y0 + bands[$1].y1) / 2 - group.box.midY)
      }
      let to = isLast ? rows.upperBound - 1 : nearest ?? from
      pieces.append(
        AlignedTable.Piece(
          rows: from..<(to + 1), columns: column...column, words: group.runs.flatMap(\.words), box: group.box))
      from = to + 1
    }
  }
}

/// Words of a label that stand close together.
private struct WordRun: LabelRun {
  var words: [TextWord]
  var box: Box
  var size: Double
  var length: Int { words.reduce(0) { $0 + $1.scalars.count } }
  var isEnumerated: Bool { Enumerator.begins(words.lazy.flatMap(\.scalars)) }

  init(_ words: [TextWord]) {
    self.words = words
    box = words.dropFirst().reduce(words[0].box) { $0.union($1.box) }
    size = words.map(\.size).max() ?? 0
  }
}

extension AlignedRows {
  /// The first column, right of another one, in which most of what stands below a header is figures.
  fileprivate var firstNumericColumn: Int? {
    let parts = rows[firstBodyRow...].flatMap(\.parts).filter { !$0.isSpan && $0.columns.lowerBound > 0 }
    return (1..<columnCount).first { column in
      let own = parts.filter { $0.columns.lowerBound == column }
      return !own.isEmpty && 2 * own.count(where: \.isNumber) > own.count
    }
  }
}
