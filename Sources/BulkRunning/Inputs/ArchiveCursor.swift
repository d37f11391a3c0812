import CArchive
import Glibc

/// An archive by libarchive, read entry by entry and never back.
///
/// libarchive has no limits of its own: whoever reads counts.
final class ArchiveCursor {
  /// What libarchive is to expect; nothing else is tried.
  enum Format {
    case zip, tar, sevenZip
    /// One file that is compressed.
    case single
  }

  /// One entry.
  struct Entry {
    /// Its number, from 0; folders and links count.
    var index: Int
    /// As the archive writes it; nil where it has none.
    var name: RawName?
    /// The bytes it claims to have.
    var size: Int?
    /// Whether it is a folder.
    var isFolder = false
    /// Why it is no document, whatever its bytes are.
    var failure: BulkError?
  }

  /// The number of the entry that comes next.
  private(set) var nextIndex = 0
  /// Whether nothing can be read any more, after the last entry or for an error.
  private(set) var isDead = false
  /// Whether it is a collection of web archives, in which all else is about them (WACZ).
  var isOfWebArchives: Bool { directory?.isOfWebArchives ?? false }

  private var archive: OpaquePointer
  private let format: Format
  private let feed: Feed
  private let limits: InputLimits
  private let password: String?
  private let directory: ZipDirectory?
  /// Packed bytes that were read before the current entry.
  private var packedBefore = 0

  /// The other side of the callbacks: what libarchive reads.
  fileprivate final class Feed {
    let bytes: ByteReader
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    var error: BulkError?

    init(_ bytes: ByteReader) { self.bytes = bytes }
    deinit { buffer.deallocate() }
  }

  /// Once a process: without it names in UTF-8 come back as none.
  private static let hasLocale = setlocale(LC_CTYPE, "C.UTF-8") != nil

  /// Opens an archive, at its first byte.
  ///
  /// - Parameters:
  ///   - password: that of entries of ZIP archives that are encrypted; libarchive knows none of other archives.
  ///   - directory: of a ZIP archive; its entries are counted against those that are read.
  /// - Throws: ``BulkError``.
  init(
    _ bytes: ByteReader, format: Format, limits: InputLimits, password: String? = nil, directory: ZipDirectory? = nil
  ) throws(BulkError) {
    self.limits = limits
    self.password = password
    self.format = format
    self.directory = directory
    feed = Feed(bytes)
    archive = try Self.opened(feed, format, password)
  }

  private static func opened(
    _ feed: Feed, _ format: Format, _ password: String?
  ) throws(BulkError) -> OpaquePointer {
    precondition(hasLocale, "the C library has the locale C.UTF-8")
    guard let archive = archive_read_new() else { throw BulkError("limit.memory", "no memory for an archive") }
    switch format {
    case .zip: archive_read_support_format_zip(archive)
    case .tar: archive_read_support_format_tar(archive)
    case .sevenZip: archive_read_support_format_7zip(archive)
    case .single:
      archive_read_support_format_raw(archive)
      archive_read_support_format_empty(archive)
      archive_read_support_filter_bzip2(archive)
      archive_read_support_filter_xz(archive)
      archive_read_support_filter_zstd(archive)
    }
    // An empty one is refused, and no password.
    if format == .zip, let password { archive_read_add_passphrase(archive, password) }
    archive_read_set_callback_data(archive, Unmanaged.passUnretained(feed).toOpaque())
    archive_read_set_read_callback(archive) { archive, data, start in
      let feed = Unmanaged<Feed>.of(data)
      guard feed.error == nil else { return Int(ARCHIVE_FATAL) }
      do throws(BulkError) {
        let count = try feed.bytes.read(into: feed.buffer)
        start?.pointee = UnsafeRawPointer(feed.buffer.baseAddress)
        return count
      } catch {
        feed.error = error
        return Int(ARCHIVE_FATAL)
      }
    }
    archive_read_set_skip_callback(archive) { _, data, count in
      let feed = Unmanaged<Feed>.of(data)
      do throws(BulkError) { return Int64(try feed.bytes.skip(Int(count))) } catch {
        // A negative number would be asked about for ever; what is read next says that it is over.
        feed.error = error
        return 0
      }
    }
    if feed.bytes.size != nil {
      archive_read_set_seek_callback(archive) { _, data, offset, whence in
        let feed = Unmanaged<Feed>.of(data)
        let base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? feed.bytes.position : feed.bytes.size ?? 0
        let (target, isWild) = base.addingReportingOverflow(Int(offset))
        guard !isWild, target >= 0 else { return Int64(ARCHIVE_FATAL) }
        do throws(BulkError) { try feed.bytes.seek(to: target) } catch {
          feed.error = error
          return Int64(ARCHIVE_FATAL)
        }
        return Int64(target)
      }
    }
    guard archive_read_open1(archive) >= ARCHIVE_WARN else {
      defer { archive_read_free(archive) }
      throw failure(of: archive, feed)
    }
    return archive
  }

  deinit { archive_read_free(archive) }

  /// The next entry; nil after the last.
  ///
  /// - Throws: ``BulkError``; then there is no next one.
  func next() throws(BulkError) -> Entry? {
    guard !isDead else { return nil }
    var pointer: OpaquePointer?
    var status = archive_read_next_header(archive, &pointer)
    for _ in 0..<8 where status == ARCHIVE_RETRY { status = archive_read_next_header(archive, &pointer) }
    if status == ARCHIVE_EOF {
      isDead = true
      try checkCount()
      return nil
    }
    guard status >= ARCHIVE_WARN, let pointer else {
      isDead = true
      throw failure
    }
    packedBefore = packed
    defer { nextIndex += 1 }
    var entry = Entry(index: nextIndex, pointer)
    if entry.failure == nil, archive_entry_is_encrypted(pointer) != 0 { entry.failure = encryption }
    return entry
  }

  /// Why an encrypted entry cannot be read; nil where a password was given that may be the right one.
  private var encryption: BulkError? {
    guard format == .zip else {
      return BulkError("archive.unsupported", "the entry is encrypted, which is read in ZIP archives only")
    }
    return password == nil ? BulkError("archive.encrypted", "the entry is encrypted, and no password was given") : nil
  }

  /// libarchive passes over entries that share their bytes with an earlier one.
  private func checkCount() throws(BulkError) {
    guard let directory, directory.count != nextIndex % 65536,
      let count = try directory.entries(in: feed.bytes), count > nextIndex
    else { return }
    throw BulkError("archive.damaged", "the directory has \(count) entries, of which \(nextIndex) could be read")
  }

  /// Opens a ZIP archive anew behind the entry whose bytes could not be read; libarchive gives up there.
  ///
  /// Whether that was possible. The heads before it are read again.
  func revive() throws(BulkError) -> Bool {
    guard isDead, isOfEntry, format == .zip, directory != nil, feed.error == nil, revivals < Self.mostRevivals else {
      return false
    }
    revivals += 1
    try feed.bytes.seek(to: 0)
    let opened = try Self.opened(feed, format, password)
    archive_read_free(archive)
    archive = opened
    let next = nextIndex
    (isDead, isOfEntry, nextIndex) = (false, false, 0)
    while nextIndex < next { if try self.next() == nil { return false } }
    return true
  }

  /// Each costs a pass over the heads.
  private static let mostRevivals = 100
  private var revivals = 0
  /// Whether the bytes of an entry were the end, and not a head.
  private var isOfEntry = false

  /// The bytes of the entry that ``next()`` gave last; good until it is asked for another.
  var contents: ByteReader { ByteReader(EntryOrigin(self)) }

  private final class EntryOrigin: ByteOrigin {
    let size: Int? = nil
    private let cursor: ArchiveCursor
    private let entry: Int
    private var count = 0

    init(_ cursor: ArchiveCursor) { (self.cursor, entry) = (cursor, cursor.nextIndex) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int {
      precondition(entry == cursor.nextIndex, "an entry is read before the next one is asked for")
      let got = try cursor.readData(into: buffer)
      count += got
      let limits = cursor.limits
      if limits.isBomb(unpacked: count, packed: cursor.packed - cursor.packedBefore) {
        throw BulkError("archive.bomb", "more than \(limits.ratio) bytes come out of each byte")
      }
      guard count <= limits.archiveBytes else {
        throw BulkError("limit.archive_bytes", "more than \(limits.archiveBytes) bytes come out")
      }
      return got
    }

    func seek(to offset: Int) throws(BulkError) { throw BulkError("archive.damaged", "an entry is read forward only") }
  }

  private func readData(into buffer: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int {
    let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
    if count >= 0 { return count }
    let error = failure
    isDead = count == Int(ARCHIVE_FATAL)
    isOfEntry = isDead
    throw error
  }

  /// The packed bytes that were read so far.
  private var packed: Int { Int(archive_filter_bytes(archive, -1)) }

  /// Why the last call did not succeed.
  private var failure: BulkError { Self.failure(of: archive, feed) }

  private static func failure(of archive: OpaquePointer, _ feed: Feed) -> BulkError {
    if let error = feed.error { return error }
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "it is damaged"
    let words = reason.lowercased()
    let code =
      words.contains("encrypt") || words.contains("passphrase")
      ? "archive.encrypted"
      : words.contains("unsupported") || words.contains("not supported")
        ? "archive.unsupported" : "archive.damaged"
    return BulkError(code, reason)
  }
}

extension Unmanaged where Instance == ArchiveCursor.Feed {
  fileprivate static func of(_ data: UnsafeMutableRawPointer?) -> ArchiveCursor.Feed {
    guard let data else { preconditionFailure("the callback data was set") }
    return fromOpaque(data).takeUnretainedValue()
  }
}

extension ArchiveCursor.Entry {
  fileprivate init(index: Int, _ entry: OpaquePointer) {
    self.index = index
    if let text = archive_entry_pathname(entry) {
      name = RawName(bytes: Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
    } else if let text = archive_entry_pathname_utf8(entry) {
      name = RawName(bytes: Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
    }
    if archive_entry_size_is_set(entry) != 0 { size = Int(archive_entry_size(entry)) }
    let kind = archive_entry_filetype(entry)
    if archive_entry_hardlink(entry) != nil || kind == S_IFLNK {
      failure = BulkError("archive.link", "a link, which is not followed")
    } else if kind == S_IFDIR {
      isFolder = true
    } else if kind != S_IFREG, kind != 0 {
      failure = BulkError("archive.special", "a device or a pipe")
    } else if let size, size < 0 {
      failure = BulkError("archive.damaged", "the entry claims to have \(size) bytes")
    }
  }
}
