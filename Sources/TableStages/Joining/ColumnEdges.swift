import DocumentModel

/// Where the columns of a table begin and end on a page, and which of them rules close at the top and bottom.
struct ColumnEdges {
  /// In points, ascending; one more than there are columns.
  var xs: [Double]
  var closedTops: [Bool]
  var closedBottoms: [Bool]
  /// Font size of most of the text, in points.
  var em: Double
  /// Width of the page, in points.
  var pageWidth: Double
  /// How far each edge may lie to either side, in points; nothing for edges that rules draw.
  var slack: [Double] = []
  /// Whether the column of every figure is certain.
  var isCertain = true

  /// The columns of two parts of one table, laid over each other.
  ///
  /// ```
  /// upper  |    |  |  |      columns 0 1 2 -> 0 1 2
  /// lower  |    |     |      columns 0 1   -> 0 1...2
  /// ```
  /// `nil` unless both are equally wide, or fill pages of different widths, and nearly all edges of the one with fewer
  /// are edges of the other. Edges in white space are the same where both may lie.
  func laid(over upper: ColumnEdges, options: JoinOptions) -> SharedColumns? {
    guard let first = xs.first, let last = xs.last, let upperFirst = upper.xs.first, let upperLast = upper.xs.last
    else { return nil }
    let reach = options.columnTolerance * min(em, upper.em)
    let isTurned = abs(pageWidth - upper.pageWidth) > reach
    let scale = isTurned ? (last - first) / (upperLast - upperFirst) : 1
    let isLoose = !slack.isEmpty || !upper.slack.isEmpty
    guard !(isTurned && isLoose) else { return nil }
    let start = isLoose ? upperFirst : first
    let moved = upper.xs.map { start + ($0 - upperFirst) * scale }
    func isSame(_ own: Int, _ other: Int) -> Bool {
      abs(xs[own] - moved[other]) <= reach + (slack.isEmpty ? 0 : slack[own])
        + (upper.slack.isEmpty ? 0 : upper.slack[other])
    }
    guard isSame(xs.count - 1, moved.count - 1), isSame(0, 0) else { return nil }
    let matches = xs.indices.map { own in
      moved.indices.filter { isSame(own, $0) }.min { abs(moved[$0] - xs[own]) < abs(moved[$1] - xs[own]) }
    }
    let few = min(xs.count, moved.count)
    let matched = min(Set(matches.compactMap { $0 }).count, few)
    guard matched >= 3, Double(matched) >= options.sharedEdges * Double(few) else { return nil }
    var edges = moved
    for index in xs.indices where matches[index] == nil { edges.append(xs[index]) }
    edges.sort()
    func places(_ xs: [Double]) -> [Int] {
      xs.map { x in edges.indices.min { abs(edges[$0] - x) < abs(edges[$1] - x) } ?? 0 }
    }
    let lower = zip(xs, matches).map { x, match in match.map { moved[$0] } ?? x }
    let result = SharedColumns(edges: edges, upper: places(moved), lower: places(lower))
    return result.isAscending ? result : nil
  }
}

extension ColumnEdges {
  /// The edges of a table that was read from rules or aligned words, found again by its region.
  init?(of table: Table, on index: Int, of pages: [Page]) {
    guard let box = table.regions.last(where: { $0.page == pages[index].number })?.box else { return nil }
    if table.kind == .aligned {
      self.init(aligned: table, box: box, page: pages[index])
      return
    }
    guard let match = RuledPage(index, of: pages, options: RuledTableOptions())?.grid(of: box) else { return nil }
    self.init(
      xs: match.grid.xs, closedTops: match.grid.closedTops, closedBottoms: match.grid.closedBottoms, em: match.em,
      pageWidth: pages[index].width)
  }
}

extension ColumnEdges {
  /// Edges in the middle of the white space between cells; at the outer sides text may begin and end elsewhere on another
  /// page.
  fileprivate init(aligned table: Table, box: Box, page: Page) {
    let printed = table.cells.filter { $0.columnSpan == 1 && CellContent($0.text.raw) != .blank }
    let body = printed.filter { $0.row >= table.headerRows }
    var sides = Array(repeating: (left: Double.infinity, right: -Double.infinity), count: table.columns)
    for cell in body.isEmpty ? printed : body {
      guard let place = cell.places.last(where: { $0.page == page.number })?.box else { continue }
      sides[cell.column] = (min(sides[cell.column].left, place.x0), max(sides[cell.column].right, place.x1))
    }
    em = page.glyphs.filter { !$0.isHidden && !$0.scalar.isBlank }.map(\.size).median ?? 10
    (xs, slack) = ([box.x0], [2 * em])
    for (left, right) in zip(sides, sides.dropFirst()) {
      let (from, to) = (left.right.isFinite ? left.right : xs[xs.count - 1], right.left.isFinite ? right.left : box.x1)
      xs.append((from + to) / 2)
      slack.append(max(0, to - from) / 2)
    }
    xs.append(box.x1)
    slack.append(2 * em)
    closedTops = Array(repeating: true, count: table.columns)
    closedBottoms = closedTops
    pageWidth = page.width
    isCertain =
      zip(sides, sides.dropFirst()).allSatisfy { $1.left - $0.right >= 0.5 * em }
      && !table.cells.contains { $0.columnSpan > 1 && CellContent($0.text.raw).isValue }
  }
}

/// Columns of two tables as columns of one.
struct SharedColumns {
  /// On the page of the lower part, in points.
  var edges: [Double]
  /// For every edge of the upper part, its index among the shared ones.
  var upper: [Int]
  /// The same for the lower part.
  var lower: [Int]

  /// Whether every column of the lower part is one of all columns, at least right of the first.
  var keepsLower: Bool { zip(lower, lower.dropFirst()).dropFirst().allSatisfy { $1 == $0 + 1 } }

  /// Whether no two edges of a part became one.
  fileprivate var isAscending: Bool {
    zip(upper, upper.dropFirst()).allSatisfy { $0 < $1 } && zip(lower, lower.dropFirst()).allSatisfy { $0 < $1 }
  }
}

extension Table {
  /// Moves the cells to columns of a finer grid.
  mutating func useColumns(_ edges: [Int], count: Int) {
    for index in cells.indices { cells[index].useColumns(edges) }
    columns = count
  }
}
