extension String {
  /// A cell of a pipe table that shows this text and nothing else.
  ///
  /// In a table `\\|` is a bar, also in code and wherever a backslash stands before it: `\\\\|` is read in two ways. So a
  /// backslash becomes a character reference, as does what could be markup. A line end becomes a space, and a space at
  /// the ends a reference, or it would be cut off. Rules: GitHub Flavored Markdown 0.29, 4.10 and 6.
  var markdownCell: String { markdown { $0 == "|" ? "\\|" : nil } }

  /// The text as a paragraph of its own: nothing at its beginning makes a heading, a list or a quotation.
  var markdownLine: String {
    let text = markdown { _ in nil }
    let number = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(number.count)
    guard let mark = rest.first, (number.isEmpty ? "#-+=>" : ".)").contains(mark) else { return text }
    return number + mark.unicodeScalars.map(\.reference).joined() + rest.dropFirst()
  }

  private func markdown(_ escape: (Unicode.Scalar) -> String?) -> String {
    let scalars = Array(replacing("\r\n", with: " ").unicodeScalars)
    let from = scalars.firstIndex { !$0.isSpace } ?? scalars.count
    let to = scalars.lastIndex { !$0.isSpace } ?? -1
    let isLink = contains("](") || contains("[^")
    // These come in pairs where they mean anything.
    let pairs = Set("*_`~$".unicodeScalars.filter { mark in scalars.count { $0 == mark } > 1 })
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      if let escaped = escape(scalar) {
        result += escaped
      } else if scalar == "\n" || scalar == "\r" {
        result += " "
      } else if scalar == "<" {
        result += "&lt;"
      } else if scalar == "&" {
        result += "&amp;"
      } else if scalar == "\\" || pairs.contains(scalar) || isLink && scalar == "["
        || scalar.isSpace && (index < from || index > to) || scalars.linkBegins(at: index)
      {
        result += scalar.reference
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension [Unicode.Scalar] {
  /// Whether the mark here would make a link of what stands around it: `://`, `www.` or an address of mail.
  fileprivate func linkBegins(at index: Int) -> Bool {
    switch self[index] {
    case ":": self[(index + 1)...].prefix(2) == ["/", "/"]
    case "@": index > 0 && index + 1 < count && !self[index - 1].isSpace && !self[index + 1].isSpace
    case ".": index >= 3 && self[(index - 3)..<index].allSatisfy { $0 == "w" || $0 == "W" }
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// `&#92;` for a backslash.
  fileprivate var reference: String { "&#\(value);" }
  fileprivate var isSpace: Bool { self == " " || self == "\t" }
}
