import DocumentModel

/// The grid that touching rules draw, with merged cells.
///
/// ```
/// x0    x1  x2
/// +-----+---+ y0    cuts: clusters of rule positions
/// |     | a |       walls: sides of unit cells that a rule covers by half or more
/// +     +---+ y1    cells: unit cells joined where there is no wall,
/// |     | b |              closed to rectangles
/// +-----+---+ y2
/// ```
struct RuledGrid {
  /// Where columns begin and end, in points, ascending.
  private(set) var xs: [Double]
  /// Where rows begin and end.
  var ys: [Double]
  /// The cells by row and column.
  var cells: [Cell]
  /// Whether a rule closes each column at the top, and at the bottom.
  private(set) var closedTops: [Bool]
  private(set) var closedBottoms: [Bool]
  /// How many sides have no rule and were put where the others end.
  private(set) var openSides = 0
  /// How many drawn walls ended up inside a cell.
  private(set) var brokenWalls = 0

  /// One cell of the grid.
  struct Cell {
    var rows: Range<Int>
    var columns: Range<Int>
    /// Whether it lies at a corner of the grid and no rule covers its outer sides.
    var isOutside = false
  }

  /// The glyphs of a page that a grid is read with.
  typealias Text = [(index: Int, x: Double, y: Double)]

  /// How many cells the rules of a component make if all of them reach from side to side.
  static func units(of component: RuleNetwork.Component, em: Double, options: RuledTableOptions) -> Int {
    let rows = cuts(component.horizontal, within: options.cut * em).count - 1
    return rows * (cuts(component.vertical, within: options.cut * em).count - 1)
  }

  /// The grid of a component; `nil` unless it has `leastRows` rows and two columns.
  init?(_ component: RuleNetwork.Component, em: Double, options: RuledTableOptions, leastRows: Int) {
    var columnCuts = cuts(component.vertical, within: options.cut * em)
    var rowCuts = cuts(component.horizontal, within: options.cut * em)
    openSides += addOpenSides(to: &columnCuts, crossing: component.horizontal, beyond: options.overshoot * em)
    openSides += addOpenSides(to: &rowCuts, crossing: component.vertical, beyond: options.overshoot * em)
    xs = columnCuts.map(\.position)
    ys = rowCuts.map(\.position)
    cells = []
    (closedTops, closedBottoms) = ([], [])
    let (rows, columns) = (ys.count - 1, xs.count - 1)
    guard rows >= leastRows, columns >= 2, rows * columns <= options.mostUnits else { return nil }

    // Walls: left of and above every unit cell.
    let left = walls(columnCuts, across: ys, share: options.wall)  // [column][row]
    let top = walls(rowCuts, across: xs, share: options.wall)  // [row][column]
    (closedTops, closedBottoms) = (top[0], top[rows])
    var sets = DisjointSets(count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let unit = row * columns + column
        if column > 0, !left[column][row] { sets.union(unit - 1, unit) }
        if row > 0, !top[row][column] { sets.union(unit - columns, unit) }
      }
    }
    guard let boxes = closeToRectangles(&sets, rows: rows, columns: columns) else { return nil }
    for unit in boxes.indices {
      guard var box = boxes[unit] else { continue }
      box.isOutside = isOpenCorner(box, left: left, top: top)
      cells.append(box)
      for row in box.rows {
        for column in box.columns {
          if column > box.columns.lowerBound, left[column][row] { brokenWalls += 1 }
          if row > box.rows.lowerBound, top[row][column] { brokenWalls += 1 }
        }
      }
    }
  }

  /// Around all cells.
  var box: Box { Box(xs[0], ys[0], xs[xs.count - 1], ys[ys.count - 1]) }

  /// The rectangle of a cell.
  func box(of cell: Cell) -> Box {
    Box(xs[cell.columns.lowerBound], ys[cell.rows.lowerBound], xs[cell.columns.upperBound], ys[cell.rows.upperBound])
  }

  /// The unit cell at a point inside the box.
  func unit(x: Double, y: Double) -> (row: Int, column: Int) { (interval(of: y, in: ys), interval(of: x, in: xs)) }

  /// The index of the cell that owns each unit cell, row by row.
  var owners: [Int] {
    var owners = Array(repeating: 0, count: (xs.count - 1) * (ys.count - 1))
    for (index, cell) in cells.enumerated() {
      for row in cell.rows { for column in cell.columns { owners[row * (xs.count - 1) + column] = index } }
    }
    return owners
  }

  /// Drops rows and columns in which no cell begins, and slivers without text, as double rules leave them.
  mutating func dropSlivers(holding glyphs: Text, narrowerThan limit: Double) {
    var (textRows, textColumns) = (Set<Int>(), Set<Int>())
    for glyph in glyphs {
      let unit = unit(x: glyph.x, y: glyph.y)
      textRows.insert(unit.row)
      textColumns.insert(unit.column)
    }
    let startRows = Set(cells.map(\.rows.lowerBound))
    let startColumns = Set(cells.map(\.columns.lowerBound))
    func kept(_ edges: [Double], starts: Set<Int>, text: Set<Int>) -> [Int] {
      (0..<(edges.count - 1)).filter {
        starts.contains($0) && (text.contains($0) || edges[$0 + 1] - edges[$0] >= limit)
      }
    }
    let rows = kept(ys, starts: startRows, text: textRows)
    let columns = kept(xs, starts: startColumns, text: textColumns)
    guard rows.count < ys.count - 1 || columns.count < xs.count - 1, !rows.isEmpty, !columns.isEmpty else { return }
    func places(_ range: Range<Int>, in kept: [Int]) -> Range<Int> {
      (kept.firstIndex { $0 >= range.lowerBound } ?? kept.count)..<(kept.firstIndex { $0 >= range.upperBound }
        ?? kept.count)
    }
    cells = cells.compactMap { cell in
      let moved = Cell(
        rows: places(cell.rows, in: rows), columns: places(cell.columns, in: columns), isOutside: cell.isOutside)
      return moved.rows.isEmpty || moved.columns.isEmpty ? nil : moved
    }
    closedTops = columns.map { closedTops[$0] }
    closedBottoms = columns.map { closedBottoms[$0] }
    ys = rows.map { ys[$0] } + [ys[ys.count - 1]]
    xs = columns.map { xs[$0] } + [xs[xs.count - 1]]
  }
}

/// A line between two columns or rows, and where rules draw it.
private struct Cut {
  var position: Double
  /// Disjoint, ascending.
  var drawn: [ClosedRange<Double>] = []
}

/// Clusters of rules, ascending.
private func cuts(_ lines: [Ruling], within tolerance: Double) -> [Cut] {
  var result: [Cut] = []
  var group: [Ruling] = []
  var (sum, weight) = (0.0, 0.0)
  func close() {
    guard !group.isEmpty else { return }
    var cut = Cut(position: sum / weight)
    for line in group.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      if let last = cut.drawn.last, line.start <= last.upperBound {
        cut.drawn[cut.drawn.count - 1] = last.lowerBound...max(last.upperBound, line.end)
      } else {
        cut.drawn.append(line.start...line.end)
      }
    }
    result.append(cut)
    (group, sum, weight) = ([], 0, 0)
  }
  for line in lines.sorted(by: { ($0.position, $0.start) < ($1.position, $1.start) }) {
    if weight > 0, line.position - sum / weight > tolerance { close() }
    group.append(line)
    sum += line.position * line.length
    weight += line.length
  }
  close()
  return result
}

/// Adds a cut where at least two crossing lines, or the only one, reach beyond the outermost one: a side that is not drawn.
///
/// ```
///   kind |  all
///   -----+------
///   new  |   7
///   -----+------
///   old  |   2         the row below the last rule is as much a row as that above the first one
/// ```
private func addOpenSides(to cuts: inout [Cut], crossing lines: [Ruling], beyond distance: Double) -> Int {
  guard let first = cuts.first?.position, let last = cuts.last?.position else { return 0 }
  let before = lines.map(\.start).filter { $0 < first - distance }
  let after = lines.map(\.end).filter { $0 > last + distance }
  let least = min(2, lines.count)
  var added = 0
  if before.count >= least, let outermost = before.min() {
    cuts.insert(Cut(position: outermost), at: 0)
    added += 1
  }
  if after.count >= least, let outermost = after.max() {
    cuts.append(Cut(position: outermost))
    added += 1
  }
  return added
}

/// For every cut, whether it is drawn along at least `share` of each interval between the edges.
private func walls(_ cuts: [Cut], across edges: [Double], share: Double) -> [[Bool]] {
  cuts.map { cut in
    (0..<(edges.count - 1)).map { index in
      let (from, to) = (edges[index], edges[index + 1])
      var covered = 0.0
      for range in cut.drawn { covered += max(0, min(range.upperBound, to) - max(range.lowerBound, from)) }
      return covered >= share * (to - from)
    }
  }
}

/// Whether a cell lies at a corner and neither of its outer sides is drawn anywhere; walls as in ``RuledGrid/init``.
private func isOpenCorner(_ cell: RuledGrid.Cell, left: [[Bool]], top: [[Bool]]) -> Bool {
  let sides = [(cell.columns.lowerBound, 0), (cell.columns.upperBound, left.count - 1)]
  let ends = [(cell.rows.lowerBound, 0), (cell.rows.upperBound, top.count - 1)]
  let isOpenAtSide = sides.contains { at, edge in at == edge && cell.rows.allSatisfy { !left[edge][$0] } }
  return isOpenAtSide && ends.contains { at, edge in at == edge && cell.columns.allSatisfy { !top[edge][$0] } }
}

/// The bounding boxes of the sets, at the set's first unit, after sets that overlap have been joined; `nil` for a maze.
private func closeToRectangles(_ sets: inout DisjointSets, rows: Int, columns: Int) -> [RuledGrid.Cell?]? {
  for _ in 0..<64 {
    var boxes: [RuledGrid.Cell?] = Array(repeating: nil, count: rows * columns)
    var sizes = Array(repeating: 0, count: rows * columns)
    for unit in boxes.indices {
      let (row, column, root) = (unit / columns, unit % columns, sets.root(unit))
      sizes[root] += 1
      if let box = boxes[root] {
        boxes[root] = RuledGrid.Cell(
          rows: min(box.rows.lowerBound, row)..<max(box.rows.upperBound, row + 1),
          columns: min(box.columns.lowerBound, column)..<max(box.columns.upperBound, column + 1))
      } else {
        boxes[root] = RuledGrid.Cell(rows: row..<(row + 1), columns: column..<(column + 1))
      }
    }
    var isClosed = true
    for unit in boxes.indices {
      guard let box = boxes[unit], box.rows.count * box.columns.count > sizes[unit] else { continue }
      isClosed = false
      for row in box.rows { for column in box.columns { sets.union(unit, row * columns + column) } }
    }
    if isClosed { return boxes }
  }
  return nil
}

/// The interval between ascending edges that holds `value`; the nearest one for values outside.
private func interval(of value: Double, in edges: [Double]) -> Int {
  var (low, high) = (0, edges.count - 1)
  while high - low > 1 {
    let middle = (low + high) / 2
    if edges[middle] <= value { low = middle } else { high = middle }
  }
  return low
}
