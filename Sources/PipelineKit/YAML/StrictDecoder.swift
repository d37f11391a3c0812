/// Decodes values from YAML nodes, and refuses keys that the value does not have.
///
/// A value asks for each of its properties, also where its `init(from:)` is synthesised: keys that it does not ask for
/// were meant otherwise, and are refused with their line and with the property that was probably meant. A property that
/// is not written is that of a value which stands for the defaults, where there is one.
struct StrictDecoder: Decoder {
  fileprivate let node: YAMLNode
  fileprivate let scope: Scope
  /// What the properties are that nothing is written for, by name.
  fileprivate let defaults: [String: Any]
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any]

  /// The value that `node` says.
  ///
  /// - Throws: ``YAMLFaults``.
  static func decode<Value: Decodable>(_ type: Value.Type, from node: YAMLNode) throws -> Value {
    let (value, faults) = read(type, from: node)
    guard let value, faults.isEmpty else { throw YAMLFaults(faults: faults) }
    return value
  }

  /// The value that `node` says, laid over `defaults`, and what is wrong with it; `noun` is what a person calls its keys.
  ///
  /// Where there is no value there is a fault. A value that has faults all the same leaves out what was not understood.
  static func read<Value: Decodable>(
    _ type: Value.Type, from node: YAMLNode, over defaults: Value? = nil, noun: String = "key",
    userInfo: [CodingUserInfoKey: Any] = [:]
  ) -> (value: Value?, faults: [YAMLFault]) {
    let scope = Scope(noun: noun)
    let standard = defaults.map {
      Mirror(reflecting: $0).children.compactMap { child in child.label.map { ($0, child.value) } }
    }
    let decoder = StrictDecoder(
      node: node, scope: scope, defaults: Dictionary(uniqueKeysWithValues: standard ?? []), userInfo: userInfo)
    do {
      let value = try decoder.value(type)
      return (value, scope.faults)
    } catch let fault as YAMLFault {
      return (nil, scope.faults + [fault])
    } catch {
      return (nil, scope.faults + [decoder.fault("\(error)")])
    }
  }

  /// What is known about one mapping while the value that it stands for is decoded.
  fileprivate final class Scope {
    let noun: String
    var faults: [YAMLFault] = []
    var unknown: [YAMLNode] = []
    /// Whether the value looked at the node at all; one without properties does not.
    var isRead = false
    var asked: [String] = []

    init(noun: String) { self.noun = noun }

    /// What was probably meant, else which options there are.
    func hint(for name: String) -> String {
      let meant = didYouMean(name, among: asked)
      guard meant.isEmpty, noun == "option" else { return meant }
      return asked.isEmpty ? "; there are none" : "; there are " + Set(asked).sorted().joined(separator: ", ")
    }
  }

  fileprivate func fault(_ message: String) -> YAMLFault { YAMLFault(line: node.line, message: message) }

  /// The whole node as one value.
  fileprivate func value<Value: Decodable>(_: Value.Type) throws -> Value {
    defer {
      if !scope.isRead { refuseAll() }
      for key in scope.unknown where !scope.asked.contains(key.string ?? "") {
        let name = key.string ?? ""
        scope.faults.append(
          YAMLFault(
            line: key.line, message: "unknown \(scope.noun) '\(name)'" + scope.hint(for: name)))
      }
    }
    do {
      return try Value(from: self)
    } catch DecodingError.dataCorrupted(let context) {
      if let cases = (Value.self as? any CaseIterable.Type)?.names {
        throw fault("one of \(cases.joined(separator: ", ")) is expected")
      }
      throw fault(context.debugDescription)
    }
  }

  /// What is written for a value without properties is meant for another.
  private func refuseAll() {
    if let mapping = node.mapping {
      scope.unknown = mapping.map(\.key)
    } else {
      scope.faults.append(fault("names with values are expected"))
    }
  }

  /// A part of the node as one value; `name` is the key it stands under.
  fileprivate func value<Value: Decodable>(_ type: Value.Type, in part: YAMLNode, name: String? = nil) throws -> Value {
    let inner = Scope(noun: "key")
    let decoder = StrictDecoder(node: part, scope: inner, defaults: [:], userInfo: userInfo)
    defer { scope.faults += inner.faults }
    do {
      return try decoder.value(type)
    } catch var fault as YAMLFault where name != nil && fault.path.count < 8 {
      fault.path.insert(name ?? "", at: 0)
      throw fault
    }
  }

  func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
    scope.isRead = true
    guard let mapping = node.mapping else { throw fault("names with values are expected") }
    var fields = Fields<Key>(decoder: self)
    for (key, value) in mapping {
      guard let name = key.string else { throw fault("a name is expected") }
      if let key = Key(stringValue: name) { fields.allKeys.append(key) } else { scope.unknown.append(key) }
      fields.nodes[name] = value
    }
    return KeyedDecodingContainer(fields)
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    scope.isRead = true
    guard let sequence = node.sequence else { throw fault("a list is expected") }
    return Elements(decoder: self, nodes: sequence)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    scope.isRead = true
    return Scalar(decoder: self)
  }
}

/// The values of a mapping.
private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: StrictDecoder
  var nodes: [String: YAMLNode] = [:]
  var allKeys: [Key] = []
  var codingPath: [any CodingKey] { [] }

  private func node(_ key: Key) -> YAMLNode? {
    decoder.scope.asked.append(key.stringValue)
    return nodes[key.stringValue]
  }

  private func standard<Value>(_: Value.Type, _ key: Key) -> Value? { decoder.defaults[key.stringValue] as? Value }

  func contains(_ key: Key) -> Bool { node(key) != nil || decoder.defaults[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool {
    node(key)?.isNothing ?? (decoder.defaults[key.stringValue] == nil)
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    guard let node = node(key) else {
      guard let standard = standard(type, key) else { throw decoder.fault("'\(key.stringValue)' is missing") }
      return standard
    }
    do { return try decoder.value(type, in: node, name: key.stringValue) } catch let fault as YAMLFault {
      guard let standard = standard(type, key) else { throw fault }
      // The values of the other keys may be wrong, too.
      decoder.scope.faults.append(fault)
      return standard
    }
  }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    guard let node = node(key) else { return standard(type, key) }
    return node.isNothing ? nil : try decoder.value(type, in: node, name: key.stringValue)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw decoder.fault("'\(key.stringValue)' cannot be read in parts") }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw decoder.fault("'\(key.stringValue)' cannot be read in parts")
  }
  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { decoder }
}

/// The elements of a sequence.
private struct Elements: UnkeyedDecodingContainer {
  let decoder: StrictDecoder
  let nodes: [YAMLNode]
  var currentIndex = 0
  var count: Int? { nodes.count }
  var isAtEnd: Bool { currentIndex == nodes.count }
  var codingPath: [any CodingKey] { [] }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, nodes[currentIndex].isNothing else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    guard !isAtEnd else { throw decoder.fault("the list is too short") }
    defer { currentIndex += 1 }
    return try decoder.value(type, in: nodes[currentIndex])
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { throw decoder.fault("the list cannot be read in parts") }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw decoder.fault("the list cannot be read in parts")
  }
  mutating func superDecoder() throws -> any Decoder { decoder }
}

/// A node that is one value: text, a number, a truth value.
private struct Scalar: SingleValueDecodingContainer {
  let decoder: StrictDecoder
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { decoder.node.isNothing }

  func decode(_: String.Type) throws -> String {
    guard let text = decoder.node.string, !decodeNil() else { throw decoder.fault("a text is expected") }
    return text
  }

  func decode(_: Bool.Type) throws -> Bool {
    switch decoder.node.plain {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: throw decoder.fault("true or false is expected")
    }
  }

  func decode(_: Double.Type) throws -> Double {
    guard let number = decoder.node.plain.flatMap({ Double($0) }), number.isFinite else {
      throw decoder.fault("a number is expected")
    }
    return number
  }

  func decode(_: Float.Type) throws -> Float { Float(try decode(Double.self)) }

  func decode<Number: FixedWidthInteger & Decodable>(_: Number.Type) throws -> Number {
    guard let number = decoder.node.plain.flatMap({ Number($0.replacing("_", with: "")) }) else {
      throw decoder.fault("a whole number is expected")
    }
    return number
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }
}

extension CaseIterable {
  /// The raw values of all cases.
  fileprivate static var names: [String] {
    allCases.map { value in (value as? any RawRepresentable).map { "\($0.rawValue)" } ?? "\(value)" }
  }
}
