/// Counts by key, of which no more are kept than can be looked at; what comes later under a new key is counted together.
struct Tally<Value> {
  private(set) var entries: [String: Value] = [:]
  /// How often a key came for which there was no room.
  private(set) var others = 0
  private let most: Int
  private let begin: (String) -> Value

  /// - Parameter most: how many keys are kept.
  init(most: Int = 500, begin: @escaping (String) -> Value) { (self.most, self.begin) = (most, begin) }

  mutating func update(_ key: String, _ body: (inout Value) -> Void) {
    if entries[key] == nil {
      guard entries.count < most else {
        others += 1
        return
      }
      entries[key] = begin(key)
    }
    body(&entries[key, default: begin(key)])
  }

  /// The entries with the greatest `rank` first; those of one rank by their keys.
  func sorted(by rank: (Value) -> Int) -> [(key: String, value: Value)] {
    entries.map { (rank($0.value), $0.key, $0.value) }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }
      .map { (key: $0.1, value: $0.2) }
  }
}

/// The first few of many.
struct Examples<Element> {
  private(set) var first: [Element] = []
  private(set) var count = 0
  private let most: Int

  init(most: Int = 5) { self.most = most }

  mutating func add(_ element: () -> Element) {
    count += 1
    if first.count < most { first.append(element()) }
  }
}

/// The greatest few of many.
struct Greatest<Element> {
  private(set) var elements: [(rank: Int, element: Element)] = []
  private let most: Int

  init(most: Int) { self.most = most }

  mutating func add(_ rank: Int, _ element: () -> Element) {
    guard rank > 0, elements.count < most || rank > elements[elements.count - 1].rank else { return }
    let place = elements.firstIndex { $0.rank < rank } ?? elements.count
    elements.insert((rank, element()), at: place)
    if elements.count > most { elements.removeLast() }
  }
}
