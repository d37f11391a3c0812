import PipelineKit

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
    return FileSignature(of: head).map { .unsupported($0.mediaType, name: $0.name) }
  }
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
