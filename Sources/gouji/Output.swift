import DocumentModel
import FoundationEssentials
import Glibc
import PipelineKit

/// A result that could not be written.
struct OutputError: Error, CustomStringConvertible {
  var description: String

  /// Says what cannot be written, and why.
  init(_ path: String, _ error: any Error) { self.init(path, reason: plainReason(error, writing: path)) }

  /// Says what cannot be written, and why.
  init(_ path: String, reason: String) {
    description = "\(path == "-" ? "standard output" : path): cannot be written (\(reason))"
  }

  /// The error, or that nobody reads standard output any more.
  static func of(_ error: any Error, at path: String) -> any Error {
    if let error = error as? SystemError, error.number == EPIPE, path == "-" { return ReaderGone() }
    return OutputError(path, error)
  }
}

/// Whoever read standard output has read enough.
struct ReaderGone: Error {}

/// Where a result goes: standard output for `-`, else a file that appears whole or not at all.
///
/// What is there and no regular file, such as a pipe or `/dev/null`, is written to and not replaced.
struct Output {
  var path: String

  /// Standard output.
  static let standard = Output(path: "-")

  /// Writes the value and a line end.
  ///
  /// - Throws: ``OutputError``.
  func write(_ value: JSONValue) throws {
    try write(value.encoded(isPretty: true) + [UInt8(ascii: "\n")])
  }

  /// Writes the text and, unless another ending is given, a line end. Unlike `print`, it says when that does not succeed.
  ///
  /// - Throws: ``OutputError``.
  func write(_ text: String, ending: String = "\n") throws { try write(Array((text + ending).utf8)) }

  /// Writes a text for people, as a terminal may show it, and a line end.
  ///
  /// - Throws: ``OutputError``.
  func say(_ text: String) throws { try write(text.visible()) }

  /// Writes the bytes as they are.
  ///
  /// - Throws: ``OutputError``.
  func write(_ bytes: [UInt8]) throws {
    do {
      if path == "-" {
        try StandardStreams.write(bytes, to: STDOUT_FILENO)
      } else {
        let isReplaceable = kind == nil || kind == .typeRegular
        try Data(bytes).write(to: URL(filePath: path), options: isReplaceable ? .atomic : [])
      }
    } catch {
      if kind == .typeDirectory { throw OutputError(path, reason: "is a folder") }
      throw OutputError.of(error, at: path)
    }
  }

  /// What is at the path; nil for nothing, and for standard output.
  private var kind: FileAttributeType? {
    guard path != "-" else { return nil }
    do { return try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType } catch {
      return nil
    }
  }
}
