import DocumentModel

/// Words over the figures of a block, or before them, that say that these are of another time or count something else.
///
/// ```
///   kind  | sold this year | sold last year        kind  | sold              kind           | sold this year
///   books | 12             | 9                           | last year         books in 2019  | 12
///                                                  books | 12
/// ```
/// Such a figure is printed, but is none that the form asks for: it is withheld, and said. A year that a word names is held
/// against the report's own; where that is not known no named year is believed. What stands over a whole table may be left
/// from another report: of its figures none is certain.
struct ForeignHeads {
  private let mapping: BlockMapping
  private let times: TimeReader
  /// The tables of the block in which words that name no row name another time.
  private var doubtful: Set<Int> = []

  init(_ mapping: BlockMapping, times: TimeReader) {
    (self.mapping, self.times) = (mapping, times)
    for table in Set(mapping.lines.joined().map { mapping.document.lines[$0].table }) {
      let words = mapping.document.words[table]
      if words.contains(where: { times.isOfOtherTime($0.cell.text.folded) && !namesRow($0) }) { doubtful.insert(table) }
    }
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
  /// which no sum speaks; `isSorted` says that those of other columns are gone already.
  func withhold(from row: EvidenceGrid.Row, ofLine index: Int, isSorted: Bool = false) -> EvidenceGrid.Row {
    let row = doubt(row, ofLine: index)
    guard mapping.block.layout == .rows else { return row }
    let verdicts = isSorted ? rowVerdict(ofLine: index).map { [$0] } ?? [] : verdicts(ofLine: index)
    guard !verdicts.isEmpty else { return row }
    guard case .placed(let tokens) = row, tokens.count == verdicts.count else {
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
          token.doubted("it is called \(head.text.shown)")
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

  private func rowVerdict(ofLine index: Int) -> Verdict? {
    let row = mapping.lines.firstIndex { $0.contains(index) }.map { mapping.block.rows[$0] }
    guard let row, let head = mapping.document.lines[index].heads.last else { return nil }
    if namesOtherTime(head, beside: row.labels, than: row.ownFigures) { return .foreign(head) }
    return row.labels.sayMore(in: mapping.document.lines[index].label) ? .unknown(head) : nil
  }

  private func verdicts(ofLine index: Int) -> [Verdict] {
    let line = mapping.document.lines[index]
    let columns = mapping.block.columns
    if let verdict = rowVerdict(ofLine: index) { return columns.map { _ in verdict } }
    let header = mapping.headers[line.table]
    let words = mapping.document.words(over: line)
    return columns.indices.map { column in
      if let head = header?.foreign(column, upTo: line.row) { return .foreign(head) }
      let named = header?.nearest(of: column, upTo: line.row)
      let labels = columns[column].labels
      if let named, namesOtherTime(named, beside: labels) { return .foreign(named) }
      if let named, labels.sayMore(in: Label(named.text.folded)) { return .unknown(named) }
      if let head = line.heads.last, leavesTimeOpen(head, under: named, of: labels) { return .unknown(head) }
      guard line.values.count == columns.count else { return .own }
      let over = words.filter { $0.cell.columnRange.overlaps(line.values[column].columnRange) }
      guard let word = over.max(by: { $0.cell.row < $1.cell.row }), word.cell.row > named?.row ?? -1,
        !mapping.block.rows.contains(where: { $0.labels.likeness(to: word.label) >= 0.7 })
      else { return .own }
      if isForeign(word, to: labels) { return .foreign(word.cell) }
      let isLike = named != nil || labels.contains { $0.likenessApartFromTime(to: word.label) >= 0.6 }
      return isLike ? .own : .unknown(word.cell)
    }
  }

  private func isForeign(_ word: TableLines.Word, to labels: [Label]) -> Bool {
    labels.contains { $0.isApartInTime(from: word.label) } || namesOtherTime(word.cell, beside: labels)
  }

  /// Whether the name of a row says since when it counts, and its column does not say that it is of the own year.
  private func leavesTimeOpen(_ head: Cell, under column: Cell?, of labels: [Label]) -> Bool {
    guard labels.contains(where: { $0.saysSince(head.text.folded) }) else { return false }
    return !labels.contains { $0.isOverall || column.map { $0.text.folded }.map($0.saysOwn) ?? false }
  }

  /// Whether the words name a year that is neither the report's nor one that the labels mean, or a part of a year, or several.
  ///
  /// What holds of all years together may be counted from any year, or up to the first days of the next.
  private func namesOtherTime(_ cell: Cell, beside labels: [Label], than own: [String] = []) -> Bool {
    let text = labels.first?.withoutExplanations(cell.text.folded) ?? cell.text.folded
    let isOverall = labels.contains(where: \.isOverall)
    if isOverall, labels.contains(where: { $0.saysOverall(text) }) { return false }
    let said = times.said(in: text)
    if said.isOther { return true }
    guard !said.years.isEmpty else { return false }
    let meant = labels.reduce(Set(isOverall ? [0, 1] : [0])) { $0.union($1.relativeYears) }
    return said.years.contains { named in
      !meant.contains { times.year.map { named - $0 } == $0 } && !own.contains(String(named))
    }
  }

  // MARK: Columns of several times

  /// Of a line that prints more figures than the block has columns, those under words that are not of another time, where
  /// there are as many; and the others.
  ///
  /// ```
  ///   kind  | 2024 | 2023
  ///   books |  12  |   9        12 and, apart from it, 9
  /// ```
  func ownFigures(ofLine index: Int) -> (own: [Cell], others: [Cell])? {
    let (line, columns) = (mapping.document.lines[index], mapping.block.columns)
    let values = line.values
    guard mapping.block.layout == .rows, values.count > columns.count else { return nil }
    let over = mapping.document.words(over: line)
    guard let row = over.map(\.cell.row).max() else { return nil }
    let heads = over.filter { $0.cell.row == row }.sorted { $0.cell.column < $1.cell.column }
    guard heads.count == values.count,
      zip(heads, values).allSatisfy({ $0.cell.columnRange.overlaps($1.columnRange) })
    else { return nil }
    let all = columns.flatMap(\.labels)
    let isForeign = heads.map { self.isForeign($0, to: all) }
    let own = heads.indices.filter { !isForeign[$0] }
    guard own.count == columns.count, own.count < heads.count else { return nil }
    // What is not of another time has to be what the form asks for, or to name its year.
    let isNamed = zip(own, columns).allSatisfy { head, column in
      column.labels.likeness(to: heads[head].label) >= 0.7
        || columns.count == 1
          && (times.year.map { Set(times.said(in: heads[head].cell.text.folded).years) == [$0] } ?? false
            || column.labels.contains { $0.saysOwn(heads[head].cell.text.folded) })
    }
    guard isNamed else { return nil }
    return (own.map { values[$0] }, values.indices.filter { !own.contains($0) }.map { values[$0] })
  }

  // MARK: Words over the whole

  /// The row with nothing certain, where words over the table, or over the part of it, name another time.
  private func doubt(_ row: EvidenceGrid.Row, ofLine index: Int) -> EvidenceGrid.Row {
    guard let words = wordsOfOtherTime(over: index) else { return row }
    return row.mapTokens { $0.doubted("the words over it name another time: \(words.shown)") }
  }

  private func wordsOfOtherTime(over index: Int) -> PrintedText? {
    let (document, line) = (mapping.document, mapping.document.lines[index])
    if let caption = document.captions[line.table]?.first(where: { times.isOfOtherTime($0.folded) }) { return caption }
    guard doubtful.contains(line.table) else { return nil }
    let first = mapping.lines.joined().filter { document.lines[$0].table == line.table }.min() ?? index
    // From the words right above the line up to those that name the columns, past the lines between.
    for above in (min(first, index)...index).reversed() {
      let rows = document.headerRows(above: above).dropLast()
      guard !rows.isEmpty else { continue }
      let words = document.words[line.table].filter { rows.contains($0.cell.row) && !namesRow($0) }
      let inRows = Dictionary(grouping: words, by: \.cell.row).sorted { $0.key < $1.key }
      if let found = inRows.lazy.compactMap({ wordsOfOtherTime(in: $1, over: line) }).first { return found }
      if words.contains(where: namesColumn) { return nil }
    }
    return nil
  }

  /// Whether a word is the name of a row, be it one that prints no figures; in a block in one line rows have no names.
  private func namesRow(_ word: TableLines.Word) -> Bool {
    mapping.block.layout == .rows
      && mapping.block.rows.contains { $0.labels.contains { $0.likenessApartFromTime(to: word.label) >= 0.6 } }
  }

  private func namesColumn(_ word: TableLines.Word) -> Bool {
    mapping.block.columns.contains { $0.labels.contains { $0.likenessApartFromTime(to: word.label) >= 0.6 } }
  }

  /// The words of a header row that name another time and stand over all figures of a line: all of them, where none names a
  /// column; else one over all columns or over the names of the rows. In a block in one line each may be.
  private func wordsOfOtherTime(in row: [TableLines.Word], over line: TableLine) -> PrintedText? {
    guard mapping.block.layout == .rows, row.contains(where: namesColumn) else {
      let isOther = times.isOfOtherTime(row.map(\.cell.text.folded).joined(separator: " "))
      return isOther ? row.map(\.cell.text).first { times.isOfOtherTime($0.folded) } : nil
    }
    return row.map(\.cell).filter { isOverAll($0, line) }.map(\.text).first { times.isOfOtherTime($0.folded) }
  }

  /// Whether a cell stands over the names of the rows, or over all figures of a line.
  private func isOverAll(_ cell: Cell, _ line: TableLine) -> Bool {
    guard let first = line.values.first, let last = line.values.last else { return false }
    return cell.columnRange.upperBound <= first.column
      || cell.columnRange.lowerBound <= first.column && cell.columnRange.upperBound > last.column
  }
}
