public import PipelineKit

/// Why an input, or a document in it, cannot be had, or a run cannot go on.
public struct BulkError: CodedError {
  /// Stable and dotted: `archive.damaged`, `archive.empty`, `archive.encrypted`, `archive.unsupported`, `archive.bomb`, `archive.link`,
  /// `archive.special`, `warc.damaged`, `warc.truncated`, `warc.revisit`, `warc.segmented`, `warc.status`, `warc.index`,
  /// `warc.encoding`, `input.unreadable`, `input.link`, `input.special`, `manifest.invalid`, `limit.entry_bytes`,
  /// `limit.archive_bytes`, `limit.entries`, `limit.depth`; of a run `request.malformed`, `worker.not_started`,
  /// `worker.no_sandbox`, `bulk.changed`, `bulk.busy`, `bulk.folder`, `bulk.listing`, `bulk.shard`, `output.not_writable`.
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
