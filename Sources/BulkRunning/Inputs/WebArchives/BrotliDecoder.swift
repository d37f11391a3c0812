import CBrotli

/// Unpacks what is packed by Brotli (RFC 7932), step by step as ``Inflater`` does; its window has 16 MiB at most.
final class BrotliDecoder {
  private let state: OpaquePointer

  /// - Throws: `warc.encoding` where the library is not on this machine, or `limit.memory`.
  init() throws(BulkError) {
    guard gouji_brotli_is_there() else {
      throw BulkError("warc.encoding", "the body is packed by 'br', and there is no libbrotlidec to unpack it")
    }
    guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else {
      throw BulkError("limit.memory", "no memory for unpacking")
    }
    self.state = state
  }

  deinit { BrotliDecoderDestroyInstance(state) }

  /// Unpacks as much as there is, or room for; nil where the bytes are damaged.
  func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Inflater.Step? {
    var (waiting, room) = (input.count, output.count)
    var next = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    var target = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let result = BrotliDecoderDecompressStream(state, &waiting, &next, &room, &target, nil)
    guard result != BROTLI_DECODER_RESULT_ERROR else { return nil }
    return Inflater.Step(
      consumed: input.count - waiting, produced: output.count - room, isEnd: result == BROTLI_DECODER_RESULT_SUCCESS)
  }
}
