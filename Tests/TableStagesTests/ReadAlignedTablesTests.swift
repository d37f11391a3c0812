import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

struct ReadAlignedTablesTests {
  private func options(_ words: (inout TableCaptions) -> Void) -> ReadAlignedTables.Options {
    var options = ReadAlignedTables.Options()
    words(&options.captions)
    return options
  }

  private func tables(
    _ drawing: String, options: ReadAlignedTables.Options = .init(), drawn: (inout Page) -> Void = { _ in }
  ) async throws -> [Table] {
    var document = Document(source: Source(uri: "test"))
    var page = PageSketch(drawing).page
    drawn(&page)
    document.pages = [page]
    return try await run(ReadRuledTables(options: .init()), ReadAlignedTables(options: options), on: document).tables
      ?? []
  }

  private static let simple = """
    kind      one     all
    new         1      10
    older      22     200
    """

  @Test func `White space that runs down through the figures parts columns`() async throws {
    let tables = try await tables("Atextthatgoesontotheend\n\n" + Self.simple)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^new|1|10\n^older|22|200"])
    #expect(tables.map(\.columnEvidence) == [.placed])
  }

  @Test func `Text that is written downwards is no table`() async throws {
    // Three columns of twenty ideographs, from the right; and the same ideographs, a row at a time.
    var page = Page(number: 1, width: 200, height: 400)
    for x in [150.0, 110, 70] {
      for y in stride(from: 20.0, to: 260, by: 12) {
        page.glyphs.append(Glyph("文", box: Box(x, y, x + 10, y + 10), size: 10))
      }
    }
    var rows = page
    rows.glyphs.sort { ($0.box.y0, $0.box.x0) < ($1.box.y0, $1.box.x0) }
    for (page, count) in [(page, 0), (rows, 1)] {
      var document = Document(source: Source(uri: "test"))
      document.pages = [page]
      #expect(try await run(ReadAlignedTables(options: .init()), on: document).tables?.count == count)
    }
  }

  @Test func `Words over several columns span them`() async throws {
    let tables = try await tables(
      """
                   men    women
      kind       old new old new  all
      first       1   2   3   4   10
      second      5   6   7   8   26
      third       5   6   7   8   26
      """)
    #expect(
      tables.map(\.drawing) == [
        """
        ^|^men[1x2]|^women[1x2]|^
        ^kind|^old|^new|^old|^new|^all
        ^first|1|2|3|4|10
        ^second|5|6|7|8|26
        ^third|5|6|7|8|26
        """
      ])
  }

  @Test func `A cell of several lines is one row`() async throws {
    let tables = try await tables(
      """
      what         where          when
      abook        alibrary       1999
                   orashop
      acar         agarage        2004
      atable       ahouse         2001
      """)
    #expect(
      tables.map(\.drawing) == [
        "^what|^where|^when\n^abook|^alibrary orashop|1999\n^acar|^agarage|2004\n^atable|^ahouse|2001"
      ])
  }

  @Test func `Labels beside several rows cover them`() async throws {
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
        ^what|^|^|^one|^all
        ^first[1x3]|10|11
        ^第二总[5x1]|^group three[2x1]|^an|1|2
        ^be|3|4
        ^last[3x1]|^co|5|6
        ^do|7|8
        ^el|9|1
        """
      ])
  }

  @Test func `Horizontal rules of one width enclose a table, whatever stands around it`() async throws {
    let tables = try await tables(
      """
      abcde fghij klmno pqrst
      ----------------------------
      kind         one        word
      ----------------------------
      new          red        abc
      older        blue       def
      ----------------------------
      abcde fghij klmno pqrst
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|word\n^new|^red|abc\n^older|^blue|def"])
  }

  @Test func `A caption is outside of its table, and two captions make two tables`() async throws {
    let drawing = "Table1.a\n" + Self.simple + "\nTable2.b\n" + Self.simple
    let captions = options { $0.numbered = [#"Table\d"#] }
    #expect(try await tables(drawing, options: captions).map(\.rows) == [3, 3])
    #expect(try await tables(drawing).map(\.rows) == [7])
  }

  @Test func `A note ends a table`() async throws {
    let drawing = Self.simple + "\nNote: abc    def"
    #expect(try await tables(drawing, options: options { $0.notes = ["Note"] }).map(\.rows) == [3])
    #expect(try await tables(drawing).map(\.rows) == [4])
  }

  @Test func `Tables beside each other with the same heads are several`() async throws {
    let tables = try await tables(
      """
      North     Visits      South     Visits
      abc           12      ghi            3
      def            4      jkl           44
      mno            7      pqr            1
      """)
    #expect(
      tables.map(\.drawing) == [
        "^North|^Visits\n^abc|12\n^def|4\n^mno|7", "^South|^Visits\n^ghi|3\n^jkl|44\n^pqr|1",
      ])
  }

  @Test func `Labels along the bars of a chart are no cells`() async throws {
    let drawing = """
      kind      one     all         north
      new         1      10         south
      older      22     200         east
      other       7      70         west
      """
    func words(_ tables: [Table]) -> Set<String> { Set(tables.flatMap(\.cells).map(\.text.raw)) }
    #expect(try await words(tables(drawing)).contains("north"))
    let charted = try await tables(drawing) { page in
      page.fills = (0..<4).map { Box(355, 12 * Double($0), 375 + 20 * Double($0), 12 * Double($0) + 10) }
    }
    #expect(charted.map(\.drawing) == ["^kind|^one|^all\n^new|1|10\n^older|22|200\n^other|7|70"])
  }

  @Test func `Numbers that rise from 0 in equal steps are the axis of a chart`() async throws {
    let tables = try await tables(
      """
      abc    30     49     21
      def    29     48     22
      ghi    28     46     22
      0      10     20     30
      """)
    #expect(tables.isEmpty)
  }

  @Test func `Figures that full cells break are not guessed, unless it is asked for`() async throws {
    let drawing = """
      kind      one     two    all
      new        12      9      12
                  3             32
      older      22      1      20
                  4              5
      """
    #expect(try await tables(drawing).isEmpty)
    var kept = ReadAlignedTables.Options()
    kept.refusesBrokenFigures = false
    #expect(try await tables(drawing, options: kept).map(\.rows) == [5])
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

  @Test func `Words inside ruled tables are not looked at, and tables are in reading order`() async throws {
    let tables = try await tables(
      Self.simple + "\n\n\n\n+---+---+\n| a | 1 |\n+---+---+\n| b | 2 |\n+---+---+")
    #expect(tables.map(\.kind) == [.aligned, .ruled])
    #expect(tables.map(\.id) == ["t1", "t2"])
  }

  @Test func `Coordinates beyond all pages cost no time and give no table`() async throws {
    let found = try await tables(Self.simple) { page in
      page.glyphs += [1e30, -1e30, .infinity, .nan].map { Glyph("7", box: Box($0, 0, $0, 10), size: 10) }
      page.rulings += [
        Ruling(.horizontal, at: 1e30, from: -1e30, to: 1e30), Ruling(.vertical, at: .nan, from: 0, to: 9),
      ]
      page.drawings += Array(repeating: Box(0, 0, 1e30, .nan), count: 10)
    }
    #expect(found.map(\.rows) == [3])
  }
}
