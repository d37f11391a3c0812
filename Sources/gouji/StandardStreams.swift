import Glibc
import PipelineKit

/// Standard input, output and error, of which any may be closed, full or gone.
enum StandardStreams {
  /// Writes a line to standard error. Where nobody can be told, the exit code still says how it ended.
  static func say(_ line: some Sequence<UInt8>) {
    do { try write(Array(line) + [UInt8(ascii: "\n")], to: STDERR_FILENO) } catch {}
  }

  /// Writes all bytes.
  ///
  /// - Throws: `SystemError`.
  static func write(_ bytes: [UInt8], to stream: Int32) throws {
    try bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
        let count = Glibc.write(stream, start, rest.count)
        guard count >= 0 || errno == EINTR else { throw SystemError(number: errno) }
        rest = rest.dropFirst(max(count, 0))
      }
    }
  }

  /// Takes the numbers of those that are closed, so that no file that is opened later bears one of them and is written
  /// into as if it were the stream. Reading or writing them still fails.
  static func holdClosed() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
      // The lowest free number is this one.
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
