import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

/// Layouts of printed statistics: what `ReadAlignedTablesTests` leaves out.
struct AlignedLayoutsTests {
  private func tables(_ page: Page) async throws -> [Table] {
    var document = Document(source: Source(uri: "test"))
    document.pages = [page]
    return try await run(ReadRuledTables(options: .init()), ReadAlignedTables(options: .init()), on: document).tables
      ?? []
  }

  private func drawings(_ drawing: String, drawn: (inout Page) -> Void = { _ in }) async throws -> [String] {
    var page = PageSketch(drawing).page
    drawn(&page)
    return try await tables(page).map(\.drawing)
  }

  @Test func `A page with more words than anybody could read is passed over, and it is said`() async throws {
    let drawing = Array(repeating: Array(repeating: "12", count: 150).joined(separator: "   "), count: 140)
    var document = Document(source: Source(uri: "test"))
    document.pages = [PageSketch(drawing.joined(separator: "\n")).page]
    let read = try await run(ReadAlignedTables(options: .init()), on: document)
    #expect(read.tables == [])
    #expect(read.diagnostics.map(\.code) == ["table.too_many_words"])
  }

  // MARK: Turned pages

  private static let statistics = """
    kind          one     all
    -------------------------
    new         1,234      10
    older          22     200
    oldest      3,344   2,000
    """

  private static let framed = """
    +--------+-------+-------+
    | kind   | one   | all   |
    +--------+-------+-------+
    | new    | 1,234 | 10    |
    +--------+-------+-------+
    | older  | 22    | 200   |
    +--------+-------+-------+
    | oldest | 3,344 | 2,000 |
    +--------+-------+-------+
    """

  @Test(arguments: [Glyph.Direction.down, .left, .up], [statistics, framed])
  func `Pages whose text is turned are read as a person would who turns them`(
    direction: Glyph.Direction, drawing: String
  ) async throws {
    let page = PageSketch(drawing).page
    let upright = try await tables(page)
    let found = try await tables(page.turned(direction))
    #expect(upright.map(\.drawing) == ["^kind|^one|^all\n^new|1,234|10\n^older|22|200\n^oldest|3,344|2,000"])
    #expect(found.map(\.drawing) == upright.map(\.drawing))
    let glyphs = page.turned(direction).glyphs
    for (cell, straight) in zip(found.flatMap(\.cells), upright.flatMap(\.cells)) {
      let box = try #require(cell.places.first?.box)
      let inside = glyphs.filter { box.contains(x: $0.box.midX, y: $0.box.midY) }
      #expect(inside.count == straight.text.raw.unicodeScalars.count)
    }
  }

  @Test func `A page with a table is not turned by the turned labels of a chart`() async throws {
    var page = PageSketch(Self.statistics).page
    page.height += 200
    for index in 0..<300 {
      let (x, y) = (Double(index % 30) * 8, page.height - 150 + Double(index / 30) * 8)
      page.glyphs.append(Glyph("x", box: Box(x, y, x + 6, y + 8), size: 8, direction: .up))
    }
    #expect(
      try await tables(page).first?.drawing == "^kind|^one|^all\n^new|1,234|10\n^older|22|200\n^oldest|3,344|2,000")
  }

  @Test func `A page with some turned words is not turned`() async throws {
    var page = PageSketch(Self.statistics).page
    for index in page.glyphs.indices.suffix(4) { page.glyphs[index].direction = .up }
    #expect(try await tables(page).first?.cells.first?.text.raw == "kind")
  }

  // MARK: Spaced labels

  @Test func `A label that is spaced out over its column is one, single words in cells are not`() async throws {
    let found = try await drawings(
      """
      项    目         期初          期末
      机器             100           110
      运输              20            21
      办公             300           310
      合    计         420           441
      """)
    #expect(found == ["^项目|^期初|^期末\n^机器|100|110\n^运输|20|21\n^办公|300|310\n^合计|420|441"])
    let cells = try await drawings(
      """
      甲类   乙类   丙类    丁类
      是     否      12     200
      否     是      13     210
      是     是      14     220
      否     否      15     230
      """)
    #expect(
      cells.map { $0.replacing("^", with: "") } == [
        "甲类|乙类|丙类|丁类\n是|否|12|200\n否|是|13|210\n是|是|14|220\n否|否|15|230"
      ])
  }

  // MARK: Signs

  @Test func `A sign belongs to the figure of its own column, however far`() async throws {
    let found = try await drawings(
      """
      kind            all          old
      revenue    $  1,100   $    1,000
      cost            310          290
      goodwill              $       75
      rent       $                  40
      other             5            7
      """)
    #expect(
      found == ["^kind|^all|^old\n^revenue|$ 1,100|$ 1,000\n^cost|310|290\n^goodwill||$ 75\n^rent|$|40\n^other|5|7"])
  }

  // MARK: Grounds

  @Test func `Shaded cells are no chart`() async throws {
    let drawing = """
      year     one     two     all
      2015     100     200     300
      2016     101     201     301
      2017     102     202     302
      2018     103     203     303
      """
    let plain = try await drawings(drawing)
    let shaded = try await drawings(drawing) { page in
      for (column, count) in [(1, 2), (2, 3), (3, 4)] {
        for row in 0..<count {
          let (x, y) = (Double(column) * 80 + 10, page.height - Double(row + 1) * 12)
          page.fills.append(Box(x, y, x + 40, y + 12))
        }
      }
    }
    #expect(plain.count == 1)
    #expect(shaded == plain)
  }

  // MARK: Heads

  @Test func `Years above figures are heads, wherever they stand`() async throws {
    let rows = (0..<7).map { "abc             \($0)3             \(9 - $0)7" }
    let found = try await drawings("kind      2007           2008\n" + rows.joined(separator: "\n"))
    #expect(found.first?.hasPrefix("^kind|^2007|^2008\n^abc|03|97\n^abc|13|87\n") == true)
  }

  @Test func `Words over two columns stay above them where other heads have more lines`() async throws {
    let found = try await drawings(
      """
                         public
                all
              persons   old  new
      ab         10      11   12
      cd         20      21   22
      ef         30      31   32
      """)
    #expect(found == ["^|^|^public[1x2]\n^|^all persons|^old|^new\n^ab|10|11|12\n^cd|20|21|22\n^ef|30|31|32"])
  }

  @Test func `Percentiles are heads`() async throws {
    let found = try await drawings(
      """
              number
      where    women  25th  50th
      north      120    13    24
      south      140    14    23
      west       140    14    24
      """)
    #expect(found.first?.split(separator: "\n").count == 4)
    #expect(found.first?.contains("number women|") == true)
  }

  // MARK: Rows

  @Test func `A label goes on in the line of its figures`() async throws {
    let found = try await drawings(
      """
      what          one   all
      afirstlinethat
      goeson         10    11
      short           1     2
      another         3     4
      """)
    #expect(found == ["^what|^one|^all\n^afirstlinethat goeson|10|11\n^short|1|2\n^another|3|4"])
  }

  @Test func `Names beside words and figures are cells of their rows`() async throws {
    let found = try await drawings(
      """
      name     title     phone
      Ann      chief      1234
      Bob      deputy     5678
      Cleo     clerk      9012
      """)
    #expect(found == ["^name|^title|^phone\n^Ann|^chief|1234\n^Bob|^deputy|5678\n^Cleo|^clerk|9012"])
  }

  @Test func `Borders that are drawn cell by cell part rows`() async throws {
    let found = try await drawings(
      """
      what         where         when
      abook        alibrary      spring
      oftwo        ortwo         orfall
      acar         agarage       never
      atable       ahouse        summer
      """
    ) { page in
      for y in [0, 12, 36, 48, 60] {
        for (from, to) in [(0, 125), (125, 265), (265, 330)] {
          page.rulings.append(Ruling(.horizontal, at: Double(y), from: Double(from), to: Double(to)))
        }
      }
    }
    #expect(
      found == [
        "^what|^where|when\n^abook oftwo|^alibrary ortwo|spring orfall\n^acar|^agarage|never\n^atable|^ahouse|summer"
      ])
  }

  @Test func `A currency sign belongs to its figure, however far it stands from it`() async throws {
    let found = try await drawings(
      """
      kind            one            all
      new      $       12   $         10
      older            22            200
      other             3             40
      """)
    #expect(found == ["^kind|^one|^all\n^new|$ 12|$ 10\n^older|22|200\n^other|3|40"])
  }

  // MARK: Beside and below each other

  @Test func `A band without text between rules parts two tables`() async throws {
    let found = try await drawings(
      """
      ---------------------
      kind      one     all
      ---------------------
      new         1      10
      older      22     200
      ---------------------


      ---------------------
      what         where
      ---------------------
      abook        library
      acar         garage
      ---------------------
      """)
    #expect(found == ["^kind|^one|^all\n^new|1|10\n^older|22|200", "^what|where\n^abook|library\n^acar|garage"])
  }

  @Test func `Text beside a framed table is no part of it`() async throws {
    let found = try await drawings(
      """
      some words of text    ---------------------
      go on and on until    kind      one     all
      they have to end in   ---------------------
      the end of the text   new         1      10
      and then go on with   older      22     200
      all of what is left   ---------------------
      """
    ) { page in
      // Words of prose stand close to each other.
      page.glyphs = page.glyphs.map { glyph in
        var glyph = glyph
        if glyph.box.x0 < 200 { (glyph.box.x0, glyph.box.x1) = (glyph.box.x0 * 0.8, glyph.box.x1 * 0.8) }
        return glyph
      }
    }
    #expect(found == ["^kind|^one|^all\n^new|1|10\n^older|22|200"])
  }

  @Test func `Bars upon each other are a chart, also with figures in them`() async throws {
    let rows = (0..<6).map { "\($0)4.2      \(9 - $0)8.5      3\($0).1" }
    let drawing = rows.joined(separator: "\n")
    let found = try await drawings(drawing) { page in
      page.fills = (0..<3).flatMap { column -> [Box] in
        let x = 100 * Double(column)
        let top = 6 * Double(column)
        return [Box(x, 36, x + 90, 72), Box(x, top, x + 90, 36)]
      }
    }
    #expect(try await drawings(drawing).count == 1)
    #expect(found.isEmpty)
  }

  @Test func `Bars far from each other are one chart`() async throws {
    let drawing = (0..<6).map { "\($0)4.2        \(9 - $0)8.5        3\($0).1" }.joined(separator: "\n")
    let found = try await drawings(drawing) { page in
      // Below the figures, each as high as none of the others.
      page.fills = (0..<3).map { Box(120 * Double($0), 74 + 9 * Double($0), 120 * Double($0) + 80, 110) }
      page.height = 120
    }
    #expect(found.first?.contains("54.2") != true)
  }

  // MARK: Leaders

  @Test func `Two columns with leaders are a table unless their figures are pages`() async throws {
    let contents = "Introduction    ........   1\nMethods         ........   9\nResults         ........  12"
    let figures = "Introduced      ........ 3,412\nMade            ........ 1,967\nResold          ........ 2,212"
    #expect(try await drawings(contents).isEmpty)
    #expect(try await drawings(figures).count == 1)
  }

  @Test
  func `Titles that begin at two places, each with a page, are a list of contents; with amounts they are a table`()
    async throws
  {
    let titles = ["Ova", "      Methods", "      Results", "Rex", "      Others"]
    func page(_ figures: [String]) -> String {
      zip(titles, figures).map { title, figure in
        title.padding(16) + "........" + String(repeating: " ", count: 8 - figure.count) + figure
      }.joined(separator: "\n")
    }
    #expect(try await drawings(page(["1", "9", "12", "14", "17"])).isEmpty)
    #expect(try await drawings(page(["3,412", "1,967", "2,212", "1,100", "4,417"])).count == 1)
  }

  @Test func `Small figures that rise in all columns are a table, not a list of contents`() async throws {
    let table = """
      kind           one       all
      new             12        34
      older           13        35
      men             14        36
      sum             39       105
      """
    #expect(try await drawings(table).count == 1)
    let contents = """
      1       Introduction       1
      2       Methods            9
      3       Results           12
      4       Others            17
      """
    #expect(try await drawings(contents).isEmpty)
  }

  @Test func `Terms with page numbers are an index`() async throws {
    let page = PageSketch("Air,12      Corn,7      Ice,31\nBoats,3     Dams,21     Land,5\n").page
    #expect(try await tables(page).isEmpty)
  }
}

extension String {
  fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
