/// A JSON value whose objects keep the order of their members.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Written with at most two decimals: coordinates and confidences.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One key of an object with its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public var key: String
    /// The value.
    public var value: JSONValue

    /// Creates a member.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object with its members in this order.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
  /// `null`.
  public init(nilLiteral: ()) { self = .null }
}

extension JSONValue {
  /// A string, or null.
  public static func string(orNull value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
  /// An integer, or null.
  public static func integer(orNull value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }

  /// The first member of an object with this key.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// Puts `value` at a path of keys, creating the objects on the way; a later value replaces an earlier one.
  public mutating func set(_ value: JSONValue, at path: some Sequence<Substring>) {
    set(value, keys: Array(path)[...])
  }

  private mutating func set(_ value: JSONValue, keys: ArraySlice<Substring>) {
    guard let key = keys.first else {
      self = value
      return
    }
    var members: [Member] = if case .object(let existing) = self { existing } else { [] }
    self = .null
    let index = members.firstIndex { $0.key == key }
    let at = index ?? members.count
    if index == nil { members.append(Member(String(key), .null)) }
    members[at].value.set(value, keys: keys.dropFirst())
    self = .object(members)
  }
}
