import DocumentModel
import Glibc

/// The lines of a file or a stream, one after the other, however many there are.
public final class SourceLines {
  /// As given: a path, or `-` for standard input.
  public let path: String
  /// The number of the line that was given last, from 1.
  public private(set) var number = 0

  /// The offset of the line that is given next.
  public var position: Int { passed + start }

  private let descriptor: Int32
  private let longest: Int
  private var buffer: [UInt8] = []
  private var start = 0
  /// The bytes before the buffer.
  private var passed = 0
  private var hasEnded = false

  /// Opens the file at `path`, or standard input for `-`.
  ///
  /// - Parameter longest: bytes of a line that are kept; a longer one is given cut off there.
  /// - Throws: ``PipelineError`` with the code `input.unreadable`.
  public init(path: String, longest: Int = 1 << 28) throws {
    self.path = path
    self.longest = longest
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw Self.unreadable(path) }
  }

  deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

  /// The next line without its end; nil after the last. The last one may lack its end.
  ///
  /// - Throws: ``PipelineError`` with the code `input.unreadable`.
  public func next() throws -> ArraySlice<UInt8>? {
    var line: [UInt8] = []
    while true {
      let rest = buffer[start...]
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        start = end + 1
        number += 1
        return line.isEmpty ? rest[..<end] : (line + rest[..<end].prefix(longest - line.count))[...]
      }
      line += rest.prefix(longest - line.count)
      let isLast = hasEnded
      if !isLast { try fill() }
      if isLast {
        (passed, buffer, start) = (passed + buffer.count, [], 0)
        guard !line.isEmpty else { return nil }
        number += 1
        return line[...]
      }
    }
  }

  /// Replaces the buffer by what comes next.
  private func fill() throws {
    passed += buffer.count
    start = 0
    var got = 0
    buffer = [UInt8](unsafeUninitializedCapacity: 1 << 18) { bytes, count in
      repeat { got = read(descriptor, bytes.baseAddress, bytes.count) } while got < 0 && errno == EINTR
      count = max(0, got)
    }
    if got < 0 { throw Self.unreadable(path) }
    hasEnded = got == 0
  }

  private static func unreadable(_ path: String) -> PipelineError {
    let error = SystemError(number: errno)
    return PipelineError("input.unreadable", "\(path): \(plainReason(error))", underlying: error)
  }
}
