/// A regular expression out of a pipeline file.
///
/// `Regex` is not marked as sendable because it may hold closures; one made of a pattern holds none, and its program is
/// lowered once, atomically.
struct TextPattern: @unchecked Sendable {
  private let regex: Regex<AnyRegexOutput>

  /// Compiles `pattern`; `option` is for the message.
  ///
  /// - Throws: ``TextStageError`` with code `text.pattern`.
  init(_ pattern: String, option: String) throws {
    do {
      regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
    } catch {
      throw TextStageError(
        code: "text.pattern", description: "option '\(option)': '\(pattern)' is not a regular expression: \(error)",
        underlying: error)
    }
  }

  /// Whether it is found somewhere in `text`.
  func isFound(in text: String) -> Bool { text.firstMatch(of: regex) != nil }

  /// How many scalars at the beginning of `text` it matches.
  func prefixLength(of text: String) -> Int? {
    text.prefixMatch(of: regex).map { text.unicodeScalars.distance(from: $0.range.lowerBound, to: $0.range.upperBound) }
  }

  /// The first group of a match of the whole text, or the text where there is no group; `nil` without a match.
  func wholeMatch(of text: String) -> Substring? {
    guard let match = text.wholeMatch(of: regex) else { return nil }
    return match.output.count > 1 ? match.output[1].substring : text[...]
  }
}
