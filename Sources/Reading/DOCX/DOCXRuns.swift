/// What a range of a Word file shows, piece by piece: characters, breaks, and text boxes as a whole.
struct DOCXRuns {
  /// A piece of it.
  enum Piece {
    /// With the size of the letters, in half points.
    case characters(ArraySlice<UInt8>, Shown, size: Int)
    /// White space that stays as it is.
    case verbatim(ArraySlice<UInt8>)
    case lineBreak
    /// A text box, with the range of what is in it.
    case box(Range<Int>)
    /// What was chosen in a field of a form.
    case choice(ArraySlice<UInt8>)
    /// Something that a person sees and no characters tell.
    case picture
    /// What follows was filled into a form.
    case field
  }

  private let parser: XMLTreeParser
  private var index: Int
  private let end: Int
  private let style: String?
  private let styles: DOCXTextStyles
  private var shown = Shown()
  private var size = 1
  private var runEnd = 0
  /// For each field that has begun, whether its result has, too.
  private var fields: [Bool] = []

  /// The pieces within a paragraph.
  init(_ parser: XMLTreeParser, _ paragraph: Int, styles: DOCXTextStyles) {
    self.parser = parser
    self.styles = styles
    index = paragraph + 1
    end = Int(parser.tree.nodes[paragraph].end)
    style = parser.style(ofParagraph: paragraph)
  }

  /// The next piece; nil after the last.
  mutating func next() -> Piece? {
    while index < end {
      let node = parser.tree.nodes[index]
      let start = index
      switch DOCXKind(rawValue: node.kind) ?? .other {
      case .text:
        index += 1
        if fields.allSatisfy({ $0 }) {
          return .characters(parser.tree.text(node), start < runEnd ? shown : [], size: size)
        }
      case .run:
        index += 1
        let properties = index < Int(node.end) && parser.tree.nodes[index].kind == DOCXKind.runProperties.rawValue
        (shown, size) = styles.shown(parser, properties: properties ? index : nil, paragraph: style)
        runEnd = Int(node.end)
      case .skipped, .deleted, .paragraphProperties, .runProperties, .rowProperties, .cellProperties, .tableProperties:
        index = Int(node.end)
      case .tab:
        index = Int(node.end)
        return .verbatim([0x09])
      case .lineBreak:
        index = Int(node.end)
        return .lineBreak
      case .hyphen:
        index = Int(node.end)
        return .characters([0x2D], shown, size: size)
      case .symbol:
        index = Int(node.end)
        return .characters(Self.symbol(parser.attribute("char", of: node)), shown, size: size)
      case .textBox:
        index = Int(node.end)
        return .box((start + 1)..<Int(node.end))
      case .fieldCharacter:
        index = Int(node.end)
        if let piece = field(start) { return piece }
      case .picture:
        index = Int(node.end)
        if shown.isSeen { return .picture }
      case .control:
        index += 1
        return .field
      default: index += 1
      }
    }
    return nil
  }

  /// A character that only a font of its own knows, as one of private use.
  private static func symbol(_ code: String?) -> ArraySlice<UInt8> {
    let value = code.flatMap { UInt32($0, radix: 16) } ?? 0xF0FF
    let scalar = Unicode.Scalar(value < 0x100 ? value + 0xF000 : value) ?? "\u{FFFD}"
    return Array(String(scalar).utf8)[...]
  }

  private mutating func field(_ index: Int) -> Piece? {
    let nodes = parser.tree.nodes
    switch parser.attribute("fldCharType", of: nodes[index]) {
    case "begin":
      fields.append(false)
      return form(index)
    case "separate": if !fields.isEmpty { fields[fields.count - 1] = true }
    case "end": fields.removeLast(min(1, fields.count))
    default: break
    }
    return nil
  }

  /// What a field of a form that begins says of what is in it.
  private func form(_ field: Int) -> Piece? {
    let nodes = parser.tree.nodes
    var chosen = 0
    var entries: [String] = []
    for node in nodes[(field + 1)..<max(field + 1, Int(nodes[field].end))] {
      switch parser.localName(node) {
      case "textInput": return .field
      case "result": chosen = parser.attribute("val", of: node).flatMap { Int($0) } ?? 0
      case "listEntry": if entries.count < 1000 { entries.append(parser.attribute("val", of: node) ?? "") }
      default: break
      }
    }
    return entries.indices.contains(chosen) ? .choice(Array(entries[chosen].utf8)[...]) : nil
  }
}

extension XMLTreeParser {
  /// The style that a paragraph names.
  func style(ofParagraph paragraph: Int) -> String? {
    let nodes = tree.nodes
    guard paragraph + 1 < Int(nodes[paragraph].end),
      nodes[paragraph + 1].kind == DOCXKind.paragraphProperties.rawValue
    else { return nil }
    let properties = (paragraph + 2)..<max(paragraph + 2, Int(nodes[paragraph + 1].end))
    return properties.first { localName(nodes[$0]) == "pStyle" }.flatMap { attribute("val", of: nodes[$0]) }
  }
}
