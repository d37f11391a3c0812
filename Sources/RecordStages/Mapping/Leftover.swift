import DocumentModel

/// Lines and figures in the form's tables that no cell of the form takes.
struct Leftover {
  /// Named lines beside the form: `{table, label, values: [{column, raw, value, state}]}`.
  private(set) var rows: [JSONValue] = []
  /// Where they stand.
  private(set) var places: [Place] = []
  /// Figures without a name.
  private(set) var figures: [Unexplained] = []

  init(
    _ mappings: [FormMapping], _ document: TableLines, figures reader: FigureReader, times: TimeReader = TimeReader()
  ) {
    var owner: [Int: String] = [:]
    var used: Set<Int> = []
    var expected: [Int: [String]] = [:]
    for mapping in mappings {
      for line in mapping.blocks.flatMap({ $0.lines.joined() }) {
        used.insert(line)
        owner[document.lines[line].table] = mapping.table.key
      }
      for block in mapping.blocks where block.block.layout == .rows {
        for (row, lines) in zip(block.block.rows, block.lines) {
          for line in lines { expected[line] = row.ownFigures }
        }
      }
    }
    for (index, line) in document.lines.enumerated() where !used.contains(index) {
      guard let table = owner[line.table] else { continue }
      let printed = line.values.filter { !$0.text.isBlank }
      // A line with nothing but strokes is a heading.
      guard printed.contains(where: { reader.hole($0.text) == nil }) else { continue }
      let isNamed = !mappings.contains { $0.blocks.contains { document.isNamedLikeColumn(line, of: $0.block) } }
      if isNamed, let label = line.heads.last?.text.shown {
        places += (line.heads.suffix(1) + printed).flatMap(\.places)
        rows.append(["table": .string(table), "label": .string(label), "values": .array(values(printed, reader))])
      } else {
        figures += printed.map { Unexplained($0.text.raw, places: $0.places) }
      }
    }
    figures += beforeNames(of: used.sorted().map { document.lines[$0] })
    for line in used.sorted() {
      figures += document.lines[line].heads.flatMap { cell in
        Self.figures(inLabel: cell.text.folded).filter { expected[line]?.contains($0) != true }
          .map { Unexplained($0, places: cell.places) }
      }
    }
    for block in mappings.flatMap(\.blocks) {
      figures += BlockEvidence(block, figures: reader, times: times).surplus().map {
        Unexplained($0.text.raw, places: $0.places)
      }
    }
  }

  /// Figures before the names of rows that print others behind them, but for those that count the rows of a table.
  private func beforeNames(of lines: [TableLine]) -> [Unexplained] {
    var last: [Int: Int] = [:]
    return lines.filter { $0.values.contains { !$0.text.isBlank } }.flatMap { line -> [Unexplained] in
      let before = line.figuresBeforeName
      if before.count == 1, let number = Int(before[0].text.folded),
        number == 1 || number == last[line.table, default: 0] + 1
      {
        last[line.table] = number
        return []
      }
      return before.map { Unexplained($0.text.raw, places: $0.places) }
    }
  }

  /// Figures behind the first letter of a label, or of what stands behind a colon; those before it count the rows.
  private static func figures(inLabel text: String) -> [String] {
    text.split(separator: ":").flatMap { $0.drop { !$0.isLetter }.split { !$0.isDigit } }.map { String($0) }
  }

  private func values(_ cells: [Cell], _ reader: FigureReader) -> [JSONValue] {
    cells.map { cell in
      let token = reader.token(cell.text, column: .anyChange, places: cell.places)
      return [
        "column": .integer(cell.column), "raw": .string(token.raw), "value": token.value,
        "state": .string(token.state.rawValue),
      ]
    }
  }
}

extension FormColumn {
  /// A column of which nothing is known.
  fileprivate static let anyChange = FormColumn(key: "", group: nil, labels: [], type: .change, units: [:])
}
