import DocumentModel
import PipelineKit

/// Finds the documents in what a person names: files, folders, archives, manifests.
///
/// ```
/// reports/        → every file below, in the order of their names, and what is in the archives among them
/// a.zip           → its entries
/// @list.ndjson    → what its lines name
/// ```
///
/// Nothing is unpacked to disk, and of an archive no more is held than the entry that is looked at; an archive in an
/// archive is held where it must be. Everything that is there gives a line, also what cannot be a document, so that a
/// run can account for it; only folders give none.
public struct InputListing {
  private let limits: InputLimits
  private let write: (ManifestLine) throws -> Void
  private let complain: (BulkError) -> Void

  /// Makes a listing.
  ///
  /// - Parameters:
  ///   - line: is given each line as it is found; what it throws ends the listing.
  ///   - fault: is told of each input that could not be opened at all.
  public init(
    limits: InputLimits = InputLimits(), line: @escaping (ManifestLine) throws -> Void,
    fault: @escaping (BulkError) -> Void
  ) {
    (self.limits, write, complain) = (limits, line, fault)
  }

  /// Lists one input: a file, a folder, `@` and the path of a manifest, or `-` for a manifest on standard input.
  ///
  /// - Throws: only what the closure for the lines throws.
  public func list(_ input: String) throws {
    if input == "-" || input.hasPrefix("@") {
      try listManifest(input == "-" ? "-" : String(input.dropFirst()))
    } else {
      try listPath(RawName(input))
    }
  }

  private func listPath(_ path: RawName) throws {
    let kind: FolderWalk.Kind
    do { kind = try FolderWalk.kind(of: path, followingLink: true) } catch {
      complain(error)
      return try write(ManifestLine(DocumentAddress(path: path), failed: error))
    }
    guard kind == .folder else { return try listFile(ManifestLine(DocumentAddress(path: path)), isInput: true) }
    var walk = FolderWalk(path)
    while let found = walk.next() {
      let line = ManifestLine(DocumentAddress(path: found.path))
      if let failure = found.failure {
        if found.path == path { complain(failure) }
        try write(ManifestLine(line.address, failed: failure))
      } else {
        try listFile(line, isInput: false)
      }
    }
  }

  private func listManifest(_ path: String) throws {
    do {
      let lines = try SourceLines(path: path, longest: 1 << 20)
      while let text = try lines.next() {
        guard text.contains(where: { $0 > 0x20 }) else { continue }
        let line: ManifestLine
        do { line = try ManifestLine(json: text) } catch {
          complain(BulkError(error.code, "\(path):\(lines.number): \(error.message)", underlying: error))
          continue
        }
        if line.reason != nil || !line.address.steps.isEmpty {
          try write(line)
        } else {
          try listFile(line, isInput: false)
        }
      }
    } catch let error as PipelineError {
      complain(BulkError(error.code, error.message, underlying: error))
    }
  }

  /// A file, or what is in it; `line` is what is known of it.
  private func listFile(_ line: ManifestLine, isInput: Bool) throws {
    var line = line
    let bytes: ByteReader
    do {
      let file = try FileOrigin(line.address.path)
      line.bytes = line.bytes ?? file.size
      bytes = ByteReader(file)
    } catch {
      if isInput { complain(error) }
      return try write(line.failed(error))
    }
    var walk = ArchiveWalk(limits: limits, packed: line.bytes ?? 0, write: write)
    try walk.visit(bytes, line: line, depth: 0)
  }
}

extension ManifestLine {
  /// The line, with the reason why there is no document.
  func failed(_ error: BulkError) -> ManifestLine {
    var line = self
    (line.reason, line.message) = (error.code, error.message)
    return line
  }
}
