import FoundationEssentials

/// What a page, and the server that it came from, say of its encoding.
struct DeclaredCharset {
  /// In lower case; nil where nothing is said.
  var name: String?

  /// The server is believed first, as browsers do; but many say Latin-1 of whatever they have.
  init(of page: Data, from server: String?) {
    let isHabit = server.map { ["iso-8859-1", "latin1", "us-ascii"].contains($0) } ?? true
    name = isHabit ? Self.ofPage(page) ?? server : server
  }

  /// The word behind `charset=` or `encoding=` in the first bytes of a page, in lower case; nil where there is none.
  static func ofPage(_ bytes: Data) -> String? {
    let head = bytes.prefix(4096).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    for key in ["charset", "encoding"] {
      guard let word = value(of: Array(key.utf8), in: head) else { continue }
      return word
    }
    return nil
  }

  private static func value(of key: [UInt8], in head: [UInt8]) -> String? {
    var index = 0
    while index + key.count < head.count {
      guard head[index...].starts(with: key) else {
        index += 1
        continue
      }
      var rest = head[(index + key.count)...].drop { $0 <= 0x20 }
      index += key.count
      guard rest.first == UInt8(ascii: "=") else { continue }
      rest = rest.dropFirst().drop { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
      let word = rest.prefix { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: "_")
      }
      if !word.isEmpty { return String(decoding: word, as: UTF8.self) }
    }
    return nil
  }
}
