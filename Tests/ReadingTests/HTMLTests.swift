import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

@testable import Reading

/// Pages of HTML.
struct HTMLTests {
  private func page(
    _ body: String, head: String = "", _ change: (inout Read.Options) -> Void = { _ in }
  ) async throws
    -> Document
  {
    try await read(Data("<!doctype html><html><head>\(head)</head><body>\(body)</body></html>".utf8), change)
  }

  private func cells(_ table: Table?) -> [String] {
    (table?.cells ?? []).map { cell in
      let spans = cell.rowSpan > 1 || cell.columnSpan > 1 ? " \(cell.rowSpan)x\(cell.columnSpan)" : ""
      return "\(cell.row),\(cell.column)\(spans) \(cell.text.raw)"
    }
  }

  @Test func `Blocks and line breaks make lines, which know their elements`() async throws {
    let document = try await page("<h1>A  b</h1><p>c<b>d</b>\n e<br>f</p><p>g")
    #expect(document.lines?.map(\.text.raw) == ["A b", "cd e", "f", "g"])
    #expect(
      document.lines?.map(\.place) == [
        .path("/html/body/h1"), .path("/html/body/p[1]"), .path("/html/body/p[1]/text()[2]"), .path("/html/body/p[2]"),
      ])
    #expect(document.source.mediaType == "text/html" && document.pages == nil)
  }

  @Test func `Spans are put on a grid, and a cell knows its element`() async throws {
    let document = try await page(
      """
      <table><tr><td rowspan=2>kind<th colspan=2>sum<tr><td>1<td>2</tr>
      <tr><td>a<td>3<td>4</table>
      """)
    #expect(
      cells(document.tables?.first) == [
        "0,0 2x1 kind", "0,1 1x2 sum", "1,1 1", "1,2 2", "2,0 a", "2,1 3", "2,2 4",
      ])
    let last = document.tables?.first?.cells.last
    #expect(last?.places == [.path("/html/body/table/tr[3]/td[3]")])
    #expect(document.tables?.first?.regions == [.path("/html/body/table")])
    #expect(document.lines?.map(\.text.raw) == ["kind\tsum", "1\t2", "a\t3\t4"])
  }

  @Test func `Columns and rows in which no cell begins are none, however wide the spans are`() async throws {
    let document = try await page(
      "<table><tr><td colspan=2>a<td colspan=6>1<tr></tr><tr><td colspan=2 rowspan=9>b<td colspan=6>2</table>")
    #expect(cells(document.tables?.first) == ["0,0 a", "0,1 1", "1,0 b", "1,1 2"])
  }

  @Test func `A break within a cell stays white space, and words are not torn`() async throws {
    let document = try await page(
      "<table><tr><td>kind<td>83<br>16<tr><td><span>to</span><span>tal</span><td><p>1</p><p>2<o:p></o:p></p></table>")
    #expect(cells(document.tables?.first) == ["0,0 kind", "0,1 83\n16", "1,0 total", "1,1 1\n2"])
  }

  @Test func `What is hidden is not read, by its own style or that of its class`() async throws {
    let document = try await page(
      """
      <p style="display : none">a</p><p hidden>b<p>c<span style="visibility:hidden">d</span></p><p class="x y">e</p>
      <i id=z>f</i><script>g</script><p class=print>h</p><!-- i -->
      <table><tr><td>k<td style="display:none">9<td>1<tr><td>l<td>2</table>
      """,
      head:
        "<style>/* .print{display:none} */ p.y{color:red;display:none!important} @media print{.print{display:none}} "
        + "#z,.q{visibility:hidden}</style>")
    #expect(document.lines?.map(\.text.raw) == ["c", "h", "k\t1", "l\t2"])
    #expect(document.tables?.first?.columns == 2)
  }

  @Test func `A table that lays out the page is text, and the tables in it are tables`() async throws {
    let document = try await page(
      """
      <table><tr><td><p>left</p></td><td><table><tr><td>kind<td>sum<tr><td>a<td>1</table>below</td></tr></table>
      <table><tr><td>one cell<tr><td>and another</table>
      """)
    #expect(document.tables?.count == 1)
    #expect(cells(document.tables?.first) == ["0,0 kind", "0,1 sum", "1,0 a", "1,1 1"])
    #expect(document.lines?.map(\.text.raw) == ["left", "kind\tsum", "a\t1", "below", "one cell", "and another"])
  }

  @Test func `The site around the article is left out`() async throws {
    let links = (1...5).map { "<li><a href='/\($0)'>Part \($0) of the site</a></li>" }.joined()
    let text = String(repeating: "The office had twelve cases. ", count: 10)
    let document = try await page(
      """
      <div class="top-nav">Office of X</div><ul>\(links)</ul><div class="article header"><h2>1. Cases</h2><p>\(text)</p></div>
      <p>More in <a href="report.docx?x=1">the  report</a></p><footer>Imprint</footer>
      """)
    #expect(document.lines?.map(\.text.raw.first) == ["1", "T", "M"])
    #expect(document.codes == ["html.attachments"])
    #expect(document.diagnostics.first?.message.hasSuffix("1 files, which are not read: the report") == true)
  }

  @Test func `A class that has all of the article does not make it a part of the site`() async throws {
    let document = try await page("<div class=footer><p>All that there is to read.</p></div>")
    #expect(document.lines?.count == 1)
  }

  @Test func `Particulars are lines of their own, each with its name`() async throws {
    let names: (inout Read.Options) throws -> Void = {
      $0.particulars = try ["No", "Date", "Source"].map { try Pattern($0) }
    }
    let document = try await page(
      """
      <table><tr><td>No<td>7/2024<td>Date :<td></tr><tr><td>Source<td>Office<br>of X<td></table>
      <p><span>Date: 2024-01-02</span><span>Source: Y</span>&nbsp;No:8</p><dl><dt>Date:</dt><dd>3</dd><dt>No:</dt><dd></dd></dl>
      """
    ) { options in
      do { try names(&options) } catch { Issue.record(error) }
    }
    #expect(
      document.lines?.map(\.text.raw) == [
        "No:7/2024", "Date :", "Source:Office of X", "Date: 2024-01-02", "Source: Y\u{A0}", "No:8", "Date: 3", "No:",
      ])
    #expect(document.tables?.isEmpty == true)
  }

  @Test func `The name of the page is read where its text has none`() async throws {
    let head = "<meta name=ArticleTitle content='Report of 2024'><title>Report  of 2024_Office</title>"
    #expect(try await page("<p>Text</p>", head: head).lines?.map(\.text.raw) == ["Report of 2024", "Text"])
    #expect(try await page("<h1>Report of<br>2024</h1>", head: head).lines?.count == 2)
    #expect(try await page("<h1>Report of 2024 </h1>", head: head).lines?.count == 1)
  }

  @Test(arguments: ["gbk", "GB2312", "gb18030"])
  func `What a page declares decides, and every GB encoding is GB 18030`(charset: String) async throws {
    // 年报 and a character of four bytes.
    let bytes = Data("<meta charset=\(charset)><p>".utf8) + Data([0xC4, 0xEA, 0xB1, 0xA8, 0x95, 0x32, 0x82, 0x36])
    let document = try await read(bytes)
    #expect(document.lines?.map(\.text.raw) == ["年报\u{20000}"])
    #expect(document.codes.isEmpty)
  }

  @Test func `A page that is not what it declares is read as what it is, and it is said`() async throws {
    let asUTF8 = try await read(Data("<meta charset=gb2312><p>年度报告".utf8))
    #expect(asUTF8.lines?.map(\.text.raw) == ["年度报告"] && asUTF8.codes.isEmpty)
    let asGB = try await read(Data("<meta charset=utf-8><p>".utf8) + Data([0xC4, 0xEA, 0xB1, 0xA8]))
    #expect(asGB.lines?.map(\.text.raw) == ["年报"] && asGB.codes == ["text.encoding_guessed"])
  }

  @Test func `A page in UTF-16 needs no mark`() async throws {
    let text = "<html><meta charset=utf-16><p>年报 2024 of the office"
    let bytes = Data(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    #expect(try await read(Data([0xFF, 0xFE]) + bytes).lines?.map(\.text.raw) == ["年报 2024 of the office"])
    #expect(try await read(bytes).lines?.map(\.text.raw) == ["年报 2024 of the office"])
  }

  @Test func `A page without text says so`() async throws {
    #expect(try await page("<img src=a.png><script>1</script>").codes == ["html.no_text"])
  }
}

/// Pages that are made to break what reads them.
struct HostileHTMLTests {
  @Test func `A span that is beyond all measure is bounded`() async throws {
    let document = try await read(
      Data(
        "<table><tr><td colspan=1000000000 rowspan=99999999999999999999>a<tr><td>1<td>2<tr><td rowspan=0>3<td>4</table>"
          .utf8))
    #expect(document.lines?.count == 3)
    #expect((document.tables?.first?.columns ?? 0) <= 3)
  }

  @Test func `A row that is wider than a grid may be is text, and it is said`() async throws {
    let row = String(repeating: "<td>1", count: 1200)
    let document = try await read(Data("<table><tr>\(row)<tr>\(row)</table>".utf8))
    #expect(document.tables?.isEmpty == true && document.lines?.count == 2)
    #expect(document.codes == ["table.grid_too_large"])
  }

  @Test func `Tables in tables, ten thousand deep, are read`() async throws {
    let deep = String(repeating: "<table><tr><td>", count: 10_000)
    #expect(try await read(Data((deep + "7").utf8)).lines?.last?.text.raw == "7")
    let figures = String(repeating: "<table><tr><td>1<td>2<tr><td>3<td>4<tr><td>5<td>6<td>", count: 10_000)
    #expect(try await read(Data(figures.utf8)).lines?.isEmpty == false)
  }

  @Test func `Elements that are never closed are read`() async throws {
    let document = try await read(Data((String(repeating: "<div><b><span>", count: 50_000) + "7").utf8))
    #expect(document.lines?.map(\.text.raw) == ["7"])
  }

  @Test func `What is larger than a limit is refused`() async throws {
    let page = Data("<html><p>a<p>b<p>c".utf8)
    for change in [{ $0.markupLimit = 5 }, { $0.markupNodeLimit = 4 }, { $0.markupLineLimit = 2 }]
      as [(inout Read.Options) -> Void]
    {
      let error = await #expect(throws: ReadingError.self) { try await read(page, change) }
      #expect(error?.code == "limit.output")
    }
  }

  @Test func `A page that is cut anywhere is read`() async throws {
    let page = Data(
      "<html><meta charset='utf-8'><style>.a{</style><body><table border=1><tr><td rowspan=\"2\">年<td>1&nbsp;</table>"
        .utf8)
    for count in 6...page.count { _ = try await read(page.prefix(count)) }
  }
}
