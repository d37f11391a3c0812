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
}
