public import PipelineKit

/// Why a result could not be written in another form.
public struct ReportingError: CodedError {
  /// Stable and dotted: `output.not_writable`.
  public var code: String
  /// One sentence for a person.
  public var description: String

  /// Creates an error.
  init(_ code: String, _ message: String) { (self.code, description) = (code, message) }
}
