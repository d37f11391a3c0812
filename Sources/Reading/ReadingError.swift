public import PipelineKit

/// Why a source cannot be read at all.
public struct ReadingError: CodedError {
  /// `pdf.encrypted`, `pdf.damaged`, `docx.damaged`, `media.unsupported`, `input.empty`, `input.no_pages`, `text.digits_lost`,
  /// `limit.output`, `reader.missing`, `ocr.failed`, `converter.missing`, `converter.failed` or `converter.timeout`.
  public var code: String
  /// One sentence for a person.
  public var message: String
  /// The error that caused it.
  public var underlying: (any Error)?

  /// The message.
  public var description: String { message }

  init(_ code: String, _ message: String, underlying: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.underlying = underlying
  }
}
