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

  @Test(arguments: [
    ("a|b", "a\\|b"), ("a\\|b", "a&#92;\\|b"), ("a\\", "a&#92;"), ("<b>", "&lt;b>"), ("R&D", "R&amp;D"),
    ("**all**", "&#42;&#42;all&#42;&#42;"), ("12*", "12*"), ("`x`", "&#96;x&#96;"), ("_a_ b", "&#95;a&#95; b"),
    ("5~10", "5~10"), ("~~5~~", "&#126;&#126;5&#126;&#126;"), ("[1]", "[1]"), ("[a](b)", "&#91;a](b)"),
    ("http://a.example", "http&#58;//a.example"), ("one\r\ntwo\nthree", "one two three"), (" a ", "&#32;a&#32;"),
    (" ", "&#32;"), ("", ""),
  ])
  func `A cell of Markdown shows what is printed and is no markup`(printed: String, markdown: String) {
    var document = Document(source: Source(uri: "a.pdf"))
    document.tables = [Table(drawing: "a | b\nc | d", columnEvidence: .placed)]
    document.tables?[0].cells[3].text = PrintedText(printed)
    #expect(TablesText().text(document, as: .markdown).hasSuffix("| c | \(markdown) |\n"))
  }

  @Test func `Caption and unit stand above the table in HTML and Markdown, and not in CSV`() {
    var document = Document(source: Source(uri: "a.pdf"))
    var table = Table(drawing: "a | b\nc | d", columnEvidence: .placed)
    table.caption = Table.Legend(PrintedText("3. Loans & more"), places: [])
    table.unit = Table.Legend(PrintedText("in thousands"), places: [])
    document.tables = [table]
    let text = TablesText()
    #expect(
      text.text(document, as: .html).contains("<table>\n<caption>3. Loans &amp; more in thousands</caption>\n<tr>"))
    #expect(
      text.text(document, as: .markdown).hasPrefix("## t1\n\n3&#46; Loans &amp; more in thousands\n\n| a | b |\n"))
    #expect(text.text(document, as: .csv) == "\u{FEFF}a,b\r\nc,d\r\n")
  }

  @Test func `Without a table CSV and Markdown are empty and HTML is a page`() {
    let document = Document(source: Source(uri: "a.pdf"))
    #expect(TablesText().text(document, as: .csv).isEmpty)
    #expect(TablesText().text(document, as: .markdown).isEmpty)
    #expect(TablesText().text(document, as: .html).contains("<body>"))
  }
}
