/// What one member of a gzip file unpacks to.
final class GzipMember: ByteOrigin {
  let size: Int? = nil
  /// Whether all of it was read.
  private(set) var hasEnded = false

  private let packed: ByteReader
  private let start: Int
  private let inflater: Inflater
  private let limits: InputLimits
  private let isRecord: Bool
  private var produced = 0

  /// The member that begins at the next byte.
  ///
  /// - Parameter isRecord: it is the record of a web archive.
  init(_ packed: ByteReader, inflater: Inflater, limits: InputLimits, isRecord: Bool) {
    (self.packed, start, self.inflater, self.limits) = (packed, packed.position, inflater, limits)
    self.isRecord = isRecord
    inflater.reset()
  }

  /// - Throws: `warc.truncated`, `warc.damaged`, `archive.damaged` or `archive.bomb`.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int {
    while !hasEnded {
      let input = try packed.peekSome()
      if input.isEmpty {
        throw BulkError(isRecord ? "warc.truncated" : "archive.damaged", "the file ends within what is packed")
      }
      guard let step = inflater.step(input, into: buffer) else {
        throw BulkError(isRecord ? "warc.damaged" : "archive.damaged", "what is packed cannot be unpacked")
      }
      _ = try packed.skip(step.consumed)
      hasEnded = step.isEnd
      produced += step.produced
      if limits.isBomb(unpacked: produced, packed: packed.position - start) {
        throw BulkError("archive.bomb", "more than \(limits.ratio) bytes come out of each byte")
      }
      if step.produced > 0 { return step.produced }
    }
    return 0
  }

  func seek(to offset: Int) throws(BulkError) {
    throw BulkError("archive.damaged", "what is packed is read forward only")
  }
}
