/// What kind of file bytes are, told by their content and never by a name.
enum MediaType: Equatable {
  case pdf
  case plainText
  /// Known, but not read here: the media type and what a person calls it.
  case unsupported(String, name: String)

  /// The media type as results give it.
  var name: String {
    switch self {
    case .pdf: "application/pdf"
    case .plainText: "text/plain"
    case .unsupported(let type, _): type
    }
  }

  /// Looks at the first bytes.
  ///
  /// A signature at the very start wins, because archives may hold a PDF within their first bytes. A PDF may have up to
  /// 1,024 bytes before its header (ISO 32000-1, implementation note 13), but then it has objects: a text may well speak
  /// of PDF. What is neither known nor binary is text.
  init(of bytes: some RandomAccessCollection<UInt8>) {
    let head = Array(bytes.prefix(1024))
    if let known = Self.signed(head, in: bytes) {
      self = known
    } else if let header = head.firstOffset(of: "%PDF-"),
      head[..<header].allSatisfy({ $0 <= 0x20 || $0 >= 0x80 })
        || Array(bytes.prefix(1 << 16)).firstOffset(of: " obj") != nil
    {
      self = .pdf
    } else if !head.hasByteOrderMark16, head.isBinary {
      self = .unsupported("application/octet-stream", name: "a binary file of unknown kind")
    } else if head.isMarkup {
      self = .unsupported("text/html", name: "an HTML page")
    } else {
      self = .plainText
    }
  }

  private static func signed(_ head: [UInt8], in bytes: some RandomAccessCollection<UInt8>) -> MediaType? {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      // The folder that an OOXML document keeps its parts in is named among the first entries.
      let isWord = Array(bytes.prefix(8192)).firstOffset(of: "word/") != nil
      return isWord
        ? .unsupported(
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document", name: "a DOCX document")
        : .unsupported("application/zip", name: "a ZIP archive")
    }
    if head.dropFirst(257).starts(with: "ustar".utf8) {
      return .unsupported("application/x-tar", name: "a tar archive")
    }
    for (signature, type, name) in signatures where head.starts(with: signature) {
      return .unsupported(type, name: name)
    }
    return nil
  }

  private static let signatures: [(signature: [UInt8], type: String, name: String)] = [
    ([0x50, 0x4B, 0x05, 0x06], "application/zip", "an empty ZIP archive"),
    ([0x1F, 0x8B], "application/gzip", "a gzip file"),
    ([0x42, 0x5A, 0x68], "application/x-bzip2", "a bzip2 file"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "application/x-xz", "an xz file"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed", "a 7z archive"),
    (Array("Rar!".utf8), "application/vnd.rar", "a RAR archive"),
    ([0x89, 0x50, 0x4E, 0x47], "image/png", "a PNG picture"),
    ([0xFF, 0xD8, 0xFF], "image/jpeg", "a JPEG picture"),
    (Array("GIF8".utf8), "image/gif", "a GIF picture"),
    ([0x49, 0x49, 0x2A, 0x00], "image/tiff", "a TIFF picture"),
    ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff", "a TIFF picture"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/x-ole-storage", "an old Office document"),
    (Array("{\\rtf".utf8), "application/rtf", "an RTF document"),
    (Array("WARC/".utf8), "application/warc", "a web archive"),
  ]
}

extension [UInt8] {
  /// Where `text` first stands.
  fileprivate func firstOffset(of text: StaticString) -> Int? {
    let pattern = text.withUTF8Buffer { Array($0) }
    guard count >= pattern.count else { return nil }
    return (0...(count - pattern.count)).first { self[$0...].starts(with: pattern) }
  }

  fileprivate var hasByteOrderMark16: Bool { starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF]) }

  /// A NUL byte, or one byte in ten that no text has.
  fileprivate var isBinary: Bool {
    if contains(0) { return true }
    let control = count { $0 < 0x20 && !(0x08...0x0D).contains($0) && $0 != 0x1B || $0 == 0x7F }
    return control * 10 > count
  }

  /// Whether the document begins as markup does, or names its root element early on.
  fileprivate var isMarkup: Bool {
    let lowered = map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let start = Array(lowered.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) })
    let openings: [StaticString] = ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<meta"]
    return openings.contains { start.firstOffset(of: $0) == 0 } || lowered.firstOffset(of: "<html") != nil
      || lowered.firstOffset(of: "<!doctype html") != nil
  }
}
