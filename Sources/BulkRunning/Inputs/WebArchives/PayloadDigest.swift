import PipelineKit

/// A digest as a record has it: `sha1:` and base 32, or another algorithm and another spelling.
struct PayloadDigest {
  private let algorithm: Digest.Algorithm
  private let spelling: String

  /// Nil for an algorithm that is not known.
  init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = text[..<colon].lowercased().filter { $0 != "-" }
    guard let algorithm = Digest.Algorithm(rawValue: name) else { return nil }
    self.algorithm = algorithm
    spelling = String(text[text.index(after: colon)...])
  }

  /// Whether the digest is that of `bytes`.
  func matches(_ bytes: [UInt8]) -> Bool {
    let digest = Digest.bytes(of: bytes, algorithm)
    let isHexadecimal = spelling.utf8.count == digest.count * 2
    return isHexadecimal
      ? spelling.lowercased() == RawName.hexadecimal(digest)
      : spelling.uppercased().prefix { $0 != "=" } == Self.base32(digest)
  }

  /// RFC 4648, 6; without padding.
  static func base32(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var text: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in bytes {
      (bits, count) = ((bits << 8 | Int(byte)) & 0xFFF, count + 8)
      while count >= 5 {
        text.append(letters[bits >> (count - 5) & 31])
        count -= 5
      }
    }
    if count > 0 { text.append(letters[bits << (5 - count) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }
}
