import Foundation
import TestSupport
import Testing

@testable import Reading

struct MediaTypeTests {
  @Test(arguments: [
    ("%PDF-1.7", "application/pdf"), ("junk before\n%PDF-1.4\n1 0 obj", "application/pdf"),
    ("How a %PDF- file begins", "text/plain"),
    ("PK\u{3}\u{4} %PDF-", "application/zip"),
    ("\u{FEFF}  <!DOCTYPE HTML>", "text/html"), ("<?xml version='1.0'?><html>", "text/html"),
    ("<!-- a --> <p>b", "text/html"), ("<pre-print> of a text", "text/plain"),
    ("GIF89a", "image/gif"), ("1 < 2 and <b> is bold", "text/plain"), ("a\u{0}b", "application/octet-stream"),
    ("\u{1}\u{2}\u{3}abc", "application/octet-stream"), ("12 | 34\n", "text/plain"),
  ])
  func `The content tells the kind`(content: String, type: String) {
    #expect(MediaType(of: Data(content.utf8)).name == type)
  }

  @Test(arguments: [
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("OFD.xml", "application/ofd"), ("a.zip", "application/zip"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  ])
  func `The names of its parts tell what an archive is, and not those of an archive within it`(
    name: String, type: String
  ) {
    let inner = SmallZIP(["word/document.xml": "<a/>"]).data
    let archive = SmallZIP(entries: [("mimetype", Data("a".utf8)), (name, inner)]).data
    #expect(MediaType(of: archive).name == type)
    #expect(MediaType(of: Data("junk".utf8) + archive) != .docx)
  }

  @Test(arguments: [
    ("WordDocument", "application/msword"), ("Workbook", "application/vnd.ms-excel"),
    ("EncryptedPackage", "application/x-ole-storage"), ("Other", "application/x-ole-storage"),
  ])
  func `Old Office documents are told by their streams`(stream: String, type: String) {
    let head = Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + Data(count: 500)
    #expect(MediaType(of: head + Data(stream.utf8.reduce(into: [UInt8]()) { $0 += [$1, 0] })).name == type)
  }

  @Test func `Text in UTF-16 is not binary`() {
    #expect(MediaType(of: Data([0xFF, 0xFE, 0x31, 0x00, 0x32, 0x00])) == .plainText)
  }
}
