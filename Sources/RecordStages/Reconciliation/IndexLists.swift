/// Lists of indices in one array.
struct IndexLists {
  private let starts: [Int]
  private let indices: [Int]

  init(_ lists: [[Int]]) {
    starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    indices = lists.flatMap { $0 }
  }

  /// Calls for each index of a list, until the call returns false; whether it never did.
  @inline(__always)
  func allSatisfy(in list: Int, _ body: (Int) -> Bool) -> Bool {
    for place in starts[list]..<starts[list + 1] where !body(indices[place]) { return false }
    return true
  }

  @inline(__always)
  func forEach(in list: Int, _ body: (Int) -> Void) {
    for place in starts[list]..<starts[list + 1] { body(indices[place]) }
  }
}
