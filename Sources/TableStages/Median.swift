extension Sequence where Element: Comparable {
  /// The middle one in order, the lower of two; `nil` for none.
  var median: Element? {
    let sorted = sorted()
    return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
  }
}
