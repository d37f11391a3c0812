import CXML
import Glibc

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
  /// How each node of the tree is shown.
  private(set) var shown: [Shown] = []
  private(set) var looks = ElementLooks()
  /// The names of elements so far, ascending: the same name is the same pointer wherever it stands.
  private var names: [(pointer: UnsafePointer<UInt8>, id: UInt16, kind: HTMLKind)] = []
  /// Where the last of the names with the same bits of their pointers was found.
  private var found = [Int](repeating: 0, count: 64)
  /// The style sheets so far, with the conditions under which they hold and their elements.
  private var sheets: [(media: String, text: [UInt8], node: Int)] = []
  /// Whether a style sheet is being read.
  private var isSheet = false
  /// Whether the page names style sheets that are not in it.
  private var asksForSheets = false

  /// Reads a page in UTF-8.
  init(_ page: UnsafeBufferPointer<UInt8>, mostNodes: Int) {
    self.mostNodes = mostNodes
    // The parser compares every attribute of an element with all others.
    guard !Self.hasCrowdedElement(page) else {
      isTooLarge = true
      return
    }
    tree.reserve(forBytes: page.count)
    looks.reserve(forNodes: tree.nodes.capacity)
    page.withMemoryRebound(to: CChar.self) { bytes in
      guard let context = htmlCreateMemoryParserCtxt(bytes.baseAddress, Int32(clamping: bytes.count)) else { return }
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
    looks.close(at: tree.nodes.count)
    resolveLooks()
  }

  private mutating func resolveLooks() {
    var rules = StyleRules()
    for sheet in sheets where !isSkipped(sheet.node) { rules.read(sheet.text, media: sheet.media) }
    let elements = ShownElements(tree, looks, rules: rules, asksForOthers: asksForSheets)
    shown = elements.shown
    if elements.isTooLong { isTooLarge = true }
  }

  /// Whether an element lies in one that is no part of the page where scripts run.
  private func isSkipped(_ index: Int) -> Bool {
    var next = tree.nodes[index].parent
    while next >= 0 {
      if tree.nodes[Int(next)].kind == HTMLKind.skipped.rawValue { return true }
      next = tree.nodes[Int(next)].parent
    }
    return false
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
    var said = HTMLAttributes()
    var value: UnsafePointer<UInt8>?
    var media = ""
    if let list {
      var index = 0
      while let key = list[index] {
        if kind == .field, Self.isEqual(key, "value") { value = list[index + 1] }
        if kind == .style, Self.isEqual(key, "media"), let words = list[index + 1] { media = String(cString: words) }
        read(key, list[index + 1], of: kind, into: &said)
        index += 2
      }
    }
    var place: Int32 = -1
    let isKept = !tree.isFull
    if !said.isPlain, isKept {
      place = Int32(attributes.count)
      attributes.append(said)
    }
    tree.begin(kind: kind.rawValue, name: id, attributes: place)
    looks.end(at: isKept ? tree.nodes.count : nil)
    if kind == .style, isKept {
      sheets.append((media, [], tree.nodes.count - 1))
      isSheet = true
    }
    if let value, !said.isMarked { add(Self.bytes(value)) }
    stopIfTooLarge()
  }

  private mutating func end() {
    isSheet = false
    tree.close()
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    if isSheet {
      sheets[sheets.count - 1].text.append(contentsOf: text)
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
  private static func hasCrowdedElement(_ page: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = page.baseAddress else { return false }
    var index = 0
    while index < page.count, let found = memchr(start + index, 0x3C, page.count - index) {
      index = start.distance(to: found.assumingMemoryBound(to: UInt8.self)) + 1
      guard index < page.count, (0x41...0x5A).contains(page[index] & ~0x20) else { continue }
      var words = 0
      while index < page.count, start[index] != UInt8(ascii: ">") {
        let byte = start[index]
        index += 1
        guard byte < UInt8(ascii: ">") else { continue }
        if byte == 0x22 || byte == 0x27, start[index - 2] == UInt8(ascii: "=") {
          let end = memchr(start + index, Int32(byte), page.count - index)
          index = end.map { start.distance(to: $0.assumingMemoryBound(to: UInt8.self)) + 1 } ?? page.count
        } else if byte <= 0x20 || byte == UInt8(ascii: "/") {
          words += 1
          if words > mostAttributes { return true }
        }
      }
    }
    return false
  }

  private static let mostAttributes = 20_000

  // MARK: Names and attributes

  private mutating func known(_ name: UnsafePointer<UInt8>) -> (id: UInt16, kind: HTMLKind) {
    let slot = (Int(bitPattern: name) >> 3) % found.count
    if found[slot] < names.count, names[found[slot]].pointer == name {
      return (names[found[slot]].id, names[found[slot]].kind)
    }
    var (first, behind) = (0, names.count)
    while first < behind {
      let middle = (first + behind) / 2
      if names[middle].pointer < name { first = middle + 1 } else { behind = middle }
    }
    found[slot] = first
    if first < names.count, names[first].pointer == name { return (names[first].id, names[first].kind) }
    let text = String(cString: name)
    guard names.count < Self.mostNames else { return (UInt16(Self.mostNames - 1), HTMLKind(text)) }
    let known = (pointer: name, id: tree.add(name: text), kind: HTMLKind(text))
    names.insert(known, at: first)
    return (known.id, known.kind)
  }

  private static let mostNames = 2000

  private static func bytes(_ text: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var count = 0
    while text[count] != 0 { count += 1 }
    return UnsafeBufferPointer(start: text, count: count)
  }

  private static func isEqual(_ text: UnsafePointer<UInt8>, _ name: StaticString) -> Bool {
    for index in 0..<name.utf8CodeUnitCount where text[index] != name.utf8Start[index] { return false }
    return text[name.utf8CodeUnitCount] == 0
  }

  private mutating func read(
    _ key: UnsafePointer<UInt8>, _ text: UnsafePointer<UInt8>?, of kind: HTMLKind, into said: inout HTMLAttributes
  ) {
    // Most attributes say nothing that matters.
    var value: String { text.map { String(cString: $0) } ?? "" }
    switch key[0] {
    case UInt8(ascii: "c") where Self.isEqual(key, "colspan"): said.columnSpan = max(1, HTMLAttributes.span(value))
    case UInt8(ascii: "r") where Self.isEqual(key, "rowspan"): said.rowSpan = HTMLAttributes.span(value)
    case UInt8(ascii: "c") where Self.isEqual(key, "class"): looks.add(.classes, text)
    case UInt8(ascii: "i") where Self.isEqual(key, "id"): looks.add(.id, text)
    case UInt8(ascii: "s") where Self.isEqual(key, "style"): looks.add(.style, text)
    case UInt8(ascii: "c") where Self.isEqual(key, "color"): looks.add(.colour, text)
    case UInt8(ascii: "b") where Self.isEqual(key, "bgcolor"): looks.add(.background, text)
    case UInt8(ascii: "b") where Self.isEqual(key, "background"): looks.add(.backgroundPicture, nil)
    case UInt8(ascii: "h") where Self.isEqual(key, "hidden"): if value != "until-found" { looks.add(.hidden, nil) }
    case UInt8(ascii: "h") where Self.isEqual(key, "href") && kind == .link: said.address = value
    case UInt8(ascii: "s") where Self.isEqual(key, "src") && kind == .frame: said.address = value
    case UInt8(ascii: "d") where Self.isEqual(key, "data") && kind == .frame: said.address = value
    case UInt8(ascii: "n") where Self.isEqual(key, "name") && kind == .meta: said.name = value
    case UInt8(ascii: "c") where Self.isEqual(key, "content") && kind == .meta: said.content = value
    case UInt8(ascii: "r") where Self.isEqual(key, "rel") && kind == .skipped:
      if value.lowercased().contains("stylesheet") { asksForSheets = true }
    case UInt8(ascii: "w") where kind == .picture && Self.isEqual(key, "width"),
      UInt8(ascii: "h") where kind == .picture && Self.isEqual(key, "height"):
      if value.first?.isNumber == true, HTMLAttributes.span(value) <= 3 { said.isMarked = true }
    case UInt8(ascii: "s") where kind == .option && Self.isEqual(key, "selected"): said.isMarked = true
    case UInt8(ascii: "t") where kind == .field && Self.isEqual(key, "type"):
      said.isMarked = !HTMLAttributes.showsText(value)
    default: break
    }
  }
}
