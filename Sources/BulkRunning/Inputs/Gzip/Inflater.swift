import CZlib

/// Unpacks by zlib, a piece at a time.
final class Inflater {
  /// What the packed bytes begin with.
  enum Head: Int32 {
    /// That of gzip or of zlib, whichever is there.
    case any = 47
    /// None: deflate alone.
    case none = -15
  }

  /// How far a step came.
  struct Step {
    var consumed: Int
    var produced: Int
    /// Whether this is the end of what was packed.
    var isEnd: Bool
  }

  private let stream: UnsafeMutablePointer<z_stream>

  /// - Throws: `limit.memory`.
  init(_ head: Head = .any) throws(BulkError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard gouji_inflate_start(stream, head.rawValue) == Z_OK else {
      throw BulkError("limit.memory", "no memory for unpacking")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Makes ready for the next packed bytes.
  func reset() { inflateReset(stream) }

  /// Unpacks as much as there is, or room for; nil where the bytes are damaged.
  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Step? {
    let (most, room) = (min(input.count, 1 << 30), min(output.count, 1 << 30))
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(most)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    let status = inflate(stream, Z_NO_FLUSH)
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return nil }
    return Step(
      consumed: most - Int(stream.pointee.avail_in), produced: room - Int(stream.pointee.avail_out),
      isEnd: status == Z_STREAM_END)
  }
}
