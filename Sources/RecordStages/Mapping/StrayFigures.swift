import DocumentModel

/// Figures that bear no name of a row, beside the rows of a block of which no sum speaks.
///
/// ```
///   books  |  12          12 04 was printed in two lines, or     12           a figure above its name
///          |  04          04 is a page number: 12 is uncertain   books  |     what is blank beside it is ambiguous,
///                                               and a figure below it uncertain
/// ```
/// So is a row that was not found while such figures stand among the others: it is not missing, but cannot be told.
struct StrayFigures {
  private let mapping: BlockMapping
  private let figures: FigureReader
  private let names: [[Label]]

  /// Looks beside the rows of a block; `names` are those of all rows of its table.
  init(_ mapping: BlockMapping, figures: FigureReader, names: [[Label]]) {
    (self.mapping, self.figures, self.names) = (mapping, figures, names)
  }

  /// The row, as far as it is certain.
  func doubt(_ row: EvidenceGrid.Row, ofLines indices: [Int]) -> EvidenceGrid.Row {
    guard mapping.block.layout == .rows else { return row }
    if let index = indices.first, row.tokens.contains(where: \.printsFigure), isBelowOtherNames(index),
      mapping.block.equations.isEmpty || isUnused(index + 1, beside: index)
    {
      return row.mapTokens { $0.doubted("names of other rows stand before its figures") }
    }
    guard mapping.block.equations.isEmpty else { return row }
    guard let index = indices.first else { return isAmongRows ? ambiguous : row }
    let isPrinted = row.tokens.contains(where: \.printsFigure)
    if !isPrinted { return isStray(index - 1, beside: index) || isStray(index + 1, beside: index) ? ambiguous : row }
    guard isStray(index - 1, beside: index) || isStray(index + 1, beside: index) else { return row }
    return row.mapTokens { $0.doubted("figures without a name stand beside it") }
  }

  /// Whether a text prints the names of other rows before the figures of a line, no cells beside them, and no head of its own
  /// figures behind them: column by column, so that the figures may be those of any of them.
  private func isBelowOtherNames(_ index: Int) -> Bool {
    let (lines, document) = (mapping.document.lines, mapping.document)
    guard !document.isPlaced(lines[index]) else { return false }
    let above = lines[..<index].reversed().prefix { $0.table == lines[index].table && $0.fields.isEmpty }
    let words = lines[index].heads.dropLast().reversed() + above.flatMap { $0.heads.reversed() }
    let heads = mapping.block.columns.flatMap(\.labels)
    let missing = names.filter { labels in !isFound(labels) && labels.likeness(to: lines[index].label) < 0.7 }
    return words.map { Label($0.text.folded) }.prefix { heads.likeness(to: $0) < 0.9 }.contains { word in
      missing.contains { $0.likeness(to: word) >= 0.9 }
    }
  }

  /// Whether a line of the same table prints figures that are no row's.
  private func isUnused(_ index: Int, beside row: Int) -> Bool {
    let lines = mapping.document.lines
    return lines.indices.contains(index) && lines[index].table == lines[row].table && !lines[index].printsNothing
      && !mapping.lines.joined().contains(index)
  }

  /// Whether a row with these labels is one of the block's, and has a line with figures.
  private func isFound(_ labels: [Label]) -> Bool {
    zip(mapping.block.rows, mapping.lines).contains { row, lines in
      row.labels == labels && lines.contains { !mapping.document.lines[$0].printsNothing }
    }
  }

  /// Whether such figures stand above the block's last row, or right below it.
  private var isAmongRows: Bool {
    let rows = mapping.lines.joined()
    guard let first = rows.min(), let last = rows.max() else { return false }
    return (first - 3...last + 1).contains { isStray($0, beside: first) }
  }

  private var ambiguous: EvidenceGrid.Row {
    let note = "figures without a name stand beside it"
    return .placed(mapping.block.columns.map { _ in Token(raw: "", value: .null, state: .ambiguous, note: note) })
  }

  /// Whether a line of the same table prints figures under no name but that of a column, and no more than a row has.
  private func isStray(_ index: Int, beside row: Int) -> Bool {
    let (lines, document) = (mapping.document.lines, mapping.document)
    guard lines.indices.contains(index), lines[index].table == lines[row].table,
      !mapping.lines.joined().contains(index)
    else { return false }
    let line = lines[index]
    let printed = line.values.filter { !$0.text.isBlank }
    guard !printed.isEmpty, printed.count <= mapping.block.columns.count,
      printed.allSatisfy({ figures.reading($0.text)?.isPlain == true })
    else { return false }
    return line.heads.isEmpty || document.isNamedLikeColumn(line, of: mapping.block)
  }
}

extension TableLines {
  /// Whether the nearest words before the figures of a line name a column, as where figures stand above the name of their row.
  func isNamedLikeColumn(_ line: TableLine, of block: FormBlock) -> Bool {
    !line.heads.isEmpty && line.likeness(to: block.columns.flatMap(\.labels)) >= 0.9
      && line.likeness(to: block.rows.flatMap(\.labels)) < 0.7
  }
}
