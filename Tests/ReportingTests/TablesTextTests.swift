import DocumentModel
import Reporting
import TestSupport
import Testing

@Suite struct `Tables as text` {
  private func text(_ format: TablesText.Format, spans: TablesText.Spans = .blank, _ drawings: String...) -> String {
    var document = Document(source: Source(uri: "a<b>.pdf"))
    document.tables = drawings.enumerated().map {
      Table(drawing: $1, id: "t\($0 + 1)", columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    }
    return TablesText(spans: spans).text(document, as: format)
  }

  private static let merged = "Name | Figures | >\nbooks | 1,200 | say \"13\""

  @Test func `CSV begins with a byte order mark and quotes what has commas or quotes`() {
    #expect(text(.csv, Self.merged) == "\u{FEFF}Name,Figures,\r\nbooks,\"1,200\",\"say \"\"13\"\"\"\r\n")
  }

  @Test func `A merged cell is written once, or in all its places`() {
    #expect(text(.csv, spans: .repeat, "a | >\n^ | b").hasPrefix("\u{FEFF}a,a\r\n"))
    #expect(text(.csv, "a | >\nc | b") == "\u{FEFF}a,\r\nc,b\r\n")
  }

  @Test func `An empty line stands between two tables`() {
    #expect(text(.csv, "a | b", "c | d") == "\u{FEFF}a,b\r\n\r\nc,d\r\n")
  }

  @Test func `HTML keeps merged cells and shows markup of the document as text`() {
    let html = text(.html, Self.merged, "<b> | &")
    #expect(html.contains(" colspan=\"2\">Figures</t"))
    #expect(html.contains("&lt;b&gt;"))
    #expect(html.contains("<title>a&lt;b&gt;.pdf</title>"))
  }

  @Test func `Markdown has a rule below its first row and no bare bars`() {
    var document = Document(source: Source(uri: "x"))
    document.tables = [Table(drawing: "a | b\nc | d", columnEvidence: .placed)]
    document.tables?[0].cells[3].text = PrintedText("d|e")
    document.tables?[0].regions = [.page(4, Box(0, 0, 1, 1)), .page(5, Box(0, 0, 1, 1))]
    #expect(
      TablesText().text(document, as: .markdown) == "## t1, page 4, 5\n\n| a | b |\n| --- | --- |\n| c | d\\|e |\n")
  }
}
