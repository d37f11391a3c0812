import DocumentModel
import Glibc
import PipelineKit

/// Lines that are written many at a time: to standard output, or to a file that appears when it is whole.
struct LineOutput {
  private let path: String
  /// What the file is called until it is whole; nil where it is written in place.
  private let part: String?
  private let stream: Int32
  private var waiting: [UInt8] = []

  /// `-` is standard output. What is there and no regular file, such as a pipe, is written to in place.
  ///
  /// - Throws: ``OutputError``.
  init(path: String) throws {
    self.path = path
    part = path == "-" || Self.isInPlace(path) ? nil : Self.part(of: path)
    stream = path == "-" ? STDOUT_FILENO : Self.opened(part ?? path, creates: part != nil)
    if stream < 0 { throw OutputError(path, SystemError(number: errno)) }
  }

  /// What a file is called until it is whole.
  static func part(of path: String) -> String { path + ".open" }

  private static func isInPlace(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private static func opened(_ path: String, creates: Bool) -> Int32 {
    creates ? Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666) : Glibc.open(path, O_WRONLY)
  }

  /// Writes a value in one line.
  ///
  /// - Throws: ``OutputError``.
  mutating func write(_ value: JSONValue) throws { try write(value.inOneLine) }

  /// Writes a text and a line end.
  ///
  /// - Throws: ``OutputError``.
  mutating func write(_ text: String) throws {
    try write(Array(text.utf8) + [UInt8(ascii: "\n")])
  }

  /// Writes bytes that have their line end.
  ///
  /// - Throws: ``OutputError``.
  mutating func write(_ bytes: [UInt8]) throws {
    waiting += bytes
    if waiting.count > 1 << 18 { try flush() }
  }

  /// Writes what waits, and gives the file its name.
  ///
  /// - Throws: ``OutputError``.
  mutating func finish() throws {
    try flush()
    guard path != "-" else { return }
    var isWhole = close(stream) == 0
    if let part { isWhole = isWhole && rename(part, path) == 0 }
    if !isWhole { throw OutputError(path, SystemError(number: errno)) }
  }

  /// Leaves nothing behind of a file that will not be whole.
  func discard() { if let part { unlink(part) } }

  private mutating func flush() throws {
    guard !waiting.isEmpty else { return }
    do { try StandardStreams.write(waiting, to: stream) } catch {
      if let part { unlink(part) }
      throw OutputError.of(error, at: path)
    }
    waiting.removeAll(keepingCapacity: true)
  }
}
