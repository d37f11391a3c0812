import DocumentModel

/// Rows of a table that share their columns, with the header above them.
///
/// ```
///        heading
///   what |  new  |  all        a section
///   abc  |   1   |   2
///        heading
///   what |     sum             the next one, with columns of its own
///   def  |      3
/// ```
struct FigureSection {
  /// Where columns may end: the section's left end, white space between its columns, its right end.
  private(set) var edges: [ClosedRange<Double>]
  /// Cells with words or figures, their columns counted in `edges`.
  private(set) var cells: [FigureCell] = []
  private(set) var rows = 0
  private(set) var headerRows = 0
  /// Rows with figures, and how many figures there are.
  private(set) var figureRows = 0
  private(set) var values = 0
  private(set) var words = 0
  /// Columns of figures.
  let columns: [FigureColumns.Column]
  /// Whether the header and the white space leave no doubt about the column of any figure.
  private(set) var isCertain: Bool
  /// Runs that belong to no row.
  private(set) var strays = 0
  /// Lines of figures without a label among others with one, or overlapping others: figures broken by full cells.
  private(set) var broken = 0
  /// Figures under no column or under several.
  private(set) var misfits = 0

  private let labels: LabelColumns<TextRun>
  private let em: Double
  private let rules: TableRules

  /// Reads lines from top to bottom; `frame` is around the whole table.
  init?(
    _ lines: ArraySlice<RunLine>, of glyphs: [Glyph], frame: Box, em: Double, rules: TableRules, isLast: Bool
  ) {
    (self.em, self.rules) = (em, rules)
    let all = Array(lines)
    guard var left = all.joinedValues.map(\.box.x0).min() else { return nil }
    // Where words prevail there are labels, even if one of them is a figure.
    var valueLines = all.filter { line in line.segments.contains { $0.isValue } }
    while true {
      let figures = valueLines.map { $0.segments.filter { $0.box.x0 >= left - 0.5 * em } }
      let clusters = FigureColumns.clusters(figures, em: em)
      guard let first = clusters.first else { return nil }
      let inside = figures.joined().filter { first.contains($0.box.midX) }
      guard clusters.count > 1, 2 * inside.count(where: \.isValue) <= inside.count else {
        break
      }
      left = clusters[1].lowerBound
      valueLines = valueLines.filter { line in line.segments.contains { $0.isValue && $0.box.x0 >= left - 0.5 * em } }
    }
    let zone = left - 0.5 * em
    guard
      let firstFigures = all.firstIndex(where: { line in line.segments.contains { $0.isValue && $0.box.x0 >= zone } })
    else { return nil }
    let figureLines = valueLines.map { $0.segments.filter { $0.box.x0 >= zone } }
    let bodyLabels = all[firstFigures...].flatMap(\.runs).filter { $0.box.midX < left && $0.box.x0 < zone }
      .flatMap { $0.words(of: glyphs) }
    let labelZone = bodyLabels.map(\.box.x1).max().map { end in
      (bodyLabels.map(\.box.x0).min() ?? frame.x0)...max(end, frame.x0)
    }
    let above = all[..<firstFigures]
    func isLabel(_ run: TextRun) -> Bool { labelZone.map { run.box.midX <= $0.upperBound } ?? false }
    let bottom = above.flatMap(\.runs).filter { !isLabel($0) }.map(\.box.y1).max() ?? -.infinity
    let heads = above.map { line in
      line.runs.filter { !isLabel($0) || $0.box.midY < bottom }.flatMap { $0.words(of: glyphs) }
    }
    .filter { !$0.isEmpty }
    let found = FigureColumns(figures: figureLines, heads: heads, labels: labelZone, frame: frame, em: em) { box in
      rules.rule(below: box, em: em, shorterThan: 0.85 * frame.width)
    }
    columns = found.columns
    guard !columns.isEmpty, columns.count <= Self.mostColumns else { return nil }
    let runs = (above.flatMap(\.runs).filter { isLabel($0) && $0.box.midY >= bottom } + bodyLabels)
    labels = LabelColumns(runs, figures: figureLines.compactMap(\.first?.box.midY), em: em, leading: Self.leading)
    let hasLabels = !runs.isEmpty
    edges = [frame.x0...frame.x0]
    edges += labels.cuts
    if hasLabels || !found.labelHeads.isEmpty, let first = columns.first {
      let start = min(first.x0, first.head.map(\.box.x0) ?? first.x0)
      let end = (runs + found.labelHeads.flatMap(\.runs)).map(\.box.x1).max() ?? start
      edges.append(end <= start ? end...start : min(end, first.x0)...first.x0)
    }
    edges += found.gaps
    edges.append(frame.x1...frame.x1)
    isCertain = found.isCertain
    addHeader(found)
    addRows(figureLines, isLast: isLast)
    addWords(in: all[firstFigures...], right: zone, besides: figureLines)
  }

  private static let mostColumns = 60
  /// The most white space between the lines of one label, in font sizes, between boxes as high as their glyphs.
  static let leading = 0.45

  /// The first column of figures, counted in `edges`.
  private var firstColumn: Int { edges.count - 1 - columns.count }

  // MARK: Header

  private mutating func addHeader(_ found: FigureColumns) {
    headerRows = found.headerRows
    var top = 0
    for head in found.upperHeads + found.columns.compactMap(\.head) {
      var range = (head.columns.lowerBound + firstColumn)..<(head.columns.upperBound + firstColumn)
      if head.isTitle {
        range = 0..<(edges.count - 1)
        top = max(top, head.rows.upperBound)
      }
      cells.append(FigureCell(rows: head.rows, columns: range, runs: head.runs, box: head.box))
    }
    if let first = found.labelHeads.first, firstColumn > 0, headerRows > top {
      let runs = found.labelHeads.flatMap(\.runs)
      let box = found.labelHeads.dropFirst().reduce(first.box) { $0.union($1.box) }
      cells.append(FigureCell(rows: top..<headerRows, columns: 0..<firstColumn, runs: runs, box: box))
    }
    rows = headerRows
  }

  // MARK: Body

  private mutating func addRows(_ figureLines: [[TextRun]], isLast: Bool) {
    var figures: [[TextRun]] = []
    for line in figureLines {
      if let last = figures.last, let upper = last.first, let lower = line.first,
        upper.box.overlapY(lower.box) > 0.5 * em,
        !last.contains(where: { one in line.contains { $0.box.overlapX(one.box) > 0 } })
      {
        figures[figures.count - 1] += line
      } else if let last = figures.last, line.isRest(of: last, em: em) {
        figures[figures.count - 1] += line
      } else {
        figures.append(line)
      }
    }
    for (upper, lower) in zip(figures, figures.dropFirst()) {
      if let one = upper.map(\.box.y1).max(), let two = lower.map(\.box.y0).min(), two < one - 0.15 * em { broken += 1 }
    }
    let lines = labels.lines.map { $0.dropFirst().reduce($0[0].box) { $0.union($1.box) } }
    let heights = figures.map { $0.dropFirst().reduce($0[0].box) { $0.union($1.box) } }
    let across = Box(lines.map(\.x0).min() ?? edges[0].lowerBound, 0, edges[edges.count - 1].upperBound, 0)
    let items = labels.lines.map { $0[0].isEnumerated }
    var found = LabelRows(labels: lines, items: items, figures: heights, em: em, leading: Self.leading) { [rules] in
      rules.part($0, $1, across: across)
    }
    .rows
    if isLast { while let last = found.last, last.figures == nil { found.removeLast() } }
    for row in found where row.labels.isEmpty && !lines.isEmpty {
      guard let below = row.figures, below > 0, figures[below].count <= figures[below - 1].count else { continue }
      // At the foot stand totals that nothing names.
      if below == figures.count - 1, figures[below].isLonger(than: figures[below - 1]) { continue }
      if heights[below].y0 - heights[below - 1].y1 < Self.leading * em { broken += 1 }
    }
    var bands: [Box] = []
    var starts: [Int] = []
    for row in found {
      let named = row.labels.flatMap { labels.lines[$0] }
      let printed = row.figures.map { figures[$0] } ?? []
      let runs = named + printed
      guard let first = runs.first else { continue }
      bands.append(runs.dropFirst().reduce(first.box) { $0.union($1.box) })
      let start = named.map(\.box.x0).min().map { min(labels.column(at: $0), max(firstColumn - 1, 0)) } ?? firstColumn
      starts.append(start)
      if let first = named.first {
        let box = named.dropFirst().reduce(first.box) { $0.union($1.box) }
        cells.append(FigureCell(rows: rows..<(rows + 1), columns: start..<firstColumn, runs: named, box: box))
      }
      place(printed)
      rows += 1
    }
    addGroups(bands, starts)
  }

  /// Puts the runs of one row under their columns.
  private mutating func place(_ runs: [TextRun]) {
    if !runs.isEmpty { figureRows += 1 }
    var row: [FigureCell] = []
    for run in runs.sorted(by: { $0.box.x0 < $1.box.x0 }) {
      if run.isValue { values += 1 } else { words += 1 }
      var under = columns.indices.filter { index in
        let shared = min(run.box.x1, columns[index].x1) - max(run.box.x0, columns[index].x0)
        return shared > 0.35 * min(run.box.width, columns[index].x1 - columns[index].x0)
      }
      if under.isEmpty {
        under =
          columns.indices.min { abs(columns[$0].midX - run.box.midX) < abs(columns[$1].midX - run.box.midX) }
          .map { [$0] } ?? []
        isCertain = false
        misfits += 1
      }
      guard let first = under.first, let last = under.last else { continue }
      if first != last {
        isCertain = false
        misfits += 1
      }
      let range = (first + firstColumn)..<(last + 1 + firstColumn)
      if let before = row.indices.last, row[before].columns.overlaps(range) {
        row[before].columns = row[before].columns.lowerBound..<max(row[before].columns.upperBound, range.upperBound)
        row[before].runs.append(run)
        row[before].box = row[before].box.union(run.box)
        isCertain = false
        misfits += 1
      } else {
        row.append(FigureCell(rows: rows..<(rows + 1), columns: range, runs: [run], box: run.box))
      }
    }
    cells += row
  }

  /// Lets group labels cover the rows whose middle they stand at.
  private mutating func addGroups(_ bands: [Box], _ starts: [Int]) {
    let first = rows - bands.count
    for column in 0..<max(firstColumn - 1, 0) {
      let groups = labels.groups.filter { $0.column == column }.sorted { $0.box.midY < $1.box.midY }
      var run = 0
      while run < bands.count {
        guard starts[run] > column else { run += 1; continue }
        var end = run + 1
        while end < bands.count, starts[end] > column, !isParted(bands[end - 1], bands[end], groups) { end += 1 }
        var from = run
        let own = groups.filter { $0.box.midY > bands[run].y0 - 0.5 * em && $0.box.midY < bands[end - 1].y1 + 0.5 * em }
        for (index, group) in own.enumerated() where from < end {
          let isOnly = index == own.count - 1
          let to =
            isOnly
            ? end - 1
            : (from..<end).min {
              abs((bands[from].y0 + bands[$0].y1) / 2 - group.box.midY)
                < abs((bands[from].y0 + bands[$1].y1) / 2 - group.box.midY)
            } ?? from
          let columns = column..<min(column + 1, firstColumn)
          cells.append(
            FigureCell(rows: (first + from)..<(first + to + 1), columns: columns, runs: group.runs, box: group.box))
          from = to + 1
        }
        run = end
      }
    }
  }

  private func isParted(_ upper: Box, _ lower: Box, _ groups: [LabelColumns<TextRun>.Group]) -> Bool {
    guard let first = groups.first else { return false }
    let across = groups.dropFirst().reduce(first.box) { $0.union($1.box) }
    return rules.part(upper.midY, lower.midY, across: across)
  }

  /// Words below or between the lines of figures go to the cell they stand nearest to.
  private mutating func addWords(in lines: ArraySlice<RunLine>, right zone: Double, besides figures: [[TextRun]]) {
    let used = Set(figures.joined().map(\.glyphs))
    for line in lines where !line.segments.contains(where: { $0.isValue && $0.box.x0 >= zone }) {
      for run in line.segments where run.box.x0 >= zone && !used.contains(run.glyphs) {
        let near = cells.indices.filter { index in
          cells[index].rows.lowerBound >= headerRows && cells[index].box.overlapX(run.box) > 0.5 * em
            && cells[index].columns.lowerBound >= firstColumn
            && abs(cells[index].box.midY - run.box.midY) < 1.6 * em
        }
        if let index = near.min(by: { abs(cells[$0].box.midY - run.box.midY) < abs(cells[$1].box.midY - run.box.midY) })
        {
          cells[index].runs.append(run)
          cells[index].box = cells[index].box.union(run.box)
        } else {
          strays += 1
        }
      }
    }
  }
}

/// A cell before it is known which columns the whole table has.
struct FigureCell {
  var rows: Range<Int>
  var columns: Range<Int>
  var runs: [TextRun]
  var box: Box
}

extension Sequence<RunLine> {
  /// The figures of all lines.
  var joinedValues: [TextRun] { flatMap { $0.segments.filter(\.isValue) } }
}
