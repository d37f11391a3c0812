import DocumentModel
import Foundation
import TestSupport
import Testing

@testable import Reading

/// What a figure in a page is, and what beside it is none of its digits.
struct HTMLFiguresTests {
  private func table(_ cell: String, head: String = "") async throws -> Document {
    let page =
      "<!doctype html><html><head>\(head)</head><body><table><tr><td>kind<td>sum<td>more<tr><td>a\(cell)<td>7"
      + ["b", "c", "d"].map { "<tr><td>\($0)<td>5<td>6" }.joined()
    return try await read(Data((page + "</table></body></html>").utf8))
  }

  /// The text of the cell behind the name `a`.
  private func figure(_ cell: String, head: String = "") async throws -> String? {
    let document = try await table("<td>\(cell)</td>", head: head)
    let table = try #require(document.tables?.first)
    #expect(table.columns == 3)
    return table.cells.first { $0.row == 1 && $0.column == 1 }?.text.raw
  }

  @Test(arguments: [
    ("12<sup>1</sup>", "12¹"), ("12<SUP><a href='#n'>10</a></SUP>", "12¹⁰"), ("12<sub>3</sub>", "12₃"),
    ("12<span style='vertical-align: super; font-size:8pt'>1</span>", "12¹"), ("12<span class=note>1</span>", "12¹"),
    ("12<sup>(１)</sup>", "12⁽¹⁾"), ("12<sup>[1]</sup>", "12[¹]"), ("12<sup>*</sup>", "12*"),
    ("<sup>12</sup>", "12"), ("<sup>1</sup>12", "1 12"), ("1<sup>2</sup>3", "1²3"), ("<p>12</p><sup>3</sup>", "12\n³"),
    ("<span style='vertical-align:middle'>12</span>", "12"),
    ("12<span style='position:relative;top:-4.0pt;mso-text-raise:4.0pt'>1</span>", "12¹"),
    ("12<a href='#fn1'>1</a>", "12¹"), ("12<a style='mso-footnote-id:ftn1' href='#_ftn1'><span>10</span></a>", "12¹⁰"),
    ("<a href='#fn1'>12</a>", "12"), ("12 <a href='#fn1'>1</a>", "12 1"), ("1<a href='tel:1'>2</a>", "12\u{FFFD}"),
  ])
  func `What stands above or below the line beside a figure, or is a link of its own, is the mark of a note`(
    cell: String, text: String
  ) async throws {
    #expect(try await figure(cell, head: "<style>.note{vertical-align:super}</style>") == text)
  }

  @Test(arguments: [
    "<s>9</s>12", "1<del>99</del>2", "12<strike><b>3</b></strike>",
    "<span style='text-decoration:line-through'>1</span>12",
    "<span class=gone><i style='text-decoration:none'>1</i></span>12",
    "<span style='text-decoration: red line-through'>1</span>12",
  ])
  func `What is struck through is no part of the figure, and it is said`(cell: String) async throws {
    let document = try await table("<td>\(cell)</td>", head: "<style>.gone{text-decoration-line:line-through}</style>")
    #expect(document.tables?.first?.cells.first { $0.row == 1 && $0.column == 1 }?.text.raw == "12")
    #expect(document.codes == ["text.struck"])
    #expect(document.diagnostics.first?.places.isEmpty == false)
  }

  @Test func `A text that is struck through is no text outside of tables either`() async throws {
    let document = try await read(Data("<html><p>There were <s>9</s>12 cases.".utf8))
    #expect(document.lines?.map(\.text.raw) == ["There were 12 cases."] && document.codes == ["text.struck"])
  }

  @Test(arguments: [
    "<b style='display:none'>9</b>12", "<b hidden>9</b>12", "<b style='visibility:hidden'>9</b>12",
    "<b style='font-size:0'>9</b>12", "<b style='font-size:0;'><i style='font-size:2em'>9</i></b>12",
    "<b style='font:0/0 a'>9</b>12", "<b style='opacity:0.0'>9</b>12", "<b style='color:transparent'>9</b>12",
    "<b style='color:#FFF'>9</b>12", "<font color=white>9</font>12", "<b style='mso-hide:all'>9</b>12",
    "<b style='color:rgba(0, 0, 0, 0)'>9</b>12", "<b style='position:absolute; left:-9999px'>９</b>12",
    "<b style='position:absolute; clip:rect(0, 0, 0, 0)'>9</b>12", "<b style=\"content:';';display:none\">9</b>12",
  ])
  func `What is not shown is no part of the figure, and it is said`(cell: String) async throws {
    let document = try await table("<td>\(cell)</td>")
    #expect(document.tables?.first?.cells.first { $0.row == 1 && $0.column == 1 }?.text.raw == "12")
    #expect(document.codes == ["text.hidden"])
  }

  @Test(arguments: [
    "<b style='display:none;display:inline'>12</b>", "<b hidden style='display:inline'>12</b>",
    "<b style='visibility:hidden'><i style='visibility:visible'>12</i></b>",
    "<b style='font-size:0'><i style='font-size:14px'>12</i></b>", "<b style='font-size:0.8em'>12</b>",
    "<b style='background:#036;color:#fff'>12</b>", "<b style='color:#fff;background:url(a.png) no-repeat'>12</b>",
    "<b style='display:none!important;'></b>12", "<s style='text-decoration:none'>12</s>",
    "<b style='opacity:.5'>12</b>", "<b style='color:white'><i style='color:black'>12</i></b>",
  ])
  func `What is shown again is read`(cell: String) async throws {
    let document = try await table("<td>\(cell)</td>")
    #expect(document.tables?.first?.cells.first { $0.row == 1 && $0.column == 1 }?.text.raw == "12")
    #expect(document.codes.isEmpty)
  }

  @Test(arguments: [
    ("12<img src=3.png>", "12\u{FFFD}"), ("<img src=12.png alt=12>", "\u{FFFD}"),
    ("12<img src=x width=1 height=1>", "12"),
    ("12<svg><text>3</text></svg>", "12\u{FFFD}"), ("<math><mn>12</mn></math>", "\u{FFFD}"),
    ("12<table><tr><td>3<td>4<tr><td>5<td>6</table>", "12\u{FFFD}"), ("<table><tr><td>1<td>2</table>", "\u{FFFD}"),
    ("none<img src=3.png>", "none"), ("12<img src=a.png style='display:none'>", "12"),
  ])
  func `A picture or a table of figures in a cell withholds its figure`(cell: String, text: String) async throws {
    #expect(try await figure(cell) == text)
    let isSaid = text.contains("\u{FFFD}")
    #expect(try await table("<td>\(cell)</td>").codes == (isSaid ? ["table.figure_unclear"] : []))
  }

  @Test(arguments: ["<table><tr><td>12</table>", "<table><tr><td><table><tr><td> <p>12</p></table></table>"])
  func `A table of one cell is the text of the cell that it stands in`(cell: String) async throws {
    #expect(try await figure(cell) == "12")
  }

  @Test(arguments: [
    ("<input value=12>", "12"), ("<input type=number value=' 12 '>", "12"), ("<textarea rows=1>12</textarea>", "12"),
    ("<textarea><b></b>1<b>2</b></textarea>", "12"), ("<select><option><i></i><i>12</i></select>", "12"),
    ("<select><option>11<option selected>12</select>", "12"), ("<select><option>12<option>13</select>", "12"),
    ("1<input value=2>", "1 2"), ("<input type=hidden value=9>12", "12"), ("<input type=checkbox value=9>12", "12"),
    ("<input value=9 style='display:none'>12", "12"), ("<button value=9>9</button>12", "12"),
  ])
  func `What a field of a form shows is the text of its cell, and it is said`(cell: String, text: String) async throws {
    #expect(try await figure(cell) == text)
    let isField = !text.contains(" ") && cell.contains("12<") == false && !cell.hasSuffix("12")
    if isField { #expect(try await table("<td>\(cell)</td>").codes == ["table.form_fields"]) }
  }

  @Test func `Fields outside of tables of data are no text`() async throws {
    let document = try await read(Data("<html><p>Search <input value=12><select><option>1</select> here".utf8))
    #expect(document.lines?.map(\.text.raw) == ["Search here"])
  }

  @Test func `A row in which all is hidden is none of the table`() async throws {
    let document = try await table("<td>12</td><td>1</tr><tr style='display:none'><td>9<td>9")
    #expect(document.tables?.first?.rows == 5 && document.codes == ["text.hidden"])
  }

  @Test func `A cell covers no rows of another group of rows, and a span of 0 all of its own`() async throws {
    let document = try await read(
      Data(
        """
        <table><thead><tr><td rowspan=9>kind<td>sum</thead><tbody><tr><td rowspan=0>a<td>1<tr><td>2</tbody>
        <tbody><tr><td colspan=0>b<td rowspan=99999999999>3<tr><td>c</tbody></table>
        """.utf8))
    let cells = (document.tables?.first?.cells ?? []).map { "\($0.row),\($0.column) \($0.rowSpan) \($0.text.raw)" }
    #expect(
      cells == ["0,0 1 kind", "0,1 1 sum", "1,0 2 a", "1,1 1 1", "2,1 1 2", "3,0 1 b", "3,1 2 3", "4,0 1 c"])
  }
}

/// Which rule of the style sheets of a page holds.
struct HTMLStyleTests {
  /// What is read of `<p class="x y" id=z>9</p>` and a text that is always shown.
  private func reads(_ sheet: String, _ attributes: String = "class='x y' id=z") async throws -> Bool {
    let page = "<!doctype html><html><head>\(sheet)</head><body><div class=d><p \(attributes)>9</p></div><p>end"
    let document = try await read(Data(page.utf8))
    #expect(document.lines?.last?.text.raw == "end")
    return document.lines?.first?.text.raw == "9"
  }

  @Test(arguments: [
    ".x{display:none} .y{display:block}", ".x{display:none}.x{display:inherit}", "p.x{display:block}.x{display:none}",
    "#z{display:block}.x.y{display:none}", ".x{display:block!important}#z{display:none}",
    ".d .x{display:block}.x{display:none}",
    ".d > p{display:none} .d p.x{display:block}", ".e .x{display:none}", "div.d>.x>p{display:none}",
    ".x .x{display:none}",
    "@media print{.x{display:none}}", "@media (max-width:600px){.x{display:none}}", ".X{display:none}",
    ".x:hover{display:none}",
    ".x::before{display:none}", "/* .x{display:none} */", ".x{display:none;display:block}", "a.x{display:none}",
    "@import 'a.css';.x{display:block}", ".x{content:'}';display:block}",
    "body{visibility:hidden} p{visibility:visible}",
    "[hidden]{display:none}", "@font-face{display:none}", ".x-y{display:none}",
  ])
  func `What the strongest rule shows is read`(sheet: String) async throws {
    #expect(try await reads("<style>\(sheet)</style>"))
  }

  @Test(arguments: [
    ".x{display:block}.y{display:none}", ".x{display:none}p{display:block}", "p.x{display:none}.x{display:block}",
    ".x{display:none!important}#z{display:block}", ".d .y{display:none}.y{display:block}",
    "p{visibility:visible}.x{visibility:hidden}",
    "div > p.x , a{display:none}", "html body .d p{display:none}", "@media screen{.x{display:none}}",
    "@media only screen and (min-width:768px){.x{display:none}}", "<!-- .x{display:none} -->", ".x{display:none",
    "@media print{.x{display:block}} .x{display:none}", ":root .x{display:none}", "P.x{DISPLAY:NONE}", ".d{opacity:0}",
    "/* } */ .x{/* a:b; */display:/**/none}", "a{b:c}}.x{display:none}",
  ])
  func `What the strongest rule hides is not read`(sheet: String) async throws {
    #expect(try await reads("<style>\(sheet)</style>") == false)
  }

  @Test func `The style of the element itself is stronger than rules, but not than important ones`() async throws {
    #expect(try await reads("<style>#z{display:none}</style>", "id=z style='display:block'"))
    #expect(try await reads("<style>.x{display:none!important}</style>", "class=x style='display:block'") == false)
    #expect(try await reads("<style>#z{display:none!important}</style>", "id=z style='display:block!important'"))
    #expect(try await reads("<style>.x{display:block}</style>", "class=x hidden"))
    #expect(try await reads("<style>[hidden]{display:none}</style>", "class=x hidden") == false)
  }

  @Test func `A style sheet holds wherever it stands, but for print and where scripts do not run`() async throws {
    #expect(try await reads("<style media=print>.x{display:none}</style>"))
    #expect(try await reads("<style media=screen>.x{display:none}</style>") == false)
    #expect(try await reads("<noscript><style>.x{display:none}</style></noscript>"))
    let document = try await read(Data("<html><body><p class=x>9<p>end<style>.x{display:none}</style>".utf8))
    #expect(document.lines?.map(\.text.raw) == ["end"])
  }

  @Test(arguments: [
    ".m:nth-child(1){display:none}", "@supports (display:grid){.m{display:none}}",
    ".m{display:none} td+td .m{display:inline}",
    ".m{display:none} .m:not(.n){display:inline}", "@media (orientation:landscape){.m{visibility:hidden}}",
    ".m{color:#fff} </style><link rel=stylesheet href=a.css><style>",
  ])
  func `A figure of which it is not known whether it is shown is withheld`(sheet: String) async throws {
    let page = "<table><tr><td>kind<td>sum<tr><td>a<td>1<b class=m>2</b><tr><td>b<td>3</table>"
    let document = try await read(Data("<!doctype html><html><head><style>\(sheet)</style></head>\(page)".utf8))
    #expect(document.tables?.first?.cells.first { $0.row == 1 && $0.column == 1 }?.text.raw == "12\u{FFFD}")
    #expect(document.codes == ["table.figure_unclear"])
  }

  @Test(.timeLimit(.minutes(5))) func `Rules that could be about very many elements are bounded`() async throws {
    let rules = (0..<3000).map { ".a .a .a .a .b\($0 % 7) .a{display:none}" }.joined()
    let page =
      (0..<7).map { "<p class=b\($0)></p>" }.joined() + String(repeating: "<div class=a>", count: 900)
      + String(repeating: "<p class=a>1", count: 3000)
    let error = await #expect(throws: ReadingError.self) {
      try await read(Data("<html><style>\(rules)</style>\(page)".utf8))
    }
    #expect(error?.code == "limit.output")
  }
}
