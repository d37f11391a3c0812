import DocumentModel
import Foundation
import TestSupport
import Testing

@testable import Reading

/// What a PDF holds besides the text that its pages show.
struct PDFContentsTests {
  private let text = "BT /F1 10 Tf 20 70 Td (A) Tj ET"

  @Test func `Files in a PDF are listed by their names and not read`() async throws {
    var pdf = SmallPDF(text)
    pdf.catalogEntries = """
      /Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.pdf) >> (b) << /Type /Filespec /F (b) /UF
      <FEFF62A5544A002E0064006F0063> >>] >> >>
      """
    let document = try await read(pdf.data)
    #expect(document.codes == ["pdf.attachments"])
    #expect(document.diagnostics.first?.message.contains("2 files") == true)
    #expect(document.diagnostics.first?.message.hasSuffix(": a.pdf; 报告.doc") == true)
  }

  @Test func `Of a portfolio it is said that its pages are a cover`() async throws {
    var pdf = SmallPDF(text)
    pdf.catalogEntries =
      "/Collection << /View /D >> /Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.pdf) >>] >> >>"
    let document = try await read(pdf.data)
    #expect(document.codes == ["pdf.portfolio"])
    #expect(document.diagnostics.first?.severity == .warning)
    #expect(document.pages?.first?.text == "A")
  }

  @Test func `Notes on a page are counted, and files that they hold are listed`() async throws {
    var pdf = SmallPDF(text)
    pdf.pageEntries = """
      /Annots [<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (not 7 but 8) >>
      << /Type /Annot /Subtype /Highlight /Rect [10 10 20 20] /QuadPoints [10 20 20 20 10 10 20 10] >>
      << /Type /Annot /Subtype /FileAttachment /Rect [30 10 40 20] /FS << /Type /Filespec /F (c.xls) >> >>]
      """
    let document = try await read(pdf.data)
    #expect(document.codes == ["pdf.notes", "pdf.attachments"])
    #expect(document.diagnostics.first?.message.hasPrefix("1 notes") == true)
    #expect(document.pages?.first?.text == "A")
  }

  @Test func `What is filled into a form is text of the page`() async throws {
    var pdf = SmallPDF(text)
    // Without an appearance: it is made from the value.
    pdf.objects = [
      "<< /Type /Annot /Subtype /Widget /FT /Tx /T (n) /V (362) /DA (/F1 10 Tf 0 g) /Rect [50 20 150 40] /F 4 >>"
    ]
    pdf.pageEntries = "/Annots [6 0 R]"
    pdf.catalogEntries =
      "/AcroForm << /NeedAppearances true /DR << /Font << /F1 3 0 R >> >> /DA (/F1 10 Tf 0 g) /Fields [6 0 R] >>"
    #expect(try await read(pdf.data).pages?.first?.text.filter { !$0.isWhitespace } == "A362")
  }

  @Test func `A hidden text under a picture of the page is read as one that was recognised`() async throws {
    var pdf = SmallPDF(
      "BT /F1 10 Tf 3 Tr 20 70 Td (ABCD) Tj ET q 200 0 0 100 0 0 cm /I1 Do Q BT /F1 8 Tf 0 Tr 90 5 Td (7) Tj ET")
    pdf.picture = ("/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x")
    let document = try await read(pdf.data)
    #expect(document.codes == ["pdf.hidden_text"])
    #expect(document.pages?.first?.isRecognised == true)
    #expect(document.pages?.first?.glyphs.contains(where: \.isHidden) == false)
    // Hidden words on a page that shows its own text stay hidden.
    pdf.pages = ["BT /F1 10 Tf 20 70 Td (ABCD) Tj 3 Tr (EF) Tj ET q 200 0 0 100 0 0 cm /I1 Do Q"]
    let other = try await read(pdf.data)
    #expect(other.codes.isEmpty && other.pages?.first?.isRecognised == false)
  }
}
