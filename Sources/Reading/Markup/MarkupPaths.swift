/// Where the elements of a tree stand, as XPaths.
///
/// Neighbours share all but the last steps of their paths: what is written of the last path that was asked for is kept, so
/// that one takes as long as it takes to copy it.
///
/// ```
/// /html/body/table[2]/tr[7]            asked for
/// /html/body/table[2]/tr[7]/td[1]      one step more
/// /html/body/table[2]/tr[8]            one step other
/// ```
struct MarkupPaths {
  private let tree: MarkupTree
  /// The elements of the last path, each within the one before, with the length of the path up to it.
  private var steps: [(element: Int32, length: Int)] = []
  /// The last path, and what is left of longer ones behind it.
  private var bytes: [UInt8] = []
  private var length = 0
  /// Elements of which the steps are not there yet, from within.
  private var missing: [Int32] = []

  /// The paths of a tree that does not grow any more.
  init(_ tree: MarkupTree) { self.tree = tree }

  /// Where an element stands; of a text the path of the element around it, and of one that lies very deep that of one further
  /// out.
  mutating func path(of index: Int) -> String {
    let node = tree.nodes[index]
    var next = node.kind == MarkupTree.text ? node.parent : Int32(index)
    // What lies within an element follows it: a step behind the one that is looked for is no step of this path.
    while next >= 0 {
      while let last = steps.last, last.element > next { steps.removeLast() }
      if steps.last?.element == next { break }
      missing.append(next)
      next = tree.nodes[Int(next)].parent
    }
    if next < 0 { steps.removeAll(keepingCapacity: true) }
    length = steps.last?.length ?? 0
    while let element = missing.popLast() {
      addStep(to: tree.nodes[Int(element)])
      steps.append((element, length))
    }
    let end = steps.count > Self.longest ? steps[Self.longest - 1].length : length
    return String(decoding: bytes[..<end], as: UTF8.self)
  }

  /// The most steps of a path.
  private static let longest = 128

  private mutating func addStep(to node: MarkupTree.Node) {
    add(UInt8(ascii: "/"))
    for byte in tree.nameBytes(node.name) { add(byte) }
    guard node.hasTwins else { return }
    add(UInt8(ascii: "["))
    var unit: Int32 = 1
    while node.ordinal / unit >= 10 { unit *= 10 }
    while unit > 0 {
      add(UInt8(ascii: "0") + UInt8(node.ordinal / unit % 10))
      unit /= 10
    }
    add(UInt8(ascii: "]"))
  }

  private mutating func add(_ byte: UInt8) {
    if length < bytes.count { bytes[length] = byte } else { bytes.append(byte) }
    length += 1
  }
}
