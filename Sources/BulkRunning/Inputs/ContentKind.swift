import PipelineKit

/// What bytes are, as far as it matters for taking documents out of them; told by the content and never by a name.
enum ContentKind: Equatable {
  /// Whatever is no archive.
  case document
  case zip, tar, sevenZip
  /// One file that is compressed, maybe an archive.
  case compressed, gzip
  /// A web archive.
  case warc
  /// A web archive of which each record is a gzip member.
  case packedWarc

  /// Looks at the first bytes; with `size` known at the last ones too.
  ///
  /// Word processors, too, write ZIP archives: those are documents. A file that is a PDF and a ZIP archive is a PDF.
  init(of bytes: ByteReader) throws(BulkError) {
    let head = Array(try bytes.peek(1024))
    switch FileSignature(of: head)?.mediaType {
    case "application/zip": self = try ZipDirectory.isOfDocument(bytes) ? .document : .zip
    case "application/x-tar": self = .tar
    case "application/x-7z-compressed": self = .sevenZip
    case "application/warc": self = .warc
    case "application/gzip" where try WarcCursor.isPackedByRecord(bytes): self = .packedWarc
    case "application/gzip": self = .gzip
    case "application/x-bzip2", "application/x-xz", "application/zstd": self = .compressed
    case nil:
      if head.isTarHeader {
        self = .tar
      } else if bytes.size != nil, !head.contains("%PDF-"), !head.isMarkup,
        try ZipDirectory(of: bytes)?.hasEntries(in: bytes) ?? false
      {
        self = .zip
      } else {
        self = .document
      }
    default: self = .document
    }
  }
}

extension [UInt8] {
  /// Whether the first block is the head of a tar from before 1988, told by its sum.
  fileprivate var isTarHeader: Bool {
    guard count >= 512, let first, first != 0 else { return false }
    let digits = self[148..<156].drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    guard !digits.isEmpty else { return false }
    let written = digits.reduce(0) { $0 << 3 + Int($1 - 0x30) }
    let sum = self[..<512].enumerated().reduce(0) { $0 + Int((148..<156).contains($1.offset) ? 0x20 : $1.element) }
    return written == sum
  }

  fileprivate func contains(_ text: StaticString) -> Bool {
    let pattern = text.withUTF8Buffer { Array($0) }
    return indices.contains { self[$0...].starts(with: pattern) }
  }

  fileprivate var isMarkup: Bool {
    drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.first == UInt8(ascii: "<")
  }
}
