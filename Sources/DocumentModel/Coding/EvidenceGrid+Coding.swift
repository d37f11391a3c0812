/// `{"absent": true}`, or the tokens under `placed`, `ordered` or `unordered`.
extension EvidenceGrid.Row: Codable {
  private enum CodingKeys: String, CodingKey { case absent, placed, ordered, unordered }

  /// Reads whichever is written.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let tokens = try container.decodeIfPresent([Token].self, forKey: .placed) {
      self = .placed(tokens)
    } else if let tokens = try container.decodeIfPresent([Token].self, forKey: .ordered) {
      self = .ordered(tokens)
    } else if let tokens = try container.decodeIfPresent([Token].self, forKey: .unordered) {
      self = .unordered(tokens)
    } else {
      _ = try container.decode(Bool.self, forKey: .absent)
      self = .absent
    }
  }

  /// Writes one member.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .absent: try container.encode(true, forKey: .absent)
    case .placed(let tokens): try container.encode(tokens, forKey: .placed)
    case .ordered(let tokens): try container.encode(tokens, forKey: .ordered)
    case .unordered(let tokens): try container.encode(tokens, forKey: .unordered)
    }
  }
}

extension KeyedEncodingContainer {
  /// Sets are written in ascending order, so that the same value gives the same bytes.
  mutating func encode(_ value: Set<Int>, forKey key: Key) throws { try encode(value.sorted(), forKey: key) }
}
