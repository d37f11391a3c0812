/// The rules of the style sheets of a page that say whether and how text is shown, in their order.
struct StyleRules {
  /// Declarations for the elements of one selector.
  struct Rule {
    var selector: StyleSelector
    var declarations: StyleDeclarations
    /// Whether it is known that the rule holds, for the elements that its selector is sure of.
    var isSure: Bool
  }

  private(set) var rules: [Rule] = []
  /// Whether there are more rules than are read.
  private(set) var isTooLong = false
  /// Whether another style sheet is asked for.
  private(set) var asksForOthers = false

  /// Reads a style sheet that holds where the condition `media` does.
  mutating func read(_ sheet: [UInt8], media: String = "") {
    let applies = Self.applies(media)
    guard applies != false else { return }
    readRules(Self.withoutComments(sheet)[...], isSure: applies == true, depth: 0)
  }

  private mutating func readRules(_ text: ArraySlice<UInt8>, isSure: Bool, depth outer: Int) {
    guard outer < Self.deepest else { return }
    var (depth, quote) = (0, UInt8(0))
    var (start, blockStart) = (text.startIndex, text.startIndex)
    for index in text.indices {
      let byte = text[index]
      if quote != 0 {
        if byte == quote || byte == 0x0A { quote = 0 }
        continue
      }
      switch byte {
      case 0x22, 0x27: quote = byte
      case UInt8(ascii: "{"):
        depth += 1
        if depth == 1 { blockStart = index }
      case UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        if depth == 0 {
          if blockStart > start || text[blockStart] == UInt8(ascii: "{") {
            learn(text[start..<blockStart], text[min(blockStart + 1, index)..<index], isSure: isSure, depth: outer)
          }
          start = index + 1
          blockStart = start
        }
      case UInt8(ascii: ";") where depth == 0:
        if Self.trimmed(text[start..<index]).lowercased().hasPrefix("@import") { asksForOthers = true }
        start = index + 1
        blockStart = start
      default: break
      }
    }
    // The last block of a sheet that ends before its end.
    if depth > 0 { learn(text[start..<blockStart], text[(blockStart + 1)...], isSure: isSure, depth: outer) }
  }

  private mutating func learn(
    _ prelude: ArraySlice<UInt8>, _ block: ArraySlice<UInt8>, isSure: Bool, depth: Int
  ) {
    let selectors = Self.trimmed(prelude)
    if selectors.first == "@" {
      let words = selectors.dropFirst().lowercased().split(maxSplits: 1, whereSeparator: \.isWhitespace)
      switch words.first ?? "" {
      case "media":
        let applies = Self.applies(words.count > 1 ? String(words[1]) : "")
        if applies != false { readRules(block, isSure: isSure && applies == true, depth: depth + 1) }
      // Whether they hold, and what they weigh, depends on the browser.
      case "supports", "layer", "container", "scope": readRules(block, isSure: false, depth: depth + 1)
      default: break
      }
      return
    }
    let declarations = StyleDeclarations(block)
    guard !declarations.isEmpty else { return }
    for part in selectors.split(separator: ",") {
      guard let selector = StyleSelector(part) else { continue }
      guard rules.count < Self.mostRules else {
        isTooLong = true
        return
      }
      rules.append(Rule(selector: selector, declarations: declarations, isSure: isSure && selector.isSure))
    }
  }

  private static let deepest = 16
  private static let mostRules = 20_000

  /// Whether a list of media has the screen of a computer; nil where that depends on what is not known.
  private static func applies(_ media: String) -> Bool? {
    let media = media.lowercased()
    guard media.contains(where: { !$0.isWhitespace }) else { return true }
    var result: Bool? = false
    for query in media.split(separator: ",") {
      let words = query.split { $0.isWhitespace || "():".contains($0) }.filter { !["only", "and"].contains($0) }
      var one: Bool? = true
      var index = 0
      while index < words.count {
        let value = index + 1 < words.count ? width(words[index + 1]) : nil
        switch words[index] {
        case "screen", "all": break
        case "print", "speech", "tty", "tv", "projection", "handheld", "braille", "embossed", "aural": one = false
        case "min-width", "max-width":
          if let value {
            let holds = words[index] == "min-width" ? value <= screen : value >= screen
            if !holds { one = false }
          } else if one == true {
            one = nil
          }
          index += 1
        default: if one == true { one = nil }
        }
        index += 1
      }
      if one == true { return true }
      if one == nil { result = nil }
    }
    return result
  }

  /// The width of a usual screen, in pixels.
  private static let screen = 1280.0

  private static func width(_ word: Substring) -> Double? {
    guard let value = Double(word.prefix { $0.isNumber || $0 == "." }) else { return nil }
    if word.hasSuffix("px") { return value }
    return word.hasSuffix("em") ? 16 * value : nil
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> Substring {
    let words = String(decoding: text, as: UTF8.self)
    return Substring(words).drop(while: \.isWhitespace)
  }

  /// A sheet without its comments and the signs that hid it from old browsers.
  private static func withoutComments(_ sheet: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(sheet.count)
    var isComment = false
    var index = 0
    while index < sheet.count {
      let next = index + 1 < sheet.count ? sheet[index + 1] : 0
      if !isComment, sheet[index] == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
        isComment = true
        index += 2
      } else if isComment, sheet[index] == UInt8(ascii: "*"), next == UInt8(ascii: "/") {
        isComment = false
        index += 2
      } else if !isComment, sheet[index...].starts(with: [0x3C, 0x21, 0x2D, 0x2D]) {
        index += 4
      } else if !isComment, sheet[index...].starts(with: [0x2D, 0x2D, 0x3E]) {
        index += 3
      } else {
        if !isComment { result.append(sheet[index]) }
        index += 1
      }
    }
    return result
  }
}
