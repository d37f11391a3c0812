/// The body of an answer made into the document that was asked for (RFC 9112, 7.1; RFC 9110, 8.4).
struct PayloadDecoding {
  /// The most bytes that come out.
  var limits: InputLimits

  /// Undoes chunks and packing, in this order; only where the body really has them, as many crawlers undo them and leave
  /// the fields as they were.
  ///
  /// - Parameter isPrefix: only the first bytes of the body are there; what is cut off is no fault.
  /// - Throws: `warc.encoding`, `warc.damaged`, `archive.bomb` or `limit.entry_bytes`.
  func document(_ body: [UInt8], answer: HeaderFields, isPrefix: Bool = false) throws(BulkError) -> [UInt8] {
    var bytes = body
    if let coding = answer["transfer-encoding"]?.lowercased(), coding.contains("chunked") {
      bytes = Self.joined(chunks: body) ?? body
    }
    let codings = (answer["content-encoding"] ?? "").lowercased().split(separator: ",").map {
      $0.filter { $0 != " " && $0 != "\t" }
    }
    for coding in codings.reversed() where !coding.isEmpty && coding != "identity" {
      switch coding {
      case "gzip", "x-gzip":
        if bytes.starts(with: [0x1F, 0x8B]) { bytes = try unpacked(bytes, try inflating(.any), isPrefix) }
      case "deflate":
        // Named after zlib's form, and sent without its head by many.
        let hasHead = bytes.count > 1 && bytes[0] & 15 == 8 && (Int(bytes[0]) << 8 + Int(bytes[1])).isMultiple(of: 31)
        if !Self.isPlain(bytes) { bytes = try unpacked(bytes, try inflating(hasHead ? .any : .none), isPrefix) }
      case "br":
        // It has no head: text whose end is not that of what is packed has been unpacked by the crawler.
        guard !Self.isPlain(bytes) else { break }
        do { bytes = try unpacked(bytes, try brotli, isPrefix) } catch {
          guard error.code == "warc.damaged", Self.isText(bytes) else { throw error }
        }
      default:
        guard Self.isPlain(bytes) else { throw BulkError("warc.encoding", "the body is packed by '\(coding)'") }
      }
    }
    return bytes
  }

  /// Whether the bytes begin as documents do, so that they are not packed, whatever is said.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    return bytes.isEmpty || bytes.starts(with: "%PDF-".utf8) || bytes.starts(with: "PK\u{3}\u{4}".utf8)
      || text.drop { $0 <= 0x20 }.first == UInt8(ascii: "<")
  }

  /// Whether the bytes are UTF-8 without characters that no text has.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self)?.unicodeScalars
      .allSatisfy { $0.value >= 0x20 || (0x09...0x0D).contains($0.value) } ?? false
  }

  /// The chunks one behind the other; nil where the bytes do not begin with a chunk. What is cut off or damaged later
  /// ends them.
  static func joined(chunks bytes: [UInt8]) -> [UInt8]? {
    var all: [UInt8] = []
    var place = 0
    while place < bytes.count {
      guard let feed = bytes[place...].prefix(1 << 12).firstIndex(of: 0x0A) else { break }
      let digits = bytes[place..<feed].prefix { byte in
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte | 0x20 &- 0x20) || (0x61...0x66).contains(byte)
      }
      let rest = bytes[digits.endIndex..<feed].first { $0 != 0x20 && $0 != 0x09 }
      guard (1...12).contains(digits.count), rest == nil || rest == 0x0D || rest == UInt8(ascii: ";"),
        let length = Int(String(decoding: digits, as: UTF8.self), radix: 16)
      else { break }
      if length == 0 { return all }
      let start = feed + 1
      // The end of a chunk is told by its length alone, and is a line's.
      let end = min(bytes.count, start + length)
      if place == 0, end < bytes.count, bytes[end] != 0x0D, bytes[end] != 0x0A { return nil }
      all += bytes[start..<end]
      place = end
      if place < bytes.count, bytes[place] == 0x0D { place += 1 }
      if place < bytes.count, bytes[place] == 0x0A { place += 1 }
    }
    return place == 0 ? nil : all
  }

  /// What takes a step of unpacking.
  private struct Unpacking {
    var step: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Inflater.Step?
    /// Makes ready for another one behind the end of what was packed; nil where nothing may follow, and that is what tells
    /// packed bytes from others.
    var goesOn: (() -> Void)?
  }

  private func inflating(_ head: Inflater.Head) throws(BulkError) -> Unpacking {
    let inflater = try Inflater(head)
    return Unpacking {
      inflater.step($0, into: $1)
    } goesOn: {
      inflater.reset()
    }
  }

  private var brotli: Unpacking {
    get throws(BulkError) {
      let decoder = try BrotliDecoder()
      return Unpacking { decoder.step($0, into: $1) }
    }
  }

  private func unpacked(_ packed: [UInt8], _ unpacking: Unpacking, _ isPrefix: Bool) throws(BulkError) -> [UInt8] {
    var all: [UInt8] = []
    var place = 0
    var hasEnded = false
    var part = [UInt8](repeating: 0, count: isPrefix ? 1 << 12 : 1 << 16)
    // What was taken may have more to give than there was room for.
    var isFull = false
    while place < packed.count || isFull {
      let step = packed[place...].withUnsafeBytes { input in
        part.withUnsafeMutableBytes { unpacking.step(input, $0) }
      }
      guard let step, step.consumed + step.produced > 0 || step.isEnd else {
        if isPrefix || step != nil { break }
        // What follows the last member is left out, as browsers do.
        if place > 0, !all.isEmpty, !packed[place...].starts(with: [0x1F, 0x8B]) { break }
        throw Self.damaged
      }
      all += part[..<step.produced]
      place += step.consumed
      (isFull, hasEnded) = (step.produced == part.count, step.isEnd)
      if isPrefix, all.count >= 1 << 12 { break }
      if limits.isBomb(unpacked: all.count, packed: place) {
        throw BulkError("archive.bomb", "more than \(limits.ratio) bytes come out of each byte")
      }
      guard all.count <= limits.entryBytes else {
        throw BulkError("limit.entry_bytes", "a document has more than \(limits.entryBytes) bytes")
      }
      if step.isEnd {
        guard let goesOn = unpacking.goesOn, packed[place...].starts(with: [0x1F, 0x8B]) else { break }
        goesOn()
      }
    }
    guard isPrefix || unpacking.goesOn != nil || hasEnded && place == packed.count else { throw Self.damaged }
    return all
  }

  private static var damaged: BulkError {
    BulkError("warc.damaged", "the body is packed, and cannot be unpacked")
  }
}
