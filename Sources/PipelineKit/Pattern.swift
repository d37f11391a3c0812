import CPattern

/// A regular expression named in a pipeline or vocabulary file, compiled once.
///
/// In the syntax of Perl, matched by PCRE2 over the bytes of a text, whose characters are Unicode scalars. What does not
/// compile is refused when the file is decoded. Looking for a match takes a bounded number of steps: a text that would
/// take more has none.
public struct Pattern: Codable, Hashable, Sendable, ExpressibleByStringLiteral {
  /// As it is written.
  public let source: String
  private let compiled: Compiled

  /// Compiles `source`.
  ///
  /// - Throws: ``PipelineError`` with code `pattern.invalid`.
  public init(_ source: String) throws {
    self.source = source
    compiled = try Compiled(source)
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
    fileprivate var groups: [Range<String.Index>?]
    fileprivate var names: [String: Int]

    /// The part that the named group took, if it took any.
    public subscript(group: String) -> Range<String.Index>? { names[group].flatMap { groups[$0] } }

    /// The part that the first group took, if there is one and it took any.
    public var firstGroup: Range<String.Index>? { groups.count > 1 ? groups[1] : nil }
  }

  /// The first match in `text`.
  public func firstMatch(in text: String) -> Match? { compiled.match(text, options: 0) }

  /// Whether `text` holds a match.
  public func matches(_ text: String) -> Bool { firstMatch(in: text) != nil }

  /// The match at the beginning of `text`.
  public func prefixMatch(of text: String) -> Match? { compiled.match(text, options: UInt32(PCRE2_ANCHORED)) }

  /// The match of `text` as a whole.
  public func wholeMatch(of text: String) -> Match? {
    compiled.match(text, options: UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_ENDANCHORED))
  }
}

/// A compiled expression; it is only read once it has been made, so that threads may share it.
private final class Compiled: @unchecked Sendable {
  private let code: OpaquePointer
  private let limits: OpaquePointer?
  /// The numbers of the groups that have a name.
  private let names: [String: Int]

  private static let mostSteps: UInt32 = 1_000_000

  init(_ source: String) throws {
    var source = source
    var (error, offset) = (Int32(0), 0)
    let code = source.withUTF8 {
      pcre2_compile_8($0.baseAddress, $0.count, UInt32(PCRE2_UTF), &error, &offset, nil)
    }
    guard let code else {
      var message = [UInt8](repeating: 0, count: 256)
      let length = max(0, pcre2_get_error_message_8(error, &message, message.count))
      throw PipelineError(
        "pattern.invalid",
        "'\(source)' is not a regular expression: \(String(decoding: message.prefix(Int(length)), as: UTF8.self)), at byte \(offset)"
      )
    }
    self.code = code
    limits = pcre2_match_context_create_8(nil)
    pcre2_set_match_limit_8(limits, Self.mostSteps)
    names = Self.names(of: code)
  }

  deinit {
    pcre2_match_context_free_8(limits)
    pcre2_code_free_8(code)
  }

  /// Entries of a table with rows of equal width: the number in two bytes, the name with a zero behind it.
  private static func names(of code: OpaquePointer) -> [String: Int] {
    var (count, width, table) = (UInt32(0), UInt32(0), UnsafePointer<UInt8>?.none)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &width)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [:] }
    var names: [String: Int] = [:]
    for index in 0..<Int(count) {
      let entry = table + index * Int(width)
      names[String(cString: entry + 2)] = Int(entry[0]) << 8 | Int(entry[1])
    }
    return names
  }

  func match(_ text: String, options: UInt32) -> Pattern.Match? {
    var text = text
    guard let found = pcre2_match_data_create_from_pattern_8(code, nil) else { return nil }
    defer { pcre2_match_data_free_8(found) }
    let count = text.withUTF8 {
      // Swift's strings are valid UTF-8.
      pcre2_match_8(code, $0.baseAddress, $0.count, 0, options | UInt32(PCRE2_NO_UTF_CHECK), found, limits)
    }
    guard count > 0, let offsets = pcre2_get_ovector_pointer_8(found) else { return nil }
    func range(_ group: Int) -> Range<String.Index>? {
      let (from, to) = (offsets[2 * group], offsets[2 * group + 1])
      guard from >= 0, from <= to else { return nil }  // an unset group has -1
      return text.utf8.index(text.startIndex, offsetBy: from)..<text.utf8.index(text.startIndex, offsetBy: to)
    }
    guard let whole = range(0) else { return nil }
    return Pattern.Match(range: whole, groups: (0..<Int(count)).map(range), names: names)
  }
}
