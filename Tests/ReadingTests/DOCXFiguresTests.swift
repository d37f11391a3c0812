import DocumentModel
import Foundation
import TestSupport
import Testing

@testable import Reading

/// What a figure in a Word file is, and what beside it is none of its digits.
struct DOCXFiguresTests {
  /// A table with the content of one cell; of other cells as text.
  private func table(_ cell: String, styles: String = "") async throws -> Document {
    let rows = ["b", "c", "d"].map { "<w:tr>\(WordFile.cell($0))\(WordFile.cell("5"))</w:tr>" }.joined()
    let first = "<w:tr>\(WordFile.cell("kind"))\(WordFile.cell("sum"))</w:tr>"
    return try await read(
      WordFile.file(
        "<w:tbl>\(first)<w:tr>\(WordFile.cell("a"))<w:tc>\(cell)</w:tc></w:tr>\(rows)\(rows)</w:tbl>", styles: styles))
  }

  private func figure(_ document: Document) -> String? {
    document.tables?.first?.cells.first { $0.row == 1 && $0.column == 1 }?.text.raw
  }

  private func paragraph(_ runs: String...) -> String { "<w:p>\(runs.joined())</w:p>" }

  private static let styles = """
    <w:style w:type='character' w:styleId='Mark'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>
    <w:style w:type='character' w:styleId='Mark2'><w:basedOn w:val='Mark'/></w:style>
    <w:style w:type='paragraph' w:styleId='Old'><w:rPr><w:strike/></w:rPr></w:style>
    <w:style w:type='character' w:styleId='Gone'><w:rPr><w:vanish/></w:rPr></w:style>
    """

  @Test(arguments: [
    "<w:vertAlign w:val='superscript'/>", "<w:rStyle w:val='Mark'/>", "<w:rStyle w:val='Mark2'/>",
    "<w:position w:val='8'/>",
  ])
  func `What stands above the line beside a figure is the mark of a note`(properties: String) async throws {
    let mark = WordFile.run("1", properties)
    let document = try await table(paragraph(WordFile.run("12"), mark), styles: Self.styles)
    #expect(figure(document) == "12¹" && document.codes.isEmpty)
    #expect(figure(try await table(paragraph(mark), styles: Self.styles)) == "1")
    #expect(figure(try await table(paragraph(mark, WordFile.run("2")), styles: Self.styles)) == "1 2")
  }

  @Test func `What lies below the line is a mark, too, and what stands on it again is none`() async throws {
    let lowered = WordFile.run("3", "<w:vertAlign w:val='subscript'/>")
    #expect(figure(try await table(paragraph(WordFile.run("12"), lowered))) == "12₃")
    let back = WordFile.run("3", "<w:rStyle w:val='Mark'/><w:vertAlign w:val='baseline'/>")
    #expect(figure(try await table(paragraph(WordFile.run("12"), back), styles: Self.styles)) == "123")
  }

  @Test func `Digits of two sizes are no figure`() async throws {
    let small = WordFile.run("3", "<w:sz w:val='12'/>")
    #expect(figure(try await table(paragraph(small, WordFile.run("12")))) == "3 12")
    #expect(figure(try await table(paragraph(WordFile.run("1"), WordFile.run("2", "<w:sz w:val='21'/>")))) == "12")
    #expect(figure(try await table(paragraph(small, WordFile.run("cases")))) == "3cases")
  }

  @Test(arguments: ["<w:strike/>", "<w:dstrike w:val='1'/>"])
  func `What is struck through is no part of the figure, and it is said`(properties: String) async throws {
    let document = try await table(paragraph(WordFile.run("9", properties), WordFile.run("12")))
    #expect(figure(document) == "12" && document.codes == ["text.struck"])
    let line = try await read(WordFile.file(paragraph(WordFile.run("9", properties), WordFile.run("12 cases"))))
    #expect(line.lines?.map(\.text.raw) == ["12 cases"] && line.codes == ["text.struck"])
  }

  @Test func `What a style strikes through a run can show again`() async throws {
    let old = "<w:pPr><w:pStyle w:val='Old'/></w:pPr>"
    let struck = try await table(paragraph(old, WordFile.run("9")), styles: Self.styles)
    #expect(figure(struck) == "" && struck.codes == ["text.struck"])
    let shown = try await table(paragraph(old, WordFile.run("12", "<w:strike w:val='0'/>")), styles: Self.styles)
    #expect(figure(shown) == "12" && shown.codes.isEmpty)
  }

  @Test(arguments: [
    "<w:vanish/>", "<w:rStyle w:val='Gone'/>", "<w:sz w:val='1'/>",
    "<w:vanish/><w:rPrChange><w:rPr><w:vanish w:val='0'/></w:rPr></w:rPrChange>",
  ])
  func `What is not shown is no part of the figure, and it is said`(properties: String) async throws {
    let document = try await table(paragraph(WordFile.run("9", properties), WordFile.run("12")), styles: Self.styles)
    #expect(figure(document) == "12" && document.codes == ["text.hidden"])
  }

  @Test func `White letters withhold a figure, unless it is said what is behind them`() async throws {
    let white = "<w:color w:val='FFFFFF'/>"
    let document = try await table(paragraph(WordFile.run("1"), WordFile.run("2", white)))
    #expect(figure(document) == "12\u{FFFD}" && document.codes == ["table.figure_unclear"])
    let backed = try await table(paragraph(WordFile.run("12", white + "<w:shd w:val='clear' w:fill='336699'/>")))
    #expect(figure(backed) == "12" && backed.codes.isEmpty)
  }

  @Test func `A row that is not shown is none of the table`() async throws {
    let document = try await table(
      paragraph(WordFile.run("12"))
        + "</w:tc></w:tr><w:tr><w:trPr><w:hidden/></w:trPr>\(WordFile.cell("x"))<w:tc>\(WordFile.paragraph("9"))")
    #expect(document.tables?.first?.rows == 8 && document.codes == ["text.hidden"])
  }

  @Test func `A table of one cell is the text of the cell that it stands in`() async throws {
    let inner = "<w:tbl><w:tr>\(WordFile.cell("12"))</w:tr></w:tbl><w:p/>"
    let document = try await table("<w:p/>" + inner)
    #expect(figure(document) == "12" && document.codes.isEmpty && document.tables?.count == 1)
    #expect(figure(try await table("<w:tbl><w:tr><w:tc>\(inner)</w:tc></w:tr></w:tbl><w:p/>")) == "12")
    #expect(figure(try await table(WordFile.paragraph("1") + inner)) == "1\n12")
  }

  @Test func `A table of figures or a picture in a cell withholds its figure`() async throws {
    let inner = "<w:tbl><w:tr>\(WordFile.cell("1"))\(WordFile.cell("2"))</w:tr></w:tbl><w:p/>"
    for cell in [inner, WordFile.paragraph("3") + inner] {
      let document = try await table(cell)
      #expect(figure(document)?.hasSuffix("\u{FFFD}") == true && document.codes == ["table.figure_unclear"])
      #expect(document.tables?.count == 2)
    }
    let picture = "<w:r><w:drawing><a:pic><a:blip/></a:pic></w:drawing></w:r>"
    #expect(figure(try await table(paragraph(WordFile.run("12"), picture))) == "12\u{FFFD}")
    #expect(figure(try await table(paragraph(WordFile.run("none"), picture))) == "none")
    let formula =
      "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath>"
    #expect(figure(try await table(paragraph(formula))) == "\u{FFFD}")
    #expect(figure(try await table(paragraph("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>"))) == "12")
  }

  @Test func `A text box in a cell is a line of its own`() async throws {
    let box = "<w:r><w:txbxContent>\(WordFile.paragraph("3"))\(WordFile.paragraph("4"))</w:txbxContent></w:r>"
    #expect(figure(try await table(paragraph(WordFile.run("12"), box))) == "12\n3\n4")
  }

  @Test func `What was filled into a form is the text of its cell, and it is said`() async throws {
    let control = "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>\(WordFile.run("12"))</w:sdtContent></w:sdt>"
    let block = "<w:sdt><w:sdtContent>\(WordFile.paragraph("12"))</w:sdtContent></w:sdt>"
    let mark = { (type: String) in "<w:r><w:fldChar w:fldCharType='\(type)'/></w:r>" }
    let begin = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>"
    let input =
      begin + "<w:r><w:instrText>FORMTEXT</w:instrText></w:r>" + mark("separate") + WordFile.run("12") + mark("end")
    let list =
      "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='11'/>"
      + "<w:listEntry w:val='12'/></w:ddList></w:ffData></w:fldChar></w:r>" + mark("separate") + mark("end")
    for cell in [paragraph(control), block, paragraph(input), paragraph(list)] {
      let document = try await table(cell)
      #expect(figure(document) == "12" && document.codes == ["table.form_fields"])
    }
  }

  @Test func `The instruction of a field is no text, whatever is in it`() async throws {
    let mark = { (type: String) in "<w:r><w:fldChar w:fldCharType='\(type)'/></w:r>" }
    let inner = mark("begin") + mark("separate") + WordFile.run("9") + mark("end")
    let field = mark("begin") + inner + WordFile.run("8") + mark("separate") + WordFile.run("12") + mark("end")
    let document = try await table(paragraph(field))
    #expect(figure(document) == "12" && document.codes.isEmpty)
  }

  @Test func `A sign of a font of its own is no digit, and none is lost`() async throws {
    let sign = "<w:r><w:sym w:font='Wingdings' w:char='F081'/></w:r>"
    #expect(figure(try await table(paragraph(WordFile.run("1"), sign))) == "1\u{F081}")
  }
}

/// Word files that are made to break what reads them.
@Suite(.timeLimit(.minutes(2))) struct HostileDOCXTests {
  private static let figures = WordFile.cell("1") + WordFile.cell("2")

  /// What is read of a file, or the code of the error.
  private func outcome(_ file: Data, _ change: (inout Read.Options) -> Void = { _ in }) async throws -> String {
    do {
      let document = try await read(file, change)
      return "\(document.lines?.count ?? 0) lines, \(document.codes)"
    } catch let error as ReadingError {
      return error.code
    }
  }

  @Test(arguments: ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
  func `A bomb of entities in any part is refused`(path: String) async throws {
    let entities = (1...9).map { "<!ENTITY a\($0) '\(String(repeating: "&a\($0 - 1);", count: 10))'>" }.joined()
    let head = "<!DOCTYPE d [<!ENTITY a0 'aaaaaaaaaa'>\(entities)]>"
    let bomb = WordFile.file(parts: [path: "<w:style w:styleId='a'>&a9;</w:style>"], head: head)
    var parts = ["word/document.xml": "<w:body>\(WordFile.paragraph("a"))</w:body>"]
    #expect(try await outcome(WordFile.file(parts: parts)) == "1 lines, []")
    parts[path] = "<w:style w:styleId='a'>&a9;</w:style>"
    #expect(try await outcome(WordFile.file(parts: parts, head: head)) == "docx.damaged")
    #expect(try await outcome(bomb) == "docx.damaged")
  }

  @Test func `A file of very many parts is refused`() async throws {
    var parts = ["word/document.xml": "<w:body>\(WordFile.paragraph("a"))</w:body>"]
    for number in 0..<10_000 { parts["word/media/\(number).xml"] = "" }
    #expect(try await outcome(WordFile.file(parts: parts)) == "limit.output")
  }

  @Test func `Tables in tables, ten thousand deep, are refused or read as far as they can be`() async throws {
    let (open, close) = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
    for text in ["", WordFile.paragraph("1")] {
      let deep = String(repeating: text + open, count: 10_000) + WordFile.paragraph("7")
      let outcome = try await outcome(WordFile.file(deep + String(repeating: close, count: 10_000)))
      #expect(outcome.contains("docx.damaged"))
    }
  }

  @Test func `More cells than there may be are refused`() async throws {
    let rows = String(repeating: "<w:tr>\(Self.figures)</w:tr>", count: 50)
    #expect(try await outcome(WordFile.file("<w:tbl>\(rows)</w:tbl>")) { $0.markupCellLimit = 100 } == "50 lines, []")
    #expect(try await outcome(WordFile.file("<w:tbl>\(rows)</w:tbl>")) { $0.markupCellLimit = 99 } == "limit.output")
  }

  @Test func `What lies in tables and text boxes in each other is read once`() async throws {
    let box = "<w:tbl><w:tr><w:tc><w:p><w:r><w:txbxContent>"
    let close = "</w:txbxContent></w:r></w:p></w:tc></w:tr></w:tbl>"
    let text = String(repeating: WordFile.paragraph("1"), count: 5000)
    let deep = String(repeating: box, count: 35) + text + String(repeating: close, count: 35)
    #expect(try await outcome(WordFile.file(deep)) == "5000 lines, []")
    let table = "<w:tbl><w:tr>\(Self.figures)<w:tc><w:p><w:r><w:txbxContent>"
    let tables = String(repeating: table, count: 35) + text + String(repeating: close, count: 35)
    #expect(try await outcome(WordFile.file(tables)).contains("table.figure_unclear"))
  }

  @Test(arguments: ["-9223372036854775808", "9223372036854775807", "99999999999999999999", "x"])
  func `Numbers of lists beyond all measure are bounded`(number: String) async throws {
    let item = WordFile.paragraph("a", "<w:numPr><w:ilvl w:val='\(number)'/><w:numId w:val='7'/></w:numPr>")
    let numbering = """
      <w:abstractNum w:abstractNumId='3'><w:lvl w:ilvl='0'><w:start w:val='\(number)'/><w:lvlText w:val='%1.'/></w:lvl>
      <w:lvl w:ilvl='\(number)'><w:lvlText w:val='\(String(repeating: "%1", count: 100_000))'/></w:lvl></w:abstractNum>
      <w:num w:numId='7'><w:abstractNumId w:val='3'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='\(number)'/>
      </w:lvlOverride></w:num>
      """
    let file = WordFile.file(String(repeating: item, count: 200), numbering: numbering)
    #expect(try await outcome(file) == "200 lines, []")
  }
}
