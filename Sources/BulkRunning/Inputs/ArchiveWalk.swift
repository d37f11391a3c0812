/// Goes through one file and the archives in it, and counts what it unpacks.
struct ArchiveWalk {
  private let limits: InputLimits
  /// That of entries that are encrypted.
  private let password: String?
  /// The bytes of the file.
  private let packed: Int
  private let write: (ManifestLine) throws -> Void
  private var entries = 0
  /// The bytes that the entries claim to have.
  private var claimed = 0

  init(limits: InputLimits, password: String?, packed: Int, write: @escaping (ManifestLine) throws -> Void) {
    (self.limits, self.password, self.packed, self.write) = (limits, password, packed, write)
  }

  /// Writes the line of a document, or those of what is in an archive.
  ///
  /// - Parameter depth: the archives around it.
  /// - Parameter isOfWebArchives: of what is no archive it is known that it is no document.
  mutating func visit(
    _ bytes: ByteReader, line: ManifestLine, depth: Int, isOfWebArchives: Bool = false
  ) throws {
    let container: Container
    do {
      let kind = try ContentKind(of: bytes)
      if kind == .document, isOfWebArchives {
        throw BulkError("warc.index", "an index or a description of the web archives beside it")
      }
      if kind != .document, depth >= limits.depth {
        throw BulkError("limit.depth", "archives are nested more than \(limits.depth) deep")
      }
      guard let opened = try Container(bytes, kind: kind, limits: limits, password: password) else {
        return try write(line)
      }
      container = opened
    } catch let error as BulkError {
      return try write(line.failed(error))
    }
    switch container {
    case .single(let contents):
      try visit(
        contents, line: ManifestLine(line.address.appending(.entry(0))), depth: depth + 1,
        isOfWebArchives: isOfWebArchives)
    case .archive(let cursor): try visit(cursor, line: line, depth: depth + 1)
    case .web(let cursor): try visit(cursor, at: line.address, depth: depth + 1)
    }
  }

  private mutating func visit(_ cursor: ArchiveCursor, line archive: ManifestLine, depth: Int) throws {
    let address = archive.address
    while true {
      let next = ManifestLine(address.appending(.entry(cursor.nextIndex)))
      let found: ArchiveCursor.Entry?
      do { found = try cursor.next() } catch {
        return try write(next.failed(BulkError(error.code, "from here on: \(error.message)", underlying: error)))
      }
      guard let entry = found else {
        guard cursor.nextIndex == 0 else { return }
        return try write(archive.failed(BulkError("archive.empty", "an archive with nothing in it")))
      }
      var line = next
      (line.name, line.bytes) = (entry.name?.prefix(ManifestLine.mostBytes), entry.size)
      if let excess = count(entry) { return try write(line.failed(excess)) }
      if entry.isFolder { continue }
      if let failure = entry.failure ?? excess(of: entry) {
        try write(line.failed(failure))
      } else {
        try visit(cursor.contents, line: line, depth: depth, isOfWebArchives: cursor.isOfWebArchives)
      }
      guard cursor.isDead else { continue }
      do {
        if try cursor.revive() { continue }
      } catch {}
      let rest = ManifestLine(address.appending(.entry(cursor.nextIndex)))
      return try write(rest.failed(BulkError("archive.damaged", "from here on: nothing more can be read")))
    }
  }

  private mutating func visit(_ cursor: WarcCursor, at address: DocumentAddress, depth: Int) throws {
    while true {
      let start = ManifestLine(address.appending(.range(offset: cursor.position, length: 0)))
      let found: WarcCursor.Found
      do {
        guard let next = try cursor.next() else { return }
        found = next
      } catch {
        return try write(start.failed(BulkError(error.code, "from here on: \(error.message)", underlying: error)))
      }
      var failure: BulkError?
      var inner: [UInt8]?
      var record: WarcRecord?
      do throws(BulkError) {
        let whole = try found.record.get()
        record = whole
        if whole.isOfDocument {
          failure = whole.failure
          if failure == nil, try isContainer(whole.head(limits: limits)) {
            inner = try whole.document(limits: limits).bytes
          }
        }
      } catch { failure = error }
      var length: Int?
      do { length = try cursor.finish() } catch { failure = error }
      // What is damaged is said, whatever it was about.
      guard record?.isOfDocument ?? true || failure != nil else { continue }
      var line = ManifestLine(
        address.appending(.range(offset: found.offset, length: length ?? cursor.position - found.offset)))
      line.targetURI = shortened(record?.targetURI)
      line.date = shortened(record?.date, to: 64)
      line.recordID = shortened(record?.recordID, to: 256)
      line.bytes = record?.documentLength
      entries += 1
      if entries > limits.entries {
        let reason = "more than \(limits.entries) records; this one and what follows is left out"
        return try write(line.failed(BulkError("limit.entries", reason)))
      }
      if let failure {
        try write(line.failed(failure))
      } else if let inner {
        try visit(ByteReader(MemoryOrigin(inner)), line: line, depth: depth)
      } else {
        try write(line)
      }
    }
  }

  private func shortened(_ text: String?, to most: Int = ManifestLine.mostBytes) -> String? {
    text.map { RawName($0).prefix(most).shown }
  }

  /// Whether documents that begin so are archives, most likely.
  private func isContainer(_ head: [UInt8]) throws(BulkError) -> Bool {
    try ContentKind(of: ByteReader(MemoryOrigin(head))) != .document
  }

  /// Why the archive is not read any further.
  private mutating func count(_ entry: ArchiveCursor.Entry) -> BulkError? {
    entries += 1
    guard entries <= limits.entries else {
      return BulkError("limit.entries", "more than \(limits.entries) entries; this one and what follows is left out")
    }
    // One that is too large by itself is refused by itself.
    guard excess(of: entry) == nil, entry.failure == nil, let size = entry.size else { return nil }
    claimed += size
    if limits.isBomb(unpacked: claimed, packed: packed) {
      return BulkError(
        "archive.bomb", "more than \(limits.ratio) bytes come out of each byte; this entry and what follows is left out"
      )
    }
    if claimed > limits.archiveBytes {
      return BulkError(
        "limit.archive_bytes",
        "more than \(limits.archiveBytes) bytes come out; this entry and what follows is left out")
    }
    return nil
  }

  /// Why the entry is not opened.
  private func excess(of entry: ArchiveCursor.Entry) -> BulkError? {
    guard let size = entry.size else { return nil }
    if limits.isBomb(unpacked: size, packed: packed) {
      return BulkError("archive.bomb", "\(size) bytes would come out of \(packed)")
    }
    return nil
  }
}
