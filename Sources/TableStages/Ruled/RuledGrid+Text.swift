import DocumentModel

// Rows and columns that text shows and rules do not.

extension RuledGrid {
  /// Parts rows that no vertical rule parts, at the columns of the others, where white space agrees with half of them.
  ///
  /// ```
  /// | kind |  one |  all |
  /// +------+------+------+
  /// | new       3      7 |       becomes three cells
  /// +--------------------+
  /// ```
  mutating func splitColumns(by text: Text, of glyphs: [Glyph], em: Double) {
    let columns = 0..<(xs.count - 1)
    for index in cells.indices.reversed() where cells[index].columns.count > 1 && cells[index].rows.count == 1 {
      let lines = lines(in: box(of: cells[index]), of: text, glyphs: glyphs, em: em)
      let cell = cells[index]
      let walls = cell.columns == columns ? walls(in: cell, lines, em: em) : walls(between: lines, in: cell, em: em)
      guard !walls.isEmpty else { continue }
      let edges = [cell.columns.lowerBound] + walls + [cell.columns.upperBound]
      cells.replaceSubrange(
        index...index, with: zip(edges, edges.dropFirst()).map { Cell(rows: cell.rows, columns: $0..<$1) })
    }
  }

  /// The columns of a whole row before which white space stands, if they are half of all.
  private func walls(in row: Cell, _ lines: [[Glyph]], em: Double) -> [Int] {
    let walls = row.columns.dropFirst().filter { column in
      let x = xs[column]
      var isGap = false
      for line in lines {
        if line.contains(where: { $0.box.x0 < x - 0.1 * em && $0.box.x1 > x + 0.1 * em }) { return false }
        let left = line.filter { $0.box.midX < x }.map(\.box.x1).max()
        let right = line.filter { $0.box.midX > x }.map(\.box.x0).min()
        if let left, let right, right - left >= 0.9 * em { isGap = true }
      }
      return isGap
    }
    return 2 * walls.count >= row.columns.count - 1 ? walls : []
  }

  /// The columns before which a single line of a merged cell goes on, far from its words so far.
  ///
  /// ```
  /// |          |  2009       2010      |       two cells over two columns each
  /// | kind     | one | all | one | all |
  /// ```
  private func walls(between lines: [[Glyph]], in cell: Cell, em: Double) -> [Int] {
    guard lines.count == 1, let line = lines.first, cell.columns.count >= 4 else { return [] }
    let gaps = zip(line, line.dropFirst()).filter { $1.box.x0 - $0.box.x1 >= 2 * em }.map { ($0.box.x1, $1.box.x0) }
    let walls = gaps.compactMap { from, to in
      cell.columns.dropFirst().filter { xs[$0] > from && xs[$0] < to }
        .min { abs(xs[$0] - (from + to) / 2) < abs(xs[$1] - (from + to) / 2) }
    }
    // Each has as many columns as the others.
    let edges = [cell.columns.lowerBound] + walls + [cell.columns.upperBound]
    let widths = Set(zip(edges, edges.dropFirst()).map { $1 - $0 })
    return walls.count == gaps.count && widths.count == 1 ? walls : []
  }

  /// Gives the lines of figures in a row their own rows where no rule parts them.
  ///
  /// ```
  /// | new |  3 |  7 |       becomes two rows
  /// | old |  1 |  2 |
  /// ```
  /// Only where at least two lines have text in half of the cells beside the label, mostly figures, and nearly all of
  /// them a label; all other lines are the rest of the line above.
  mutating func splitRows(by text: Text, of glyphs: [Glyph], em: Double) {
    for row in (0..<(ys.count - 1)).reversed() {
      guard let found = rowsWithoutRules(in: row, by: text, of: glyphs, em: em) else { continue }
      let (lines, pieces) = (found.lines, found.pieces)
      // A label with something beside it begins a row, too.
      let areValued = pieces.map { $0.dropFirst().contains { $0 != .blank } }
      let labels = GridLabels(
        lines.map { line in line.filter { $0.box.midX < xs[found.stub.columns.upperBound] } }, areValued: areValued,
        em: em)
      let starts = pieces.indices.filter { index in
        if labels.areRests[index] { return false }
        return found.full.contains(index)
          || (pieces[index][0] == .words && (areValued[index] || labels.begins(at: index)))
      }
      split(
        row,
        at: starts.dropFirst().map { index in
          let above = lines[index - 1].map(\.box.y1).max() ?? 0
          let below = lines[index].map(\.box.y0).min() ?? 0
          return (above + below) / 2
        })
    }
  }

  /// Whether figures stand between the lines of labels, or beside an inner line of an item, in a row that has to be parted:
  /// which lines are of one label, only the alignment of words can tell.
  ///
  /// ```
  /// | 1. a label so     |   |   |
  /// | long that it is   | 3 | 7 |
  /// | broken            |   |   |
  /// | 2. short          | 1 | 2 |
  /// ```
  func hidesRows(in text: Text, of glyphs: [Glyph], em: Double) -> Bool {
    (0..<(ys.count - 1)).contains { row in
      guard let found = rowsWithoutRules(in: row, by: text, of: glyphs, em: em) else { return false }
      return found.full.contains { line in
        guard line > 0, found.isLabel(line - 1) else { return false }
        if found.pieces[line][0] == .blank { return true }
        guard line + 1 < found.pieces.count, found.isLabel(line + 1), !found.items[line] else { return false }
        let start = (0..<line).last { !found.isLabel($0) || found.items[$0] }
        return start.map { found.isLabel($0) } ?? false
      }
    }
  }

  /// The lines of a row in which several have figures, from top to bottom.
  private struct UnruledRows {
    /// Where the labels are.
    var stub: Cell
    var lines: [[Glyph]]
    /// What each has in the cells of the row.
    var pieces: [[CellContent]]
    /// Those with text in half of the cells beside the label.
    var full: [Int]
    /// Those that begin with the number of an item.
    var items: [Bool]

    /// Whether a line has words in the place of the label, and nothing else.
    func isLabel(_ line: Int) -> Bool {
      pieces[line][0] == .words && pieces[line].dropFirst().allSatisfy { $0 == .blank }
    }
  }

  /// What stands in a row that no rule parts; nil for a row that is one.
  private func rowsWithoutRules(in row: Int, by text: Text, of glyphs: [Glyph], em: Double) -> UnruledRows? {
    guard ys[row + 1] - ys[row] >= 2.2 * em else { return nil }
    let band = cells.filter { $0.rows == row..<(row + 1) }.sorted { $0.columns.lowerBound < $1.columns.lowerBound }
    guard band.count >= 2, let stub = band.first, stub.columns.lowerBound == 0 else { return nil }
    let frame = Box(xs[0], ys[row], xs[xs.count - 1], ys[row + 1])
    let lines = lines(in: frame, of: text, glyphs: glyphs, em: em)
    guard lines.count >= 2 else { return nil }
    let pieces = lines.map { line in
      band.map { cell in
        CellContent(
          line.filter { $0.box.midX > xs[cell.columns.lowerBound] && $0.box.midX < xs[cell.columns.upperBound] }
            .map(\.scalar))
      }
    }
    let full = pieces.indices.filter { 2 * pieces[$0].dropFirst().count { $0 != .blank } >= band.count - 1 }
    let values = full.flatMap { pieces[$0].dropFirst().filter { $0 != .blank } }
    let years = lines.map { line in
      NumberShape.isYear(line.filter { $0.box.midX < xs[stub.columns.upperBound] }.map(\.scalar))
    }
    let labelled = full.filter { pieces[$0][0] == .words || years[$0] }
    guard full.count >= 2, 10 * labelled.count >= 7 * full.count,
      10 * values.count(where: \.isValue) >= 6 * values.count
    else { return nil }
    // A year is a label whatever stands below it.
    let areYears = full.allSatisfy { years[$0] }
    if !areYears, FigureStacks(in: band, of: self, glyphs: glyphs, text: text).reading != .rows { return nil }
    let items = lines.map { line in
      Enumerator.begins(line.lazy.filter { $0.box.midX < xs[stub.columns.upperBound] }.map(\.scalar))
    }
    return UnruledRows(stub: stub, lines: lines, pieces: pieces, full: full, items: items)
  }

  /// Whether a column without a rule inside holds several figures a line, in half of its lines and in at least two.
  ///
  /// ```
  /// | kind |  one   all  |       the rules do not show the columns: the alignment of words will
  /// +======+=============+
  /// | new  |   3     7   |
  /// | old  |   1     2   |
  /// ```
  func hidesColumns(in text: Text, of glyphs: [Glyph], em: Double) -> Bool {
    (0..<(xs.count - 1)).contains { column in
      let band = Box(xs[column], ys[0], xs[column + 1], ys[ys.count - 1])
      let lines = lines(in: band, of: text, glyphs: glyphs, em: em)
      let several = lines.filter { line in
        var (figures, start) = (0, 0)
        for end in 1...line.count where end == line.count || line[end].box.x0 - line[end - 1].box.x1 > 0.9 * em {
          if CellContent(line[start..<end].map(\.scalar)).isValue { figures += 1 }
          start = end
        }
        return figures >= 2
      }
      return several.count >= 2 && 2 * several.count >= lines.count
    }
  }

  /// Whether the grid is only the head of a table: no figure stands in it, and just below it several do in two lines and
  /// more, each below another of its columns.
  ///
  /// ```
  /// | kind | one | all |
  /// +------+-----+-----+
  ///   new      3     7          the alignment of words shows the rows
  ///   old      1     2
  /// ```
  /// `outside` is the text that stands in no other grid: what does is not the rest of this one.
  func isHead(of outside: Text, holding text: Text, of glyphs: [Glyph], em: Double) -> Bool {
    let box = box
    guard ys.count <= Self.mostHeads + 1 else { return false }
    /// The columns below or in which figures stand.
    func columns(_ line: [Glyph]) -> Set<Int> {
      var (columns, start) = (Set<Int>(), 0)
      for end in 1...line.count where end == line.count || line[end].box.x0 - line[end - 1].box.x1 > 0.9 * em {
        let scalars = line[start..<end].map(\.scalar)
        if CellContent(scalars) == .figure, !NumberShape.isYear(scalars) {
          let middle = (line[start].box.x0 + line[end - 1].box.x1) / 2
          columns.insert(xs.partitioningIndex { $0 > middle })
        }
        start = end
      }
      return columns
    }
    guard lines(in: box, of: text, glyphs: glyphs, em: em).allSatisfy({ columns($0).isEmpty }) else { return false }
    let below = Box(box.x0, box.y1, box.x1, box.y1 + Self.reachBelow * em)
    let rows = lines(in: below, of: outside, glyphs: glyphs, em: em)
    guard let first = rows.first?.first, first.box.y0 - box.y1 < 2 * em else { return false }
    return rows.count { columns($0).count >= 2 } >= 2
  }

  /// The most rows of a head, and how far below it figures are looked for, in font sizes.
  private static let (mostHeads, reachBelow) = (4, 6.0)

  private mutating func split(_ row: Int, at heights: [Double]) {
    let count = heights.count
    cells = cells.flatMap { cell -> [Cell] in
      let (from, to) = (cell.rows.lowerBound, cell.rows.upperBound)
      if from > row { return [Cell(rows: (from + count)..<(to + count), columns: cell.columns)] }
      if to <= row { return [cell] }
      if cell.rows.count > 1 { return [Cell(rows: from..<(to + count), columns: cell.columns)] }
      return (0...count).map { Cell(rows: (row + $0)..<(row + $0 + 1), columns: cell.columns) }
    }
    ys.insert(contentsOf: heights, at: row + 1)
  }

  /// The upright glyphs inside a box that leave a mark, line by line.
  private func lines(in box: Box, of text: Text, glyphs: [Glyph], em: Double) -> [[Glyph]] {
    var inside: [Glyph] = []
    for glyph in text where box.contains(x: glyph.x, y: glyph.y) {
      let found = glyphs[glyph.index]
      if found.direction == .right, !found.scalar.isBlank { inside.append(found) }
    }
    inside.sort { ($0.box.midY, $0.box.x0) < ($1.box.midY, $1.box.x0) }
    var result: [[Glyph]] = []
    for glyph in inside {
      if let last = result.last?.first, glyph.box.midY - last.box.midY <= 0.4 * em {
        result[result.count - 1].append(glyph)
      } else {
        result.append([glyph])
      }
    }
    return result.map { $0.sorted { $0.box.x0 < $1.box.x0 } }
  }

  /// The index of the cell that each glyph stands in: the one with its middle, or with the middle of its figure.
  ///
  /// ```
  /// | new |  7 |123|4  8 |       1234 is wider than its column and stands in it nevertheless
  /// ```
  /// A rule between two digits parts figures only where there is white space on it; one through a letter parts no word.
  func cellIndices(of text: Text, owners: [Int], glyphs: [Glyph]) -> [Int] {
    var result = text.map { glyph in
      let unit = unit(x: glyph.x, y: glyph.y)
      return owners[unit.row * (xs.count - 1) + unit.column]
    }
    var start = 0
    while start < text.count {
      var end = start + 1
      while end < text.count,
        isOneFigure(glyphs[text[end - 1].index], glyphs[text[end].index], isParted: result[end - 1] != result[end])
      { end += 1 }
      if Set(result[start..<end]).count > 1 {
        let (left, right) = (glyphs[text[start].index].box, glyphs[text[end - 1].index].box)
        let unit = unit(x: (left.x0 + right.x1) / 2, y: left.midY)
        for index in start..<end { result[index] = owners[unit.row * (xs.count - 1) + unit.column] }
      }
      start = end
    }
    mendCutWords(in: &result, of: text, owners: owners, glyphs: glyphs)
    return result
  }

  /// The glyphs inside the grid, and the ends of figures that are too wide for their cell and stick out of it.
  func held(of text: Text, glyphs: [Glyph]) -> Text {
    let box = box
    var result: Text = []
    var start = 0
    while start < text.count {
      var end = start + 1
      while end < text.count, isOneFigure(glyphs[text[end - 1].index], glyphs[text[end].index], isParted: false) {
        end += 1
      }
      let run = text[start..<end]
      let isFigure = run.contains { glyphs[$0.index].scalar.isDigit }
      let (x0, x1) = (glyphs[text[start].index].box.x0, glyphs[text[end - 1].index].box.x1)
      let isInside =
        isFigure && text[start].y > box.y0 && text[start].y < box.y1
        && min(x1, box.x1) - max(x0, box.x0) >= Self.share * (x1 - x0)
      result += isInside ? run : run.filter { box.contains(x: $0.x, y: $0.y) }
      start = end
    }
    return result
  }

  /// How much of a figure has to be inside so that all of it is: a third, as no cell is beside the table.
  private static let share = 1.0 / 3

  /// Whether two glyphs that follow each other are parts of one figure.
  private func isOneFigure(_ left: Glyph, _ right: Glyph, isParted: Bool) -> Bool {
    guard left.direction == .right, right.direction == .right, left.scalar.isDigit || left.scalar.isSeparator,
      right.scalar.isDigit || right.scalar.isSeparator, abs(left.size - right.size) < 0.1 * left.size,
      abs(left.box.midY - right.box.midY) < 0.2 * left.size
    else { return false }
    let gap = (right.box.x0 - left.box.x1) / left.size
    return gap > -0.2 && gap < (isParted ? 0.1 : 0.3)
  }
}
