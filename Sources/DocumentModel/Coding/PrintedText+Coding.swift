/// A string where all three forms are the same, else `{"raw", "shown", "folded"}` and, where scalars were left out or put
/// in, the way back in `shown_offsets` and `folded_offsets`. A form that is not written is `raw`.
extension PrintedText: Codable {
  private enum CodingKeys: String, CodingKey {
    case raw, shown, folded
    case shownOffsets = "shown_offsets"
    case foldedOffsets = "folded_offsets"
  }

  /// Reads a string, or the three forms.
  public init(from decoder: any Decoder) throws {
    if let text = try decoder.singleValueContainer().decodeIfFits(String.self) {
      self.init(text)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let raw = try container.decode(String.self, forKey: .raw)
    let shown = try container.decodeIfPresent([Int32].self, forKey: .shownOffsets)
    let folded = try container.decodeIfPresent([Int32].self, forKey: .foldedOffsets)
    self.init(
      raw: raw, shown: try container.decodeIfPresent(String.self, forKey: .shown) ?? raw,
      folded: try container.decodeIfPresent(String.self, forKey: .folded) ?? raw,
      shownOffsets: shown.map { .origins($0) } ?? .identity, foldedOffsets: folded.map { .origins($0) } ?? .identity)
  }

  /// Writes what is not the same.
  public func encode(to encoder: any Encoder) throws {
    // Not by ==, for which two spellings of a letter are one.
    let shown = shown.unicodeScalars.elementsEqual(raw.unicodeScalars) ? nil : shown
    let folded = folded.unicodeScalars.elementsEqual(raw.unicodeScalars) ? nil : folded
    if shown == nil, folded == nil, shownOffsets == .identity, foldedOffsets == .identity {
      var container = encoder.singleValueContainer()
      try container.encode(raw)
      return
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(raw, forKey: .raw)
    try container.encodeIfPresent(shown, forKey: .shown)
    try container.encodeIfPresent(folded, forKey: .folded)
    if case .origins(let origins) = shownOffsets { try container.encode(origins, forKey: .shownOffsets) }
    if case .origins(let origins) = foldedOffsets { try container.encode(origins, forKey: .foldedOffsets) }
  }
}

/// `"title"`, `"paragraph"`, `{"heading": 1}` or `{"table": "t3"}`.
extension Block.Kind: Codable {
  private enum CodingKeys: String, CodingKey { case heading, table }

  /// Reads whichever is written.
  public init(from decoder: any Decoder) throws {
    if let name = try decoder.singleValueContainer().decodeIfFits(String.self) {
      guard let kind = ["title": Block.Kind.title, "paragraph": .paragraph][name] else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "title or paragraph is expected"))
      }
      self = kind
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let level = try container.decodeIfPresent(Int.self, forKey: .heading) {
      self = .heading(level: level)
    } else {
      self = .table(id: try container.decode(String.self, forKey: .table))
    }
  }

  /// Writes a name, or one member.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .title, .paragraph:
      var container = encoder.singleValueContainer()
      try container.encode(self == .title ? "title" : "paragraph")
    case .heading(let level):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(level, forKey: .heading)
    case .table(let id):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .table)
    }
  }
}
