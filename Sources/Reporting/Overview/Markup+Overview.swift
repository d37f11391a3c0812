import DocumentModel

extension Markup {
  /// A number.
  static func count(_ count: Int) -> Markup { .text(count.grouped) }

  /// A part of a whole.
  static func share(_ count: Int, of all: Int) -> Markup { .text(all == 0 ? "" : count.share(of: all)) }

  /// The same, as a length.
  static func bar(_ count: Int, of all: Int) -> Markup {
    .of("meter", ["min": "0", "max": "\(max(all, 1))", "value": "\(count)"], count.share(of: max(all, 1)))
  }
}

extension Examples<ResultsOverview.Example> {
  /// The examples, folded up.
  var details: Markup {
    let rest = count - first.count
    let more: [Markup] = rest > 0 ? [.of("li", ["class": "about"], [.word("more", rest)])] : []
    return .of(
      "details", [.of("summary", "\(first.count)"), .of("ul", ["class": "examples"], first.map(\.item) + more)])
  }
}

extension ResultsOverview.Example {
  /// The document, what is to be seen, and the commands that show it.
  var item: Markup {
    var parts: [Markup] = [.of("span", ["class": "document"], (about ?? uri).shortened(to: 200))]
    if about != nil { parts.append(.of("span", ["class": "about"], uri.shortened(to: 300))) }
    if let member { parts.append(.of("code", ["class": "about"], member.shortened(to: 300))) }
    if let remark = remark?.markup { parts.append(.of("span", ["class": "remark"], [remark])) }
    parts += commands.map { .of("code", ["class": "command"], $0) }
    return .of("li", parts)
  }

  /// Commands that can be copied; none where it is not known where the document lies, or its name has signs that are not
  /// seen.
  private var commands: [String] {
    guard let address, !address.isEmpty, address != "-", address.unicodeScalars.count <= 1000, !address.hasHiddenSigns
    else { return [] }
    let path = (address.hasPrefix("-") ? "./" + address : address).shellWord
    let page = "gouji inspect \(path) -o page.html"
    guard let pointer, !pointer.hasHiddenSigns, pointer.utf8.count <= 1000 else { return [page] }
    return ["gouji explain \(path) \(pointer.shellWord)", page]
  }
}

extension ResultsOverview.Remark {
  /// In words; nil where there are none.
  fileprivate var markup: Markup? {
    switch self {
    case .text(let text): text.isEmpty ? nil : .text(text.shortened(to: 300))
    case .lacks(let parts): parts.isEmpty ? nil : .list(parts.map { .word("lacks.\($0.what)", $0.count) })
    }
  }
}

extension Int {
  /// With a thin space between thousands.
  var grouped: String {
    var digits = String(magnitude)[...]
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: "\u{202F}")
  }

  /// In hundredths, with one decimal; what is not all never looks like all, nor what is something like nothing.
  func share(of all: Int) -> String {
    let thousandths = Int((Double(self) * 1000 / Double(all)).rounded())
    let held = self == 0 || self == all ? thousandths : Swift.min(Swift.max(thousandths, 1), 999)
    return "\(held / 10).\(held % 10) %"
  }
}

extension String {
  /// The text, or that there is none.
  var orNone: Markup { isEmpty ? .word("not known") : .text(shortened(to: 80)) }

  /// The class of the style for a severity; no other word of a document is a class.
  var severityClass: String { Severity(rawValue: self)?.rawValue ?? "info" }

  /// As one word of a shell, whatever is in it.
  var shellWord: String {
    let isPlain =
      !isEmpty
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "/._-+,:".unicodeScalars.contains($0)
      }
    return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
