import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

@testable import Reading

/// Word files.
struct DOCXTests {
  private func cells(_ table: Table?) -> [String] {
    (table?.cells ?? []).map { cell in
      let spans = cell.rowSpan > 1 || cell.columnSpan > 1 ? " \(cell.rowSpan)x\(cell.columnSpan)" : ""
      return "\(cell.row),\(cell.column)\(spans) \(cell.text.raw)"
    }
  }

  @Test func `Paragraphs are lines, with the final text of what was changed`() async throws {
    let document = try await read(
      WordFile.file(
        """
        <w:p><w:r><w:t>a </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:br/><w:t>b</w:t></w:r></w:p>
        <w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>\(WordFile.paragraph("c"))</w:sdtContent></w:sdt>
        """))
    #expect(document.lines?.map(\.text.raw) == ["a new", "b", "c"])
    #expect(document.lines?.first?.place == .path("/w:document/w:body/w:p"))
    #expect(document.source.mediaType.hasSuffix("wordprocessingml.document") && document.codes.isEmpty)
  }

  @Test func `Spans of columns and merged rows are put on a grid`() async throws {
    let document = try await read(
      WordFile.file(
        """
        <w:tbl><w:tr>\(WordFile.cell("kind", "<w:vMerge w:val='restart'/>"))\(WordFile.cell("sum", "<w:gridSpan w:val='2'/>"))</w:tr>
        <w:tr>\(WordFile.cell("lost", "<w:vMerge/>"))\(WordFile.cell("1"))\(WordFile.cell("2"))</w:tr>
        <w:tr><w:trPr><w:del/></w:trPr>\(WordFile.cell("deleted"))\(WordFile.cell("8"))\(WordFile.cell("9"))</w:tr>
        <w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>\(WordFile.cell("3"))\(WordFile.cell("4"))</w:tr></w:tbl>
        """))
    #expect(
      cells(document.tables?.first) == [
        "0,0 2x1 kind", "0,1 1x2 sum", "1,1 1", "1,2 2", "2,0 ", "2,1 3", "2,2 4",
      ])
    #expect(document.tables?.first?.cells[2].places == [.path("/w:document/w:body/w:tbl/w:tr[2]/w:tc[2]")])
  }

  @Test func `Numbers of lists are printed as Word prints them`() async throws {
    let document = try await read(
      WordFile.file(
        WordFile.paragraph("a", "<w:pStyle w:val='H1'/>")
          + WordFile.paragraph("b", "<w:numPr><w:ilvl w:val='1'/><w:numId w:val='7'/></w:numPr>")
          + WordFile.paragraph("c", "<w:numPr><w:ilvl w:val='1'/><w:numId w:val='7'/></w:numPr>")
          + WordFile.paragraph("d", "<w:pStyle w:val='H1'/>")
          + WordFile.paragraph("e", "<w:numPr><w:ilvl w:val='1'/><w:numId w:val='7'/></w:numPr>")
          + WordFile.paragraph("f", "<w:pStyle w:val='H1'/><w:numPr><w:numId w:val='0'/></w:numPr>"),
        numbering: """
          <w:abstractNum w:abstractNumId='3'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/>
          <w:lvlText w:val='%1、'/></w:lvl><w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='(%2)'/>
          </w:lvl></w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='3'/></w:num>
          """,
        styles: "<w:style w:styleId='H1'><w:pPr><w:numPr><w:numId w:val='7'/></w:numPr></w:pPr></w:style>"))
    #expect(document.lines?.map(\.text.raw) == ["一、a", "(1)b", "(2)c", "二、d", "(1)e", "f"])
  }

  @Test func `A text box is read once, behind its paragraph`() async throws {
    let box = "<w:txbxContent>\(WordFile.paragraph("box"))</w:txbxContent>"
    let document = try await read(
      WordFile.file(
        """
        <w:p><w:r><w:t>a</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice>\(box)</mc:Choice><mc:Fallback>\(box)
        </mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>b</w:t></w:r></w:p>\(WordFile.paragraph("c"))
        """))
    #expect(document.lines?.map(\.text.raw) == ["ab", "box", "c"])
  }

  @Test func `A table that lays out the page is text, and the tables in it are tables`() async throws {
    let table =
      "<w:tbl><w:tr>\(WordFile.cell("kind"))\(WordFile.cell("sum"))</w:tr><w:tr>\(WordFile.cell("a"))\(WordFile.cell("1"))</w:tr></w:tbl>"
    let document = try await read(
      WordFile.file(
        "<w:tbl><w:tr><w:tc>\(WordFile.paragraph("above"))\(table)\(WordFile.paragraph("below"))</w:tc></w:tr></w:tbl>")
    )
    #expect(document.lines?.map(\.text.raw) == ["above", "kind\tsum", "a\t1", "below"])
    #expect(document.tables?.count == 1)
  }

  @Test func `A file without a text, or with a document type, is refused`() async throws {
    let bomb = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><d>&b;</d>"
    let inner = WordFile.file(WordFile.paragraph("a"))
    for bytes in [
      SmallZIP(["word/other.xml": "<a/>"]).data, SmallZIP(["word/document.xml": bomb]).data,
      SmallZIP(entries: [("word/document.xml", inner)]).data, SmallZIP(["word/document.xml": ""]).data,
    ] {
      let error = await #expect(throws: ReadingError.self) { try await read(bytes) }
      #expect(error?.code == "docx.damaged")
    }
    let zip = await #expect(throws: ReadingError.self) { try await read(SmallZIP(entries: [("a.zip", inner)]).data) }
    #expect(zip?.code == "media.unsupported")
  }

  @Test func `A part that is larger than a limit is refused`() async throws {
    let bytes = WordFile.file(WordFile.paragraph(String(repeating: "a", count: 5000)))
    let error = await #expect(throws: ReadingError.self) { try await read(bytes) { $0.markupLimit = 4000 } }
    #expect(error?.code == "limit.output")
  }

  @Test func `A file that is cut anywhere is read or refused`() async throws {
    let bytes = WordFile.file(
      WordFile.paragraph("a") + "<w:tbl><w:tr>\(WordFile.cell("1"))\(WordFile.cell("2"))</w:tr></w:tbl>"
        + WordFile.paragraph("b"))
    for count in 4..<bytes.count {
      do { _ = try await read(bytes.prefix(count)) } catch let error as ReadingError {
        #expect(["docx.damaged", "media.unsupported"].contains(error.code))
      }
    }
  }

  @Test func `A file without its last parts says so, whole as its text is`() async throws {
    let bytes = WordFile.file(WordFile.paragraph("a"), numbering: "<w:num/>", styles: "<w:style/>")
    let whole = try await read(bytes)
    #expect(whole.codes.isEmpty && whole.lines?.map(\.text.raw) == ["a"])
    // At the ends of its parts, where nothing is torn, and in the directory.
    let heads = bytes.indices.filter { bytes[$0...].starts(with: [0x50, 0x4B]) }
    for end in heads.dropFirst(3) + [bytes.count - 10] {
      let cut = try await read(bytes.prefix(end))
      #expect(cut.codes == ["docx.damaged"] && cut.lines?.map(\.text.raw) == ["a"], "\(end)")
    }
  }

  @Test func `Spans beyond all measure are bounded`() async throws {
    let wide = WordFile.cell("1", "<w:gridSpan w:val='1000000000'/>")
    let document = try await read(
      WordFile.file("<w:tbl><w:tr>\(wide)\(wide)</w:tr><w:tr>\(wide)\(wide)</w:tr></w:tbl>"))
    #expect(document.codes == ["table.grid_too_large"] && document.lines?.count == 2)
  }
}
