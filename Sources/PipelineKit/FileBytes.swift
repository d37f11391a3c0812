import DocumentModel
import Glibc

/// A file of which parts are read where they lie: what is read leaves no more behind than it is long.
public final class FileBytes: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Opens the file at `path`.
  ///
  /// - Throws: ``PipelineError`` with the code `input.unreadable`.
  public init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw unreadable(path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The bytes of a range that is in the file.
  ///
  /// - Throws: ``PipelineError`` with the code `input.unreadable`, also where the file has become shorter.
  public func bytes(in range: Range<Int>) throws -> [UInt8] {
    var failure: PipelineError?
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      count = 0
      while count < range.count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, range.count - count, range.lowerBound + count)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else {
          failure = got < 0 ? unreadable(path) : PipelineError("input.unreadable", "\(path) has become shorter")
          return
        }
        count += got
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

private func unreadable(_ path: String) -> PipelineError {
  let error = SystemError(number: errno)
  return PipelineError("input.unreadable", "\(path): \(plainReason(error))", underlying: error)
}
