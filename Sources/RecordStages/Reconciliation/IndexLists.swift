/// Lists of indices in one array.
struct IndexLists {
  private let starts: [Int]
  private let indices: [Int]

  /// Puts each index into the list that stands beside it, of so many lists.
  init(_ all: [(list: Int, index: Int)], count: Int) {
    var starts = [Int](repeating: 0, count: count + 1)
    for (list, _) in all { starts[list + 1] += 1 }
    for list in 0..<count { starts[list + 1] += starts[list] }
    var next = starts
    var indices = [Int](repeating: 0, count: all.count)
    for (list, index) in all {
      indices[next[list]] = index
      next[list] += 1
    }
    (self.starts, self.indices) = (starts, indices)
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
