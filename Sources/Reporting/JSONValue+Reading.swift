import DocumentModel

extension JSONValue {
  /// The text of a string.
  var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The number of an integer.
  var count: Int? { if case .integer(let count) = self { count } else { nil } }

  /// The elements of an array; none of anything else.
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  /// The members of an object; none of anything else.
  var members: [Member] { if case .object(let members) = self { members } else { [] } }

  /// Everything that holds no other value, with its pointer (RFC 6901).
  func forEachLeaf(under pointer: String = "", _ body: (String, JSONValue) -> Void) {
    switch self {
    case .object(let members) where !members.isEmpty:
      for member in members { member.value.forEachLeaf(under: "\(pointer)/\(member.key.pointerName)", body) }
    case .array(let elements) where !elements.isEmpty:
      for (index, element) in elements.enumerated() { element.forEachLeaf(under: "\(pointer)/\(index)", body) }
    default:
      if !pointer.isEmpty { body(pointer, self) }
    }
  }
}

extension String {
  /// A key as a part of a pointer (RFC 6901).
  var pointerName: String {
    guard utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return self }
    return replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
