/// A table found in plain text.
struct TextTable {
  var rows: [TextRow]
  /// Of the lines it was found in.
  var lines: Range<Int>
  /// How sure it is that the rows are right, from 0 to 1.
  var confidence: Double

  /// Lines with separators that are no table.
  fileprivate static func none(in lines: Range<Int>) -> TextTable { TextTable(rows: [], lines: lines, confidence: 0) }

  private func count(_ minimum: Int, _ isCounted: (TextCell) -> Bool) -> Int {
    rows.count { $0.count(where: isCounted) >= minimum }
  }

  /// At least two rows of at least two cells.
  var hasGrid: Bool {
    count(2) { !$0.text.isEmpty } >= 2 && rows.joined().count { !$0.text.isEmpty } >= 4
  }

  /// At least two rows of at least two figures.
  var hasGridOfFigures: Bool { count(2) { $0.content.isValue } >= 2 }

  /// A row of so many figures that it is a table by itself.
  var hasWideRow: Bool { count(8) { $0.content.isValue } > 0 }

  /// At least one figure.
  var hasFigures: Bool { count(1) { $0.content.isValue } > 0 }
}

/// The lines of a document in which tables are looked for.
struct TextTableFinder {
  let lines: [TableLine]
  /// Every line is followed by a blank one, so that blank lines part nothing.
  private let isDoubleSpaced: Bool
  /// Whether headings can be told from cells.
  private let knowsHeadings: Bool

  /// The longest line that may be a cell among lines with separators, in scalars.
  static let longestStray = 40

  init(_ lines: [TableLine], knowsHeadings: Bool) {
    self.lines = lines
    self.knowsHeadings = knowsHeadings
    let filled = lines.indices.dropLast().filter { !lines[$0].isBlank }
    isDoubleSpaced = filled.count > 8 && 5 * filled.count { lines[$0 + 1].isBlank } >= 4 * filled.count
  }

  /// All tables, in order.
  func tables() -> [TextTable] {
    var result: [TextTable] = []
    var (index, free) = (0, 0)
    while index < lines.count {
      let found: TextTable? =
        if lines[index].isBlank || lines[index].isHeading {
          nil
        } else if lines[index].tabs > 0 {
          tabTable(from: index, after: free)
        } else if lines[index].bars > 0 {
          barTable(from: beginning(ofBarsAt: index, after: free))
        } else if !knowsHeadings, beginsSpaced(at: index) {
          spacedTable(from: index)
        } else {
          nil
        }
      if let found, found.rows.isEmpty {
        index = max(index + 1, found.lines.upperBound)
      } else if let found {
        result += looseTables(in: free..<found.lines.lowerBound)
        result.append(found)
        (index, free) = (found.lines.upperBound, found.lines.upperBound)
      } else {
        index += 1
      }
    }
    return result + looseTables(in: free..<lines.count)
  }

  /// The lines of a run that begins at `first`; a line without separators may stand in it.
  private func run(from first: Int, allowsStrays: Bool, has separator: (TableLine) -> Bool) -> [Int] {
    var run: [Int] = []
    var index = first
    while index < lines.count {
      let next = index + 1 < lines.count ? lines[index + 1] : nil
      if separator(lines[index]) {
        run.append(index)
      } else if lines[index].isBlank {
        guard isDoubleSpaced, let next, separator(next) else { break }
      } else if allowsStrays, !lines[index].isHeading,
        !(lines[index].isSentence && lines[index].count > Self.longestStray),
        let next, separator(next)
      {
        run.append(index)
      } else {
        break
      }
      index += 1
    }
    return run
  }

  // MARK: Tabs

  /// ```
  /// kind ⇥ sum
  /// new ⇥ 3
  /// ```
  private func tabTable(from first: Int, after free: Int) -> TextTable? {
    var run = run(from: first, allowsStrays: true) { $0.tabs > 0 && !($0.isBlank && $0.tabs == 0) }
    let strays = run.filter { lines[$0].tabs == 0 }
    // A title line of its own kind before the first tab: only in tables that have such lines further down.
    if !strays.isEmpty, first > free, !lines[first - 1].isBlank, !lines[first - 1].isHeading,
      lines[first - 1].count <= Self.longestStray, lines[first - 1].bars == 0,
      first - 1 == free || lines[first - 2].isBlank
    {
      run.insert(first - 1, at: 0)
    }
    guard let start = run.first, let last = run.last else { return nil }
    let rows = run.map { lines[$0].cells { $0 == "\t" } }.filter { !$0.withoutTrailingBlanks.isEmpty }
    let table = TextTable(rows: rows, lines: start..<(last + 1), confidence: 0.9)
    return table.hasGrid ? table : .none(in: table.lines)
  }

  // MARK: Bars

  /// The line above a bar that stands alone, which is the first cell of the table; else the line itself.
  private func beginning(ofBarsAt index: Int, after free: Int) -> Int {
    guard index > free, lines[index].cells(at: \.isBar).allSatisfy(\.text.isEmpty) else { return index }
    let above = lines[index - 1]
    return above.isBlank || above.isHeading || above.isSentence || above.count > Self.longestStray ? index : index - 1
  }

  private func barTable(from first: Int) -> TextTable? {
    let allowsStrays = knowsHeadings || lines[first].bars == 0
    let run = run(from: first, allowsStrays: allowsStrays) { $0.bars > 0 }
    guard let last = run.last else { return nil }
    let range = first..<(last + 1)
    let rules = run.enumerated().filter { place, index in
      lines[index].isMarkdownRule(below: place > 0 ? lines[run[place - 1]] : nil, isFirst: place < 2)
    }.map(\.element)
    let rows = run.filter { !rules.contains($0) }
    let lone = rows.count { index in lines[index].cells(at: \.isBar).count { !$0.text.isEmpty } <= 1 }
    if rules.isEmpty, 5 * lone >= 3 * rows.count, rows.count > 3 {
      let table = TextTable(rows: cellPerLine(rows), lines: range, confidence: 0.7)
      return table.hasGrid && table.hasFigures ? table : .none(in: range)
    }
    let table = TextTable(rows: barRows(rows), lines: range, confidence: 0.9)
    return table.hasGrid && (table.hasFigures || !rules.isEmpty) ? table : .none(in: range)
  }

  /// ```
  /// | kind | sum |        kind | sum
  /// |------|-----|        new | 3 ||
  /// | new  | 3   |
  /// ```
  private func barRows(_ indices: [Int]) -> [TextRow] {
    let isOpened = 2 * indices.count { lines[$0].beginsWithBar } > indices.count
    let isClosed = indices.allSatisfy { lines[$0].endsWithBar && lines[$0].beginsWithBar == isOpened }
    let isRegular = isClosed && Set(indices.map { lines[$0].bars }).count == 1
    return indices.map { index in
      var row = lines[index].cells(at: \.isBar)
      if isOpened, lines[index].beginsWithBar { row.removeFirst() }
      if isRegular { row.removeLast() }
      return isRegular ? row : row.withoutTrailingBlanks
    }.filter { !$0.isEmpty }
  }

  /// ```
  /// kind |
  /// sum | ||        bars that close nothing: the row ends here, or the cell spans
  /// new |
  /// 3 |
  /// ```
  /// A bar on a line of its own closes the cell above it, or is a blank cell where that one is closed.
  private func cellPerLine(_ indices: [Int]) -> [TextRow] {
    var divider = RowDivider()
    var isOpen = false
    for index in indices {
      let cells = lines[index].cells(at: \.isBar)
      let filled = cells.filter { !$0.text.isEmpty }
      if isOpen, filled.isEmpty, lines[index].bars == 1 {
        isOpen = false
        continue
      }
      isOpen = lines[index].bars == 0
      let endsRow = lines[index].bars >= filled.count + (lines[index].beginsWithBar ? 2 : 1) && lines[index].bars > 1
      for cell in filled.dropLast() { divider.add(cell) }
      if let last = filled.last ?? cells.first { divider.add(last, endsRow: endsRow) }
    }
    divider.close()
    return divider.rows
  }

  // MARK: Spaces

  /// ```
  /// kind    sum   share
  /// new       3      75
  /// ```
  /// Prose has gaps too, so that figures have to stand in several rows.
  private func spacedTable(from first: Int) -> TextTable? {
    let run = run(from: first, allowsStrays: true) { $0.gaps > 0 && $0.tabs + $0.bars == 0 }
    guard let last = run.last else { return nil }
    let table = TextTable(rows: run.map { lines[$0].spacedCells }, lines: first..<(last + 1), confidence: 0.5)
    return table.hasGrid && (table.hasGridOfFigures || table.hasWideRow) ? table : .none(in: table.lines)
  }

  /// Several gaps, or one above a line of several: the upper row of a header.
  private func beginsSpaced(at index: Int) -> Bool {
    if lines[index].gaps > 1 { return true }
    let next = index + 1
    return lines[index].gaps == 1 && next < lines.count && lines[next].gaps > 1
      && lines[next].tabs + lines[next].bars == 0
      && !lines[next].isHeading
  }
}
