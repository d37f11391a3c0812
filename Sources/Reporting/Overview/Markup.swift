/// HTML in which no text can become markup: what is shown is escaped where it is written.
indirect enum Markup {
  case text(String)
  case group([Markup])
  case element(String, [(name: String, value: String)], [Markup])

  /// An element.
  static func of(_ name: String, _ attributes: KeyValuePairs<String, String>, _ children: [Markup]) -> Markup {
    .element(name, attributes.map { (name: $0.key, value: $0.value) }, children)
  }

  /// An element with a text.
  static func of(_ name: String, _ attributes: KeyValuePairs<String, String>, _ text: String) -> Markup {
    of(name, attributes, [.text(text)])
  }

  /// An element without attributes.
  static func of(_ name: String, _ children: [Markup]) -> Markup { of(name, [:], children) }

  /// An element with a text and without attributes.
  static func of(_ name: String, _ text: String) -> Markup { of(name, [:], [.text(text)]) }

  /// Writes the markup as UTF-8.
  func write(to page: inout [UInt8]) {
    switch self {
    case .text(let text): page += text.shownPlainly.markupText.utf8
    case .group(let parts): for part in parts { part.write(to: &page) }
    case .element(let name, let attributes, let children):
      page += "<\(name)".utf8
      for attribute in attributes { page += " \(attribute.name)=\"\(attribute.value.shownPlainly.markupText)\"".utf8 }
      page.append(UInt8(ascii: ">"))
      for child in children { child.write(to: &page) }
      if !["col", "meta", "br", "input"].contains(name) { page += "</\(name)>".utf8 }
      if ["tr", "table", "section", "p", "li", "details", "h2"].contains(name) { page.append(UInt8(ascii: "\n")) }
    }
  }
}

extension String {
  /// Whether it has signs that are not seen, or turn around what is: controls, and marks of direction.
  var hasHiddenSigns: Bool { unicodeScalars.contains(where: \.isHidden) }

  /// The text with a sign in the place of each one that is not seen or turns around what is.
  var shownPlainly: String {
    guard hasHiddenSigns else { return self }
    var shown = UnicodeScalarView()
    for scalar in unicodeScalars { shown.append(scalar.isHidden ? "\u{FFFD}" : scalar) }
    return String(shown)
  }

  /// The beginning of a text that is too long to be looked at.
  func shortened(to most: Int) -> String {
    unicodeScalars.count <= most ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(most))) + "…"
  }
}

extension Unicode.Scalar {
  fileprivate var isHidden: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F: true
    default: false
    }
  }
}
