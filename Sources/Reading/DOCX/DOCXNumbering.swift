/// The numbers that Word puts before the paragraphs of its lists and numbered headings.
///
/// ```
/// level 0  %1、       1, 2, …  in Chinese numerals
/// level 1  (%2)       begins anew below each number of level 0
/// ```
struct DOCXNumbering {
  private struct Level {
    var start = 1
    var format = "decimal"
    var text = ""
  }

  private struct Style {
    var basedOn: String?
    var list: String?
    var level: Int?
  }

  /// By the id of a list that paragraphs name, the id of what it looks like.
  private var lists: [String: String] = [:]
  private var starts: [String: [Int: Int]] = [:]
  private var levels: [String: [Int: Level]] = [:]
  private var styles: [String: Style] = [:]
  /// By the id of what a list looks like, the last number of each level.
  private var counts: [String: [Int: Int]] = [:]
  private var begun: Set<String> = []

  /// Reads the parts of lists and of styles.
  init(numbering: XMLTreeParser?, styles: XMLTreeParser?) {
    if let numbering { readLists(numbering) }
    if let styles { readStyles(styles) }
  }

  /// The deepest level of a list, the longest text before its paragraphs, and the largest number at which one begins, as in
  /// Word.
  private static let deepestLevel = 8
  private static let longestText = 256
  private static let largestStart = 32_767

  private static func start(_ value: String?) -> Int? {
    value.flatMap { Int($0) }.map { min(max($0, 0), largestStart) }
  }

  private static func level(_ value: String?) -> Int? {
    value.flatMap { Int($0) }.flatMap { (0...deepestLevel).contains($0) ? $0 : nil }
  }

  private mutating func readLists(_ parser: XMLTreeParser) {
    var (look, list, level) = (String?.none, String?.none, 0)
    for node in parser.tree.nodes where node.kind != MarkupTree.text {
      let value = parser.attribute("val", of: node)
      switch parser.localName(node) {
      case "abstractNum": (look, list) = (parser.attribute("abstractNumId", of: node), nil)
      case "num": (look, list) = (nil, parser.attribute("numId", of: node))
      case "abstractNumId": if let list, let value { lists[list] = value }
      case "lvl", "lvlOverride":
        level = Self.level(parser.attribute("ilvl", of: node)) ?? 0
        if let look { levels[look, default: [:]][level] = Level() }
      case "start": if let look, let value = Self.start(value) { levels[look]?[level]?.start = value }
      case "startOverride":
        if let list, let value = Self.start(value) { starts[list, default: [:]][level] = value }
      case "numFmt": if let look, let value { levels[look]?[level]?.format = value }
      case "lvlText":
        if let look, let value, value.utf8.count <= Self.longestText { levels[look]?[level]?.text = value }
      default: break
      }
    }
  }

  private mutating func readStyles(_ parser: XMLTreeParser) {
    var id: String?
    for node in parser.tree.nodes where node.kind != MarkupTree.text {
      let value = parser.attribute("val", of: node)
      switch parser.localName(node) {
      case "style":
        id = parser.attribute("styleId", of: node)
        if let id { styles[id] = Style() }
      case "basedOn": if let id { styles[id]?.basedOn = value }
      case "numId": if let id { styles[id]?.list = value }
      case "ilvl": if let id { styles[id]?.level = Self.level(value) }
      default: break
      }
    }
  }

  /// What stands before the next paragraph of a list; empty without one.
  ///
  /// - Parameters:
  ///   - list: the id of the list that the paragraph names, `0` for none in spite of its style.
  mutating func label(list: String?, level: Int?, style: String?) -> String {
    var (list, level) = (list, level)
    var next = style
    for _ in 0..<16 {
      guard list == nil || level == nil, let name = next, let known = styles[name] else { break }
      if list == nil { list = known.list }
      if level == nil { level = known.level }
      next = known.basedOn
    }
    guard let list, list != "0", let look = lists[list], let all = levels[look] else { return "" }
    let depth = min(max(level ?? 0, 0), Self.deepestLevel)
    guard let own = all[depth] else { return "" }
    if begun.insert(list).inserted, let overrides = starts[list] {
      for (level, start) in overrides { counts[look, default: [:]][level] = start - 1 }
    }
    counts[look, default: [:]][depth] = (counts[look]?[depth] ?? own.start - 1) + 1
    for deeper in (counts[look] ?? [:]).keys where deeper > depth { counts[look]?[deeper] = nil }
    guard own.format != "none", own.format != "bullet" else { return "" }
    var label = own.text
    for level in 0...8 where label.contains("%\(level + 1)") {
      let number = counts[look]?[level] ?? all[level]?.start ?? 1
      label = label.replacing("%\(level + 1)", with: Self.written(number, all[level]?.format ?? "decimal"))
    }
    return label
  }

  // MARK: Numerals

  private static func written(_ number: Int, _ format: String) -> String {
    switch format {
    case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
      "taiwaneseCountingThousand", "ideographTraditional":
      return chinese(number)
    case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
      return String(number).compactMap { $0.wholeNumberValue }.map { digit($0) }.joined()
    case "upperLetter", "lowerLetter":
      let letter = String(UnicodeScalar(UInt8(0x41 + max(0, number - 1) % 26)))
      return format == "upperLetter" ? letter : letter.lowercased()
    case "upperRoman": return roman(number)
    case "lowerRoman": return roman(number).lowercased()
    case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
      return (1...20).contains(number)
        ? UnicodeScalar(0x245F + UInt32(number)).map { String($0) } ?? String(number) : String(number)
    case "decimalZero": return number < 10 ? "0\(number)" : String(number)
    default: return String(number)
    }
  }

  /// Up to 99; more are written in figures, which no list of a report has.
  private static func chinese(_ number: Int) -> String {
    guard (1...99).contains(number) else { return number == 0 ? digit(0) : String(number) }
    let (tens, ones) = (number / 10, number % 10)
    let ten = tens == 0 ? "" : (tens == 1 ? "" : digit(tens)) + "\u{5341}"
    return ten + (ones == 0 ? "" : digit(ones))
  }

  private static func digit(_ value: Int) -> String {
    let digits: [UInt16] = [
      0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D,
    ]
    return String(decoding: [digits[value]], as: UTF16.self)
  }

  private static func roman(_ number: Int) -> String {
    guard (1...3999).contains(number) else { return String(number) }
    var (rest, result) = (number, "")
    let signs = [
      (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
      (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]
    for (value, sign) in signs {
      while rest >= value {
        result += sign
        rest -= value
      }
    }
    return result
  }
}

extension XMLTreeParser {
  /// The name of an element without its prefix.
  func localName(_ node: MarkupTree.Node) -> Substring {
    let name = tree.names[Int(node.name)]
    return name.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name[...]
  }
}
