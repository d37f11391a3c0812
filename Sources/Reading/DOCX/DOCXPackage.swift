import CArchive
import FoundationEssentials

/// The parts of a Word file that its text is in, unpacked within bounds.
struct DOCXPackage {
  /// The XML of the text.
  private(set) var document: [UInt8] = []
  /// The XML of lists and of styles; empty where the file has none.
  private(set) var numbering: [UInt8] = []
  private(set) var styles: [UInt8] = []

  /// Unpacks a file.
  ///
  /// - Throws: ``ReadingError`` with the code `docx.damaged` or `limit.output`.
  init(_ file: Data, partLimit: Int, named name: String) throws {
    var parts: [String: [UInt8]] = [:]
    var fault: String?
    var isCut = false
    try file.withUnsafeBytes { bytes in
      guard let archive = archive_read_new() else { throw ReadingError("docx.damaged", "\(name) cannot be opened") }
      defer { archive_read_free(archive) }
      archive_read_support_format_zip(archive)
      guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else {
        throw ReadingError("docx.damaged", "\(name) is no ZIP archive that can be opened")
      }
      var (entry, count) = (OpaquePointer?.none, 0)
      var status = archive_read_next_header(archive, &entry)
      while status == ARCHIVE_OK || status == ARCHIVE_WARN {
        count += 1
        guard count <= Self.mostEntries else {
          throw ReadingError("limit.output", "\(name) has more than \(Self.mostEntries) parts")
        }
        if let path = archive_entry_pathname(entry).map({ String(cString: $0) }), Self.isWanted(path) {
          let (part, isWhole) = try Self.part(archive, limit: partLimit, named: "\(path) of \(name)")
          if !isWhole { fault = "\(path) of \(name) is damaged" }
          parts[path] = part
        }
        status = archive_read_next_header(archive, &entry)
      }
      // Its parts are read one after the other: without the end, none of those that lay there is missed.
      if status != ARCHIVE_EOF || !ArchiveNames(of: file).isWhole { isCut = true }
    }
    let main = parts["_rels/.rels"].flatMap(Self.mainPart) ?? "word/document.xml"
    guard let document = parts[main] ?? parts["word/document.xml"] else {
      throw ReadingError("docx.damaged", fault ?? "\(name) has no part with a text: \(main) is missing")
    }
    self.document = document
    isDamaged = fault != nil || isCut
    numbering = parts["word/numbering.xml"] ?? []
    styles = parts["word/styles.xml"] ?? []
  }

  /// Whether a part ends before its end, or the file before its last part.
  let isDamaged: Bool

  private static let mostEntries = 10_000

  private static func isWanted(_ path: String) -> Bool {
    path == "_rels/.rels" || path == "word/numbering.xml" || path == "word/styles.xml"
      || path.hasPrefix("word/document") && path.hasSuffix(".xml") && !path.contains("/_rels/")
  }

  private static func part(_ archive: OpaquePointer, limit: Int, named name: String) throws -> ([UInt8], Bool) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = archive_read_data(archive, &buffer, buffer.count)
      guard count >= 0 else { return (bytes, false) }
      if count == 0 { return (bytes, true) }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= limit else {
        throw ReadingError("limit.output", "\(name) has more than \(limit) bytes")
      }
    }
  }

  /// The part that the relations of a package name as its document.
  private static func mainPart(_ relations: [UInt8]) -> String? {
    let parser = XMLTreeParser(relations, mostNodes: 10_000)
    let relation = parser.tree.nodes.first { parser.attribute("Type", of: $0)?.hasSuffix("/officeDocument") == true }
    guard let target = relation.flatMap({ parser.attribute("Target", of: $0) }) else { return nil }
    return target.hasPrefix("/") ? String(target.dropFirst()) : target
  }
}
