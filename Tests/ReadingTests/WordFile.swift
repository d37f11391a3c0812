import Foundation
import TestSupport

/// Makes small Word files.
enum WordFile {
  private static let names =
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:a='drawing' "
    + "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"

  /// A file of a text, with definitions of lists and of styles.
  static func file(_ body: String, numbering: String = "", styles: String = "") -> Data {
    file(
      parts: [
        "word/document.xml": "<w:body>\(body)</w:body>", "word/numbering.xml": numbering, "word/styles.xml": styles,
      ])
  }

  /// A file of parts, each within its element.
  static func file(parts: [String: String], head: String = "") -> Data {
    var all = [
      "[Content_Types].xml": "<Types/>",
      "_rels/.rels":
        "<Relationships><Relationship Type='x/officeDocument' Target='word/document.xml'/></Relationships>",
    ]
    for (path, text) in parts {
      let name = path.split(separator: "/").last?.split(separator: ".").first ?? "document"
      all[path] = "<?xml version='1.0'?>\(head)<w:\(name) \(names)>\(text)</w:\(name)>"
    }
    return SmallZIP(entries: all.sorted { $0.key < $1.key }.map { ($0.key, Data($0.value.utf8)) }).data
  }

  /// A paragraph of one run.
  static func paragraph(_ text: String, _ properties: String = "") -> String {
    "<w:p><w:pPr>\(properties)</w:pPr>\(run(text))</w:p>"
  }

  /// A run with properties.
  static func run(_ text: String, _ properties: String = "") -> String {
    "<w:r><w:rPr>\(properties)</w:rPr><w:t xml:space='preserve'>\(text)</w:t></w:r>"
  }

  /// A cell of one paragraph.
  static func cell(_ text: String, _ properties: String = "") -> String {
    "<w:tc><w:tcPr>\(properties)</w:tcPr>\(paragraph(text))</w:tc>"
  }
}
