/// As it is, but for objects: `{"members": [["key", value], …]}`, as decoders do not keep the order of members.
extension JSONValue: Codable {
  private enum CodingKeys: String, CodingKey { case members }

  /// Reads any value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = container.decodeIfFits(Bool.self) {
      self = .bool(flag)
    } else if let number = container.decodeIfFits(Int.self) {
      self = .integer(number)
    } else if let number = container.decodeIfFits(Double.self) {
      self = .number(number)
    } else if let text = container.decodeIfFits(String.self) {
      self = .string(text)
    } else if let elements = container.decodeIfFits([JSONValue].self) {
      self = .array(elements)
    } else {
      let object = try decoder.container(keyedBy: CodingKeys.self)
      self = .object(try object.decode([Member].self, forKey: .members))
    }
  }

  /// Writes the value.
  public func encode(to encoder: any Encoder) throws {
    if case .object(let members) = self {
      var object = encoder.container(keyedBy: CodingKeys.self)
      try object.encode(members, forKey: .members)
      return
    }
    var container = encoder.singleValueContainer()
    switch self {
    case .null, .object: try container.encodeNil()
    case .bool(let flag): try container.encode(flag)
    case .integer(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .string(let text): try container.encode(text)
    case .array(let elements): try container.encode(elements)
    }
  }
}

/// `["key", value]`.
extension JSONValue.Member: Codable {
  /// Reads a key and its value.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    self.init(try container.decode(String.self), try container.decode(JSONValue.self))
  }

  /// Writes a key and its value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(key)
    try container.encode(value)
  }
}
