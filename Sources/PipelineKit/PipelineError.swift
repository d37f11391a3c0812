/// Why a pipeline cannot be made or run.
public struct PipelineError: Error, CustomStringConvertible {
  /// Stable and dotted: `input.unreadable`, `limit.memory`, `file.invalid`, `file.unreadable`, `pattern.invalid`,
  /// `pipeline.invalid`, `pipeline.not_found`, `pipeline.unknown_stage`, `stage.failed`.
  public var code: String
  /// One sentence for a person.
  public var message: String
  /// The error that caused it.
  public var underlying: (any Error)?

  /// Creates an error.
  public init(_ code: String, _ message: String, underlying: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.underlying = underlying
  }

  /// The message.
  public var description: String { message }
}

/// An error of a stage that says, in a stable code, why the document could not be done.
public protocol CodedError: Error, CustomStringConvertible {
  /// Stable and dotted, such as `pdf.encrypted`.
  var code: String { get }
}
extension PipelineError: CodedError {}
