import FoundationEssentials
import PipelineKit

/// What kind of file bytes are, told by their content and never by a name.
enum MediaType: Equatable {
  case pdf
  case plainText
  case html
  case docx
  /// A text that is read once an office program has made a Word file of it: the media type, what a person calls it, and how
  /// names of such files end.
  case office(String, name: String, ending: String)
  /// Known, but not read here: the media type and what a person calls it.
  case unsupported(String, name: String)

  /// The media type as results give it.
  var name: String {
    switch self {
    case .pdf: "application/pdf"
    case .plainText: "text/plain"
    case .html: "text/html"
    case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case .unsupported(let type, _): type
    case .office(let type, _, _): type
    }
  }

  /// Looks at the first bytes.
  ///
  /// A signature at the very start wins, because archives may hold a PDF within their first bytes. A PDF may have up to
  /// 1,024 bytes before its header (ISO 32000-1, implementation note 13), but then it has objects: a text may well speak
  /// of PDF. What is neither known nor binary is text.
  init(of bytes: Data) {
    let head = Array(bytes.prefix(1024))
    if let known = Self.signed(head, in: bytes) {
      self = known
    } else if let header = head.firstOffset(of: "%PDF-"),
      head[..<header].allSatisfy({ $0 <= 0x20 || $0 >= 0x80 })
        || Array(bytes.prefix(1 << 16)).firstOffset(of: " obj") != nil
    {
      self = .pdf
    } else if DecodedText.isUTF16(Data(head)) {
      self = Array(bytes.prefix(1 << 14)).filter { $0 != 0 }.isMarkup ? .html : .plainText
    } else if head.isBinary {
      self = .unsupported("application/octet-stream", name: "a binary file of unknown kind")
    } else if Array(bytes.prefix(1 << 13)).isMarkup {
      self = .html
    } else {
      self = .plainText
    }
  }

  private static func signed(_ head: [UInt8], in bytes: Data) -> MediaType? {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      let names = ArchiveNames(of: bytes).names
      if names.contains(where: { $0.hasPrefix("word/") }) { return .docx }
      if names.contains("OFD.xml") {
        return .unsupported("application/ofd", name: "an OFD document; save it as PDF")
      }
      if names.contains(where: { $0.hasPrefix("xl/") }) {
        return .unsupported("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name: "an Excel file")
      }
      // Its first entry says what it is, without being packed (OpenDocument 1.2, part 3, 3.3).
      if head.firstOffset(of: "mimetype" + Self.openDocument) == 30 {
        return .office(Self.openDocument, name: "an OpenDocument text", ending: "odt")
      }
      return .unsupported("application/zip", name: "a ZIP archive")
    }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return oldOffice(bytes) }
    guard let signature = FileSignature(of: head) else { return nil }
    return signature.mediaType == "application/rtf"
      ? .office(signature.mediaType, name: signature.name, ending: "rtf")
      : .unsupported(signature.mediaType, name: signature.name)
  }

  private static let openDocument = "application/vnd.oasis.opendocument.text"

  /// What an old Office document is, by the streams that its directory names in UTF-16.
  private static func oldOffice(_ bytes: Data) -> MediaType {
    // The header tells the sector of the directory, and the size of sectors ([MS-CFB], 2.2).
    let head = Array(bytes.prefix(512))
    let sector = (0..<4).reduce(0) { $0 | Int(head.dropFirst(48 + $1).first ?? 0) << (8 * $1) }
    let start = (sector + 1) << min(16, Int(head.dropFirst(30).first ?? 9))
    let directory = Array(bytes.dropFirst(start).prefix(1 << 14))
    func has(_ stream: String) -> Bool {
      let name: [UInt8] = stream.utf8.reduce(into: []) { $0 += [$1, 0] }
      return directory.firstRange(of: name) != nil
    }
    if has("EncryptedPackage") {
      let name = "an Office file with a password; save it without one"
      return .unsupported("application/x-ole-storage", name: name)
    }
    if has("WordDocument") {
      return .office("application/msword", name: "an old Word file (.doc, .wps)", ending: "doc")
    }
    if has("Workbook") { return .unsupported("application/vnd.ms-excel", name: "an old Excel file (.xls)") }
    let name = "an old Office document (.doc, .wps, .xls) or one with a password"
    return .office("application/x-ole-storage", name: name, ending: "doc")
  }
}

extension [UInt8] {
  /// Where `text` first stands.
  fileprivate func firstOffset(of text: String) -> Int? {
    let pattern = Array(text.utf8)
    guard count >= pattern.count else { return nil }
    return (0...(count - pattern.count)).first { self[$0...].starts(with: pattern) }
  }

  /// A NUL byte, or one byte in ten that no text has.
  fileprivate var isBinary: Bool {
    if contains(0) { return true }
    let control = count { $0 < 0x20 && !(0x08...0x0D).contains($0) && $0 != 0x1B || $0 == 0x7F }
    return control * 10 > count
  }

  /// Whether the document begins as markup does, or names its root element early on.
  fileprivate var isMarkup: Bool {
    let lowered = map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    var start = lowered[...].drop { $0 <= 0x20 || $0 >= 0x80 }
    while start.starts(with: "<!--".utf8) {
      guard let end = Array(start).firstOffset(of: "-->") else { break }
      start = start.dropFirst(end + 3).drop { $0 <= 0x20 }
    }
    let isElement = Self.openings.contains { name in
      guard start.starts(with: name.utf8) else { return false }
      return start.dropFirst(name.utf8.count).first.map { $0 <= 0x20 || $0 == 0x3E || $0 == 0x2F } ?? true
    }
    return isElement || lowered.firstOffset(of: "<html") != nil || lowered.firstOffset(of: "<!doctype html") != nil
  }

  /// Elements that pages, and parts of pages, begin with.
  private static let openings = [
    "<!doctype", "<html", "<head", "<body", "<table", "<div", "<meta", "<p", "<span", "<center", "<font", "<title",
    "<script", "<style", "<article", "<section", "<h1", "<h2", "<h3", "<ul", "<ol", "<link", "<strong", "<b", "<br",
  ]
}
