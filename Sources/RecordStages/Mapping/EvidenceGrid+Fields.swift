import DocumentModel

extension EvidenceGrid {
  /// A field for every cell: what is printed where the column is certain, else why it is not known yet.
  func fields(stage: String) -> [Field] {
    rows.enumerated().flatMap { row, evidence in
      (0..<columns).map { column in
        let pointer = pointers[row * columns + column]
        switch evidence {
        case .absent: return Field(pointer, .null, Provenance(.missing, stage: stage))
        case .placed(let tokens): return field(pointer, tokens[column], stage: stage)
        case .ordered(let tokens), .unordered(let tokens):
          guard !tokens.isEmpty else { return Field(pointer, .null, Provenance(.blank, stage: stage)) }
          let raw = tokens.map(\.raw).filter { !$0.isEmpty }.joined(separator: " ")
          return Field(
            pointer, .null, Provenance(.ambiguous, raw: raw, stage: stage, places: tokens.flatMap(\.places)))
        }
      }
    }
  }

  /// The field of a cell that holds this token.
  func field(_ pointer: String, _ token: Token, stage: String) -> Field {
    Field(
      pointer, token.value,
      Provenance(token.state, raw: token.raw, stage: stage, places: token.places, note: token.note))
  }

  /// Figures in certain places that are none of their cells, each once.
  var withheld: [Unexplained] {
    withheldTokens.reduce(into: []) { figures, token in
      let figure = Unexplained(token.raw, places: token.places)
      if !figures.contains(figure) { figures.append(figure) }
    }
  }

  /// Why they are not taken.
  var notesOfWithheld: [String] {
    withheldTokens.compactMap(\.note).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private var withheldTokens: [Token] {
    rows.flatMap { row -> [Token] in
      if case .placed(let tokens) = row { tokens.filter { $0.state == .ambiguous && !$0.raw.isEmpty } } else { [] }
    }
  }
}
