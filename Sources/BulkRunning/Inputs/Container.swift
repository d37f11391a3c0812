/// An archive that is open, and read forward.
enum Container {
  /// One with entries.
  case archive(ArchiveCursor)
  /// One compressed file that is no archive: the bytes of its only entry.
  case single(ByteReader)
  /// One whose records are known by their places.
  case web(WarcCursor)

  /// Opens what is of this kind; nil for a document.
  ///
  /// ZIP and 7z can only be read by going to and fro: inside of another archive they are taken into memory. A compressed
  /// tar is one archive, not two.
  ///
  /// - Parameter password: that of entries that are encrypted.
  /// - Throws: ``BulkError``.
  init?(_ bytes: ByteReader, kind: ContentKind, limits: InputLimits, password: String?) throws(BulkError) {
    switch kind {
    case .document: return nil
    case .zip:
      let bytes = try Self.fixed(bytes, limits)
      let directory = try ZipDirectory(of: bytes)
      let archive = directory.map { ByteReader(BeginningOrigin(of: bytes, end: $0.end)) } ?? bytes
      self = .archive(
        try ArchiveCursor(archive, format: .zip, limits: limits, password: password, directory: directory))
    case .sevenZip: self = .archive(try ArchiveCursor(try Self.fixed(bytes, limits), format: .sevenZip, limits: limits))
    case .tar: self = .archive(try ArchiveCursor(bytes, format: .tar, limits: limits))
    case .warc: self = .web(try WarcCursor(bytes, isPacked: false, limits: limits))
    case .packedWarc: self = .web(try WarcCursor(bytes, isPacked: true, limits: limits))
    case .gzip: self = try Self.unpacked(ByteReader(try GzipStream(bytes, limits: limits)), limits)
    case .compressed:
      let cursor = try ArchiveCursor(bytes, format: .single, limits: limits)
      let isEmpty = try cursor.next() == nil
      self = try Self.unpacked(isEmpty ? ByteReader(MemoryOrigin([])) : cursor.contents, limits)
    }
  }

  private static func unpacked(_ contents: ByteReader, _ limits: InputLimits) throws(BulkError) -> Container {
    try ContentKind(of: contents) == .tar
      ? .archive(try ArchiveCursor(contents, format: .tar, limits: limits)) : .single(contents)
  }

  /// The bytes, in memory where they cannot be gone back in.
  private static func fixed(_ bytes: ByteReader, _ limits: InputLimits) throws(BulkError) -> ByteReader {
    guard bytes.size == nil else { return bytes }
    return ByteReader(MemoryOrigin(try bytes.all(limit: limits.entryBytes, expected: nil)))
  }
}
