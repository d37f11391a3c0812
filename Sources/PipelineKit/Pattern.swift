/// A regular expression named in a pipeline or vocabulary file, compiled once.
///
/// Matches Unicode scalars, not grapheme clusters. What does not compile is refused when the file is decoded.
public struct Pattern: Codable, Hashable, Sendable, ExpressibleByStringLiteral {
  /// As it is written.
  public let source: String
  private let compiled: Compiled

  /// Compiles `source`.
  ///
  /// - Throws: ``PipelineError`` with code `pattern.invalid`.
  public init(_ source: String) throws {
    self.source = source
    do {
      compiled = Compiled(regex: try Regex(source).matchingSemantics(.unicodeScalar))
    } catch {
      throw PipelineError("pattern.invalid", "'\(source)' is not a regular expression: \(error)", underlying: error)
    }
  }

  /// Compiles the decoded string.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(try container.decode(String.self))
    } catch let error as PipelineError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
    }
  }

  /// Writes the source.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(source)
  }

  /// Compiles a literal, which must be a regular expression.
  public init(stringLiteral source: StaticString) {
    do { try self.init("\(source)") } catch { preconditionFailure("\(error)") }
  }

  /// Patterns are the same when their sources are.
  public static func == (left: Pattern, right: Pattern) -> Bool { left.source == right.source }
  /// Hashes the source.
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }

  /// What a pattern found.
  public struct Match {
    /// The matched part.
    public var range: Range<String.Index>
    private let output: Regex<AnyRegexOutput>.Match

    fileprivate init(_ output: Regex<AnyRegexOutput>.Match) {
      range = output.range
      self.output = output
    }

    /// The part that the named group took, if it took any.
    public subscript(group: String) -> Range<String.Index>? { output[group]?.range }

    /// The part that the first group took, if there is one and it took any.
    public var firstGroup: Range<String.Index>? { output.output.count > 1 ? output.output[1].range : nil }
  }

  /// The first match in `text`.
  public func firstMatch(in text: String) -> Match? {
    do { return try compiled.regex.firstMatch(in: text).map(Match.init) } catch { return nil }
  }

  /// Whether `text` holds a match.
  public func matches(_ text: String) -> Bool { firstMatch(in: text) != nil }

  /// The match at the beginning of `text`.
  public func prefixMatch(of text: String) -> Match? {
    do { return try compiled.regex.prefixMatch(in: text).map(Match.init) } catch { return nil }
  }

  /// The match of `text` as a whole.
  public func wholeMatch(of text: String) -> Match? {
    do { return try compiled.regex.wholeMatch(in: text).map(Match.init) } catch { return nil }
  }

  /// `Regex` is a value that is only read here; it is not marked as such in the standard library.
  private struct Compiled: @unchecked Sendable {
    let regex: Regex<AnyRegexOutput>
  }
}
