import DocumentModel
import PipelineKit
import TableStages
import Testing

struct ReadTextTablesTests {
  private func tables(_ text: String, headings: [Pattern] = []) async throws -> [Table] {
    var options = TextTableOptions()
    options.headings = headings
    return try await run(ReadTextTables(options: options), on: document(lines: text)).tables ?? []
  }

  @Test func `Tabs part cells, and blank cells before others stay`() async throws {
    let tables = try await tables(
      """
      Some text before.

      kind\tone\tall\t\t
      \tmen\tbody
      new\t1\t3\t
      \told\t1\t\t4

      Text after.
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all|^|^\n^|^men|^body\n^new|1|3|\n^|^old|1||4"])
    let table = try #require(tables.first)
    #expect((table.kind, table.columnEvidence, table.columns, table.headerRows) == (.text, .ordered, 5, 2))
    #expect(table.cells[1].places == [.line(3, columns: 6...8)])
    #expect(table.cells[5].places == [.line(4, columns: 1...1)])
  }

  @Test func `A line without a tab between two with tabs is a row unless it is a heading`() async throws {
    let text = "Part 1\nkind\tsum\nnew\t1\nPart 2\nkind\tsum\nold\t2\n"
    #expect(try await tables(text).map(\.drawing) == ["^Part 1\n^kind|^sum\n^new|1\n^Part 2\n^kind|^sum\n^old|2"])
    #expect(
      try await tables(text, headings: ["Part[0-9]"]).map(\.drawing) == ["^kind|^sum\n^new|1", "^kind|^sum\n^old|2"])
  }

  @Test func `A Markdown table has no rule among its rows`() async throws {
    let tables = try await tables(
      """
      | kind | sum |  |
      |:-----|----:|--|
      | new  | 3   |  |
      | old  |     | 4 |
      """)
    #expect(tables.map(\.drawing) == ["^kind|^sum|^\n^new|3|\n^old||4"])
    #expect(tables.first?.cells.last?.places == [.line(4, columns: 16...16)])
  }

  @Test(arguments: ["|      | --  | -- |", "| old  | --  | -- |", "| --   | --  | -- |"])
  func `Strokes in place of figures are no rule`(row: String) async throws {
    let table = "| kind | sum | no |\n|------|-----|----|\n| new  | 3   | 4  |\n" + row
    #expect(try await tables(table).map(\.rows) == [3])
  }

  @Test func `Ragged bars at the end of a row are padding`() async throws {
    let tables = try await tables("first | |||\nkind | one | all ||\nnew | 1 | / | |\nold | 0 | 2 |\n")
    #expect(tables.map(\.drawing) == ["^first\n^kind|^one|^all\n^new|1|/\n^old|0|2"])
  }

  @Test func `Where every cell has a line, words after a figure begin a row`() async throws {
    let tables = try await tables(
      """
      Text before
      first | |||
      kind |
      one |
      two |
      all |
      new |
      1 |
      |
      3 | ||
      group |
      old |
      4 |
      - |
      5 |
      wide | ||
      6 | ||
      Text after
      """)
    #expect(
      tables.map(\.drawing) == ["^first\n^kind|^one|^two|^all\n^new|1||3\n^group|^old|4|-|5\n^wide|6"])
    #expect(tables.first?.cells.first { $0.text.raw == "5" }?.places == [.line(15, columns: 1...1)])
  }

  @Test func `Blank cells behind the end of a header begin the row below it`() async throws {
    let tables = try await tables("one |\ntwo |\none |\ntwo | ||\n|\n3 |\n4 |\n|\n", headings: ["Part"])
    #expect(tables.map(\.drawing) == ["^one|^two|^one|^two\n|3|4|"])
  }

  @Test func `A bar on a line of its own closes a cell, and a second one is a blank cell`() async throws {
    let tables = try await tables("kind\n|\none\n|\nall\n|\nnew\n|\n1\n|\n3\n|\nold\n|\n|\n4\n|\n", headings: ["Part"])
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^new|1|3\n^old||4"])
  }

  @Test func `Gaps of two spaces or more part cells where figures stand in several rows`() async throws {
    let tables = try await tables(
      """
      Some text.  It has  gaps.

        kind    one  all
        new       1    3
      a longer one
        old       2    4
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^new|1|3\n^a longer one\n^old|2|4"])
    #expect(tables.first?.cells.first { $0.text.raw == "3" }?.places == [.line(4, columns: 18...18)])
  }

  @Test func `Spaces and line breaks that are still written as in a web page are blank`() async throws {
    let tables = try await tables("|kind|o<br>ne|all|\n|---|---|---|\n|new|&nbsp;|3|\n|old|2|4|\n")
    #expect(tables.map(\.drawing) == ["^kind|^o    ne|^all\n^new||3\n^old|2|4"])
  }

  @Test func `A heading parts tables of one cell a line`() async throws {
    let part = "kind |\nsum |\nnew |\n1 |\nold |\n2 |\n"
    let tables = try await tables(part + "2. More\n" + part, headings: [#"\d\."#])
    #expect(tables.map(\.rows) == [3, 3])
  }

  @Test func `Lines that are only figures make rows of the words before them`() async throws {
    let tables = try await tables(
      """
      A paragraph that is long enough not to be taken for the label of anything in a table, as paragraphs are.

      kind
      one
      two
      all
      new
      1
      /
      3
      old
      4
      0
      4
      Text after
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^two|^all\n^new|1|/|3\n^old|4|0|4"])
  }

  @Test func `A single space parts figures, and words beside an ideograph, but no number from its item`() async throws {
    let tables = try await tables(
      """
      信息内容 本年制发件数 现行有效件数
      规章 3 27
      （一）其他 1. 规范性文件 20 1,333
      New York 4 5
      """)
    #expect(
      tables.map(\.drawing) == [
        "^信息内容|^本年制发件数|^现行有效件数\n^规章|3|27\n^（一）其他|^1. 规范性文件|20|1,333\n^New York|4|5"
      ])
    #expect(tables.first?.cells.first { $0.text.raw == "20" }?.places == [.line(3, columns: 16...17)])
  }

  @Test func `Three lines with a name and a figure are a table, sentences that go on after a number are none`()
    async throws
  {
    #expect(
      try await tables("行政许可 97\n行政处罚 0\n行政强制 -\n").map(\.drawing) == ["^行政许可|97\n^行政处罚|0\n^行政强制|-"])
    #expect(try await tables("全年共收到申请，其中网上 97\n件，办结其中，当面 12\n件，结转其他的，信函 3\n件").isEmpty)
    #expect(try await tables("part 1\npart 2\npart 3\n").isEmpty)
  }

  @Test
  func `Words behind the figures of a line begin the next row, but behind one figure the line is a row of its own`()
    async throws
  {
    let joined = try await tables("规章 1 2 3 公文\n4 5 6\n许可 7 8 9\n7 7 7 收费\n1 1 1\n")
    #expect(joined.map(\.drawing) == ["^规章|1|2|3\n^公文|4|5|6\n^许可|7|8|9\n7|7|7\n^收费|1|1|1"])
    let torn = try await tables("规章 11\n公文 405 注\n2\n强制 7\n处罚 8\n12 收费\n3\n拆迁 1\n")
    #expect(torn.map(\.drawing) == ["^规章|11\n^公文|405|注\n2\n^强制|7\n^处罚|8\n12|收费\n3\n^拆迁|1"])
  }

  @Test func `Groups of three digits that stand alone in a line stay one cell`() async throws {
    let tables = try await tables("规章\n2 269\n0\n公文\n1\n1 234.56\n许可\n12 34\n7\n")
    #expect(tables.map(\.drawing) == ["^规章|2 269|0\n^公文|1|1 234.56\n^许可|12|34\n7"])
  }

  @Test func `Words over figures stay line by line where a line has several`() async throws {
    let tables = try await tables("情况 自然人 总计\n商业企业 科研机构\n一、本年新收 1 2 3 6\n二、上年结转 0 0 1 1\n")
    #expect(tables.map(\.drawing) == ["^情况|^自然人|^总计\n^商业企业|^科研机构\n^一、本年新收|1|2|3|6\n^二、上年结转|0|0|1|1"])
  }

  @Test func `Lines that count the pages are no rows, and part none`() async throws {
    var document = document(lines: "规章 1 2\n- 1 -\n公文 3 4\n许可 5 6\n- 2 -\n收费 7 8\n")
    for index in [1, 4] { document.lines?[index].role = .pageNumber }
    let tables = try await run(ReadTextTables(options: .init()), on: document).tables ?? []
    #expect(tables.map(\.drawing) == ["^规章|1|2\n^公文|3|4\n^许可|5|6\n^收费|7|8"])
  }

  @Test func `Figures that broke in narrow cells are one cell of the rows beside them`() async throws {
    let tables = try await tables("规章 12 3 45\n6 7\n公文 1 1 1\n许可 5 5 5\n5 5 5\n收费 6 6 6\n")
    #expect(
      tables.map(\.drawing) == ["^规章|12 3 45 6 7\n^公文|1 1 1 6 7\n^许可|5|5|5\n5|5|5\n^收费|6|6|6"])
  }

  @Test func `As many names as figures are a header`() async throws {
    let names = (1...8).map { "name \($0)\n" }.joined()
    let figures = (1...8).map { "\($0)\n" }.joined()
    #expect(try await tables(names + figures).map(\.headerRows) == [1])
  }

  @Test(arguments: [
    "\tA paragraph with an indent.\n\tAnother one.\n\tA third one.", "Home | News | Contact\nText",
    "One\nTwo\nThree\n4\nFive",
    "Title\n2024\nTitle\n2023\nTitle\n2022\nTitle\n2021\nTitle\n2020\nTitle\n2019", "",
  ])
  func `Other text is no table`(text: String) async throws {
    #expect(try await tables(text).isEmpty)
  }

  @Test func `Documents with pages or tables are left alone`() async throws {
    var paged = document(lines: "a\t1\nb\t2")
    paged.pages = []
    #expect(try await run(ReadTextTables(options: .init()), on: paged).tables == nil)
    var marked = document(lines: "a\t1\nb\t2")
    marked.tables = [Table(id: "t1", kind: .text, rows: 1, columns: 1, columnEvidence: .placed)]
    #expect(try await run(ReadTextTables(options: .init()), on: marked).tables?.map(\.columnEvidence) == [.placed])
  }

  @Test func `Blank lines after every line part nothing`() async throws {
    let text = "kind\tsum\n\nnew\t1\n\nold\t2\n\nmore\t3\n\nlast\t4\n\nsix\t6\n\nseven\t7\n\neight\t8\n\nnine\t9\n\n"
    #expect(try await tables(text).map(\.rows) == [9])
  }
}
