import PipelineKit

/// Whose figures a part of a sentence gives.
///
/// ```
///   report of X city        all of the city … 50         own     its name ends in that level
///                           the offices of the city … 50   other   others than the body, or parts of it
///                           the bureau of roads … 5        other   its letters do not end the name of the body, in order
///   report of its bureau    all of the city … 50         other   a bureau is no city
///                           the bureau of roads … 5        own
/// ```
enum Scope {
  case own
  case other

  /// Nil where the words do not say whose figures they are.
  init?(_ words: String, _ scopes: FactFile.Scopes, organisation: String?) {
    if let level = scopes.whole.firstMatch(in: words)?["level"] {
      self = Self.isLevel(String(words[level]), of: organisation, closing: scopes.closing) ? .own : .other
    } else if scopes.parts.matches(words) {
      self = .other
    } else if let body = scopes.named.firstMatch(in: words)?["body"].map({ String(words[$0]) }) {
      self = scopes.own.matches(body) || Self.abbreviates(body, organisation) ? .own : .other
    } else {
      return nil
    }
  }

  /// Whether the body is one of this level; of one without a name nobody knows.
  private static func isLevel(_ level: String, of organisation: String?, closing: Pattern) -> Bool {
    guard let organisation else { return false }
    let end = closing.firstMatch(in: organisation)?.range.lowerBound ?? organisation.endIndex
    return organisation.hasSuffix(level) || organisation[..<end].hasSuffix(level)
  }

  /// Whether the letters of a name are letters of the name of the body, in order.
  static func abbreviates(_ name: String, _ organisation: String?) -> Bool {
    var letters = name[...]
    for letter in organisation ?? "" where letters.first == letter { letters.removeFirst() }
    return letters.isEmpty
  }
}
