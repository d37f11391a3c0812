/// What all solutions seen so far say of each cell.
struct Agreement {
  /// What is known of one cell.
  enum Status { case unseen, agreed, disputed }

  private(set) var status: [Status]
  private(set) var value: [Int]
  private(set) var source: [TokenSource]
  /// Whether a solution was seen.
  private(set) var hasSolution = false

  init(cellCount: Int) {
    status = [Status](repeating: .unseen, count: cellCount)
    value = [Int](repeating: 0, count: cellCount)
    source = [TokenSource](repeating: .none, count: cellCount)
  }

  /// Whether nothing is agreed any more.
  var isEmpty: Bool { hasSolution && !status.contains(.agreed) }

  /// Takes a cell out: nothing will be said of it.
  mutating func dispute(_ cell: Int) { status[cell] = .disputed }

  /// Hears one solution, or a set of solutions that share the fixed cells of a state.
  mutating func hear(_ state: SearchState, source sourceOf: (Int) -> TokenSource) {
    for cell in status.indices where status[cell] != .disputed {
      let isFirst = !hasSolution
      if !state.isFixed(cell) || !(isFirst || value[cell] == state.low[cell]) {
        status[cell] = .disputed
      } else {
        let heard = sourceOf(cell)
        source[cell] = isFirst ? heard : source[cell].merged(with: heard)
        value[cell] = state.low[cell]
        status[cell] = .agreed
      }
    }
    hasSolution = true
  }

  /// Whether nothing below a state can dispute anything more. If so, the tokens of its readings are heard.
  mutating func covers(_ state: SearchState, source sourceOf: (Int) -> TokenSource) -> Bool {
    guard hasSolution else { return false }
    for cell in status.indices where status[cell] == .agreed {
      guard state.isFixed(cell), state.low[cell] == value[cell] else { return false }
    }
    for cell in status.indices where status[cell] == .agreed {
      source[cell] = source[cell].merged(with: sourceOf(cell))
    }
    return true
  }
}
