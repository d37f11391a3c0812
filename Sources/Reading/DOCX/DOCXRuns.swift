/// What a range of a Word file shows, piece by piece: characters, breaks, and text boxes as a whole.
struct DOCXRuns {
  /// A piece of it.
  enum Piece {
    case characters(ArraySlice<UInt8>)
    /// White space that stays as it is.
    case verbatim(ArraySlice<UInt8>)
    case lineBreak
    /// A text box, with the range of what is in it.
    case box(Range<Int>)
  }

  private let parser: XMLTreeParser
  private var index: Int
  private let end: Int

  /// The pieces within an element.
  init(_ parser: XMLTreeParser, _ element: Int) {
    self.parser = parser
    index = element + 1
    end = Int(parser.tree.nodes[element].end)
  }

  /// The next piece; nil after the last.
  mutating func next() -> Piece? {
    while index < end {
      let node = parser.tree.nodes[index]
      switch DOCXKind(rawValue: node.kind) ?? .other {
      case .text:
        index += 1
        return .characters(parser.tree.text(node))
      case .run where isHidden(index), .skipped, .deleted, .paragraphProperties, .runProperties, .rowProperties,
        .cellProperties, .tableProperties:
        index = Int(node.end)
      case .tab:
        index = Int(node.end)
        return .verbatim([0x09])
      case .lineBreak:
        index = Int(node.end)
        return .lineBreak
      case .hyphen:
        index = Int(node.end)
        return .characters([0x2D])
      case .textBox:
        let inner = (index + 1)..<Int(node.end)
        index = Int(node.end)
        return .box(inner)
      default: index += 1
      }
    }
    return nil
  }

  /// Whether a run says that it is not shown.
  private func isHidden(_ run: Int) -> Bool {
    let nodes = parser.tree.nodes
    guard run + 1 < Int(nodes[run].end), nodes[run + 1].kind == DOCXKind.runProperties.rawValue else { return false }
    for node in nodes[(run + 2)..<max(run + 2, Int(nodes[run + 1].end))] {
      switch parser.localName(node) {
      case "vanish": return !["0", "false", "off"].contains(parser.attribute("val", of: node) ?? "1")
      case "rPrChange": return false
      default: continue
      }
    }
    return false
  }
}
