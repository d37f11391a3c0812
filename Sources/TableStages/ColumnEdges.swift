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

  /// The columns of two parts of one table, laid over each other.
  ///
  /// ```
  /// upper  |    |  |  |      columns 0 1 2 -> 0 1 2
  /// lower  |    |     |      columns 0 1   -> 0 1...2
  /// ```
  /// `nil` unless both are equally wide, or fill pages of different widths, and nearly all edges of the one with fewer
  /// are edges of the other.
  func laid(over upper: ColumnEdges, options: JoinOptions) -> SharedColumns? {
    guard let first = xs.first, let last = xs.last, let upperFirst = upper.xs.first, let upperLast = upper.xs.last
    else { return nil }
    let reach = options.columnTolerance * min(em, upper.em)
    let isTurned = abs(pageWidth - upper.pageWidth) > reach
    let scale = isTurned ? (last - first) / (upperLast - upperFirst) : 1
    let moved = upper.xs.map { first + ($0 - upperFirst) * scale }
    guard let movedLast = moved.last, abs(last - movedLast) <= reach else { return nil }
    let (few, many) = xs.count <= moved.count ? (xs, moved) : (moved, xs)
    let matched = few.count { edge in many.contains { abs($0 - edge) <= reach } }
    guard matched >= 3, Double(matched) >= options.sharedEdges * Double(few.count) else { return nil }
    var edges = moved
    for edge in xs where !edges.contains(where: { abs($0 - edge) <= reach }) { edges.append(edge) }
    edges.sort()
    func places(_ xs: [Double]) -> [Int] {
      xs.map { x in edges.indices.min { abs(edges[$0] - x) < abs(edges[$1] - x) } ?? 0 }
    }
    let result = SharedColumns(edges: edges, upper: places(moved), lower: places(xs))
    return result.isAscending ? result : nil
  }
}

extension ColumnEdges {
  /// The edges of a table that was read from rules, found again by its region.
  init?(of table: Table, on index: Int, of pages: [Page]) {
    guard let box = table.regions.last(where: { $0.page == pages[index].number })?.box else { return nil }
    let match = ruledTables(on: index, of: pages, options: RuledTableOptions(), around: box, leastRows: 1).first {
      let other = $0.grid.box
      let reach = 0.5 * $0.em
      return abs(other.x0 - box.x0) < reach && abs(other.x1 - box.x1) < reach && abs(other.y0 - box.y0) < reach
        && abs(other.y1 - box.y1) < reach
    }
    guard let match else { return nil }
    self.init(
      xs: match.grid.xs, closedTops: match.grid.closedTops, closedBottoms: match.grid.closedBottoms, em: match.em,
      pageWidth: pages[index].width)
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

  /// Whether no two edges of a part became one.
  fileprivate var isAscending: Bool {
    zip(upper, upper.dropFirst()).allSatisfy { $0 < $1 } && zip(lower, lower.dropFirst()).allSatisfy { $0 < $1 }
  }
}

extension Table {
  /// Moves the cells to columns of a finer grid.
  mutating func useColumns(_ edges: [Int], count: Int) {
    for index in cells.indices {
      let range = cells[index].columnRange
      cells[index].column = edges[range.lowerBound]
      cells[index].columnSpan = edges[range.upperBound] - edges[range.lowerBound]
    }
    columns = count
  }
}
