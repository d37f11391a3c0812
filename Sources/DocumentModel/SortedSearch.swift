extension RandomAccessCollection {
  /// Where the elements begin that `isBehind` holds for, or the end; those before must be those that it does not hold for.
  ///
  /// Looks at as many elements as their number has binary digits.
  @inlinable
  public func partitioningIndex(where isBehind: (Element) throws -> Bool) rethrows -> Index {
    var (low, count) = (startIndex, count)
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if try isBehind(self[middle]) {
        count = half
      } else {
        (low, count) = (index(after: middle), count - half - 1)
      }
    }
    return low
  }
}
