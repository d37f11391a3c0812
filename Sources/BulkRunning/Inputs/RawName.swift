import FoundationEssentials
import PipelineKit

/// A name as a file system or an archive has it: bytes, in whatever encoding.
public struct RawName: Hashable, Sendable {
  /// All of them.
  public var bytes: [UInt8]

  /// Takes the bytes as they are.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes of a text in UTF-8.
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// The bytes as UTF-8, where they are.
  public var text: String? { String(validating: bytes, as: UTF8.self) }

  /// For a person: what is not UTF-8 is read as GB 18030, and what is not that either shows its bytes.
  public var shown: String {
    if let text { return text }
    if let (text, faults) = decoded(Data(bytes), from: "GB18030"), faults == 0 { return text }
    return escaped
  }

  /// One text for each name: bytes that are not UTF-8 are written `\xD6`.
  public var escaped: String {
    if let text { return text }
    var all = ""
    var rest = bytes[...]
    while let first = rest.first {
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      if let scalar = String(validating: rest.prefix(length), as: UTF8.self) {
        all += scalar
        rest = rest.dropFirst(length)
      } else {
        all += "\\x" + Self.hexadecimal([first]).uppercased()
        rest = rest.dropFirst()
      }
    }
    return all
  }

  /// Cut after so many bytes at most, and not within a character of UTF-8.
  func prefix(_ most: Int) -> RawName {
    guard bytes.count > most else { return self }
    let isText = text != nil
    var end = most
    while isText, end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return RawName(bytes: Array(bytes[..<end]))
  }

  /// Two digits a byte.
  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes that hexadecimal digits write; nil where they are none.
  static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue.map { UInt8($0) } }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}
