import DocumentModel

/// Numbers before the items of a list: `1.`, `(2)`, `3、`, also with numerals of other scripts.
enum Enumerator {
  /// Whether a text begins with one: up to three digits or numerals in brackets, or with a mark behind them that no digit
  /// follows.
  static func begins(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    var rest = scalars.lazy.filter { !$0.isBlank }.makeIterator()
    guard var next = rest.next() else { return false }
    let isOpen = opening.contains(next)
    if isOpen {
      guard let inner = rest.next() else { return false }
      next = inner
    }
    var length = 0
    while next.isNumeral {
      length += 1
      guard length <= longest, let behind = rest.next() else { return false }
      next = behind
    }
    guard length > 0 else { return false }
    if isOpen { return closing.contains(next) }
    guard closing.contains(next) || marks.contains(next) else { return false }
    return rest.next().map { !$0.isDigit } ?? true
  }

  private static let longest = 3
  private static let opening: Set<Unicode.Scalar> = ["(", "[", "\u{FF08}", "\u{3010}", "\u{FF3B}", "\u{3014}"]
  private static let closing: Set<Unicode.Scalar> = [")", "]", "\u{FF09}", "\u{3011}", "\u{FF3D}", "\u{3015}"]
  private static let marks: Set<Unicode.Scalar> = [".", ",", ":", "\u{3001}", "\u{FF0E}", "\u{FF0C}", "\u{FF1A}"]
}

extension Unicode.Scalar {
  /// A digit, or an ideograph that means a number.
  fileprivate var isNumeral: Bool { isDigit || isIdeographic && properties.numericType != nil }
}
