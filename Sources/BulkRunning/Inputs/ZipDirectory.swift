/// Where the directory of a ZIP archive is, found by its end record (APPNOTE 6.3, 4.3.12 to 4.3.16).
///
/// ```
/// entries … │ directory: a head and a name for each │ end record │ comment
/// ```
///
/// libarchive takes the last end record it finds, also one that is written into the comment; this takes the one whose
/// comment reaches to the end of the file.
struct ZipDirectory {
  /// The offset behind the end record, without the comment.
  var end: Int
  /// The entries that the end record counts, modulo 65,536.
  var count: Int

  /// Whether it is that of a collection of web archives (WACZ 1.1.1).
  private(set) var isOfWebArchives = false

  private var start: Int
  private var length: Int

  private static let endLength = 22
  private static let headLength = 46
  private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  private static let headSignature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]

  /// Finds the end record; nil where there is none, or the bytes cannot be gone back in.
  init?(of bytes: ByteReader) throws(BulkError) {
    guard let size = bytes.size, size >= Self.endLength else { return nil }
    let back = bytes.position
    var found: (offset: Int, record: [UInt8])?
    // Without a comment first: most archives have none, and most files are no archives.
    for tailLength in [Self.endLength, Self.endLength + 0xFFFF] where found == nil {
      let tailStart = max(0, size - tailLength)
      try bytes.seek(to: tailStart)
      let tail = Array(try bytes.peek(size - tailStart))
      let offset = stride(from: tail.count - Self.endLength, through: 0, by: -1).first {
        tail[$0...].starts(with: Self.endSignature)
          && $0 + Self.endLength + tail.number(at: $0 + 20, bytes: 2) == tail.count
      }
      found = offset.map { (tailStart + $0, Array(tail[$0...].prefix(Self.endLength))) }
      if tailStart == 0 { break }
    }
    try bytes.seek(to: back)
    guard let (offset, record) = found else { return nil }
    end = offset + Self.endLength
    count = record.number(at: 10, bytes: 2)
    // Not by the offset it claims, which something before the archive makes wrong.
    length = record.number(at: 12, bytes: 4)
    start = offset - length
    let names = try names(in: bytes, atMost: 1000).names
    isOfWebArchives =
      names.contains { $0.elementsEqual("datapackage.json".utf8) }
      && names.contains { $0.starts(with: "archive/".utf8) }
  }

  /// Whether the directory is where the end record says, and not empty.
  func hasEntries(in bytes: ByteReader) throws(BulkError) -> Bool { try names(in: bytes, atMost: 1).names.count == 1 }

  /// The entries that the directory really has; nil where it is not found where the end record says.
  func entries(in bytes: ByteReader) throws(BulkError) -> Int? {
    start < 0 || length == 0 ? nil : try names(in: bytes, atMost: 0).count
  }

  /// Whether the archive that begins here is an Office, OpenDocument, OFD or EPUB document.
  static func isOfDocument(_ bytes: ByteReader) throws(BulkError) -> Bool {
    let names: [[UInt8]]
    if let directory = try ZipDirectory(of: bytes) {
      names = try directory.names(in: bytes, atMost: 1000).names
    } else {
      names = localNames(in: Array(try bytes.peek(1 << 12)))
    }
    return names.first.map { $0.elementsEqual("mimetype".utf8) } ?? false
      || names.contains { $0.elementsEqual("[Content_Types].xml".utf8) || $0.elementsEqual("OFD.xml".utf8) }
  }

  /// The first names of the directory, and the number of all where none are asked for.
  private func names(in bytes: ByteReader, atMost most: Int) throws(BulkError) -> (names: [[UInt8]], count: Int) {
    guard start >= 0 else { return ([], 0) }
    let back = bytes.position
    try bytes.seek(to: start)
    var names: [[UInt8]] = []
    var count = 0
    while most == 0 || count < most, bytes.position < end {
      let head = Array(try bytes.peek(Self.headLength))
      guard head.count == Self.headLength, head.starts(with: Self.headSignature) else { break }
      let (name, rest) = (head.number(at: 28, bytes: 2), head.number(at: 30, bytes: 2) + head.number(at: 32, bytes: 2))
      if most > 0 { names.append(Array(try bytes.peek(Self.headLength + name).dropFirst(Self.headLength))) }
      count += 1
      guard try bytes.skip(Self.headLength + name + rest) == Self.headLength + name + rest else { break }
    }
    try bytes.seek(to: back)
    return (names, count)
  }

  /// The names in the heads of the first entries, as far as those say where they end.
  private static func localNames(in bytes: [UInt8]) -> [[UInt8]] {
    var names: [[UInt8]] = []
    var index = 0
    while index + 30 <= bytes.count, bytes[index...].starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      let (name, extra) = (bytes.number(at: index + 26, bytes: 2), bytes.number(at: index + 28, bytes: 2))
      guard index + 30 + name <= bytes.count else { break }
      names.append(Array(bytes[(index + 30)..<(index + 30 + name)]))
      index += 30 + name + extra + bytes.number(at: index + 18, bytes: 4)
    }
    return names
  }
}

extension [UInt8] {
  /// A little-endian number of at most four bytes.
  fileprivate func number(at offset: Int, bytes: Int) -> Int {
    (0..<bytes).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
  }
}
