import CCompression
import FoundationEssentials

/// Zstandard (RFC 8878), which `zstd -d` and `zstdcat` read.
enum Compression {
  /// `bytes` as one frame with its checksum.
  static func compressed(_ bytes: Data) throws -> Data {
    guard let context = ZSTD_createCCtx() else { throw CompressionError(reason: "no memory") }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    var frame = Data(count: ZSTD_compressBound(bytes.count))
    let written = frame.withUnsafeMutableBytes { target in
      bytes.withUnsafeBytes { source in
        ZSTD_compress2(context, target.baseAddress, target.count, source.baseAddress, source.count)
      }
    }
    return frame.prefix(try size(written))
  }

  /// The bytes of one frame.
  ///
  /// - Parameter limit: the most that are made; a frame may claim anything.
  static func decompressed(_ frame: Data, limit: Int) throws -> Data {
    let claim = frame.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
    guard claim <= UInt64(limit) else { throw CompressionError(reason: "no frame, or one of more than \(limit) bytes") }
    var bytes = Data(count: Int(claim))
    let written = bytes.withUnsafeMutableBytes { target in
      frame.withUnsafeBytes { ZSTD_decompress(target.baseAddress, target.count, $0.baseAddress, $0.count) }
    }
    return bytes.prefix(try size(written))
  }

  private static func size(_ result: Int) throws -> Int {
    guard ZSTD_isError(result) == 0 else { throw CompressionError(reason: String(cString: ZSTD_getErrorName(result))) }
    return result
  }
}

/// What Zstandard could not do.
struct CompressionError: Error, CustomStringConvertible {
  var reason: String
  var description: String { reason.lowercased() }
}
