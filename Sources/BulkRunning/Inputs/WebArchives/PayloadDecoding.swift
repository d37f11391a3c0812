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
      case "gzip", "x-gzip": bytes = bytes.starts(with: [0x1F, 0x8B]) ? try unpacked(bytes, .any, isPrefix) : bytes
      case "deflate":
        // Named after zlib's form, and sent without its head by many.
        let hasHead = bytes.count > 1 && bytes[0] & 15 == 8 && (Int(bytes[0]) << 8 + Int(bytes[1])).isMultiple(of: 31)
        bytes = Self.isPlain(bytes) ? bytes : try unpacked(bytes, hasHead ? .any : .none, isPrefix)
      default:
        guard Self.isPlain(bytes) else { throw BulkError("warc.encoding", "the body is packed by '\(coding)'") }
      }
    }
    return bytes
  }

  /// Whether the bytes begin as documents do, so that they are not packed, whatever is said.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    bytes.isEmpty || bytes.starts(with: "%PDF-".utf8) || bytes.drop { $0 <= 0x20 }.first == UInt8(ascii: "<")
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

  private func unpacked(_ packed: [UInt8], _ head: Inflater.Head, _ isPrefix: Bool) throws(BulkError) -> [UInt8] {
    let inflater = try Inflater(head)
    var all: [UInt8] = []
    var place = 0
    var part = [UInt8](repeating: 0, count: isPrefix ? 1 << 12 : 1 << 16)
    while place < packed.count {
      let step = packed[place...].withUnsafeBytes { input in
        part.withUnsafeMutableBytes { inflater.step(input, into: $0) }
      }
      guard let step, step.consumed + step.produced > 0 || step.isEnd else {
        if isPrefix || step != nil { break }
        // What follows the last member is left out, as browsers do.
        if place > 0, !all.isEmpty, !packed[place...].starts(with: [0x1F, 0x8B]) { break }
        throw BulkError("warc.damaged", "the body is packed, and cannot be unpacked")
      }
      all += part[..<step.produced]
      place += step.consumed
      if isPrefix, all.count >= 1 << 12 { break }
      if limits.isBomb(unpacked: all.count, packed: place) {
        throw BulkError("archive.bomb", "more than \(limits.ratio) bytes come out of each byte")
      }
      guard all.count <= limits.entryBytes else {
        throw BulkError("limit.entry_bytes", "a document has more than \(limits.entryBytes) bytes")
      }
      if step.isEnd {
        guard packed[place...].starts(with: [0x1F, 0x8B]) else { break }
        inflater.reset()
      }
    }
    return all
  }
}
