import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

struct ReadFigureTablesTests {
  private func tables(_ drawings: String...) async throws -> [Table] {
    var drawn = Document(source: Source(uri: "test"))
    drawn.pages = drawings.enumerated().map { PageSketch($1, number: $0 + 1).page }
    return try await run(
      ReadRuledTables(options: .init()), ReadFigureTables(options: .init()), JoinTablesAcrossPages(options: .init()),
      on: drawn
    ).tables ?? []
  }

  @Test func `Figures under each other are columns, the words above them their heads`() async throws {
    let tables = try await tables(
      """
      Atextthatgoesontotheend

      kind      one     all
      new         1      10
      older      22     200
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^new|1|10\n^older|22|200"])
    let table = try #require(tables.first)
    #expect((table.kind, table.columnEvidence) == (.aligned, .placed))
  }

  @Test func `A blank under a head is a cell`() async throws {
    let tables = try await tables(
      """
      kind      one     two    all
      new         1             10
      older              22    200
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^two|^all\n^new|1||10\n^older||22|200"])
    #expect(tables.first?.columnEvidence == .placed)
  }

  @Test func `A column without any figure has a head`() async throws {
    let tables = try await tables(
      """
      kind      one     two    all
      new        1              10
      older      3             200
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^two|^all\n^new|1||10\n^older|3||200"])
  }

  @Test func `Without heads only the order is certain`() async throws {
    let tables = try await tables(
      """
      new        1       9      10
      older      3      17     200
      oldest     4       1       5
      """)
    #expect(tables.map(\.columnEvidence) == [.ordered])
  }

  @Test func `Heads over several columns span them`() async throws {
    let tables = try await tables(
      """
                     persons
                   men    women
      kind       old new old new  all
      first       1   2   3   4   10
      second      5   6   7   8   26
      """)
    #expect(
      tables.map(\.drawing) == [
        """
        ^kind[3x1]|^persons[1x4]|^all[3x1]
        ^men[1x2]|^women[1x2]
        ^old|^new|^old|^new
        ^first|1|2|3|4|10
        ^second|5|6|7|8|26
        """
      ])
  }

  @Test func `Figures beside the middle of a label make one row with it`() async throws {
    var drawn = document(
      """
      kind         one     all
      firstlabel

      oflines
      second
      third
      """)
    func draw(_ text: String, _ x: Double, _ y: Double) {
      for (index, scalar) in text.unicodeScalars.enumerated() {
        let left = x + Double(index) * 10
        drawn.pages?[0].glyphs.append(Glyph(scalar, box: Box(left, y, left + 9, y + 10), size: 10))
      }
    }
    // The label's lines begin 12 and 36 points down; the figures stand half-way.
    for index in drawn.pages?[0].glyphs.indices ?? 0..<0 where drawn.pages?[0].glyphs[index].box.y0 == 37 {
      drawn.pages?[0].glyphs[index].box.y0 -= 11
      drawn.pages?[0].glyphs[index].box.y1 -= 11
    }
    for (y, one, all) in [(19.5, "1", "2"), (49.0, "3", "4"), (61.0, "5", "6")] {
      draw(one, 140, y)
      draw(all, 220, y)
    }
    let read = try await run(ReadFigureTables(options: .init()), on: drawn)
    #expect(
      read.tables?.map(\.drawing) == ["^kind|^one|^all\n^firstlabel oflines|1|2\n^second|3|4\n^third|5|6"])
  }

  @Test func `Group labels stand beside several rows`() async throws {
    let tables = try await tables(
      """
      what                 one   all
      first                 10    11
            group  an        1     2
      第     three  be        3     4
      二            co        5     6
      总     last   do        7     8
                   el        9     1
      """)
    #expect(
      tables.map(\.drawing) == [
        """
        ^what[1x3]|^one|^all
        ^first[1x3]|10|11
        ^第二总[5x1]|^group three[2x1]|^an|1|2
        ^be|3|4
        ^last[3x1]|^co|5|6
        ^do|7|8
        ^el|9|1
        """
      ])
  }

  @Test func `Each part under heads of its own has its own columns`() async throws {
    let tables = try await tables(
      """
                  first
      kind      one     two     all
      new        1       9       10
                  other

      kind            amount
      fee               7
      """)
    #expect(
      tables.map(\.drawing) == [
        "^first[1x4]\n^kind|^one|^two|^all\n^new|1|9|10\n^other[1x4]\n^kind|amount[1x3]\n^fee|7[1x3]"
      ])
  }

  @Test func `A rule under a head tells its columns`() async throws {
    let tables = try await tables(
      """
                       men
                     --------
      kind       one  two  six   all
      ------------------------------
      new         1    2    3     6
      old         4    5    6    15
      """)
    #expect(
      tables.map(\.drawing) == ["^kind[2x1]|^one[2x1]|^men[1x2]|^all[2x1]\n^two|^six\n^new|1|2|3|6\n^old|4|5|6|15"])
  }

  @Test(arguments: [
    // running text
    "Thisisalinethatgoesontotheendofit\nandanotherlinethatgoesontotheend\nanda3thwith7init",
    // two columns of text
    "someverylongword   anotherlongword\ngoesonandonandon   goesonandonandon\nuntilitmustend12   sothatisitthen34",
    // a numbered list
    "1.   thefirstthingtosayhere\n2.   anotherthingthatmatters\n3.   alast1",
    // a list of contents
    "Introduction............1\nMethods                 4\nResults                12\nAnnex                  30",
    // a signature
    "            Theoffice\n            2024\n            May  3",
    // words in columns
    "alpha     beta\ngamma     delta\nepsilon   zeta",
  ])
  func `Other text is no table`(drawing: String) async throws {
    #expect(try await tables(drawing).isEmpty)
  }

  @Test func `A page break does not end a table`() async throws {
    let head = "text\nkind      one     all\nnew         1      10\nolder      22     200"
    #expect(
      try await tables(head, "oldest      3      30\nlast        4      40\n\n\ntextbelow").map(\.drawing) == [
        "^kind|^one|^all\n^new|1|10\n^older|22|200\n^oldest|3|30\n^last|4|40"
      ])
    #expect(
      try await tables(head, "oldest      3      30\n\n\ntextbelow").map(\.drawing) == [
        "^kind|^one|^all\n^new|1|10\n^older|22|200\n^oldest|3|30"
      ])
  }

  @Test func `A repeated header is not read twice`() async throws {
    let (head, row) = ("kind      one     all\n", "new         1      10\nolder      22     200")
    let tables = try await tables("text\n" + head + row, head + "oldest      3      30\nlast        4      40")
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^new|1|10\n^older|22|200\n^oldest|3|30\n^last|4|40"])
    #expect(tables.map(\.columnEvidence) == [.placed])
  }

  @Test func `Figures that full cells break are not guessed`() async throws {
    let tables = try await tables(
      """
      kind      one     two    all
      new        12      9      12
                  3             32
      older      22      1      20
                  4              5
      """)
    #expect(tables.isEmpty)
  }

  @Test func `What a full cell breaks off the last figure is not lost`() async throws {
    let rows = "kind      one     two    all\nnew        12      9      21\nolder      22      1      23\n"
    #expect(try await tables(rows + "last       44      2  123456\n                          78").isEmpty)
    var drawn = Document(source: Source(uri: "test"))
    var page = PageSketch(rows + "                      123456\nlast       44      2      78").page
    // The others of the row stand at the middle of both lines; glyphs are a little higher than their size.
    for index in page.glyphs.indices {
      let isBetween = index >= page.glyphs.count - 9 && page.glyphs[index].box.x0 < 220
      page.glyphs[index].box.y0 -= isBetween ? 7 : 1
      page.glyphs[index].box.y1 += isBetween ? -5 : 1
    }
    drawn.pages = [page]
    let found = try await run(ReadFigureTables(options: .init()), on: drawn).tables ?? []
    #expect(found.map(\.drawing) == ["^kind|^one|^two|^all\n^new|12|9|21\n^older|22|1|23\n^last|44|2|123456 78"])
  }

  @Test func `A total at the foot that nothing names is a row, where it is too long to be the rest of a figure`()
    async throws
  {
    let rows = "kind      one     all\nnew        12      21\nolder      22      93\n"
    let found = try await tables(rows + "                  114").map(\.drawing)
    #expect(found == ["^kind|^one|^all\n^new|12|21\n^older|22|93\n^||114"])
    let doubtful = try await tables(rows + "                   14").map(\.drawing)
    #expect(doubtful.isEmpty)
    let two = "kind                  all\nnew                    21\nolder                  93\n"
    let one = try await tables(two + "                      114").map(\.drawing)
    #expect(one == ["^kind|^all\n^new|21\n^older|93\n^|114"])
  }

  @Test func `Figures between the columns of others, as along the axis of a chart, are no table`() async throws {
    let tables = try await tables(
      """
      2001      30         49           21
      2005        29     48             22
      2010     28          46     2
      0     10    20    30    40    50  60
      """)
    #expect(tables.isEmpty)
  }

  @Test func `A running head with the number of the page is no row`() async throws {
    let page = "head           12\n\n\n\nkind      one     all\nnew         1      10\nolder      22     200"
    #expect(try await tables(page, page).map(\.rows) == [5])
  }

  @Test func `Words inside ruled tables are not looked at, and tables are in reading order`() async throws {
    let tables = try await tables(
      """
      kind      one     all
      new         1      10
      older      22     200



      +---+---+
      | a | 1 |
      +---+---+
      | b | 2 |
      +---+---+
      """)
    #expect(tables.map(\.kind) == [.aligned, .ruled])
    #expect(tables.map(\.id) == ["t1", "t2"])
  }

  @Test func `Rows whose figures stand under each other are one table, however far apart they are`() async throws {
    let tables = try await tables(
      """
      kind      one     two     all



      new         1       1      10



      older      22       3     200



      oldest      4       5       9
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^two|^all\n^new|1|1|10\n^older|22|3|200\n^oldest|4|5|9"])
  }

  @Test func `Heads that nearly touch, over figures that begin where they begin, are one for each column`() async throws
  {
    var drawn = document("\n\n\n\n1    2    3    4    5    6")
    drawn.pages?[0].width = 400
    func draw(_ text: String, _ x: Double, _ y: Double) {
      for (index, scalar) in text.unicodeScalars.enumerated() {
        let left = x + Double(index) * 10
        drawn.pages?[0].glyphs.append(Glyph(scalar, box: Box(left, y, left + 10, y + 10), size: 10))
      }
    }
    draw("甲乙丙", 0, 16)
    draw("丁戊己庚", 200, 16)
    for column in 0..<6 { draw("子丑寅卯", Double(column) * 50, 32) }
    let read = try await run(ReadFigureTables(options: .init()), on: drawn)
    #expect(read.tables?.map(\.columns) == [6])
    #expect(read.tables?.first?.cells.filter { $0.columnSpan > 1 }.map(\.columnSpan) == [4, 2])
  }

  @Test func `An item of a list is a row of its own, so that a figure never goes to the row above its label`()
    async throws
  {
    let tables = try await tables(
      """
      kind                one     two     all
      2.second
      (1)third              6       1       7
      (2)fourththatgoes     1       2       3
      onbelow
      3.last                4       5       9
      """)
    #expect(
      tables.map(\.drawing) == [
        "^kind|^one|^two|^all\n^2.second|^|^|^\n^(1)third|6|1|7\n^(2)fourththatgoes onbelow|1|2|3\n^3.last|4|5|9"
      ])
  }

  @Test func `The part of a label that begins above its figures is read where a page begins with it`() async throws {
    let tables = try await tables(
      """
      1.alabel
      manylines         6       1       7
      thatends
      2.second          1       2       3
      3.last            4       5       9
      """)
    #expect(tables.map(\.drawing) == ["^1.alabel manylines thatends|6|1|7\n^2.second|1|2|3\n^3.last|4|5|9"])
  }

  @Test func `Figures beside a line of labels are never those of another line`() async throws {
    let tables = try await tables(
      """
      kind       one    all
      (1)long
      that         1     10
      (2)older     2     20
                   3     30
      (3)last      4     40
      note
      """)
    let rows = tables.flatMap { $0.drawing.split(separator: "\n") }
    #expect(!rows.contains { $0.contains("(3)last|3") || $0.contains("note|4") }, "\(rows)")
  }

  @Test func `The number of an item begins a label right below that of a group`() async throws {
    let tables = try await tables(
      """
      kind              one    all
      (1)aaa  1.bbb       1     10
              2.ccc       2     20
      (2)ddd  1.eee       3     30
      (3)total            6     60
      """)
    #expect(tables.first?.drawing.contains("(3)total[1x2]|6|60") == true, "\(tables.map(\.drawing))")
  }
}
