import DocumentModel

/// Words over the figures of a block, or before them, that say that these are of another time or count something else.
///
/// ```
///   kind  | sold this year | sold last year        kind  | sold              kind           | sold this year
///   books | 12             | 9                           | last year         books in 2019  | 12
///                                                  books | 12
/// ```
/// Such a figure is printed, but is none that the form asks for: it is withheld, and said. A year that a word names is held
/// against the report's own; where that is not known no named year is believed.
struct ForeignHeads {
  private let mapping: BlockMapping
  private let year: Int?

  init(_ mapping: BlockMapping, year: Int?) {
    (self.mapping, self.year) = (mapping, year)
  }

  /// What the words over a figure say.
  private enum Verdict {
    /// What the form says, or nothing.
    case own
    /// Something that the form does not say.
    case unknown(Cell)
    /// Another time or measure.
    case foreign(Cell)
  }

  /// The row without the figures that are not meant, and with those uncertain that have words of their own over them and of
  /// which no sum speaks.
  func withhold(from row: EvidenceGrid.Row, ofLine index: Int) -> EvidenceGrid.Row {
    guard mapping.block.layout == .rows else { return row }
    let verdicts = verdicts(ofLine: index)
    guard case .placed(let tokens) = row else {
      guard let head = verdicts.lazy.compactMap({ if case .foreign(let head) = $0 { head } else { nil } }).first else {
        return row
      }
      // No sum may put another figure in the place of these.
      return mapping.block.equations.isEmpty ? .unordered(row.tokens) : withheld(row.tokens, under: head)
    }
    return .placed(
      zip(tokens, verdicts).map { token, verdict in
        switch verdict {
        case .foreign(let head) where token.value != .null:
          Token(
            raw: token.raw, value: .null, state: .ambiguous, places: token.places,
            note: "of another time or measure: \(head.text.shown)")
        case .unknown(let head) where mapping.block.equations.isEmpty:
          token.doubted("the header calls it \(head.text.shown)")
        case .own, .unknown, .foreign: token
        }
      })
  }

  /// A row of which no figure is taken.
  private func withheld(_ tokens: [Token], under head: Cell) -> EvidenceGrid.Row {
    let last = mapping.block.columns.count - 1
    return .placed(
      (0...last).map { column in
        let here = column < last ? tokens.dropFirst(column).prefix(1) : tokens.dropFirst(last)
        return Token(
          raw: here.map(\.raw).joined(separator: " "), value: .null, state: .ambiguous, places: here.flatMap(\.places),
          note: "of another time or measure: \(head.text.shown)")
      })
  }

  private func verdicts(ofLine index: Int) -> [Verdict] {
    let line = mapping.document.lines[index]
    let columns = mapping.block.columns
    let row = mapping.lines.firstIndex { $0.contains(index) }.map { mapping.block.rows[$0] }
    if let row, let head = line.heads.last, namesOtherYear(head, beside: row.labels, than: row.ownFigures) {
      return columns.map { _ in .foreign(head) }
    }
    let header = mapping.headers[line.table]
    let words = mapping.document.words(over: line)
    return columns.indices.map { column in
      if let head = header?.foreign(column, upTo: line.row) { return .foreign(head) }
      let named = header?.nearest(of: column, upTo: line.row)
      if let named, namesOtherYear(named, beside: columns[column].labels) { return .foreign(named) }
      guard line.values.count == columns.count else { return .own }
      let over = words.filter { $0.cell.columnRange.overlaps(line.values[column].columnRange) }
      guard let word = over.max(by: { $0.cell.row < $1.cell.row }), word.cell.row > named?.row ?? -1,
        !mapping.block.rows.contains(where: { $0.labels.likeness(to: word.label) >= 0.7 })
      else { return .own }
      let labels = columns[column].labels
      if labels.contains(where: { $0.isApartInTime(from: word.label) }) || namesOtherYear(word.cell, beside: labels) {
        return .foreign(word.cell)
      }
      let isLike = named != nil || labels.contains { $0.likenessApartFromTime(to: word.label) >= 0.6 }
      return isLike ? .own : .unknown(word.cell)
    }
  }

  /// Whether the words name a year, four digits from 1900 on, that is neither the report's nor one that the labels mean.
  ///
  /// What holds of all years together may be counted from any year, or up to the first days of the next.
  private func namesOtherYear(_ cell: Cell, beside labels: [Label], than own: [String] = []) -> Bool {
    let text = labels.first?.withoutExplanations(cell.text.folded) ?? cell.text.folded
    let isOverall = labels.contains(where: \.isOverall)
    if isOverall, labels.contains(where: { $0.saysOverall(text) }) { return false }
    let meant = labels.reduce(Set(isOverall ? [0, 1] : [0])) { $0.union($1.relativeYears) }
    return text.split { !$0.isDigit }.contains { digits in
      guard digits.count == 4, let named = Int(digits), (1900..<2100).contains(named) else { return false }
      return !meant.contains { year.map { named - $0 } == $0 } && !own.contains(String(digits))
    }
  }
}
