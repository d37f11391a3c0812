/// What the attributes of an element say that matters for its text, but for its looks.
struct HTMLAttributes {
  var columnSpan = 1
  var rowSpan = 1
  /// Where a link leads, or where a document within the page is.
  var address: String?
  /// Of a `meta` element.
  var name: String?
  var content: String?
  /// Of a picture: whether it is too small to show anything. Of an option: whether it is the one that is chosen. Of a field:
  /// whether nobody can write text into it.
  var isMarked = false

  /// Whether it says nothing.
  var isPlain: Bool {
    columnSpan == 1 && rowSpan == 1 && !isMarked && address == nil && name == nil && content == nil
  }

  /// A number of columns or rows as browsers read it: its first digits; what is none is 1.
  static func span(_ value: String) -> Int {
    let digits = value.utf8.drop { $0 <= 0x20 || $0 == UInt8(ascii: "+") }.prefix { (0x30...0x39).contains($0) }
    guard let first = digits.first else { return 1 }
    let significant = digits.drop { $0 == 0x30 }
    if significant.isEmpty { return first == 0x30 ? 0 : 1 }
    return significant.count > 9 ? Int(Int32.max) : significant.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Whether a field of a form with this `type` shows what was written into it.
  static func showsText(_ type: String) -> Bool {
    ["", "text", "number", "tel", "search", "url", "email", "date", "month"].contains(type.lowercased())
  }
}
