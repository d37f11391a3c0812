public import DocumentModel
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
/// run can account for it; only folders give none. What is hidden below a folder, and what this program has made there, is
/// left out and told: it is read where it is named.
public struct InputListing {
  private let limits: InputLimits
  private let password: String?
  private let write: (ManifestLine) throws -> Void
  private let complain: (BulkError) -> Void
  private let notice: (Diagnostic) -> Void

  /// Makes a listing.
  ///
  /// - Parameters:
  ///   - password: that of entries that are encrypted; those that it does not open are listed with a reason.
  ///   - line: is given each line as it is found; what it throws ends the listing.
  ///   - fault: is told of each input that could not be opened at all, and of each line whose id another document has.
  ///   - notice: is told what of a folder is left out.
  ///   - comparesIDs: whether ids may be other than addresses, as those of manifests; all that are listed are remembered.
  public init(
    limits: InputLimits = InputLimits(), password: String? = nil, comparesIDs: Bool = false,
    line: @escaping (ManifestLine) throws -> Void, fault: @escaping (BulkError) -> Void,
    notice: @escaping (Diagnostic) -> Void = { _ in }
  ) {
    (self.limits, self.password, complain, self.notice) = (limits, password, fault, notice)
    let known = comparesIDs ? KnownIDs() : nil
    write = { found in
      if let known, !known.takes(found) {
        let what = "\(found.address.id) has the id '\(found.id)', as another document has"
        fault(BulkError("manifest.invalid", what + "; an id tells a document from all others"))
      } else {
        try line(found)
      }
    }
  }

  /// Which document has which id.
  private final class KnownIDs {
    private var addresses: [DocumentKey: DocumentKey] = [:]

    /// False where the id is that of a document at another address.
    func takes(_ line: ManifestLine) -> Bool {
      let address = DocumentKey(Array(line.address.id.utf8))
      let known = addresses.updateValue(address, forKey: DocumentKey(Array(line.id.utf8))) ?? address
      guard known != address else { return true }
      addresses[DocumentKey(Array(line.id.utf8))] = known
      return false
    }
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
    if walk.hidden > 0 {
      let what = walk.hidden == 1 ? "1 hidden file or folder is" : "\(walk.hidden) hidden files or folders are"
      notice(Diagnostic("input.hidden", .warning, "\(path.shown): \(what) left out; what is named itself is read"))
    }
    for (folder, what) in walk.made {
      let message = "\(folder.shown): \(what.rawValue), left out; what is named itself is read"
      notice(Diagnostic("input.made_here", .warning, message))
    }
  }

  private func listManifest(_ path: String) throws {
    do {
      let lines = try SourceLines(path: path, longest: 1 << 20)
      while let text = try lines.next() {
        guard text.contains(where: { $0 > 0x20 }) else { continue }
        let line: ManifestLine
        do throws(BulkError) {
          line = try ManifestLine(json: text)
          guard line.json.encoded().count <= BulkRequest.mostBytes else {
            throw BulkError("manifest.invalid", "longer than \(BulkRequest.mostBytes) bytes")
          }
        } catch {
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
    var walk = ArchiveWalk(limits: limits, password: password, packed: line.bytes ?? 0, write: write)
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
