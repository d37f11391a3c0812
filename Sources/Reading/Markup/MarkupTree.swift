/// The elements and texts of a markup source in the order in which they begin, each with the place where it ends.
///
/// ```
/// <p>a<b>c</b></p>     0 p  ends before 4
///                      1 a  ends before 2
///                      2 b  ends before 4
///                      3 c  ends before 4
/// ```
/// What lies within an element follows it at once, so that a walk is a loop, whatever the depth.
struct MarkupTree {
  /// An element or a text.
  struct Node {
    /// What it is, in the terms of the reader that made the tree.
    var kind: UInt8
    /// Whether the parent has other elements of the same name.
    var hasTwins = false
    /// Which name it has.
    var name: UInt16
    /// The index of the element around it, or -1.
    var parent: Int32
    /// The index behind all that lies within.
    var end: Int32
    /// Its number among elements of the same name in the same parent, from 1.
    var ordinal: Int32 = 1
    /// Of a text the range of its bytes; of an element the index of what its attributes say, or -1.
    var first: Int32
    var last: Int32
  }

  private(set) var nodes: [Node] = []
  /// UTF-8, of all texts.
  private(set) var bytes: [UInt8] = []
  /// Names of elements as they are written in paths.
  private(set) var names: [String] = []
  /// Those names in UTF-8, one after the other, and where each of them lies.
  private var nameBytes: [UInt8] = []
  private var nameSpans: [Range<Int>] = []

  private var open: [Frame] = []
  /// How many elements are open that lie too deep to be kept.
  private var buried = 0
  private let deepest: Int

  /// An element that is open, with the beginning of its names in `counts`.
  private struct Frame {
    var node: Int32
    var counts: Int
  }

  /// How many elements of each name the elements that are open have, one after the other, and the first of them.
  private var counts: [(name: UInt16, count: Int32, first: Int32)] = []

  /// Elements that lie deeper than `deepest` are not kept; their texts belong to the last that is.
  init(deepest: Int) { self.deepest = deepest }

  /// Makes room for a page of so many bytes, as lists that grow are copied; room that is not used costs nothing.
  mutating func reserve(forBytes count: Int) {
    bytes.reserveCapacity(count)
    nodes.reserveCapacity(count / Self.bytesOfNode)
  }

  /// How many bytes of a page an element or a text has, if they are short.
  private static let bytesOfNode = 16

  /// The kind of every text.
  static let text: UInt8 = 0

  // MARK: Growing

  /// Adds a name.
  mutating func add(name: String) -> UInt16 {
    names.append(name)
    let start = nameBytes.count
    nameBytes += name.utf8
    nameSpans.append(start..<nameBytes.count)
    return UInt16(names.count - 1)
  }

  /// Whether the next element would lie too deep.
  var isFull: Bool { open.count >= deepest }

  /// How many elements are open.
  var depth: Int { open.count + buried }

  /// The kind of the element that is open; nil before the first.
  var openKind: UInt8? { open.last.map { nodes[Int($0.node)].kind } }

  /// Opens an element.
  mutating func begin(kind: UInt8, name: UInt16, attributes: Int32 = -1) {
    guard !isFull else {
      buried += 1
      return
    }
    let index = Int32(nodes.count)
    var node = Node(
      kind: kind, name: name, parent: open.last?.node ?? -1, end: index + 1, first: attributes, last: attributes)
    if let start = open.last?.counts {
      var known = start
      while known < counts.count, counts[known].name != name { known += 1 }
      if known < counts.count {
        counts[known].count += 1
        node.ordinal = counts[known].count
        node.hasTwins = true
        if counts[known].count == 2 { nodes[Int(counts[known].first)].hasTwins = true }
      } else if counts.count - start < Self.mostNames {
        counts.append((name, 1, index))
      }
    }
    nodes.append(node)
    open.append(Frame(node: index, counts: counts.count))
  }

  /// Closes the element that was opened last.
  mutating func close() {
    if buried > 0 {
      buried -= 1
    } else if let frame = open.popLast() {
      nodes[Int(frame.node)].end = Int32(nodes.count)
      counts.removeLast(counts.count - frame.counts)
    }
  }

  /// Closes all that is open.
  mutating func closeAll() {
    buried = 0
    while !open.isEmpty { close() }
  }

  /// Adds a text to the element that is open.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard let frame = open.last, !text.isEmpty else { return }
    let start = Int32(bytes.count)
    bytes.append(contentsOf: text)
    let end = Int32(bytes.count)
    if let last = nodes.indices.last, nodes[last].kind == Self.text, nodes[last].parent == frame.node {
      nodes[last].last = end
    } else {
      nodes.append(
        Node(
          kind: Self.text, name: 0, parent: frame.node, end: Int32(nodes.count) + 1, first: start, last: end))
    }
  }

  private static let mostNames = 256

  // MARK: Looking

  /// The bytes of the name of an element.
  func nameBytes(_ name: UInt16) -> ArraySlice<UInt8> { nameBytes[nameSpans[Int(name)]] }

  /// The bytes of a text.
  func text(_ node: Node) -> ArraySlice<UInt8> { bytes[Int(node.first)..<Int(node.last)] }

  /// Whether a node is a text with more than white space.
  func holdsWords(_ index: Int) -> Bool {
    nodes[index].kind == Self.text && text(nodes[index]).contains { $0 > 0x20 }
  }

  /// Whether a node is a text with a digit.
  func holdsDigits(_ index: Int) -> Bool { nodes[index].kind == Self.text && text(nodes[index]).holdsDigits }
}

extension ArraySlice<UInt8> {
  /// How many bytes are neither white space nor control characters.
  var printed: Int {
    withUnsafeBufferPointer { bytes in
      var count = 0
      for byte in bytes where byte > 0x20 { count += 1 }
      return count
    }
  }

  /// Whether a text in UTF-8 has an ASCII or a full-width digit.
  var holdsDigits: Bool {
    var before: (UInt8, UInt8) = (0, 0)
    for byte in self {
      if (0x30...0x39).contains(byte) || before == (0xEF, 0xBC) && (0x90...0x99).contains(byte) { return true }
      before = (before.1, byte)
    }
    return false
  }
}
