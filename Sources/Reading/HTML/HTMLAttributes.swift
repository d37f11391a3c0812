/// What the attributes of an element say that matters for its text.
struct HTMLAttributes {
  var columnSpan = 1
  var rowSpan = 1
  /// It takes no room: neither its text nor, of a cell, its place in the row is there.
  var isHidden = false
  /// It takes room and shows nothing.
  var isInvisible = false
  /// Its class or id is that of a part of the site around an article.
  var isChrome = false
  /// Where a link leads, or where a document within the page is.
  var address: String?
  /// Of a `meta` element.
  var name: String?
  var content: String?

  /// Whether it says nothing.
  var isPlain: Bool {
    columnSpan == 1 && rowSpan == 1 && !isHidden && !isInvisible && !isChrome && address == nil && name == nil
      && content == nil
  }

  /// Words within a class or an id that name parts of a site around its articles.
  private static let chromeWords: Set<String> = [
    "nav", "navbar", "navigation", "header", "footer", "foot", "menu", "sidebar", "breadcrumb", "breadcrumbs", "crumb",
    "crumbs", "toolbar", "share", "copyright", "friendlink", "friendlinks", "search", "login", "pagination", "qrcode",
    "related", "recommend",
  ]

  /// Whether one of the words of a class or an id is among them.
  static func namesChrome(_ value: String) -> Bool {
    var word: [UInt8] = []
    for byte in Array(value.utf8) + [0x20] {
      let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      if (0x61...0x7A).contains(lower) {
        word.append(lower)
      } else {
        if chromeWords.contains(String(decoding: word, as: UTF8.self)) { return true }
        word.removeAll(keepingCapacity: true)
      }
    }
    return false
  }

  /// How a style hides, if it does.
  mutating func read(style: String) {
    let plain = style.utf8.filter { $0 > 0x20 }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    for declaration in plain.split(separator: UInt8(ascii: ";")) {
      let text = String(decoding: declaration, as: UTF8.self)
      let parts = text.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = parts[1].split(separator: "!").first ?? ""
      switch (parts[0], value) {
      case ("display", "none"), ("mso-hide", "all"): isHidden = true
      case ("visibility", "hidden"), ("visibility", "collapse"), ("opacity", "0"), ("opacity", "0.0"),
        ("font-size", "0"), ("font-size", "0px"), ("font-size", "0pt"), ("font-size", "0em"):
        isInvisible = true
      default: break
      }
    }
  }

  /// A number of columns or rows as browsers read it: its first digits; what is none is 1.
  static func span(_ value: String) -> Int {
    let digits = value.utf8.drop { $0 <= 0x20 || $0 == UInt8(ascii: "+") }.prefix { (0x30...0x39).contains($0) }
    guard let first = digits.first else { return 1 }
    let significant = digits.drop { $0 == 0x30 }
    if significant.isEmpty { return first == 0x30 ? 0 : 1 }
    return significant.count > 9 ? Int(Int32.max) : significant.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
