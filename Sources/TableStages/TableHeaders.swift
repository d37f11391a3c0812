import DocumentModel

extension Table {
  /// Counts the rows and columns that only name others, and marks their cells.
  ///
  /// Header rows end above the first row with a figure (or a stroke in place of one) right of a label; a row of years
  /// above other figures still belongs to the header. Header columns are the leading columns without figures below.
  /// Where no figure is printed at all, the first row that is blank, or mostly so, is taken for the first of the body. In
  /// tables whose columns are only ordered, the words that lead a row are its labels wherever they end.
  mutating func findHeaders() {
    let contents = cells.map { CellContent($0.text.raw) }
    headerRows = headerRowCount(contents)
    headerColumns = headerColumnCount(contents)
    var leading: [Bool] = Array(repeating: columnEvidence == .ordered, count: rows)
    for index in cells.indices {
      let cell = cells[index]
      if contents[index].isValue { leading[cell.row] = false }
      cells[index].isHeader =
        cell.row < headerRows || cell.column < headerColumns || (leading[cell.row] && contents[index] == .words)
    }
  }

  private func headerRowCount(_ contents: [CellContent]) -> Int {
    var values = Array(repeating: 0, count: rows)
    var years = values
    var blanks = values
    var all = values
    for (cell, content) in zip(cells, contents) where cell.rowSpan == 1 || content.isValue {
      if content.isValue { values[cell.row] += 1 }
      if content == .figure, cell.text.raw.isYear { years[cell.row] += 1 }
      if content == .blank { blanks[cell.row] += 1 }
      all[cell.row] += 1
    }
    let body = values.indices.filter { values[$0] > 0 }
    if let first = body.first {
      let isYears = values[first] == years[first] && values[first] > 1
      return isYears && body.contains { $0 > first && values[$0] > years[$0] } ? body.dropFirst().first ?? first : first
    }
    let labelled = Set(zip(cells, contents).filter { $1 == .words }.map(\.0.row))
    let last = labelled.max() ?? 0
    let filled = Set(zip(cells, contents).filter { $1 != .blank }.flatMap(\.0.rowRange))
    return (1..<max(rows, 1)).first {
      !filled.contains($0)
        || (labelled.contains($0) || $0 > last) && blanks[$0] >= 2 && 2 * blanks[$0] >= all[$0]
    } ?? 0
  }

  private func headerColumnCount(_ contents: [CellContent]) -> Int {
    var hasValue = Array(repeating: false, count: columns)
    var hasWords = hasValue
    for (cell, content) in zip(cells, contents) where cell.row >= headerRows {
      for column in cell.columnRange.clamped(to: 0..<columns) {
        if content.isValue { hasValue[column] = true }
        if content == .words, cell.columnSpan < columns { hasWords[column] = true }
      }
    }
    let labels = hasValue.firstIndex(of: true) ?? columns
    let last = hasWords[..<labels].lastIndex(of: true)
    return last.map { min($0 + 1, columns - 1) } ?? 0
  }
}

extension String {
  /// Four digits that are a year of our days.
  fileprivate var isYear: Bool { Int(self).map { (1900..<2100).contains($0) } ?? false }
}
