public import DocumentModel
public import FoundationEssentials
import Glibc

/// The bytes of a source, read once.
public struct SourceContent: Sendable {
  /// As given: a path, or `-` for standard input.
  public var uri: String
  /// All of them; files are mapped, not copied.
  public var bytes: Data

  /// Where they lay, for a document out of an archive.
  public var member: Source.Member?
  /// The encoding of the text, as the server said that it came from; in lower case.
  public var charset: String?
  /// What was odd about the archive around them.
  public var diagnostics: [Diagnostic] = []

  /// Takes bytes that are already at hand.
  public init(uri: String, bytes: Data, member: Source.Member? = nil) {
    self.uri = uri
    self.bytes = bytes
    self.member = member
  }

  /// Reads the file at `path`, or standard input for `-`.
  ///
  /// What is no regular file, such as a pipe or a device, is read to its end.
  ///
  /// - Parameter streamLimit: the most bytes that are taken from what is no regular file; it may have no end.
  /// - Throws: ``PipelineError`` with code `input.unreadable` or `limit.memory`.
  public init(path: String, streamLimit: Int = 1 << 30) throws {
    guard !path.isEmpty else { throw PipelineError("input.unreadable", "the name of the document is empty") }
    uri = path
    var status = stat()
    let kind = path != "-" && stat(path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
    guard kind != S_IFDIR else { throw PipelineError("input.unreadable", "\(path) is a folder") }
    do {
      if path == "-" {
        bytes = try Self.drained(STDIN_FILENO, limit: streamLimit)
      } else if kind == S_IFREG {
        bytes = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
      } else {
        let stream = open(path, O_RDONLY)
        guard stream >= 0 else { throw SystemError(number: errno) }
        defer { close(stream) }
        bytes = try Self.drained(stream, limit: streamLimit)
      }
    } catch {
      throw PipelineError("input.unreadable", "\(path): \(plainReason(error))", underlying: error)
    }
    guard bytes.count <= streamLimit || kind == S_IFREG && path != "-" else {
      throw PipelineError("limit.memory", "\(path) has more than \(streamLimit) bytes; save it as a file first")
    }
  }

  /// All that comes, or a little more than `limit`.
  private static func drained(_ stream: Int32, limit: Int) throws -> Data {
    var all = Data()
    var part = [UInt8](repeating: 0, count: 1 << 18)
    while all.count <= limit {
      let count = read(stream, &part, part.count)
      guard count >= 0 || errno == EINTR else { throw SystemError(number: errno) }
      if count == 0 { break }
      all.append(contentsOf: part[..<max(count, 0)])
    }
    return all
  }

  /// A document of which only these bytes are known.
  public func document() -> Document {
    var source = Source(uri: uri, sha256: Digest.sha256(of: bytes), byteCount: bytes.count)
    source.member = member
    var document = Document(source: source)
    document.diagnostics = diagnostics
    return document
  }
}
