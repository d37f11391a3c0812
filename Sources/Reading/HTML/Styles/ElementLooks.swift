import Glibc

/// What the elements of a page say of their looks: classes, ids, styles of their own. Pages repeat a few of them in every
/// cell, so that each is kept once.
struct ElementLooks {
  /// What one or more elements say.
  struct Look {
    var classes: [String] = []
    var id = ""
    var style = StyleDeclarations()
    /// What attributes other than `style` say, which any rule overrides.
    var hints = StyleDeclarations()
    var isHidden = false
    /// Whether the class or the id is that of a part of the site around an article.
    var isChrome = false
  }

  private(set) var looks = [Look()]
  /// For each node of the tree, its place in `looks`; 0 for what says nothing.
  private(set) var places: [Int32] = []
  private var known: [Key: Int32] = [:]
  private var key = Key()
  /// What the last element with any said, as the next often does.
  private var last: (key: Key, place: Int32) = (Key(), 0)

  /// The attributes of an element, each by its number, followed by its value and a zero, which no text of a page has.
  private struct Key: Hashable {
    var bytes: [UInt8] = []

    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }

  /// Makes room for a tree that has some for so many nodes.
  mutating func reserve(forNodes count: Int) { places.reserveCapacity(count) }

  /// An attribute that says something of the looks of the element that begins.
  enum Attribute: UInt8 {
    case classes = 1, id, style, colour, background, backgroundPicture, hidden
  }

  /// Adds an attribute of the element that begins.
  mutating func add(_ attribute: Attribute, _ value: UnsafePointer<UInt8>?) {
    key.bytes.append(attribute.rawValue)
    if let value { key.bytes += UnsafeBufferPointer(start: value, count: strlen(value)) }
    key.bytes.append(0)
  }

  /// The element whose attributes were added is the last of `count` nodes; nil where it is none.
  mutating func end(at count: Int?) {
    defer { if !key.bytes.isEmpty { key.bytes.removeAll(keepingCapacity: true) } }
    guard let count else { return }
    // Texts were added since.
    while places.count < count - 1 { places.append(0) }
    places.append(key.bytes.isEmpty ? 0 : place())
  }

  /// All nodes are there.
  mutating func close(at count: Int) {
    while places.count < count { places.append(0) }
    known = [:]
  }

  private mutating func place() -> Int32 {
    if key == last.key { return last.place }
    let place = known[key] ?? Int32(looks.count)
    if place == looks.count {
      looks.append(Self.look(key.bytes))
      known[key] = place
    }
    last.key.bytes.removeAll(keepingCapacity: true)
    last.key.bytes += key.bytes
    last.place = place
    return place
  }

  private static func look(_ key: [UInt8]) -> Look {
    var look = Look()
    for part in key.split(separator: 0) {
      let value = part.dropFirst()
      switch Attribute(rawValue: part[part.startIndex]) {
      case .classes:
        let words = String(decoding: value, as: UTF8.self)
        look.classes = words.split(whereSeparator: \.isWhitespace).map { String($0) }
        if namesChrome(value) { look.isChrome = true }
      case .id:
        look.id = String(decoding: value, as: UTF8.self)
        if namesChrome(value) { look.isChrome = true }
      case .style: look.style = StyleDeclarations(value)
      case .colour: look.hints.take(from: StyleDeclarations(Array("color:".utf8) + value))
      case .background: look.hints.take(from: StyleDeclarations(Array("background-color:".utf8) + value))
      case .backgroundPicture: look.hints.set(.background, .plain)
      case .hidden:
        look.isHidden = true
        look.hints.set(.display, .takes)
      case nil: break
      }
    }
    return look
  }

  /// Words within a class or an id that name parts of a site around its articles.
  private static let chromeWords: Set<String> = [
    "nav", "navbar", "navigation", "header", "footer", "foot", "menu", "sidebar", "breadcrumb", "breadcrumbs", "crumb",
    "crumbs", "toolbar", "share", "copyright", "friendlink", "friendlinks", "search", "login", "pagination", "qrcode",
    "related", "recommend",
  ]

  /// Whether one of the words of a class or an id is among them.
  private static func namesChrome(_ value: ArraySlice<UInt8>) -> Bool {
    var word: [UInt8] = []
    for byte in value + [0x20] {
      let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      if (0x61...0x7A).contains(lower) {
        word.append(lower)
      } else {
        if chromeWords.contains(String(decoding: word, as: UTF8.self)) { return true }
        word.removeAll(keepingCapacity: true)
      }
    }
    return false
  }
}
