import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

struct ReadRuledTablesTests {
  @Test func `Rules that make more cells than any table has are said to be left out`() async throws {
    var page = PageSketch("some text").page
    (page.width, page.height) = (3000, 3000)
    for index in 0...210 {
      let place = 20 + 12 * Double(index)
      page.rulings.append(Ruling(.horizontal, at: place, from: 20, to: 2540))
      page.rulings.append(Ruling(.vertical, at: place, from: 20, to: 2540))
    }
    var document = Document(source: Source(uri: "test"))
    document.pages = [page]
    let read = try await run(ReadRuledTables(options: .init()), on: document)
    #expect(read.tables == [])
    #expect(read.diagnostics.map(\.code) == ["table.grid_too_large"])
  }

  @Test func `Rules make a grid and glyphs go where their centre is`() async throws {
    let tables = try await ruledTables(
      """
      +------+-----+
      | kind | sum |
      +------+-----+
      | new  | 12  |
      +------+-----+
      | old  | 3   |
      +------+-----+
      """)
    #expect(tables.map(\.drawing) == ["^kind|^sum\n^new|12\n^old|3"])
    let table = try #require(tables.first)
    #expect((table.id, table.kind, table.rows, table.columns) == ("t1", .ruled, 3, 2))
    #expect((table.headerRows, table.headerColumns) == (1, 1))
    #expect(table.columnEvidence == .placed)
    #expect(table.regions == [.page(1, Box(5, 6, 135, 78))])
    #expect(table.cells[3].places == [.page(1, Box(90.5, 37, 109.5, 47))])
  }

  @Test func `Cells without a wall between them are one, with a header of three levels`() async throws {
    let tables = try await ruledTables(
      """
      +--------+-------------------+
      |        |      persons      |
      |        +----+---------+----+
      | note   |    |  body   |    |
      |        | m  +----+----+all |
      |        |    | x  | y  |    |
      +--------+----+----+----+----+
      | 1.new  | 1  | 2  | 0  | 3  |
      +---+----+----+----+----+----+
      |   | a  | 1  | /  | —  | 3  |
      | k +----+----+----+----+----+
      |   | b  | 1  | 2  | 0  | 3  |
      +---+----+----+----+----+----+
      """)
    #expect(
      tables.map(\.drawing) == [
        """
        ^note[3x2]|^persons[1x4]
        ^m[2x1]|^body[1x2]|^all[2x1]
        ^x|^y
        ^1.new[1x2]|1|2|0|3
        ^k[2x1]|^a|1|/|—|3
        ^b|1|2|0|3
        """
      ])
    #expect(tables.first.map { [$0.headerRows, $0.headerColumns] } == [3, 2])
  }

  @Test func `Sides that are not drawn are put where the rules end`() async throws {
    let tables = try await ruledTables(
      """
      ------+------+------
       kind |  new |  old
      ------+------+------
       one  |  1   |  2
      ------+------+------
       two  |  3   |  4
      ------+------+------
      """)
    #expect(tables.map(\.drawing) == ["^kind|^new|^old\n^one|1|2\n^two|3|4"])
    #expect(tables.first.map { $0.confidence < 0.95 } == true)
  }

  @Test func `A double rule is one border`() async throws {
    var drawn = document(
      """
      +------+-----+
      | kind | sum |
      +------+-----+
      | new  | 12  |
      +------+-----+
      """)
    for ruling in drawn.pages?[0].rulings ?? [] {
      drawn.pages?[0].rulings.append(
        Ruling(ruling.axis, at: ruling.position + 3, from: ruling.start, to: ruling.end))
    }
    let read = try await run(ReadRuledTables(options: .init()), on: drawn)
    #expect(read.tables?.map(\.drawing) == ["^kind|^sum\n^new|12"])
  }

  @Test func `Borders drawn cell by cell are one grid`() async throws {
    var drawn = document(
      """
                
       a    1   
                
       b    2   
                
      """)
    for (x, y) in [(0.0, 6.0), (51.0, 6.0), (0.0, 32.0), (51.0, 32.0)] {
      drawn.pages?[0].rulings += [
        Ruling(.horizontal, at: y, from: x, to: x + 48), Ruling(.horizontal, at: y + 23, from: x, to: x + 48),
        Ruling(.vertical, at: x, from: y, to: y + 23), Ruling(.vertical, at: x + 48, from: y, to: y + 23),
      ]
    }
    let read = try await run(ReadRuledTables(options: .init()), on: drawn)
    #expect(read.tables?.map(\.drawing) == ["^a|1\n^b|2"])
  }

  @Test func `Frames around text are no tables`() async throws {
    let tables = try await ruledTables(
      """
      +-----------+   +-----+-----+
      | only text |   |  a  |  b  |
      | in a box  |   +-----+-----+
      +-----------+
      """)
    #expect(tables.isEmpty)
  }

  @Test func `An empty grid is no table`() async throws {
    let tables = try await ruledTables(
      """
      +---+---+---+---+
      | a |   |   |   |
      +---+---+---+---+
      |   |   |   |   |
      +---+---+---+---+
      |   |   |   |   |
      +---+---+---+---+
      """)
    #expect(tables.isEmpty)
  }

  @Test func `Blank cells are cells`() async throws {
    let tables = try await ruledTables(
      """
      +------+-----+-----+
      | kind | one | all |
      +------+-----+-----+
      | new  |     |     |
      +------+-----+-----+
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^new||"])
    #expect(tables.first?.cells[4].places == [.page(1, Box(75, 30, 135, 54))])
  }

  @Test func `Tables are in reading order`() async throws {
    let tables = try await ruledTables(
      """
      +---+---+  +---+---+
      | c | 1 |  | d | 1 |
      +---+---+  +---+---+
      | a | 1 |  | b | 2 |
      +---+---+  +---+---+
       text
      +---+---+
      | e | 3 |
      +---+---+
      | f | 4 |
      +---+---+
      """)
    #expect(tables.map(\.id) == ["t1", "t2", "t3"])
    #expect(tables.compactMap(\.cells.first?.text.raw) == ["c", "d", "e"])
  }

  @Test func `Hidden glyphs are read only where there are no others`() async throws {
    let drawing = """
      +---+---+
      | a | 1 |
      +---+---+
      | b | 2 |
      +---+---+
      """
    var scan = document(drawing)
    for index in scan.pages?[0].glyphs.indices ?? 0..<0 { scan.pages?[0].glyphs[index].isHidden = true }
    #expect(try await run(ReadRuledTables(options: .init()), on: scan).tables?.map(\.drawing) == ["^a|1\n^b|2"])

    var mixed = document(drawing)
    mixed.pages?[0].glyphs[1].isHidden = true
    #expect(try await run(ReadRuledTables(options: .init()), on: mixed).tables?.map(\.drawing) == ["^a|^\n^b|2"])
  }

  @Test func `Tables that are there already are kept`() async throws {
    var drawn = document("+---+---+\n| a | 1 |\n+---+---+\n| b | 2 |\n+---+---+")
    drawn.tables = [Table(id: "t1", kind: .text, rows: 1, columns: 1, columnEvidence: .placed)]
    #expect(try await run(ReadRuledTables(options: .init()), on: drawn).tables?.map(\.id) == ["t1", "t2"])
  }

  @Test func `A table without any figure has its header above the first blank row`() async throws {
    let tables = try await ruledTables(
      """
      +---+---+---+
      | a | b | c |
      +---+---+---+
      |   |   |   |
      +---+---+---+
      """)
    #expect(tables.map { [$0.headerRows, $0.headerColumns] } == [[1, 0]])
  }

  @Test func `A watermark is in no cell`() async throws {
    let drawing = "+---+----+\n| a | 12 |\n+---+----+\n| b |    |\n+---+----+"
    var drawn = document(drawing, drawing)
    for page in 0..<2 {
      drawn.pages?[page].glyphs.append(Glyph("W", box: Box(48, 40, 84, 52), size: 30))
    }
    let read = try await run(ReadRuledTables(options: .init()), on: drawn)
    #expect(read.tables?.map(\.drawing) == ["^a|12\n^b|", "^a|12\n^b|"])
  }

  @Test func `Rules that leave the page end where the table does`() async throws {
    var drawn = document("+---+----+\n| a | 12 |\n+---+----+\n| b | 13 |\n+---+----+")
    for index in drawn.pages?[0].rulings.indices ?? 0..<0 where drawn.pages?[0].rulings[index].axis == .horizontal {
      drawn.pages?[0].rulings[index].end = 300
    }
    drawn.pages?[0].rulings.append(Ruling(.vertical, at: 300, from: 6, to: 54))
    #expect(try await run(ReadRuledTables(options: .init()), on: drawn).tables?.map(\.drawing) == ["^a|12\n^b|13"])
  }

  @Test func `Lines of figures without a rule between them are rows`() async throws {
    let tables = try await ruledTables(
      """
      +------+------+-----+
      | kind | one  | all |
      | of x | more | of  |
      +------+------+-----+
      | new  | 1    | 3   |
      | old  | 2    | 4   |
      | and  |      |     |
      | sum  | 3    | 7   |
      +------+------+-----+
      | long | 5    | 6   |
      | text |      |     |
      +------+------+-----+
      """)
    #expect(
      tables.map(\.drawing) == ["^kind of x|^one more|^all of\n^new|1|3\n^old and|2|4\n^sum|3|7\n^long text|5|6"])
  }

  @Test func `Rows without vertical rules have the columns of the header`() async throws {
    let tables = try await ruledTables(
      """
      +------+------+-----+
      | kind | one  | all |
      +------+------+-----+
      | new    1      3   |
      +-------------------+
      | old    2      4   |
      +-------------------+
      | a note to the end |
      +-------------------+
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^new|1|3\n^old|2|4\n^a note to the end[1x3]"])
  }

  @Test func `Figures below each other are one only where the cell had no room for the next digit`() async throws {
    func table(_ one: String, _ two: String, _ more: String) async throws -> [String] {
      try await ruledTables(
        """
        +------+-----+-----+
        | kind | one | two |
        +------+-----+-----+
        | new  |\(one)|1    |
        |      |\(two)|\(more)|
        +------+-----+-----+
        | old  |99   |9999 |
        +------+-----+-----+
        """
      ).map(\.drawing)
    }
    #expect(try await table("1234 ", "56   ", "     ") == ["^kind|^one|^two\n^new|123456|1\n^old|99|9999"])
    #expect(try await table("5    ", "3    ", "     ") == ["^kind|^one|^two\n^new|5 3|1\n^old|99|9999"])
    #expect(try await table("1234 ", "56   ", "7    ") == ["^kind|^one|^two\n^new|1234 56|1 7\n^old|99|9999"])
  }

  @Test func `A figure wider than its column keeps its digits`() async throws {
    var drawn = document(
      """
      +------+---+-----+
      | kind | a | sum |
      +------+---+-----+
      | new  |   |   7 |
      +------+---+-----+
      """)
    for (index, digit) in "1234".unicodeScalars.enumerated() {
      let left = 76 + Double(index) * 14
      drawn.pages?[0].glyphs.append(Glyph(digit, box: Box(left, 37, left + 14, 47), size: 10))
    }
    let read = try await run(ReadRuledTables(options: .init()), on: drawn)
    #expect(read.tables?.map(\.drawing) == ["^kind|^a|^sum\n^new|1234|7"])
  }

  @Test func `Figures on both sides of a rule are two`() async throws {
    var drawn = document(
      """
      +------+----+-----+
      | kind | a  | sum |
      +------+----+-----+
      | new  |    |     |
      +------+----+-----+
      """)
    for (left, digit) in zip([108.0, 116, 126, 134], "1234".unicodeScalars) {
      drawn.pages?[0].glyphs.append(Glyph(digit, box: Box(left, 37, left + 8, 47), size: 10))
    }
    let read = try await run(ReadRuledTables(options: .init()), on: drawn)
    #expect(read.tables?.map(\.drawing) == ["^kind|^a|^sum\n^new|12|34"])
  }

  @Test func `The end of a spaced figure outside of the table is the figure's`() async throws {
    var drawn = document(
      """
      +------+---+-----+
      | kind | a | sum |
      +------+---+-----+
      | new  | 3 |     |
      +------+---+-----+
           \u{20}
      """)
    for (index, digit) in "1758".unicodeScalars.enumerated() {
      let left = 137 + Double(index) * 8
      drawn.pages?[0].glyphs.append(Glyph(digit, box: Box(left, 37, left + 6, 47), size: 10))
    }
    drawn.pages?[0].width = 200
    let read = try await run(ReadRuledTables(options: .init()), on: drawn)
    #expect(read.tables?.map(\.drawing) == ["^kind|^a|^sum\n^new|3|1758"])
  }

  @Test func `What one rule parts below the last one that it crosses is a row`() async throws {
    let read = try await run(
      ReadRuledTables(options: .init()),
      on: document(
        """
         kind | sum
        ------+------
         new  |  12
        ------+------
         more |   3
        ------+------
         old  |   7
              |
        """))
    #expect(read.tables?.map(\.drawing) == ["^kind|^sum\n^new|12\n^more|3\n^old|7"])
  }

  @Test func `Rows whose figures stand beside the middle of broken labels are not parted line by line`() async throws {
    let drawing =
      """
      +---------+-----+-----+
      | kind    | one | all |
      +---------+-----+-----+
      | 1.first |   1 |   2 |
      | 2.next  |   3 |   7 |
      | 3.label |     |     |
      | that is |   4 |   8 |
      | broken  |     |     |
      | 4.last  |   5 |   9 |
      +---------+-----+-----+
      """
    let ruled = try await run(ReadRuledTables(options: .init()), on: document(drawing))
    #expect(ruled.tables?.isEmpty == true)
    let read = try await run(ReadFigureTables(options: .init()), on: ruled)
    #expect(
      read.tables?.map(\.drawing) == [
        "^kind|^one|^all\n^1.first|1|2\n^2.next|3|7\n^3.label that is broken|4|8\n^4.last|5|9"
      ])
  }

  @Test(arguments: [["201", "20102", "202"], ["01", "02", "03"], ["600519", "000001", "300750"]])
  func `Codes that lead the labels are labels, too`(codes: [String]) async throws {
    let table = try await ruledTables(coded(by: codes)).first
    #expect(table.map { [$0.headerRows, $0.headerColumns] } == [1, 2])
  }

  @Test(arguments: [["12", "7", "30"], ["1,201", "1,202", "1,203"], ["3", "3", "3"]])
  func `Amounts before words are no codes`(amounts: [String]) async throws {
    let table = try await ruledTables(coded(by: amounts)).first
    #expect(table?.headerColumns == 0)
  }

  /// A table with three rows, of which `codes` are the first cells.
  private func coded(by codes: [String]) -> String {
    let rule = "+--------+-------+-----+"
    let rows = zip(codes, [" new   | 120 ", " old   |  80 ", " other |  40 "]).map { code, rest in
      "| \(code)" + String(repeating: " ", count: 7 - code.count) + "|" + rest + "|"
    }
    return ([rule, "| first  | kind  | sum |"] + rows.map { rule + "\n" + $0 } + [rule]).joined(separator: "\n")
  }
}
