/// A web archive, record by record: plain, or each record a gzip member of its own.
///
/// ```
/// WARC/1.1 ⏎ fields ⏎ ⏎ block (Content-Length bytes) ⏎ ⏎ WARC/1.1 …
/// ```
///
/// A record is known by the offset of its first byte and the bytes of it as they are stored, without the blank lines
/// behind it where it is not packed; so warcio counts, too. What is damaged is passed over up to the next record that can
/// be read.
final class WarcCursor {
  /// A record, or what is in the place of one.
  struct Found {
    var offset: Int
    var record: Result<WarcRecord, BulkError>
  }

  private let bytes: ByteReader
  private let isPacked: Bool
  private let limits: InputLimits
  private let inflater: Inflater?
  private var member: GzipMember?
  /// The record that is being read.
  private var current: Current?

  private struct Current {
    var offset: Int
    var content: ByteReader
    var end: Int
    var failure: BulkError?
  }

  /// - Parameter isPacked: each record is a gzip member.
  init(_ bytes: ByteReader, isPacked: Bool, limits: InputLimits) throws(BulkError) {
    (self.bytes, self.isPacked, self.limits) = (bytes, isPacked, limits)
    inflater = isPacked ? try Inflater() : nil
  }

  /// The offset of what comes next, once a record is finished.
  var position: Int { bytes.position }

  /// Whether there is a way to this offset.
  func canReach(_ offset: Int) -> Bool { bytes.size != nil || bytes.position <= offset && current == nil }

  /// Goes to a record.
  func move(to offset: Int) throws(BulkError) {
    current = nil
    if bytes.size != nil { try bytes.seek(to: offset) } else { _ = try bytes.skip(max(0, offset - bytes.position)) }
  }

  /// The next record; nil after the last. ``finish()`` comes before the one after it.
  func next() throws(BulkError) -> Found? {
    precondition(current == nil, "a record is finished before the next one")
    try passBlankLines()
    let offset = bytes.position
    guard try !bytes.peek(1).isEmpty else { return nil }
    do { return Found(offset: offset, record: .success(try record(at: offset))) } catch {
      current = Current(offset: offset, content: bytes, end: 0, failure: error)
      return Found(offset: offset, record: .failure(error))
    }
  }

  private func record(at offset: Int) throws(BulkError) -> WarcRecord {
    var content = bytes
    if let inflater {
      guard try bytes.peek(2).elementsEqual([0x1F, 0x8B]) else {
        throw BulkError("warc.damaged", "there is something else between two packed records")
      }
      let member = GzipMember(bytes, inflater: inflater, limits: limits, isRecord: true)
      self.member = member
      content = ByteReader(member)
    }
    guard try content.peek(5).elementsEqual("WARC/".utf8) else {
      throw BulkError("warc.damaged", "no record begins where the one before it ends")
    }
    guard let fields = try HeaderFields(content) else { throw BulkError("warc.damaged", "the fields do not end") }
    guard let length = fields["content-length"].flatMap({ Int($0) }), length >= 0 else {
      throw BulkError("warc.damaged", "the record does not say how long it is")
    }
    let (end, isWild) = content.position.addingReportingOverflow(length)
    guard !isWild, content.size.map({ end <= $0 }) ?? true else {
      throw BulkError("warc.truncated", "the record claims more bytes than there are")
    }
    current = Current(offset: offset, content: content, end: end)
    let block = ByteReader(PartOrigin(of: content, end: end))
    let type = fields["content-type"]?.lowercased() ?? ""
    var answer: HeaderFields?
    if type.hasPrefix("application/http"), type.contains("response") || fields["warc-type"]?.lowercased() != "request" {
      if try block.peek(5).elementsEqual("HTTP/".utf8) { answer = try HeaderFields(block) }
    }
    return WarcRecord(fields: fields, answer: answer, body: block, bodyLength: length - block.position)
  }

  /// Passes over what is left of the record, or of what is damaged; the bytes of it as it is stored.
  ///
  /// - Throws: ``BulkError`` where the record turns out to be damaged; what comes next may be read all the same. Its
  ///   length is then up to ``position``.
  func finish() throws(BulkError) -> Int {
    guard let current else { preconditionFailure("there is a record to finish") }
    let (offset, content, end) = (current.offset, current.content, current.end)
    self.current = nil
    do throws(BulkError) {
      if let failure = current.failure { throw failure }
      _ = try content.skip(end - content.position)
      guard content.position == end else { throw BulkError("warc.truncated", "the file ends within the record") }
      let length = end - offset
      try passBlankLines(of: content)
      let after = try content.peek(5)
      if isPacked {
        guard after.isEmpty else {
          throw BulkError("warc.damaged", "something follows the record within its gzip member")
        }
      } else {
        guard after.isEmpty || after.elementsEqual("WARC/".utf8) else {
          throw BulkError("warc.damaged", "no record begins where this one ends")
        }
      }
      return isPacked ? bytes.position - offset : length
    } catch {
      let found = try passDamage(from: offset)
      if error.code == "warc.truncated", found {
        throw BulkError("warc.damaged", "the record claims more bytes than there are up to the next one")
      }
      throw error
    }
  }

  /// Goes on at the next record that can be read; whether there is one.
  private func passDamage(from offset: Int) throws(BulkError) -> Bool {
    // What is read forward only is gone where it has been read.
    if bytes.size != nil { try bytes.seek(to: offset + 1) } else if bytes.position == offset { _ = try bytes.skip(1) }
    let signature: [UInt8] = isPacked ? [0x1F, 0x8B, 0x08] : Array("\nWARC/".utf8)
    while true {
      let window = try bytes.peek(1 << 16)
      guard window.count >= signature.count else {
        _ = try bytes.skip(window.count)
        return false
      }
      var place = 0
      while let first = window[place...].firstIndex(of: signature[0]), first + signature.count <= window.count {
        if window[first...].starts(with: signature) {
          if !isPacked {
            _ = try bytes.skip(first + 1)
            return true
          }
          if try isRecord(UnsafeRawBufferPointer(rebasing: window[first...])) {
            _ = try bytes.skip(first)
            return true
          }
        }
        place = first + 1
      }
      _ = try bytes.skip(max(1, window.count - signature.count + 1))
    }
  }

  /// Whether these packed bytes begin a record.
  private func isRecord(_ packed: UnsafeRawBufferPointer) throws(BulkError) -> Bool {
    guard let inflater else { return false }
    inflater.reset()
    return withUnsafeTemporaryAllocation(byteCount: 5, alignment: 1) { head in
      inflater.step(packed, into: head).map { $0.produced == 5 && head.elementsEqual("WARC/".utf8) } ?? false
    }
  }

  private func passBlankLines() throws(BulkError) {
    if !isPacked { try passBlankLines(of: bytes) }
  }

  private func passBlankLines(of content: ByteReader) throws(BulkError) {
    while true {
      let next = try content.peek(3)
      let returns = next.prefix { $0 == 0x0D }.count
      guard returns < next.count, next[returns] == 0x0A else { return }
      _ = try content.skip(returns + 1)
    }
  }
}

extension WarcCursor {
  /// Whether each record is a gzip member of its own, as far as the first one tells.
  ///
  /// - Parameter bytes: at a gzip head.
  static func isPackedByRecord(_ bytes: ByteReader) throws(BulkError) -> Bool {
    let head = MemoryOrigin(Array(try bytes.peek(1 << 10)))
    guard
      try ByteReader(GzipMember(ByteReader(head), inflater: Inflater(), limits: InputLimits(), isRecord: true)).begins(
        with: "WARC/")
    else { return false }
    // The first record is most often a small one about the crawl.
    let start = MemoryOrigin(Array(try bytes.peek(1 << 18)))
    do {
      let cursor = try WarcCursor(ByteReader(start), isPacked: true, limits: InputLimits())
      guard case .success? = try cursor.next()?.record else { return true }
      guard let (content, end) = cursor.current.map({ ($0.content, $0.end) }) else { return true }
      _ = try content.skip(end - content.position)
      guard content.position == end else { return true }
      try cursor.passBlankLines(of: content)
      return try content.peek(5).isEmpty
    } catch {
      return error.code == "warc.truncated"
    }
  }
}

extension ByteReader {
  /// Whether the next bytes are these; not where they cannot be read.
  fileprivate func begins(with text: StaticString) throws(BulkError) -> Bool {
    do { return try text.withUTF8Buffer { Array($0) }.elementsEqual(peek(text.utf8CodeUnitCount)) } catch {
      return false
    }
  }
}

/// The bytes of others up to an offset, read forward only.
final class PartOrigin: ByteOrigin {
  let size: Int? = nil
  private let whole: ByteReader
  private let end: Int

  init(of whole: ByteReader, end: Int) { (self.whole, self.end) = (whole, end) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int {
    let count = min(buffer.count, max(0, end - whole.position))
    return try whole.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
  }

  func seek(to offset: Int) throws(BulkError) { throw BulkError("warc.damaged", "a record is read forward only") }
}
