import Testing

@testable import Reading

struct MediaTypeTests {
  @Test(arguments: [
    ("%PDF-1.7", "application/pdf"), ("junk before\n%PDF-1.4\n1 0 obj", "application/pdf"),
    ("How a %PDF- file begins", "text/plain"),
    ("PK\u{3}\u{4} %PDF-", "application/zip"),
    ("PK\u{3}\u{4} word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("\u{FEFF}  <!DOCTYPE HTML>", "text/html"), ("<?xml version='1.0'?><html>", "text/html"),
    ("<!-- a --> <p>b", "text/html"), ("<pre-print> of a text", "text/plain"),
    ("GIF89a", "image/gif"), ("1 < 2 and <b> is bold", "text/plain"), ("a\u{0}b", "application/octet-stream"),
    ("\u{1}\u{2}\u{3}abc", "application/octet-stream"), ("12 | 34\n", "text/plain"),
  ])
  func `The content tells the kind`(content: String, type: String) {
    #expect(MediaType(of: Array(content.utf8)).name == type)
  }

  @Test func `Text in UTF-16 is not binary`() {
    #expect(MediaType(of: [0xFF, 0xFE, 0x31, 0x00, 0x32, 0x00]) == .plainText)
  }
}
