import CXML

/// Makes a tree of the XML of a Word file by the events of libxml2: no entities, no document type, no network.
struct XMLTreeParser {
  private(set) var tree = MarkupTree(deepest: 1000)
  /// Of each element that has some of the attributes that are looked at, where they are in `attributes`.
  private var lists: [Range<Int32>] = []
  /// The attributes, by the places of their names in `lookedAt`, and their values in `values`.
  private var attributes: [(name: UInt8, start: Int32, end: Int32)] = []
  private var values: [UInt8] = []
  /// Whether there are more elements and texts than may be.
  private(set) var isTooLarge = false
  /// Whether a document type is declared, which no Word file has and bombs need.
  private(set) var hasDocumentType = false
  /// Whether it ends before its end, or is no XML.
  private(set) var isDamaged = false
  /// Whether it is a bomb, or too large.
  var isRefused: Bool { hasDocumentType || isTooLarge }
  private let mostNodes: Int
  private var names: [String: UInt16] = [:]
  private var context: xmlParserCtxtPtr?

  /// Reads a part.
  init(_ part: [UInt8], mostNodes: Int) {
    self.mostNodes = mostNodes
    part.withUnsafeBytes { bytes in
      let text = bytes.assumingMemoryBound(to: CChar.self).baseAddress
      guard !bytes.isEmpty, let context = xmlCreateMemoryParserCtxt(text, Int32(clamping: bytes.count)) else {
        isDamaged = true
        return
      }
      defer { xmlFreeParserCtxt(context) }
      withUnsafeMutablePointer(to: &self) { parser in
        context.pointee.sax.pointee = Self.events
        context.pointee.userData = UnsafeMutableRawPointer(parser)
        parser.pointee.context = context
        xmlCtxtUseOptions(
          context,
          Int32(XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NONET.rawValue)
            | Int32(XML_PARSE_NOCDATA.rawValue))
        xmlParseDocument(context)
        parser.pointee.isDamaged = context.pointee.wellFormed == 0
        parser.pointee.context = nil
      }
    }
    tree.closeAll()
  }

  private static var events: xmlSAXHandler {
    var events = xmlSAXHandler()
    events.initialized = 0xDEED_BEAF  // XML_SAX2_MAGIC
    events.startElementNs = { parser, name, prefix, space, _, _, count, _, list in
      guard let parser, let name else { return }
      parser.assumingMemoryBound(to: XMLTreeParser.self).pointee.begin(name, prefix, in: space, Int(count), list)
    }
    events.endElementNs = { parser, _, _, _ in
      parser?.assumingMemoryBound(to: XMLTreeParser.self).pointee.tree.close()
    }
    events.characters = { parser, text, count in
      parser?.assumingMemoryBound(to: XMLTreeParser.self).pointee.add(
        UnsafeBufferPointer(start: text, count: Int(count)))
    }
    events.ignorableWhitespace = events.characters
    events.internalSubset = { parser, _, _, _ in
      parser?.assumingMemoryBound(to: XMLTreeParser.self).pointee.refuseDocumentType()
    }
    return events
  }

  private mutating func refuseDocumentType() {
    hasDocumentType = true
    if let context { xmlStopParser(context) }
  }

  private mutating func begin(
    _ name: UnsafePointer<UInt8>, _ prefix: UnsafePointer<UInt8>?, in space: UnsafePointer<UInt8>?, _ count: Int,
    _ list: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    let local = String(cString: name)
    let full = prefix.map { String(cString: $0) + ":" + local } ?? local
    var place: Int32 = -1
    if let list, count > 0, !tree.isFull {
      let first = Int32(attributes.count)
      for index in 0..<count {
        guard let key = list[5 * index], let start = list[5 * index + 3], let end = list[5 * index + 4],
          let name = Self.lookedAt.firstIndex(of: String(cString: key))
        else { continue }
        let before = Int32(values.count)
        values.append(contentsOf: UnsafeBufferPointer(start: start, count: end - start))
        attributes.append((UInt8(name), before, Int32(values.count)))
      }
      if attributes.count > first {
        place = Int32(lists.count)
        lists.append(first..<Int32(attributes.count))
      }
    }
    tree.begin(kind: kind(local, in: space).rawValue, name: number(of: full), attributes: place)
    stopIfTooLarge()
  }

  private func kind(_ name: String, in space: UnsafePointer<UInt8>?) -> DOCXKind {
    guard let space, String(cString: space).hasSuffix("/math") else { return DOCXKind(name) }
    return DOCXKind(ofMath: name)
  }

  private mutating func number(of name: String) -> UInt16 {
    if let known = names[name] { return known }
    let number = names.count < 2000 ? tree.add(name: name) : 1999
    names[name] = number
    return number
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    guard tree.openKind == DOCXKind.characters.rawValue else { return }
    tree.append(text)
    stopIfTooLarge()
  }

  private mutating func stopIfTooLarge() {
    guard tree.nodes.count > mostNodes, let context else { return }
    isTooLarge = true
    xmlStopParser(context)
  }

  /// An attribute of an element, by its name without a prefix; only some are kept.
  func attribute(_ name: String, of node: MarkupTree.Node) -> String? {
    guard node.kind != MarkupTree.text, node.first >= 0 else { return nil }
    let list = lists[Int(node.first)]
    return attributes[Int(list.lowerBound)..<Int(list.upperBound)].first { Self.lookedAt[Int($0.name)] == name }
      .map { String(decoding: values[Int($0.start)..<Int($0.end)], as: UTF8.self) }
  }

  /// The names of the attributes that are kept.
  private static let lookedAt = [
    "val", "Type", "Target", "abstractNumId", "numId", "ilvl", "styleId", "type", "default", "fldCharType", "char",
    "fill",
  ]
}
