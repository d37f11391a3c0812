public import PipelineKit

/// Why a stage of this module cannot be made.
public struct TextStageError: CodedError {
  /// `text.variants` for a file of variants that cannot be read.
  public var code: String
  /// One sentence for a person.
  public var description: String
  /// The error that caused it.
  public var underlying: (any Error)?
}
