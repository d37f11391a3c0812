import PipelineKit

/// Regular expressions out of the options of a stage, matched at the beginning of texts without their spaces.
struct TextPatterns: Sendable {
  private let sources: [String]

  /// Checks the expressions.
  ///
  /// - Throws: ``PipelineKit/PipelineError`` with code `pipeline.invalid` for one that cannot be read.
  init(_ sources: [String], option: String) throws {
    self.sources = sources
    for source in sources {
      do {
        _ = try Regex(source)
      } catch {
        throw PipelineError(
          "pipeline.invalid", "option '\(option)': '\(source)' is no regular expression", underlying: error)
      }
    }
  }

  /// The expressions, ready to match. Made anew for every document: a `Regex` must not cross threads.
  func compiled() throws -> Compiled { Compiled(expressions: try sources.map { try Regex($0) }) }

  struct Compiled {
    fileprivate var expressions: [Regex<AnyRegexOutput>]

    /// Whether the text, without its spaces, begins with a match.
    func match(_ text: String) -> Bool {
      let squeezed = text.squeezed
      return expressions.contains { squeezed.prefixMatch(of: $0) != nil }
    }
  }
}

extension String {
  /// Without white space.
  var squeezed: String { String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isBlank })) }
}
