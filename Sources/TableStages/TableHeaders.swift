import DocumentModel

extension Table {
  /// Counts the rows and columns that only name others, and marks their cells.
  ///
  /// Header rows end above the first row with a figure (or a stroke in place of one) right of a label; a row of years
  /// above other figures still belongs to the header. Header columns are the leading columns without figures below; codes
  /// that lead the labels of rows are no figures.
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
    for column in 0..<codeColumnCount(contents, hasValue: hasValue, hasWords: hasWords) { hasValue[column] = false }
    let labels = hasValue.firstIndex(of: true) ?? columns
    let last = hasWords[..<labels].lastIndex(of: true)
    return last.map { min($0 + 1, columns - 1) } ?? 0
  }

  /// How many leading columns hold codes: words follow behind them, and figures behind these.
  ///
  /// ```
  /// | code   | kind    | sum |
  /// | 201    | schools | 120 |
  /// | 20102  | new     |  80 |
  /// ```
  private func codeColumnCount(_ contents: [CellContent], hasValue: [Bool], hasWords: [Bool]) -> Int {
    guard let labels = hasValue.firstIndex(of: false), labels > 0, hasWords[labels],
      hasValue[labels...].contains(true)
    else { return 0 }
    var codes: [[String]] = Array(repeating: [], count: labels)
    for (cell, content) in zip(cells, contents).sorted(by: { $0.0.row < $1.0.row })
    where cell.row >= headerRows && cell.column < labels && content.isValue {
      codes[cell.column].append(cell.text.raw)
    }
    return codes.allSatisfy(\.areCodes) ? labels : 0
  }
}

extension [String] {
  /// Whether they are codes from top to bottom, not amounts: bare digits, with a leading zero, or of one length and each
  /// another or in their order, or rising.
  fileprivate var areCodes: Bool {
    guard allSatisfy({ $0.unicodeScalars.allSatisfy { $0.isASCII && $0.isDigit } }) else { return false }
    if contains(where: { $0.count > 1 && $0.first == "0" }) { return true }
    guard count >= 3 else { return false }
    let pairs = zip(self, dropFirst())
    if Set(map(\.count)).count == 1, self[0].count >= 3 {
      return Set(self).count == count || pairs.allSatisfy { $0 <= $1 }
    }
    // In the order of a tree, a code is behind those that it begins with.
    return pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { ($0.count, $0) < ($1.count, $1) }
  }
}

extension String {
  /// Four digits that are a year of our days.
  fileprivate var isYear: Bool { Int(self).map { (1900..<2100).contains($0) } ?? false }
}
