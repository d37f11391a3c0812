public import FoundationEssentials
public import DocumentModel
public import PipelineKit

/// One document with what is known of where it lay.
public struct OpenedDocument: Sendable {
  /// All of its bytes.
  public var bytes: Data
  /// Its place in an archive; nil for a file.
  public var member: Source.Member?
  /// The encoding of its text, where the archive says what the server said of it.
  public var charset: String?
  /// What was odd about the archive around it.
  public var diagnostics: [Diagnostic] = []

  /// As stages take it.
  ///
  /// - Parameter id: what the run calls the document.
  public func content(id: String) -> SourceContent {
    var content = SourceContent(uri: id, bytes: bytes, member: member)
    content.charset = charset
    content.diagnostics = diagnostics
    return content
  }
}

/// Takes documents out of archives, in bounded memory.
///
/// The archive that was asked last stays open where it is: documents that are asked for in the order in which
/// ``InputListing`` gives them cost one pass over it, and nothing is read twice. It parses what may mean harm, so it
/// belongs into a worker.
public final class ContainerReader {
  private struct Level {
    var container: Container
    /// The step to the entry that it stands at.
    var current: DocumentAddress.Step?
  }

  private let limits: InputLimits
  private let password: String?
  private var path: RawName?
  private var levels: [Level] = []

  /// Opens nothing yet.
  ///
  /// - Parameter password: that of entries that are encrypted.
  public init(limits: InputLimits = InputLimits(), password: String? = nil) {
    (self.limits, self.password) = (limits, password)
  }

  /// The document at `address`.
  ///
  /// - Throws: ``BulkError`` with the code that `reason` in results has; the next document can be asked for all the same.
  public func content(at address: DocumentAddress) throws(BulkError) -> OpenedDocument {
    guard !address.steps.isEmpty else { return OpenedDocument(bytes: try file(address.path)) }
    guard address.steps.count <= limits.depth else {
      throw BulkError("limit.depth", "archives are nested more than \(limits.depth) deep")
    }
    do { return try document(at: address) } catch {
      // What is damaged further on is opened anew; that is dear only where somebody asks for what no list names.
      if !isAlive { close() }
      throw error
    }
  }

  private func file(_ path: RawName) throws(BulkError) -> Data {
    let file = try FileOrigin(path)
    guard let size = file.size, size <= limits.entryBytes else {
      throw BulkError("limit.entry_bytes", "\(path.shown) has more than \(limits.entryBytes) bytes")
    }
    if let text = path.text {
      do { return try SourceContent(path: text).bytes } catch {
        throw BulkError("input.unreadable", "\(error)", underlying: error)
      }
    }
    return Data(try ByteReader(file).all(limit: limits.entryBytes, expected: size))
  }

  private func document(at address: DocumentAddress) throws(BulkError) -> OpenedDocument {
    var depth = reusable(for: address)
    if depth == nil {
      close()
      levels.append(Level(container: try opened(ByteReader(try FileOrigin(address.path)))))
      path = address.path
      depth = 0
    }
    levels.removeLast(levels.count - (depth ?? 0) - 1)
    for step in address.steps[(depth ?? 0)...].dropLast() {
      let bytes = try move(to: step).bytes
      levels.append(Level(container: try opened(bytes)))
    }
    guard let last = address.steps.last else { preconditionFailure("an address in an archive has a step") }
    let entry = try move(to: last)
    let bytes = Data(try entry.bytes.all(limit: limits.entryBytes, expected: entry.size))
    guard var member = address.member else { preconditionFailure("an address in an archive has a container") }
    member.name = entry.name?.shown
    member.nameBytes = entry.name.flatMap { $0.text == nil ? RawName.hexadecimal($0.bytes) : nil }
    if let record = entry.record {
      member.recordID = record.recordID
      member.targetURI = record.targetURI
      member.date = record.date
      member.digest = record.payloadDigest
    }
    return OpenedDocument(
      bytes: bytes, member: member, charset: entry.record?.charset, diagnostics: entry.diagnostics)
  }

  /// What a step leads to.
  private struct Entry {
    var bytes: ByteReader
    var name: RawName?
    var size: Int?
    var record: WarcRecord?
    var diagnostics: [Diagnostic] = []
  }

  /// The level from which `address` can be reached by going forward.
  private func reusable(for address: DocumentAddress) -> Int? {
    guard path == address.path, !levels.isEmpty else { return nil }
    var depth = 0
    while depth < levels.count - 1, depth < address.steps.count - 1, levels[depth].current == address.steps[depth] {
      depth += 1
    }
    switch (levels[depth].container, address.steps[depth]) {
    case (.archive(let cursor), .entry(let index)) where !cursor.isDead && cursor.nextIndex <= index: return depth
    case (.web(let cursor), .range(let offset, _)) where cursor.canReach(offset): return depth
    default: return nil
    }
  }

  private func opened(_ bytes: ByteReader) throws(BulkError) -> Container {
    guard let container = try Container(bytes, kind: try ContentKind(of: bytes), limits: limits, password: password)
    else {
      throw BulkError("archive.damaged", "what should be an archive is none")
    }
    return container
  }

  /// Goes forward to an entry of the innermost level.
  private func move(to step: DocumentAddress.Step) throws(BulkError) -> Entry {
    levels[levels.count - 1].current = step
    switch (levels[levels.count - 1].container, step) {
    case (.single(let bytes), .entry(0)): return Entry(bytes: bytes)
    case (.archive(let cursor), .entry(let index)):
      while let entry = try cursor.next() {
        guard entry.index == index else { continue }
        if let failure = entry.failure { throw failure }
        guard !entry.isFolder else { throw BulkError("archive.special", "the entry is a folder") }
        return Entry(bytes: cursor.contents, name: entry.name, size: entry.size)
      }
      throw BulkError("archive.damaged", "there is no entry \(index)")
    case (.web(let cursor), .range(let offset, _)):
      try cursor.move(to: offset)
      guard let found = try cursor.next(), found.offset == offset else {
        throw BulkError("warc.damaged", "there is no record at \(offset)")
      }
      let record = try found.record.get()
      let document = try record.document(limits: limits)
      _ = try cursor.finish()
      return Entry(
        bytes: ByteReader(MemoryOrigin(document.bytes)), size: document.bytes.count, record: record,
        diagnostics: document.diagnostics)
    default: throw BulkError("archive.damaged", "the archive has no such entry")
    }
  }

  private var isAlive: Bool {
    levels.allSatisfy { level in
      if case .archive(let cursor) = level.container { !cursor.isDead } else { true }
    }
  }

  private func close() { (path, levels) = (nil, []) }
}

extension DocumentAddress {
  /// The place as records carry it; nil for a file.
  var member: Source.Member? {
    guard let step = steps.last, let container else { return nil }
    switch step {
    case .entry(let index): return Source.Member(container: container.id, entry: index)
    case .range(let offset, let length): return Source.Member(container: container.id, offset: offset, length: length)
    }
  }
}
