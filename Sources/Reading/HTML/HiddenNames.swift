/// Classes and ids that the style sheets of a page hide.
///
/// Only rules that hold wherever their name stands are known: `.name`, `#name`, also behind the name of an element, outside
/// of media that are not the screen. Whatever else hides, such as a script, is not seen.
struct HiddenNames {
  private var classes: Set<String> = []
  private var ids: Set<String> = []

  /// Whether a list of classes has one that is hidden.
  func hidesClass(_ value: String) -> Bool {
    !classes.isEmpty && value.split(whereSeparator: \.isWhitespace).contains { classes.contains(String($0)) }
  }

  /// Whether an id is hidden.
  func hidesID(_ value: String) -> Bool { ids.contains(value) }

  /// Reads a style sheet.
  mutating func read(_ sheet: [UInt8]) {
    let text = Self.withoutComments(sheet)
    var depth = 0
    var start = 0
    var selector: Range<Int>?
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "{"):
        if depth == 0 { selector = start..<index }
        depth += 1
        if depth == 1 { start = index + 1 }
      case UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        if depth == 0 {
          if let selector { learn(text[selector], text[start..<index]) }
          start = index + 1
        }
      case UInt8(ascii: ";") where depth == 0: start = index + 1
      default: break
      }
    }
  }

  private mutating func learn(_ selectors: ArraySlice<UInt8>, _ declarations: ArraySlice<UInt8>) {
    let selectors = String(decoding: selectors, as: UTF8.self)
    guard !selectors.contains("@") else { return }
    var said = HTMLAttributes()
    said.read(style: String(decoding: declarations, as: UTF8.self))
    guard said.isHidden || said.isInvisible else { return }
    for selector in selectors.split(separator: ",") {
      let name = selector.drop(while: \.isWhitespace).drop { $0.isLetter || $0.isNumber }
      let rest = name.dropFirst().prefix { !$0.isWhitespace }
      guard rest.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }), !rest.isEmpty,
        name.dropFirst(1 + rest.count).allSatisfy(\.isWhitespace)
      else { continue }
      if name.first == "." { classes.insert(String(rest)) }
      if name.first == "#" { ids.insert(String(rest)) }
    }
  }

  private static func withoutComments(_ sheet: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
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
      } else {
        if !isComment { result.append(sheet[index]) }
        index += 1
      }
    }
    return result
  }
}
