/// How the runs of a Word file are shown, by the styles of the file and by what each run says itself.
struct DOCXTextStyles {
  /// What one place says; nil for what it leaves open.
  private struct Saying {
    var isHidden: Bool?
    var isStruck: Bool?
    var shift: Shown?
    var isWhite: Bool?
    var isBacked: Bool?
    /// In half points.
    var size: Int?
    /// The style of the characters, which says the rest.
    var style: String?

    /// What stronger words say above this.
    func overridden(by other: Saying) -> Saying {
      Saying(
        isHidden: other.isHidden ?? isHidden, isStruck: other.isStruck ?? isStruck, shift: other.shift ?? shift,
        isWhite: other.isWhite ?? isWhite, isBacked: other.isBacked ?? isBacked, size: other.size ?? size)
    }
  }

  /// What each style says, with those that it is based on.
  private var styles: [String: Saying] = [:]
  private var defaults = Saying()
  /// The style of paragraphs that name none.
  private var usual: String?

  /// Reads the part of styles.
  init(_ parser: XMLTreeParser?) {
    guard let parser else { return }
    let nodes = parser.tree.nodes
    var said: [String: (says: Saying, basedOn: String?)] = [:]
    var index = 0
    while index < nodes.count {
      let node = nodes[index]
      index += 1
      guard node.kind != MarkupTree.text else { continue }
      switch parser.localName(node) {
      case "style":
        guard let id = parser.attribute("styleId", of: node) else { continue }
        var (says, base) = (Saying(), String?.none)
        for inner in index..<max(index, Int(node.end)) where Int(nodes[inner].parent) == index - 1 {
          if nodes[inner].kind == DOCXKind.runProperties.rawValue { says = Self.saying(parser, inner) }
          if parser.localName(nodes[inner]) == "basedOn" { base = parser.attribute("val", of: nodes[inner]) }
        }
        said[id] = (says, base)
        let isUsual =
          parser.attribute("type", of: node) == "paragraph" && Self.isOn(parser.attribute("default", of: node))
        if isUsual, parser.attribute("default", of: node) != nil { usual = id }
        index = max(index, Int(node.end))
      case "docDefaults":
        for inner in index..<max(index, Int(node.end)) where nodes[inner].kind == DOCXKind.runProperties.rawValue {
          defaults = Self.saying(parser, inner)
        }
        index = max(index, Int(node.end))
      default: break
      }
    }
    for name in said.keys {
      var line: [Saying] = []
      var next: String? = name
      while let name = next, line.count < Self.longestLine, let known = said[name] {
        line.append(known.says)
        next = known.basedOn
      }
      styles[name] = line.reversed().reduce(Saying()) { $0.overridden(by: $1) }
    }
  }

  /// The most styles of which each is based on the next.
  private static let longestLine = 16

  /// How a run with the properties at `properties`, in a paragraph of the style `paragraph`, is shown, and the size of its
  /// letters in half points.
  func shown(_ parser: XMLTreeParser, properties: Int?, paragraph: String?) -> (shown: Shown, size: Int) {
    let own = properties.map { Self.saying(parser, $0) } ?? Saying()
    if own.style == nil, paragraph == nil, usual == nil, properties == nil { return Self.shown(defaults) }
    let around = (paragraph ?? usual).flatMap { styles[$0] } ?? Saying()
    let characters = own.style.flatMap { styles[$0] } ?? Saying()
    var all = defaults.overridden(by: around).overridden(by: characters)
    // Two styles that both say so undo each other.
    if around.isHidden == true, characters.isHidden == true { all.isHidden = false }
    if around.isStruck == true, characters.isStruck == true { all.isStruck = false }
    return Self.shown(all.overridden(by: own))
  }

  private static func shown(_ saying: Saying) -> (shown: Shown, size: Int) {
    let size = saying.size ?? usualSize
    var shown = saying.shift ?? []
    if saying.isHidden == true { shown.insert(.hidden) }
    if size <= largestTiny { shown.insert(.tiny) }
    if saying.isStruck == true { shown.insert(.struck) }
    // What the cell, or the style of the table, puts behind it is not known here.
    if saying.isWhite == true, saying.isBacked != true { shown.insert(.pale) }
    return (shown, max(1, size))
  }

  private static func isOn(_ value: String?) -> Bool { !["0", "false", "off", "none"].contains(value ?? "1") }

  /// What properties of a run say.
  private static func saying(_ parser: XMLTreeParser, _ properties: Int) -> Saying {
    var says = Saying()
    let nodes = parser.tree.nodes
    let end = Int(nodes[properties].end)
    var index = properties + 1
    while index < end {
      let node = nodes[index]
      // What lies deeper is of what was before a change.
      index = Int(node.end)
      let value = parser.attribute("val", of: node)
      switch parser.localName(node) {
      case "vanish": says.isHidden = isOn(value)
      case "strike", "dstrike": if says.isStruck != true { says.isStruck = isOn(value) }
      case "vertAlign": says.shift = value == "superscript" ? .raised : value == "subscript" ? .lowered : []
      case "position":
        let height = value.flatMap { Int($0) } ?? 0
        if abs(height) >= leastHeight, says.shift == nil { says.shift = height > 0 ? .raised : .lowered }
      case "color": says.isWhite = value?.uppercased() == "FFFFFF"
      case "shd":
        says.isBacked = !["auto", "FFFFFF"].contains((parser.attribute("fill", of: node) ?? "auto").uppercased())
      case "highlight": says.isBacked = value != "none" && value != "white"
      case "sz": says.size = value.flatMap { Int($0) }.map { min(max($0, 0), largestSize) }
      case "rStyle": says.style = value
      default: break
      }
    }
    return says
  }

  /// In half points: raised by less a text stands on the line still; of this size nobody can read it.
  private static let leastHeight = 4
  private static let largestTiny = 2
  private static let usualSize = 20
  private static let largestSize = 4000
}
