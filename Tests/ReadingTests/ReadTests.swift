import DocumentModel
import Foundation
import PipelineKit
import Reading
import TestSupport
import Testing

struct ReadTests {
  private let text = "BT /F1 10 Tf 20 70 Td (A) Tj ET"

  @Test func `The source learns its media type and number of pages`() async throws {
    let document = try await read(SmallPDF(text, text, text).data, pages: PageSelection("2-"))
    #expect(document.source.mediaType == "application/pdf")
    #expect(document.source.pageCount == 3)
    #expect(document.pages?.map(\.number) == [2, 3])
    #expect(document.lines == nil && document.diagnostics.isEmpty)
  }

  @Test func `A PDF without text says so`() async throws {
    let document = try await read(SmallPDF("10 10 50 50 re S").data)
    #expect(document.codes == ["pdf.no_text"])
    #expect(document.diagnostics.first?.severity == .error)
    #expect(document.pages?.count == 1)
  }

  @Test func `A font without a known character map is told apart from a page without text`() async throws {
    var pdf = SmallPDF("BT /F1 10 Tf 20 70 Td <00410042> Tj ET")
    pdf.font =
      "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Nowhere-H /DescendantFonts [<< /Type /Font /Subtype"
      + " /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Nobody) /Ordering (Nowhere) /Supplement 0 >> >>] >>"
    #expect(try await read(pdf.data).codes == ["pdf.cmap_missing"])
  }

  @Test func `A truncated PDF gives what is there and says so`() async throws {
    let whole = SmallPDF(text, text).data
    let cut = try #require(whole.range(of: Data("xref".utf8))).lowerBound
    let document = try await read(whole.prefix(cut))
    #expect(document.pages?.map(\.text) == ["A", "A"])
    #expect(document.codes == ["pdf.damaged"])
  }

  @Test(arguments: [PDFReader.tap, .glib])
  func `An encrypted PDF opens with its password only`(reader: PDFReader) async throws {
    var pdf = SmallPDF("")
    // The standard security handler, revision 2, for the password "secret" (ISO 32000-1, 7.6.3); nothing is drawn.
    pdf.trailerEntries = """
      /Encrypt << /Filter /Standard /V 1 /R 2 /P -4
      /O <e5a8d2687bd9d0cff946b7ac55f51081dcf0d116554c4bfcb0a5e446f69ea48a>
      /U <500390af18e6589c9c4e892bccd305a22218aa538320459ed02abbcb4dbc2de8> >>
      /ID [<676f756a69> <676f756a69>]
      """
    for password in [nil, "wrong"] {
      let error = await #expect(throws: ReadingError.self) {
        try await read(pdf.data, reader: reader, password: password)
      }
      #expect(error?.code == "pdf.encrypted")
    }
    #expect(try await read(pdf.data, reader: reader, password: "secret").pages?.count == 1)
  }

  @Test func `Cross references that are wrong are rebuilt, and it is said`() async throws {
    let whole = String(decoding: SmallPDF(text).data, as: UTF8.self)
    let moved = whole.replacingOccurrences(of: "startxref\n", with: "startxref\n9")
    let document = try await read(Data(moved.utf8))
    #expect(document.pages?.map(\.text) == ["A"])
    #expect(document.codes == ["pdf.damaged"])
  }

  @Test func `A PDF that was cut inside its second page gives the first`() async throws {
    let whole = SmallPDF(text, text).data
    let cut = try #require(whole.range(of: Data("6 0 obj".utf8))).lowerBound
    let document = try await read(whole.prefix(cut))
    #expect(document.pages?.map(\.number) == [1])
    #expect(document.codes == ["pdf.damaged", "pdf.page_unreadable"])
  }

  @Test func `A broken page is reported and the others are read`() async throws {
    let whole = String(decoding: SmallPDF(text, text).data, as: UTF8.self)
    let broken = whole.replacingOccurrences(of: "6 0 obj\n<< /Type /Page ", with: "6 0 obj\n[< /Type /Page ")
    let document = try await read(Data(broken.utf8))
    #expect(document.pages?.map(\.number) == [1])
    #expect(document.codes.contains("pdf.page_unreadable"))
  }

  @Test(arguments: [
    ("", "input.empty"), ("%PDF-1.4 and nothing else", "pdf.damaged"), ("\u{1F}\u{0}\u{0}", "media.unsupported"),
  ])
  func `What cannot be read is refused with a code`(source: String, code: String) async throws {
    let error = await #expect(throws: ReadingError.self) { try await read(Data(source.utf8)) }
    #expect(error?.code == code)
  }

  @Test(arguments: [PDFReader.tap, .glib])
  func `Pages that show too many glyphs together are refused, and those that are not read do not count`(
    reader: PDFReader
  ) async throws {
    let pdf = SmallPDF(text, text, text).data
    #expect(try await read(pdf, reader: reader) { $0.totalGlyphLimit = 3 }.pages?.count == 3)
    let error = await #expect(throws: ReadingError.self) {
      try await read(pdf, reader: reader) { $0.totalGlyphLimit = 2 }
    }
    #expect(error?.code == "limit.output")
    #expect(error?.message == "the pages up to page 3 draw more than 2 glyphs together")
    #expect(
      try await read(pdf, reader: reader, pages: PageSelection("2-3")) { $0.totalGlyphLimit = 2 }.pages?.count == 2)
  }

  @Test func `A text of too many lines or bytes is refused`() async throws {
    let text = Data("a\nb\nc\n".utf8)
    #expect(try await read(text) { $0.lineLimit = 3 }.lines?.count == 3)
    for change in [{ $0.lineLimit = 2 }, { $0.textLimit = 5 }] as [(inout Read.Options) -> Void] {
      let error = await #expect(throws: ReadingError.self) { try await read(text, change) }
      #expect(error?.code == "limit.output")
    }
  }

  @Test func `A text with a line that is too long is refused`() async throws {
    let text = Data("a\n\u{5B57}b\nc\n".utf8)
    #expect(try await read(text) { $0.lineLengthLimit = 4 }.lines?.count == 3)
    let error = await #expect(throws: ReadingError.self) { try await read(text) { $0.lineLengthLimit = 3 } }
    #expect(error?.code == "limit.output")
    #expect(error?.message.hasPrefix("line 2 of ") == true)
  }

  @Test func `A limit must be above 0`() throws {
    for limit in [\Read.Options.textLimit, \.lineLimit, \.lineLengthLimit, \.glyphLimit, \.totalGlyphLimit] {
      var options = Read.Options()
      options[keyPath: limit] = 0
      #expect(throws: PipelineError.self) { try Read(options: options) }
    }
  }

  @Test func `The Poppler that is linked has a version`() {
    #expect(PopplerVersion.installed.version.split(separator: ".").count == 3)
  }
}
