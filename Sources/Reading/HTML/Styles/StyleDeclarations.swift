/// What the declarations of a style say about whether and how a text is shown; all others are left out.
struct StyleDeclarations: Equatable {
  /// What is known of styles.
  enum Property: Int, CaseIterable {
    case display, visibility, opacity, size, colour, background, strike, shift, clip, across, down
  }

  /// What a property is set to.
  enum Value: UInt8 {
    case unset
    /// As text is shown where nothing is said.
    case plain
    /// It takes away: `display: none`, a size of 0, a line through the text, a transparent colour, no background, a place far
    /// off the page.
    case takes
    /// As the element around it.
    case inherited
    /// A colour or a background of white.
    case white
    case raised, lowered
    /// Smaller than the element around it.
    case smaller
  }

  /// The values of all properties, four bits each.
  private var values: UInt64 = 0
  /// The properties that are said to be important, a bit each.
  private var important: UInt16 = 0

  /// Whether nothing is said.
  var isEmpty: Bool { values == 0 }

  init() {}

  /// Reads the declarations between the braces of a rule, or those of an attribute.
  init(_ text: some Collection<UInt8>) {
    for declaration in Self.parts(of: text) {
      guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")) else { continue }
      var value = String(decoding: declaration[(colon + 1)...], as: UTF8.self)
      let name = String(decoding: declaration[..<colon], as: UTF8.self).filter { !$0.isWhitespace }.lowercased()
      guard let properties = Self.names[name] else { continue }
      var isImportant = false
      if let mark = value.firstIndex(of: "!") {
        isImportant = value[mark...].dropFirst().filter { !$0.isWhitespace }.lowercased() == "important"
        value = String(value[..<mark])
      }
      let words = value.lowercased().split(whereSeparator: \.isWhitespace)
      guard !words.isEmpty else { continue }
      for property in properties {
        let read = Self.value(of: property, name: name, words)
        if read != .unset { set(property, read, isImportant: isImportant) }
      }
    }
  }

  /// Sets a property, unless it is set and important, and this is not.
  mutating func set(_ property: Property, _ value: Value, isImportant: Bool = false) {
    let bit = UInt16(1) << UInt16(property.rawValue)
    guard isImportant || important & bit == 0 else { return }
    force(property, value)
    if isImportant { important |= bit }
  }

  /// Sets a property, whatever it was.
  mutating func force(_ property: Property, _ value: Value) {
    let shift = UInt64(property.rawValue * 4)
    values = values & ~(0xF << shift) | UInt64(value.rawValue) << shift
  }

  /// Sets all that is set in others.
  mutating func take(from others: StyleDeclarations) {
    for property in Property.allCases where others[property] != .unset { set(property, others[property]) }
  }

  /// What a property is set to.
  subscript(property: Property) -> Value {
    Value(rawValue: UInt8(truncatingIfNeeded: values >> UInt64(property.rawValue * 4) & 0xF)) ?? .unset
  }

  /// Whether a property is said to be important.
  func isImportant(_ property: Property) -> Bool { important & (1 << UInt16(property.rawValue)) != 0 }

  private static let names: [String: [Property]] = [
    "display": [.display], "mso-hide": [.display], "visibility": [.visibility], "opacity": [.opacity],
    "font-size": [.size], "font": [.size], "color": [.colour], "background": [.background],
    "background-color": [.background], "background-image": [.background], "text-decoration": [.strike],
    "text-decoration-line": [.strike], "vertical-align": [.shift], "mso-text-raise": [.shift], "clip": [.clip],
    "clip-path": [.clip], "left": [.across], "margin-left": [.across], "text-indent": [.across], "top": [.down],
  ]

  /// The declarations, parted at semicolons that are in no string and no brackets, without comments.
  private static func parts(of text: some Collection<UInt8>) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var (quote, depth) = (UInt8(0), 0)
    for byte in text {
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == UInt8(ascii: "(") {
        depth += 1
      } else if byte == UInt8(ascii: ")") {
        depth = max(0, depth - 1)
      } else if byte == UInt8(ascii: ";"), depth == 0 {
        parts.append([])
        continue
      }
      parts[parts.count - 1].append(byte)
    }
    return parts
  }

  // MARK: Values

  private static func value(of property: Property, name: String, _ words: [Substring]) -> Value {
    let first = words[0]
    if words.count == 1, ["inherit", "unset", "revert", "initial"].contains(first) {
      let inherits = [.visibility, .size, .colour].contains(property)
      return inherits && first != "initial" || first == "inherit" && property != .display ? .inherited : .plain
    }
    switch property {
    case .display where name == "mso-hide": return first == "all" ? .takes : .plain
    case .display: return first == "none" ? .takes : .plain
    case .visibility: return first == "hidden" || first == "collapse" ? .takes : .plain
    case .opacity: return number(first) == 0 ? .takes : .plain
    case .size:
      let size = name == "font" ? words.first { $0.first?.isNumber == true || $0.first == "." } : first
      return size.map(self.size) ?? (name == "font" ? .unset : .plain)
    case .colour: return colour(words.joined())
    case .background: return background(name, words)
    case .strike: return words.contains("line-through") ? .takes : .plain
    case .shift where name == "mso-text-raise":
      let height = number(first) ?? 0
      return abs(height) < leastRaise ? .unset : height > 0 ? .raised : .lowered
    case .shift: return first == "super" ? .raised : first == "sub" ? .lowered : .plain
    case .clip:
      return ["rect(0", "rect(1px", "inset(50%", "inset(100%"].contains { first.hasPrefix($0) } ? .takes : .plain
    case .across, .down: return number(first).map { $0 <= farOff } == true ? .takes : .plain
    }
  }

  /// In points: raised by less a text stands on the line still.
  private static let leastRaise = 2.0
  /// In whatever unit: a place where no reader of a page gets to.
  private static let farOff = -900.0

  private static func size(_ word: Substring) -> Value {
    let word = word.split(separator: "/").first ?? ""
    if ["smaller", "larger"].contains(word) { return word == "smaller" ? .smaller : .inherited }
    guard let value = number(word) else { return .plain }
    if value < 0 { return .unset }
    if value == 0 { return .takes }
    return word.hasSuffix("%") || word.hasSuffix("em") && !word.hasSuffix("rem")
      ? .inherited
      : value < 1 && (word.hasSuffix("px") || word.hasSuffix("pt")) ? .takes : .plain
  }

  /// No figure has digits of this size beside those of size 1.
  private static let mixed = 0.85

  private static func colour(_ word: String) -> Value {
    switch word {
    case "transparent", "#0000", "#00000000": return .takes
    case "white", "#fff", "#ffffff", "ffffff", "rgb(255,255,255)", "rgb(255255255)", "rgba(255,255,255,1)":
      return .white
    default:
      let parts = word.split { $0 == "," || $0 == ")" || $0 == "/" }
      let isClear = word.hasPrefix("rgba(") && parts.count == 4 && number(parts[3]) == 0
      return isClear ? .takes : .plain
    }
  }

  /// `plain` for a colour or a picture.
  private static func background(_ name: String, _ words: [Substring]) -> Value {
    if words.contains(where: { $0.contains("url(") || $0.contains("gradient(") }) { return .plain }
    if name == "background-image" { return .unset }
    let layout = ["none", "repeat", "no-repeat", "scroll", "left", "right", "top", "center", "bottom"]
    let rest = words.filter { !layout.contains(String($0)) && $0.first?.isNumber != true }
    let read = rest.isEmpty ? .takes : colour(rest.joined())
    return read == .inherited ? .takes : read
  }

  /// The number at the beginning of a word.
  private static func number(_ word: Substring) -> Double? {
    Double(word.prefix { $0.isNumber || ".+-".contains($0) })
  }
}
