public import DocumentModel

extension Record {
  /// The value at a JSON pointer (RFC 6901) into the record's data; `nil` where there is none.
  public func value(at pointer: String) -> JSONValue? {
    if let field = fields.last(where: { $0.pointer == pointer }) { return field.value }
    guard let owner = fields.last(where: { pointer.hasPrefix($0.pointer + "/") }) else { return nil }
    var value = owner.value
    for key in pointer.dropFirst(owner.pointer.count + 1).split(separator: "/") {
      guard let next = value.member(key) else { return nil }
      value = next
    }
    return value
  }
}

extension JSONValue {
  /// The member of an object, or the element of an array, that one step of a pointer means.
  fileprivate func member(_ key: Substring) -> JSONValue? {
    if case .array(let elements) = self {
      return Int(key).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    }
    return self[String(key)]
  }
}
