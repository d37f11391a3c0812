/// Tables of which nothing is left but lines: one cell in each, or the words and figures of a row with spaces between them.
///
/// ```
/// new          new 3 7
/// 3            old and
/// 7            very old 4 0
/// ```
extension TextTableFinder {
  /// The tables among these lines, in order.
  func looseTables(in range: Range<Int>) -> [TextTable] {
    var result: [TextTable] = []
    var part: [LooseLine] = []
    func close() {
      if let table = looseTable(part) { result.append(table) }
      part = []
    }
    var isParted = false
    for index in range where !lines[index].isRunning {
      if lines[index].isBlank {
        isParted = true
      } else if lines[index].endsLooseTable {
        close()
      } else {
        part.append(LooseLine(lines[index], at: index, isParted: isParted))
        isParted = false
      }
    }
    close()
    return result
  }

  private func looseTable(_ part: [LooseLine]) -> TextTable? {
    guard let firstFigures = part.firstIndex(where: \.holdsFigures), let last = part.lastIndex(where: \.holdsFigures),
      part.reduce(0, { $0 + $1.figures }) >= Self.fewestFigures || part.count(where: \.isRow) >= Self.fewestRows
    else { return nil }
    // Words above the first figure belong to the table as far as no blank line parts them, unless blank lines are everywhere.
    let isSpaced = 2 * part.dropFirst().count(where: \.isParted) > part.count
    var first = firstFigures
    while first > 0, isSpaced || !part[first].isParted,
      part[first - 1].cells.count > 2 || lines[part[first - 1].index].printedCount <= Self.longestStray
    {
      first -= 1
    }
    var divider = RowDivider()
    var above: LooseLine?
    for line in part[first...last].withPiecesOfFigures {
      if let above, line.beginsRow(below: above) { divider.close() }
      if line.isTorn { divider.add(row: line.cells) } else { for cell in line.cells { divider.add(cell) } }
      above = line
    }
    divider.close()
    let table = TextTable(
      rows: divider.rows.flatMap(\.asPrinted), lines: part[first].index..<(part[last].index + 1), confidence: 0.5)
    let isWideRow = table.hasWideRow && (firstFigures - first >= 3 || part[firstFigures].isRow)
    let isList = part.count(where: \.isRow) >= Self.fewestRows
    return table.hasGridOfFigures || isWideRow || isList ? table : nil
  }

  /// So many figures make a table of lines, or so many lines with words and figures.
  private static var fewestFigures: Int { 6 }
  private static var fewestRows: Int { 3 }
}

/// A line that may belong to such a table.
private struct LooseLine {
  /// Of the line among all lines.
  let index: Int
  private(set) var cells: TextRow
  /// How many figures it ends with.
  private(set) var figures: Int
  /// Whether pieces of figures stand beside it.
  private(set) var isPieced = false
  /// Whether a blank line stands above it.
  let isParted: Bool

  /// Whether words stand behind a figure, which may be one of the words: the line is no part of other rows.
  let isTorn: Bool

  /// Words and, behind them, figures are cells; a figure among the words of a sentence is one of them. Words behind several
  /// figures begin the next row.
  init(_ line: TableLine, at index: Int, isParted: Bool) {
    (self.index, self.isParted) = (index, isParted)
    let parts = line.looseCells
    let words = parts.prefix { !$0.content.isValue }
    let runs = Array(parts.dropFirst(words.count)).chunked { $0.content.isValue == $1.content.isValue }
    isTorn = runs.count > 1 && runs.contains { $0[0].content.isValue && ($0.count < 2 || $0.mayBeOneFigure) }
    let isSentence =
      isTorn
      ? words.contains(where: \.endsClause)
      : runs.count == 1 && runs[0].count == 1 && words.last?.mayGoOn(to: runs[0][0]) == true
    if isSentence || parts.mayBeOneFigure {
      (cells, figures) = ([line.cell], line.cell.content.isValue ? 1 : 0)
    } else {
      (cells, figures) = (parts, isTorn ? 0 : runs.last.map { $0[0].content.isValue ? $0.count : 0 } ?? 0)
    }
  }

  var hasFigures: Bool { figures > 0 }
  /// Whether figures stand in it, if words behind them.
  var holdsFigures: Bool { !isTorn && cells.contains(where: \.content.isValue) }
  /// Whether its figures are no more of the row above: that one ended where its line did.
  func beginsRow(below above: LooseLine) -> Bool {
    let first = cells.prefix { $0.content.isValue }.count
    return first > 0 && (above.isRow || above.figures > 1 || first > 1) && above.hasFigures
  }
  /// The same with its figures and those of lines beside it, which may be pieces of them, in one cell.
  func with(_ pieces: [LooseLine]) -> LooseLine {
    let (words, own) = (cells.prefix(cells.count - figures), cells.suffix(figures))
    guard !pieces.isEmpty, let first = own.first, let last = own.last else { return self }
    var all = first
    all.text = (own + pieces.flatMap(\.cells)).map(\.text).joined(separator: " ")
    all.columns = first.columns.lowerBound...last.columns.upperBound
    var line = self
    (line.cells, line.figures, line.isPieced) = (words + [all], 1, true)
    return line
  }

  /// Whether it has words and figures.
  var isRow: Bool { figures > 0 && figures < cells.count }
}

extension ArraySlice<LooseLine> {
  /// The lines, but for those of other figures right over and below a row with a name.
  ///
  /// They are the pieces of figures that broke in narrow cells. Which of the rows beside them they belong to is not known, nor
  /// to which cell, so that each has them, in one cell with all its figures.
  fileprivate var withPiecesOfFigures: [LooseLine] {
    let all = Array(self)
    var lines = all
    var taken: Set<Int> = []
    for (row, line) in all.enumerated() where line.isRow {
      let isPiece = { (other: LooseLine) in other.hasFigures && !other.isRow && other.figures != line.figures }
      var (start, end) = (row, row + 1)
      while start > 0, isPiece(all[start - 1]), !all[start].isParted { start -= 1 }
      while end < all.count, isPiece(all[end]), !all[end].isParted { end += 1 }
      let pieces = Array(start..<row) + Array((row + 1)..<end)
      taken.formUnion(pieces)
      lines[row] = line.with(pieces.map { all[$0] })
    }
    return lines.indices.filter { !taken.contains($0) }.map { lines[$0] }
  }
}

extension TextCell {
  /// Whether a number behind it may belong to its words: they are a part of a sentence, or end in a letter of a script that
  /// writes a space there, as in `part 1`.
  fileprivate func mayGoOn(to number: TextCell) -> Bool {
    endsClause
      || number.columns.lowerBound == columns.upperBound + 2 && text.unicodeScalars.last?.isIdeographic == false
  }

  /// Whether it is a part of a sentence.
  fileprivate var endsClause: Bool { text.unicodeScalars.contains(where: \.isClauseEnd) }
}

extension TextRow {
  /// Whether they may be the groups of one figure: `2 269`.
  fileprivate var mayBeOneFigure: Bool {
    guard count > 1, let first = first?.text.unicodeScalars, (1...3).contains(first.count) else { return false }
    let isGroup = { (cell: TextCell) in
      let digits = cell.text.unicodeScalars.prefix(while: \.isDigit)
      let rest = cell.text.unicodeScalars.dropFirst(digits.count)
      return digits.count == 3 && (rest.isEmpty || rest.first?.isSeparator == true)
    }
    return first.allSatisfy(\.isDigit) && first.first != "0" && dropFirst().allSatisfy(isGroup)
  }

  /// Words over figures line by line, where any line has several of them: one line after the other they stand in no order.
  fileprivate var asPrinted: [TextRow] {
    guard !contains(where: \.content.isValue), zip(self, dropFirst()).contains(where: { $0.line == $1.line }) else {
      return [self]
    }
    return chunked { $0.line == $1.line }
  }

  fileprivate func chunked(by isTogether: (TextCell, TextCell) -> Bool) -> [TextRow] {
    reduce(into: [TextRow]()) { rows, cell in
      if let last = rows.last?.last, isTogether(last, cell) {
        rows[rows.count - 1].append(cell)
      } else {
        rows.append([cell])
      }
    }
  }
}

extension TableLine {
  /// Whether it is no part of a table: a heading, a paragraph, or a row of a table with separators.
  fileprivate var endsLooseTable: Bool {
    isHeading || printedCount > 60 || isSentence && printedCount > 20 || hasSentenceEnd || tabs + bars > 0
  }
}
