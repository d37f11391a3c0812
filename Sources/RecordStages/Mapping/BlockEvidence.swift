import DocumentModel

/// Reads the cells of a block that was found.
struct BlockEvidence {
  private let mapping: BlockMapping
  private let figures: FigureReader
  private let regular: RegularFields
  private let foreign: ForeignHeads
  private let times: TimeReader
  private var block: FormBlock { mapping.block }
  private var document: TableLines { mapping.document }

  init(_ mapping: BlockMapping, figures: FigureReader, times: TimeReader = TimeReader()) {
    self.mapping = mapping
    self.figures = figures
    self.times = times
    foreign = ForeignHeads(mapping, times: times)
    regular = RegularFields(mapping) { cell, column in figures.count(cell.text, column: column) }
  }

  /// What alone places the figures, where that is not the source itself.
  var placement: EvidenceGrid.Placement? {
    if regular.isHeaded { return .header }
    return mapping.lines.contains { $0.count == 1 && wholeLine(document.lines[$0[0]]) != nil } ? .count : nil
  }

  /// What is printed in each row of the grid; of contested lines nothing is certain, nor of rows in whose place figures stand
  /// on lines that are not `used`.
  func rows(
    of table: FormTable? = nil, used: Set<Int>? = nil, isContested: (Int) -> Bool = { _ in false }
  ) -> [EvidenceGrid.Row] {
    let order = HeaderOrder(mapping)
    let strays = StrayFigures(
      mapping, figures: figures, names: (table?.blocks ?? [block]).flatMap(\.rows).map(\.labels))
    let claims = ClaimedRows(mapping, used: used ?? Set(mapping.lines.joined()), figures: figures)
    return mapping.lines.enumerated().map { row, indices in
      guard let first = indices.first else { return claims.doubt(strays.doubt(.absent, ofLines: []), at: row) }
      let own = indices.count == 1 ? foreign.ownFigures(ofLine: first)?.own : nil
      let printed =
        own.map { .placed(tokens($0, of: document.lines[first])) }
        ?? evidence(of: indices, regular: regular.cells[first], order: order)
      let evidence = withUnsureColumns(
        strays.doubt(foreign.withhold(from: printed, ofLine: first, isSorted: own != nil), ofLines: indices),
        ofLines: indices)
      if indices.contains(where: isContested) || mapping.contested.contains(row) {
        return evidence.mapTokens(\.contested)
      }
      let claimed = claims.doubt(evidence, at: row)
      return indices.contains(where: leavesFigure)
        ? claimed.mapTokens { $0.doubted("a figure of its line stands beside all columns") } : claimed
    }
  }

  /// The row, with nothing certain in columns of which the header does not tell which they are; nor elsewhere, where figures
  /// are told by their order.
  private func withUnsureColumns(_ row: EvidenceGrid.Row, ofLines indices: [Int]) -> EvidenceGrid.Row {
    var unsure = mapping.unsureColumns
    if block.layout == .rows, let line = indices.first.map({ document.lines[$0] }), document.isPlaced(line),
      let heads = heads(of: line)
    {
      unsure = unsure.filter { heads[$0] == nil }
    }
    guard !unsure.isEmpty else { return row }
    let reason = "the words over it do not tell which column it is"
    guard case .placed(let tokens) = row else { return row.mapTokens { $0.doubted(reason) } }
    return .placed(
      tokens.enumerated().map { unsure.contains($0 % block.columns.count) ? $1.doubted(reason) : $1 })
  }

  /// Whether the source fixes the column of every cell, so that no other reading is possible.
  var isLaidOut: Bool { mapping.lines.joined().allSatisfy { document.isPlaced(document.lines[$0]) } }

  private func evidence(of indices: [Int], regular: [Cell?]?, order: HeaderOrder) -> EvidenceGrid.Row {
    let line = document.lines[indices[0]]
    let values = indices.count > 1 ? indices.flatMap { document.lines[$0].values } : withoutCopies(line)
    if indices.count == 1, !values.contains(where: { !$0.text.isBlank }), !line.figuresBeforeName.isEmpty {
      // The sums tell whether they are the row's; nothing else does.
      let before = tokens(line.figuresBeforeName, of: line)
      return block.equations.isEmpty ? .unordered(before) : .ordered(before)
    }
    if indices.count == 1, document.isPlaced(line), let heads = heads(of: line) {
      if let cells = cells(under: heads, of: line), !isShifted(line, from: cells) {
        return .placed(tokens(cells, of: line))
      }
      return .ordered(tokens(values, of: line).filter { $0.state != .blank })
    }
    let lineOrder = block.layout == .line ? LineOrder(mapping) : nil
    let printedOrder = lineOrder?.order ?? order.order(of: indices[0])
    let isWhole = isWhole(values, of: line)
    if let cells = regular ?? wholeLine(line) ?? (isWhole ? values : nil),
      !self.regular.isHeaded || printedOrder == .form || isWhole,
      let inOrder = printedOrder.inOrderOfForm(cells)
    {
      let placed = tokens(inOrder, of: line)
      return .placed(
        lineOrder?.isHalfSaid == true ? placed.map { $0.doubted("the header does not name all parts") } : placed)
    }
    let all = tokens(values, of: line)
    // The sums know nothing of a header in another order.
    guard printedOrder == .form else { return .unordered(all) }
    return .ordered(document.isPlaced(line) ? all.filter { $0.state != .blank } : all)
  }

  /// Whether as many figures are printed as the block has columns.
  ///
  /// Without sums a blank between them is none only where a cell spans several columns of the table.
  private func isWhole(_ values: [Cell], of line: TableLine) -> Bool {
    values.count == block.printedColumns
      && (!block.equations.isEmpty || !line.hasInnerBlank
        || line.printedWidth <= document.width(ofTable: line.table)
          && values.count < document.width(ofTable: line.table))
  }

  /// All cells of a block in one line, blanks included, where they are as many as the block has and all sums hold as they
  /// stand, with nothing for a blank.
  private func wholeLine(_ line: TableLine) -> [Cell?]? {
    guard block.layout == .line, line.fields.count == block.printedColumns, line.hasInnerBlank else { return nil }
    let values = line.fields.enumerated().map { index, cell in
      (index, cell.text.isBlank ? 0 : figures.count(cell.text, column: block.column(ofPrinted: index)))
    }
    return block.hold(Dictionary(uniqueKeysWithValues: values.compactMap { index, value in value.map { (index, $0) } }))
      ? line.fields : nil
  }

  /// The figures of a line of running text, each once where a copy repeats it in all columns that its cell spans.
  ///
  /// ```
  /// kind | sum | sum | sum
  /// new  | 12  | 12  | 12          12
  /// ```
  private func withoutCopies(_ line: TableLine) -> [Cell] {
    guard block.layout == .rows, !document.isPlaced(line), let header = mapping.headers[line.table] else {
      return line.values
    }
    let columns = header.columns(above: line.row)
    guard columns.count == line.values.count, Set(columns).count < columns.count else { return line.values }
    var result: [Cell] = []
    for (index, cell) in line.values.enumerated() {
      guard index > 0, columns[index] == columns[index - 1] else { result.append(cell); continue }
      if cell.text != line.values[index - 1].text { return line.values }
    }
    return result
  }

  // MARK: Tokens

  /// Why a figure over several rows or columns is that of none.
  static let severalPlaces = "one cell over several places"

  private func tokens(_ cells: [Cell?], of line: TableLine) -> [Token] {
    let units = headUnits(of: line)
    return cells.enumerated().map { offset, cell in
      guard let cell else { return Token(raw: "", value: .null, state: .missing) }
      let column = offset % block.columns.count
      let token = withNoteHeeded(
        figures.token(cell.text, column: block.columns[column], head: units[column], places: cell.places), of: cell,
        in: block.columns[column])
      guard cell.rowSpan > 1 || cells.count(where: { $0 == cell }) > 1, !cell.text.isBlank, token.value != 0 else {
        return token
      }
      // A nought over several rows or columns is one for each; of another figure it is not printed whose it is.
      return Token(
        raw: token.raw, value: .null, state: .ambiguous, places: token.places, note: Self.severalPlaces)
    }
  }

  /// The token of a cell in which a note stands beside the figure: withheld where the note names another time or a multiple,
  /// and uncertain where it is not known to explain only.
  private func withNoteHeeded(_ token: Token, of cell: Cell, in column: FormColumn) -> Token {
    guard token.state == .converted, let note = figures.reading(cell.text)?.note, note.count > 2, note.first == "("
    else { return token }
    let text = String(note.dropFirst().dropLast())
    if times.explains(text) { return token }
    let label = Label(cell.text.folded)
    guard
      times.isOfOtherTime(text) || figures.isScaled(text)
        || column.labels.contains(where: { $0.isApartInTime(from: label) })
    else { return token.doubted("the note \(note) beside it is not known") }
    return Token(
      raw: token.raw, value: .null, state: .ambiguous, places: token.places,
      note: "of another time or measure: \(note)")
  }

  /// What the header says of the unit of each column.
  private func headUnits(of line: TableLine) -> [HeadUnit] {
    let header = mapping.headers[line.table]
    let label = (line.heads.last?.text.folded ?? "") + (line.unit.map { "(\($0.text.folded))" } ?? "")
    let isScaled = isScaledAsAWhole(line)
    let over = wordsOver(line)
    return block.columns.indices.map { column in
      let head = header?.nearest(of: column, upTo: line.row)?.text.folded ?? ""
      let unit = figures.unit(inHead: head, label: label, over: over, of: block.columns[column])
      return isScaled && unit == .unread && block.columns[column].type != .amount ? .scaled : unit
    }
  }

  /// Whether words over the table, or on a line of their own in it, say that it counts in a multiple: (in thousands).
  private func isScaledAsAWhole(_ line: TableLine) -> Bool {
    wordsOver(line).contains(where: figures.saysMultiple)
  }

  /// The words over the table of a line, and those above the line that name a unit on a line of their own.
  private func wordsOver(_ line: TableLine) -> [String] {
    let captions = document.captions[line.table]?.map(\.folded) ?? []
    return captions
      + document.words[line.table].filter { $0.cell.row < line.row }.map(\.cell.text.folded).filter(figures.namesUnit)
  }

  // MARK: Columns

  /// The words above the line that name its columns; nil where the header is not read.
  private func heads(of line: TableLine) -> [Cell?]? {
    line.values.first.flatMap { mapping.headers[line.table]?.nearest(above: line.row, from: $0.column) }
  }

  /// The cell of each column: the one that stands under its words or, where its words are not read, one of as many
  /// cells as such columns between its neighbours; nil for a column that the table does not have.
  ///
  /// A cell that is drawn over several columns is the cell of each of them. Nil where no cell stands under some words.
  private func cells(under heads: [Cell?], of line: TableLine) -> [Cell?]? {
    var indices: [Int?] = heads.map { head in
      guard let head else { return nil }
      let shared = line.values.map { $0.columnRange.clamped(to: head.columnRange).count }
      return shared.max().flatMap { $0 > 0 ? shared.firstIndex(of: $0) : nil }
    }
    let known = indices.compactMap { $0 }
    guard known.count == heads.count(where: { $0 != nil }) else { return nil }
    if known == known.sorted(), Set(known).count == known.count { indices.fillGaps(upTo: line.values.count) }
    return indices.map { $0.map { line.values[$0] } }
  }

  /// Whether a figure stands under no words while there is none under others, as where a header is drawn beside the
  /// columns that it names: then only the order is certain.
  private func isShifted(_ line: TableLine, from cells: [Cell?]) -> Bool {
    cells.contains { $0?.text.isBlank ?? false } && line.values.contains { !$0.text.isBlank && !cells.contains($0) }
  }

  /// Whether a figure of a line stands under no words at all beside those that are taken: it was moved there, and so may the
  /// others have been, as by a cell above that is said to cover a row too many.
  private func leavesFigure(_ index: Int) -> Bool {
    let line = document.lines[index]
    guard document.isPlaced(line), let heads = heads(of: line), let used = cells(under: heads, of: line) else {
      return false
    }
    let words = document.words(over: line)
    return line.values.contains { cell in
      !used.contains(cell) && figures.reading(cell.text)?.isPlain == true
        && !words.contains { $0.cell.columnRange.overlaps(cell.columnRange) }
    }
  }

  /// Cells with figures in the block's lines that `rows` does not use.
  func surplus() -> [Cell] {
    mapping.lines.joined().flatMap { index -> [Cell] in
      let line = document.lines[index]
      if let others = foreign.ownFigures(ofLine: index)?.others { return others.filter { !$0.text.isBlank } }
      guard document.isPlaced(line), let heads = heads(of: line), let used = cells(under: heads, of: line),
        !isShifted(line, from: used)
      else { return [] }
      return line.values.filter { cell in !used.contains(cell) && !cell.text.isBlank }
    }
  }
}

extension EvidenceGrid.Row {
  /// The same row with every token changed.
  func mapTokens(_ change: (Token) -> Token) -> EvidenceGrid.Row {
    switch self {
    case .absent: .absent
    case .placed(let tokens): .placed(tokens.map(change))
    case .ordered(let tokens): .ordered(tokens.map(change))
    case .unordered(let tokens): .unordered(tokens.map(change))
    }
  }
}

extension Token {
  /// The token of a line that another line contests.
  fileprivate var contested: Token { doubted("another line or table has the same name") }

  /// The token as one of which it is not certain whose figure it is.
  func doubted(_ reason: String) -> Token {
    guard state == .printed || state == .converted else { return self }
    var token = self
    (token.state, token.note) = (.uncertain, reason)
    return token
  }
}

extension TableLine {
  /// Whether a blank stands between two figures.
  var hasInnerBlank: Bool {
    let printed = fields.indices.filter { !fields[$0].text.isBlank }
    guard let first = printed.first, let last = printed.last else { return false }
    return last - first + 1 > printed.count
  }

  /// From the first figure to the last, in cells.
  var printedWidth: Int {
    let printed = fields.indices.filter { !fields[$0].text.isBlank }
    return printed.first.map { (printed.last ?? $0) - $0 + 1 } ?? 0
  }
}

extension [Int?] {
  /// Gives a run of unknown indices the numbers between its neighbours, where there are just as many.
  fileprivate mutating func fillGaps(upTo end: Int) {
    var start = 0
    while let first = self[start...].firstIndex(of: nil) {
      let next = self[first...].firstIndex { $0 != nil } ?? count
      let before = first > 0 ? self[first - 1] ?? -1 : -1
      let after = next < count ? self[next] ?? end : end
      if after - before - 1 == next - first {
        for offset in 0..<(next - first) { self[first + offset] = before + 1 + offset }
      }
      start = next
    }
  }
}
