public import PipelineKit

/// Why a schema cannot be used.
public struct RecordError: CodedError {
  /// `schema.invalid` or `schema.unreadable`.
  public var code: String
  /// One sentence for a person, with the file.
  public var description: String
  /// The error that caused it.
  public var underlying: (any Error)?

  init(_ code: String, _ description: String, underlying: (any Error)? = nil) {
    self.code = code
    self.description = description
    self.underlying = underlying
  }
}

/// A file of a schema, decoded.
///
/// - Throws: ``RecordError``.
func schemaFile<Value: Decodable>(_ path: String) throws -> Value {
  do {
    return try decodeYAML(at: path)
  } catch let error as PipelineError {
    let code = error.code == "file.unreadable" ? "schema.unreadable" : "schema.invalid"
    throw RecordError(code, error.message, underlying: error)
  }
}
