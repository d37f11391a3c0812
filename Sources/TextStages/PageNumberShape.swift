import PipelineKit

/// What page numbers look like: digits, perhaps `4/12`, in a dress of strokes, dots and brackets, or in words.
struct PageNumberShape {
  /// A text read as a page number.
  struct Reading: Hashable {
    var number: Int
    /// Everything around the number, the count of pages left out.
    var dress: String
  }

  private let patterns: [Pattern]

  init(patterns: [Pattern] = []) { self.patterns = patterns }

  /// The page number that a folded text may be.
  func reading(of folded: String) -> Reading? {
    guard folded.utf8.count <= 60 else { return nil }
    if let plain = plainReading(of: folded) { return plain }
    for (index, pattern) in patterns.enumerated() {
      guard let match = pattern.wholeMatch(of: folded) else { continue }
      if let number = Int(folded[match.firstGroup ?? match.range].filter(\.isNumber).prefix(6)) {
        return Reading(number: number, dress: "pattern \(index)")
      }
    }
    return nil
  }

  private func plainReading(of folded: String) -> Reading? {
    let isDigit = { (scalar: Unicode.Scalar) in ("0"..."9").contains(scalar) }
    let isDress = { (scalar: Unicode.Scalar) in "-.()~|_/\u{B7}*=<>".unicodeScalars.contains(scalar) }
    let scalars = folded.unicodeScalars
    guard scalars.allSatisfy({ isDigit($0) || isDress($0) }) else { return nil }
    let numbers = scalars.split { !isDigit($0) }
    guard let first = numbers.first, first.count <= 4, let number = Int(String(first)) else { return nil }
    let dress = String(String.UnicodeScalarView(scalars.filter { !isDigit($0) }))
    switch numbers.count {
    case 1 where !dress.contains("/"): return Reading(number: number, dress: dress)
    case 2 where dress.contains("/") && numbers[1].count <= 4: return Reading(number: number, dress: dress)
    default: return nil
    }
  }
}
