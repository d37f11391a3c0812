/// `[x0, y0, x1, y1]`.
extension Box: Codable {
  /// Reads four numbers.
  public init(from decoder: any Decoder) throws {
    var numbers = try decoder.unkeyedContainer()
    self.init(
      try numbers.decode(Double.self), try numbers.decode(Double.self), try numbers.decode(Double.self),
      try numbers.decode(Double.self))
  }

  /// Writes four numbers.
  public func encode(to encoder: any Encoder) throws {
    var numbers = encoder.unkeyedContainer()
    for edge in [x0, y0, x1, y1] { try numbers.encode(edge) }
  }
}

/// `[axis, position, start, end, thickness]`, where the axis is 0 for a horizontal rule and 1 for a vertical one.
extension Ruling: Codable {
  /// Reads five numbers.
  public init(from decoder: any Decoder) throws {
    var numbers = try decoder.unkeyedContainer()
    let axis: Axis = try numbers.decode(UInt8.self) == Axis.horizontal.rawValue ? .horizontal : .vertical
    let (position, start) = (try numbers.decode(Double.self), try numbers.decode(Double.self))
    let (end, thickness) = (try numbers.decode(Double.self), try numbers.decode(Double.self))
    self.init(axis, at: position, from: start, to: end, thickness: thickness)
  }

  /// Writes five numbers.
  public func encode(to encoder: any Encoder) throws {
    var numbers = encoder.unkeyedContainer()
    try numbers.encode(axis.rawValue)
    for number in [position, start, end, thickness] { try numbers.encode(number) }
  }
}

/// `{"page": 1, "box": […]}`, `{"line": 12, "columns": [3, 9]}` or `{"path": "/html/…"}`.
extension Place: Codable {
  private enum CodingKeys: String, CodingKey { case page, box, line, columns, path }

  /// Reads whichever of the three is written.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let page = try container.decodeIfPresent(Int.self, forKey: .page) {
      self = .page(page, try container.decode(Box.self, forKey: .box))
    } else if let line = try container.decodeIfPresent(Int.self, forKey: .line) {
      let ends = try container.decode([Int].self, forKey: .columns)
      guard ends.count == 2, ends[0] <= ends[1] else {
        throw DecodingError.dataCorruptedError(
          forKey: .columns, in: container, debugDescription: "the first and the last column are expected")
      }
      self = .line(line, columns: ends[0]...ends[1])
    } else {
      self = .path(try container.decode(String.self, forKey: .path))
    }
  }

  /// Writes the members of its kind.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .page(let page, let box):
      try container.encode(page, forKey: .page)
      try container.encode(box, forKey: .box)
    case .line(let line, let columns):
      try container.encode(line, forKey: .line)
      try container.encode([columns.lowerBound, columns.upperBound], forKey: .columns)
    case .path(let path):
      try container.encode(path, forKey: .path)
    }
  }
}
