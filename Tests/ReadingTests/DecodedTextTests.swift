import DocumentModel
import Foundation
import Testing

@testable import Reading

struct DecodedTextTests {
  @Test(
    arguments: [
      ([0xEF, 0xBB, 0xBF, 0xE4, 0xB8, 0xAD], "中"), ([0xFF, 0xFE, 0x2D, 0x4E], "中"), ([0xFE, 0xFF, 0x4E, 0x2D], "中"),
      ([0xE4, 0xB8, 0xAD], "中"),
    ] as [([UInt8], String)])
  func `Byte order marks and UTF-8 decide the encoding`(bytes: [UInt8], text: String) {
    let decoded = DecodedText(Data(bytes))
    #expect(decoded.text == text)
    #expect(decoded.diagnostics.isEmpty)
  }

  @Test func `Bytes that are not UTF-8 are read as GB 18030, with a remark`() {
    // 年报 2024, then a character of four bytes.
    let decoded = DecodedText(Data([0xC4, 0xEA, 0xB1, 0xA8, 0x20, 0x32, 0x30, 0x32, 0x34, 0x95, 0x32, 0x82, 0x36]))
    #expect(decoded.text == "年报 2024\u{20000}")
    #expect(decoded.diagnostics.map(\.code) == ["text.encoding_guessed"])
  }

  @Test(
    arguments: [
      ("big5", "gbk", "big5"), (nil, "gbk", "gbk"), ("iso-8859-1", "gbk", "gbk"), ("iso-8859-1", nil, "iso-8859-1"),
    ] as [(String?, String?, String)])
  func `The server is believed before the page, but for what servers say by habit`(
    server: String?, page: String?, believed: String
  ) {
    let bytes = Data((page.map { "<meta charset=\($0)>" } ?? "<p>").utf8)
    #expect(DeclaredCharset(of: bytes, from: server).name == believed)
  }

  @Test func `A GB 18030 text that was cut inside a character keeps the rest`() {
    let decoded = DecodedText(Data([0xC4, 0xEA, 0xB1, 0xA8, 0xC4]))
    #expect(decoded.text == "年报\u{FFFD}")
    #expect(decoded.diagnostics.map(\.code) == ["text.encoding_guessed", "text.encoding_damaged"])
  }

  @Test func `A UTF-8 text with a broken byte stays UTF-8`() {
    let decoded = DecodedText(Data("年度报告".utf8) + [0xFF] + Data("共计".utf8))
    #expect(decoded.text == "年度报告\u{FFFD}共计")
    #expect(decoded.diagnostics.map(\.code) == ["text.encoding_damaged"])
  }

  @Test func `A text that has lost a digit is told from one that has few`() {
    let whole = (0..<200).map { "\($0) " }.joined()
    #expect(DecodedText(Data(whole.utf8)).lostDigit == nil)
    #expect(DecodedText(Data(whole.replacing("3", with: "").utf8)).lostDigit == 3)
    #expect(DecodedText(Data(whole.filter { "0127 ".contains($0) }.utf8)).lostDigit == nil)
  }

  @Test func `Lines end at every kind of line end and keep their numbers`() {
    let lines = DecodedText(Data("a\nbc\r\n\rd\u{2028}年报\u{C}e\n".utf8)).lines() ?? []
    #expect(lines.map(\.text.raw) == ["a", "bc", "", "d", "年报", "e"])
    #expect(lines[1].place == .line(2, columns: 1...2))
    #expect(lines[2].place == .line(3, columns: 1...1))
    #expect(lines[4].place == .line(5, columns: 1...2))
  }

  @Test(arguments: ["a\nb", "a\nb\n", "\n\n"])
  func `A text of more lines than are wanted is none`(text: String) {
    #expect(DecodedText(Data(text.utf8)).lines(atMost: 2)?.count == 2)
    #expect(DecodedText(Data(text.utf8)).lines(atMost: 1) == nil)
  }

  @Test func `A text without a line end is one line`() {
    #expect(DecodedText(Data("12".utf8)).lines()?.map(\.text.raw) == ["12"])
  }
}
