/// What the members of a gzip file unpack to, one behind the other; their sums are checked, which libarchive does not.
///
/// What follows the last member and is none is left out, as gunzip does.
final class GzipStream: ByteOrigin {
  let size: Int? = nil
  private let packed: ByteReader
  private let inflater: Inflater
  private let limits: InputLimits
  private var member: GzipMember?
  private var produced = 0

  init(_ packed: ByteReader, limits: InputLimits) throws(BulkError) {
    (self.packed, self.limits) = (packed, limits)
    inflater = try Inflater()
  }

  /// - Throws: `archive.damaged`, `archive.bomb` or `limit.archive_bytes`.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int {
    while true {
      if let count = try member?.read(into: buffer), count > 0 {
        produced += count
        if limits.isBomb(unpacked: produced, packed: packed.position) {
          throw BulkError("archive.bomb", "more than \(limits.ratio) bytes come out of each byte")
        }
        guard produced <= limits.archiveBytes else {
          throw BulkError("limit.archive_bytes", "more than \(limits.archiveBytes) bytes come out")
        }
        return count
      }
      guard try packed.peek(2).elementsEqual([0x1F, 0x8B]) else { return 0 }
      member = GzipMember(packed, inflater: inflater, limits: limits, isRecord: false)
    }
  }

  func seek(to offset: Int) throws(BulkError) {
    throw BulkError("archive.damaged", "what is packed is read forward only")
  }
}
