import Glibc

/// Where the members of an object stand in its text, without making values of them: tens of times as quick as to read it.
///
/// Looks for brackets and strings only; what is wrong in a value is found by who reads it.
public struct JSONMembers: Sendable {
  /// A name and its value, as written.
  public struct Member: Sendable {
    /// Without quotes.
    public var name: String
    /// The text of the value.
    public var value: ArraySlice<UInt8>
  }

  /// In their order.
  public let members: [Member]

  /// Those of the object that is all of `text`; nil where that is no object, or has a name with an escape in it.
  public init?(_ text: ArraySlice<UInt8>) {
    let found = text.withUnsafeBufferPointer { bytes -> [(name: Range<Int>, value: Range<Int>)]? in
      var scan = Scan(bytes: bytes)
      return scan.members()
    }
    guard let found else { return nil }
    let start = text.startIndex
    members = found.map { name, value in
      Member(
        name: String(decoding: text[(start + name.lowerBound)..<(start + name.upperBound)], as: UTF8.self),
        value: text[(start + value.lowerBound)..<(start + value.upperBound)])
    }
  }

  /// The text of the value of the first member with this name in the object that `text` begins with; nothing behind it is
  /// looked at. Nil where there is none.
  public static func value(of name: StaticString, in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let found = text.withUnsafeBufferPointer { bytes -> Range<Int>? in
      var scan = Scan(bytes: bytes)
      return scan.value(of: name)
    }
    return found.map { text[(text.startIndex + $0.lowerBound)..<(text.startIndex + $0.upperBound)] }
  }

  /// The text of the first member with this name.
  public subscript(name: String) -> ArraySlice<UInt8>? { members.first { $0.name == name }?.value }

  /// An object of those members that are wanted.
  public func text(where isWanted: (Member) -> Bool) -> [UInt8] { text { isWanted($0) ? $0.value : nil } }

  /// An object of the same members with other values.
  ///
  /// - Parameter value: the text of the value; nil to leave the member out.
  public func text(values value: (Member) -> ArraySlice<UInt8>?) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "{")]
    for member in members {
      guard let value = value(member) else { continue }
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      text.append(UInt8(ascii: "\""))
      text += member.name.utf8
      text += [UInt8(ascii: "\""), UInt8(ascii: ":")]
      text += value
    }
    text.append(UInt8(ascii: "}"))
    return text
  }
}

/// Where the elements of an array stand in its text, as ``JSONMembers`` finds those of an object.
public struct JSONElements: Sendable {
  /// Their texts, in their order.
  public let elements: [ArraySlice<UInt8>]

  /// Those of the array that is all of `text`; nil where that is none.
  public init?(_ text: ArraySlice<UInt8>) {
    let found = text.withUnsafeBufferPointer { bytes -> [Range<Int>]? in
      var scan = Scan(bytes: bytes)
      return scan.elements()
    }
    guard let found else { return nil }
    let start = text.startIndex
    elements = found.map { text[(start + $0.lowerBound)..<(start + $0.upperBound)] }
  }

  /// An array of the same elements with other texts.
  public func text(_ element: (ArraySlice<UInt8>) -> [UInt8]) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "[")]
    for one in elements {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      text += element(one)
    }
    text.append(UInt8(ascii: "]"))
    return text
  }
}

/// One pass over the bytes of an object or an array.
private struct Scan {
  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

  /// The value of the first member with this name.
  mutating func value(of name: StaticString) -> Range<Int>? {
    guard take("{") else { return nil }
    repeat {
      guard let found = string(), take(":"), let value = value() else { return nil }
      let written = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
      if bytes[found].elementsEqual(written) { return value }
    } while take(",")
    return nil
  }

  mutating func members() -> [(name: Range<Int>, value: Range<Int>)]? {
    var found: [(name: Range<Int>, value: Range<Int>)] = []
    guard take("{") else { return nil }
    if !take("}") {
      repeat {
        guard let name = string(), !bytes[name].contains(UInt8(ascii: "\\")), take(":"), let value = value() else {
          return nil
        }
        found.append((name, value))
      } while take(",")
      guard take("}") else { return nil }
    }
    skipSpace()
    return at == bytes.count ? found : nil
  }

  mutating func elements() -> [Range<Int>]? {
    var found: [Range<Int>] = []
    guard take("[") else { return nil }
    if !take("]") {
      repeat {
        guard let value = value() else { return nil }
        found.append(value)
      } while take(",")
      guard take("]") else { return nil }
    }
    skipSpace()
    return at == bytes.count ? found : nil
  }

  private mutating func skipSpace() {
    while let byte, Self.isSpace(byte) { at += 1 }
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard byte == UInt8(ascii: sign) else { return false }
    at += 1
    return true
  }

  /// What stands between the quotes.
  private mutating func string() -> Range<Int>? {
    guard take("\"") else { return nil }
    let start = at
    return skipString() ? start..<(at - 1) : nil
  }

  /// To behind the closing quote.
  private mutating func skipString() -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let start = at
    while at < bytes.count, let quote = memchr(base + at, Int32(UInt8(ascii: "\"")), bytes.count - at) {
      let end = UnsafeRawPointer(quote) - UnsafeRawPointer(base)
      var escapes = 0
      while end - escapes > start, bytes[end - escapes - 1] == UInt8(ascii: "\\") { escapes += 1 }
      at = end + 1
      if escapes.isMultiple(of: 2) { return true }
    }
    return false
  }

  /// A whole value, brackets and all.
  private mutating func value() -> Range<Int>? {
    skipSpace()
    let start = at
    var depth = 0
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        guard skipString() else { return nil }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return value(from: start) }
        depth -= 1
      case UInt8(ascii: ","):
        if depth == 0 { return value(from: start) }
      default: break
      }
      at += 1
    }
    return nil
  }

  /// What stands from there to here, without the space behind it.
  private func value(from start: Int) -> Range<Int>? {
    var end = at
    while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
    return start < end ? start..<end : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
