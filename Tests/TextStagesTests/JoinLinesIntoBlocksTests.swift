import DocumentModel
import PipelineKit
import Testing

@testable import TextStages

private var options: JoinLinesIntoBlocks.Options {
  var options = JoinLinesIntoBlocks.Options()
  options.headings = [["^[一二三四五六七八九十]+、"], ["^[(][一二三四五六七八九十]+[)]"]]
  options.title = ["^[^0-9]{2,}[0-9]{4}年工作报告$", "工作报告$"]
  return options
}

private func blocks(
  _ document: Document, _ options: JoinLinesIntoBlocks.Options = options
) async throws -> [(kind: Block.Kind, text: String)] {
  let normal = try await run(NormaliseText(options: .init()), on: document)
  return try await run(JoinLinesIntoBlocks(options: options), on: normal).blocks?.map { ($0.kind, $0.text.shown) } ?? []
}

/// Lines of a page of 600 by 800 points whose text stands between x = 100 and x = 300, ten points to an ideograph.
private func page(_ number: Int, _ lines: [(text: String, x: Double, y: Double, size: Double)]) -> [Line] {
  lines.map { line in
    let width = Double(line.text.unicodeScalars.count) * line.size
    let box = Box(line.x, line.y - line.size / 2, line.x + width, line.y + line.size / 2)
    return Line(PrintedText(line.text), place: .page(number, box), size: line.size)
  }
}

private func paged(_ lines: [Line]) -> Document {
  var document = pagedDocument((1...3).map { Page(number: $0, width: 600, height: 800) })
  document.lines = lines
  return document
}

@Test func `A text source gives title, headings and paragraphs`() async throws {
  let found = try await blocks(
    textDocument(
      """

      某某局 2024 年工作报告

      一、总体情况

      （一）主动公开：本局依据规定，全年公开信息12条。

      （二）管理
      落实责任。
      """))
  #expect(found.map(\.text) == ["某某局2024年工作报告", "一、总体情况", "（一）主动公开：本局依据规定，全年公开信息12条。", "（二）管理", "落实责任。"])
  #expect(found.map(\.kind) == [.title, .heading(level: 1), .paragraph, .heading(level: 2), .paragraph])
}

@Test func `Without a match there is no title`() async throws {
  let found = try await blocks(textDocument("发布时间:\n2025-03-10\n一、总体情况\n某某局2024年工作报告"))
  #expect(found.map(\.kind) == [.paragraph, .paragraph, .heading(level: 1), .paragraph])
}

@Test(arguments: ["某某局\n2024年工作报告\n一、概况", "首页\n某某局2024年工\n\n作报告\n一、概况"])
func `A title may take several lines`(text: String) async throws {
  let title = try await blocks(textDocument(text)).first { $0.kind == .title }
  #expect(title?.text == "某某局2024年工作报告")
}

@Test func `A line that begins a block, such as a date, is no part of the title below it`() async throws {
  var particulars = options
  particulars.starts = ["日期:"]
  particulars.title = ["[0-9]{4}年.*工作报告$"]
  let found = try await blocks(textDocument("日期：2025年1月2日\n某某局工作报告\n2024年某某局工作报告\n一、概况"), particulars)
  #expect(found.first { $0.kind == .title }?.text == "2024年某某局工作报告")
}

@Test func `A sentence cut by a blank line is joined, others are not`() async throws {
  let cut = "全年围绕重点领域推进公开工作，积极回应群众关切，不断优化内\n审机制，取得成效。"
  #expect(try await blocks(textDocument(cut)).map(\.text) == [cut.replacing("\n", with: "")])
  #expect(try await blocks(textDocument(cut.replacing("\n", with: "\n\n"))).count == 1)
  #expect(try await blocks(textDocument(cut.replacing("内\n", with: "。\n"))).count == 2)
  #expect(try await blocks(textDocument(cut.replacing("\n", with: "\n\n\n"))).count == 2)
  #expect(try await blocks(textDocument(cut.replacing("\n", with: "\n　　"))).count == 2)
  #expect(try await blocks(textDocument(cut.replacing("\n", with: "\n1.")).self).count == 2)
}

@Test func `A hard-wrapped text is joined to paragraphs`() async throws {
  let found = try await blocks(
    textDocument(
      """
      一、概况
      本局认真落实各项规定，全年公开信息，
      积极回应群众关切，做好各项工作落实。
      同时加强队伍建设，组织业务培训多次。
      成效明显。
      下一年继续推进公开工作，完善机制建，
      设提高水平。

      再下一段从这里开始并且也有很多字数，
      结束。
      """))
  #expect(found.map(\.text.unicodeScalars.count) == [4, 18 * 3 + 5, 18 + 6, 18 + 3])
}

@Test func `Lines of a page are joined at the right edge, also over a page break`() async throws {
  let full = "文字文字文字文字文字文字文字文字文字文，"
  let lines =
    page(
      1,
      [
        ("一、概况", 120, 100, 10), ("文字文字文字文字文字文字文字文字文字", 120, 120, 10), (full, 100, 140, 10),
        ("末行。", 100, 160, 10), ("文字文字文字文字文字文字文字文字文字", 120, 180, 10), (full, 100, 200, 10),
      ])
    + page(2, [(full, 100, 100, 10), ("结尾。", 100, 120, 10), ("（一）管理", 120, 140, 10)])
  let found = try await blocks(paged(lines))
  #expect(found.map(\.kind) == [.heading(level: 1), .paragraph, .paragraph, .heading(level: 2)])
  #expect(found.map(\.text.unicodeScalars.count) == [4, 18 + 20 + 3, 18 + 20 + 20 + 3, 5])
}

@Test func `A heading run in on pages is a paragraph, however short its first line`() async throws {
  let lines = page(
    1,
    [
      ("（一）管理。文字文字文字文字文字文字", 120, 100, 10), ("文字文字文字文字文字文字文字文字文字文，", 100, 120, 10), ("末行。", 100, 140, 10),
      ("（二）其他", 120, 160, 10), ("文字文字文字文字文字文字文字文字文字文，", 100, 180, 10),
    ])
  #expect(try await blocks(paged(lines)).map(\.kind) == [.paragraph, .heading(level: 2), .paragraph])
}

@Test func `The title of a page takes the line above in the same size`() async throws {
  let lines = page(
    1,
    [
      ("某某局", 180, 60, 20), ("2024年工作报告", 130, 90, 20), ("一、概况", 120, 140, 10), ("文字。", 120, 160, 10),
      ("再次提交工作报告", 120, 180, 10),
    ])
  var loose = options
  loose.title = ["工作报告$"]
  let found = try await blocks(paged(lines), loose)
  #expect(found.map(\.text) == ["某某局2024年工作报告", "一、概况", "文字。", "再次提交工作报告"])
  #expect(found.first?.kind == .title)
}

@Test func `Running lines are left out and tables stand once`() async throws {
  var document = textDocument("一、情况\n甲\t1\n乙\t2\n完。\n- 1 -")
  document.lines?[4].role = .pageNumber
  document.tables = [
    Table(
      id: "t1", kind: .text, rows: 2, columns: 2,
      cells: [
        Cell(row: 0, column: 0, text: PrintedText("甲"), places: [.line(2, columns: 1...1)]),
        Cell(row: 1, column: 0, text: PrintedText("乙"), places: [.line(3, columns: 1...1)]),
      ], columnEvidence: .ordered)
  ]
  let found = try await blocks(document)
  #expect(found.map(\.kind) == [.heading(level: 1), .table(id: "t1"), .paragraph])

  let region = Place.page(1, Box(90, 110, 310, 170))
  var paged = paged(page(1, [("前", 100, 100, 10), ("表", 100, 120, 10), ("格", 100, 160, 10), ("后", 100, 180, 10)]))
  paged.tables = [Table(id: "t7", kind: .ruled, rows: 1, columns: 1, regions: [region], columnEvidence: .placed)]
  #expect(try await blocks(paged).map(\.kind) == [.paragraph, .table(id: "t7"), .paragraph])
}

@Test func `Joined texts point back into the joined lines`() throws {
  var forms = TextForms()
  let texts = ["  共 12 件 ,", "word hyphen-", "ated ＡＢ", "cd"].map { raw in
    var text = PrintedText(raw)
    forms.fill(&text)
    return text
  }
  let joined = JoinedText.of(texts)
  #expect(joined.raw == "  共 12 件 ,\nword hyphen-\nated ＡＢ\ncd")
  #expect(joined.shown == "共12件，word hyphenated AB cd")
  #expect(joined.folded == "共12件,wordhyphenatedabcd")
  let raw = Array(joined.raw.unicodeScalars)
  for (form, map) in [(joined.shown, joined.shownOffsets), (joined.folded, joined.foldedOffsets)] {
    for (index, scalar) in form.unicodeScalars.enumerated() where "12why件".unicodeScalars.contains(scalar) {
      #expect(raw[map.origin(of: index)] == scalar)
    }
  }
  #expect(JoinedText.of([texts[0]]) == texts[0])
}
