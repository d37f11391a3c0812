public import DocumentModel
public import Foundation

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
  /// - Throws: ``PipelineError`` with code `input.unreadable`.
  public init(path: String) throws {
    uri = path
    var isFolder: ObjCBool = false
    if path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw PipelineError("input.unreadable", "\(path) is a folder")
    }
    do {
      bytes =
        if path == "-" {
          try FileHandle.standardInput.readToEnd() ?? Data()
        } else {
          try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        }
    } catch {
      throw PipelineError("input.unreadable", "\(path): \(plainReason(error))", underlying: error)
    }
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
