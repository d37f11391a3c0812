import CXML

/// Makes a tree of a page, by libxml2's HTML parser, whose events build it: no tree of its own, no bound on the depth but
/// ours, no network, no entities but those of HTML.
struct HTMLParser {
  private(set) var tree = MarkupTree(deepest: 1000)
  private(set) var attributes: [HTMLAttributes] = []
  /// Whether the page has more elements and texts than may be.
  private(set) var isTooLarge = false
  private let mostNodes: Int
  /// How many names of open elements were compared with those of ends that close none.
  private var comparisons = 0
  private var hidden = HiddenNames()
  private var names: [UnsafePointer<UInt8>: (id: UInt16, kind: HTMLKind)] = [:]
  /// Of a style sheet that is being read.
  private var sheet: [UInt8]?

  /// Reads a page in UTF-8.
  init(_ page: [UInt8], mostNodes: Int) {
    self.mostNodes = mostNodes
    // The parser compares every attribute of an element with all others.
    guard !Self.hasCrowdedElement(page) else {
      isTooLarge = true
      return
    }
    page.withUnsafeBytes { bytes in
      let text = bytes.assumingMemoryBound(to: CChar.self).baseAddress
      guard let context = htmlCreateMemoryParserCtxt(text, Int32(clamping: bytes.count)) else { return }
      defer { htmlFreeParserCtxt(context) }
      withUnsafeMutablePointer(to: &self) { parser in
        context.pointee.sax.pointee = Self.events
        context.pointee.userData = UnsafeMutableRawPointer(parser)
        parser.pointee.context = context
        htmlCtxtUseOptions(
          context,
          Int32(HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue)
            | Int32(HTML_PARSE_IGNORE_ENC.rawValue))
        // What the page says of its encoding was true of its bytes before they were decoded.
        xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
        htmlParseDocument(context)
        parser.pointee.context = nil
      }
    }
    tree.closeAll()
  }

  private var context: htmlParserCtxtPtr?

  private static var events: htmlSAXHandler {
    var events = htmlSAXHandler()
    events.startElement = { parser, name, attributes in
      guard let parser, let name else { return }
      parser.assumingMemoryBound(to: HTMLParser.self).pointee.begin(name, attributes)
    }
    events.endElement = { parser, _ in
      parser?.assumingMemoryBound(to: HTMLParser.self).pointee.end()
    }
    events.characters = { parser, text, count in
      parser?.assumingMemoryBound(to: HTMLParser.self).pointee.add(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    events.ignorableWhitespace = events.characters
    events.cdataBlock = events.characters
    // An end that closes nothing was looked for among all elements that are open, and is an error.
    events.initialized = 0xDEED_BEAF  // XML_SAX2_MAGIC
    events.serror = { parser, _ in parser?.assumingMemoryBound(to: HTMLParser.self).pointee.noteFault() }
    return events
  }

  // MARK: Events

  private mutating func begin(
    _ name: UnsafePointer<UInt8>, _ list: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    let (id, kind) = known(name)
    if kind == .style { sheet = [] }
    var said = HTMLAttributes()
    if let list {
      var index = 0
      while let key = list[index] {
        if let value = list[index + 1] {
          read(key, value, of: kind, into: &said)
        } else if Self.isEqual(key, "hidden") {
          said.isHidden = true
        }
        index += 2
      }
    }
    var place: Int32 = -1
    if !said.isPlain, !tree.isFull {
      place = Int32(attributes.count)
      attributes.append(said)
    }
    tree.begin(kind: kind.rawValue, name: id, attributes: place)
    stopIfTooLarge()
  }

  private mutating func end() {
    if let sheet { hidden.read(sheet) }
    sheet = nil
    tree.close()
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    if sheet != nil {
      sheet?.append(contentsOf: text)
    } else if tree.openKind != HTMLKind.skipped.rawValue {
      tree.append(text)
      stopIfTooLarge()
    }
  }

  private mutating func stopIfTooLarge() {
    guard tree.nodes.count > mostNodes, let context else { return }
    isTooLarge = true
    xmlStopParser(context)
  }

  private mutating func noteFault() {
    comparisons += tree.depth
    guard comparisons > Self.mostComparisons, let context else { return }
    isTooLarge = true
    xmlStopParser(context)
  }

  private static let mostComparisons = 1_000_000_000

  /// Whether an element has more attributes than any page needs.
  private static func hasCrowdedElement(_ page: [UInt8]) -> Bool {
    var (isTag, quote, words) = (false, UInt8(0), 0)
    var before = UInt8(0)
    for byte in page {
      if !isTag {
        isTag = before == UInt8(ascii: "<") && ((0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte))
        (quote, words) = (0, 0)
      } else if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        isTag = false
      } else if before == UInt8(ascii: "="), byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte <= 0x20 || byte == UInt8(ascii: "/") {
        words += 1
        if words > mostAttributes { return true }
      }
      before = byte
    }
    return false
  }

  private static let mostAttributes = 20_000

  // MARK: Names and attributes

  /// Styles that were read, as pages repeat a few of them in every cell, and how they hide.
  private var styles: [String: (isHidden: Bool, isInvisible: Bool)] = [:]
  private static let mostStyles = 4096

  private mutating func hide(by style: String, _ said: inout HTMLAttributes) {
    if let known = styles[style] {
      said.isHidden = said.isHidden || known.isHidden
      said.isInvisible = said.isInvisible || known.isInvisible
      return
    }
    var alone = HTMLAttributes()
    alone.read(style: style)
    if styles.count < Self.mostStyles { styles[style] = (alone.isHidden, alone.isInvisible) }
    said.isHidden = said.isHidden || alone.isHidden
    said.isInvisible = said.isInvisible || alone.isInvisible
  }

  /// Names are the same pointer wherever they stand.
  private mutating func known(_ name: UnsafePointer<UInt8>) -> (id: UInt16, kind: HTMLKind) {
    if let known = names[name] { return known }
    let text = String(cString: name)
    let id = names.count < Self.mostNames ? tree.add(name: text) : UInt16(Self.mostNames - 1)
    let kind = HTMLKind(text)
    names[name] = (id, kind)
    return (id, kind)
  }

  private static let mostNames = 2000

  private static func isEqual(_ text: UnsafePointer<UInt8>, _ name: StaticString) -> Bool {
    for index in 0..<name.utf8CodeUnitCount where text[index] != name.utf8Start[index] { return false }
    return text[name.utf8CodeUnitCount] == 0
  }

  private mutating func read(
    _ key: UnsafePointer<UInt8>, _ text: UnsafePointer<UInt8>, of kind: HTMLKind, into said: inout HTMLAttributes
  ) {
    // Most attributes say nothing that matters.
    var value: String { String(cString: text) }
    switch key[0] {
    case UInt8(ascii: "c") where Self.isEqual(key, "colspan"): said.columnSpan = max(1, HTMLAttributes.span(value))
    case UInt8(ascii: "r") where Self.isEqual(key, "rowspan"): said.rowSpan = HTMLAttributes.span(value)
    case UInt8(ascii: "c") where Self.isEqual(key, "class"):
      let value = value
      if hidden.hidesClass(value) { said.isHidden = true }
      if HTMLAttributes.namesChrome(value) { said.isChrome = true }
    case UInt8(ascii: "i") where Self.isEqual(key, "id"):
      let value = value
      if hidden.hidesID(value) { said.isHidden = true }
      if HTMLAttributes.namesChrome(value) { said.isChrome = true }
    case UInt8(ascii: "s") where Self.isEqual(key, "style"): hide(by: value, &said)
    case UInt8(ascii: "h") where Self.isEqual(key, "hidden"): said.isHidden = value != "until-found"
    case UInt8(ascii: "h") where Self.isEqual(key, "href") && kind == .link: said.address = value
    case UInt8(ascii: "s") where Self.isEqual(key, "src") && kind == .frame: said.address = value
    case UInt8(ascii: "d") where Self.isEqual(key, "data") && kind == .frame: said.address = value
    case UInt8(ascii: "n") where Self.isEqual(key, "name") && kind == .meta: said.name = value
    case UInt8(ascii: "c") where Self.isEqual(key, "content") && kind == .meta: said.content = value
    default: break
    }
  }
}
