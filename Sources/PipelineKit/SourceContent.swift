public import DocumentModel
public import Foundation
import Glibc

/// The bytes of a source, read once.
public struct SourceContent: Sendable {
  /// As given: a path, or `-` for standard input.
  public var uri: String
  /// All of them; files are mapped, not copied.
  public var bytes: Data

  /// Takes bytes that are already at hand.
  public init(uri: String, bytes: Data) {
    self.uri = uri
    self.bytes = bytes
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
        bytes = try Self.drained(FileHandle.standardInput, limit: streamLimit)
      } else if kind == S_IFREG {
        bytes = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
      } else {
        bytes = try Self.drained(try FileHandle(forReadingFrom: URL(filePath: path)), limit: streamLimit)
      }
    } catch {
      throw PipelineError("input.unreadable", "\(path): \(plainReason(error))", underlying: error)
    }
    guard bytes.count <= streamLimit || kind == S_IFREG && path != "-" else {
      throw PipelineError("limit.memory", "\(path) has more than \(streamLimit) bytes; save it as a file first")
    }
  }

  /// All that comes, or a little more than `limit`.
  private static func drained(_ stream: FileHandle, limit: Int) throws -> Data {
    var all = Data()
    while all.count <= limit, let part = try stream.read(upToCount: 1 << 20), !part.isEmpty { all.append(part) }
    return all
  }

  /// A document of which only these bytes are known.
  public func document() -> Document {
    Document(source: Source(uri: uri, sha256: Digest.sha256(of: bytes), byteCount: bytes.count))
  }
}

/// What went wrong with a file, in the words of the operating system where it said any.
public func plainReason(_ error: any Error) -> String {
  switch (error as? CocoaError)?.code {
  case .fileReadNoSuchFile, .fileNoSuchFile: return "no such file"
  case .fileReadNoPermission: return "permission denied"
  default:
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let underlying, underlying.domain == NSPOSIXErrorDomain, let code = Int32(exactly: underlying.code) else {
      return error.localizedDescription
    }
    return String(cString: strerror(code)).lowercased()
  }
}
