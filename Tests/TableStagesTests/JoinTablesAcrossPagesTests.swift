import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

struct JoinTablesAcrossPagesTests {
  private let head = """
    head of 12
    +------+-----+-----+
    | kind | one | all |
    +------+-----+-----+
    | 1.ab | 1   | 5   |
    +------+-----+-----+
    """

  @Test func `A table that goes on after the page number is one table`() async throws {
    let tables = try await joinedTables(
      head + "\n\n      4 / 9",
      """
      head of 13
      +------+-----+-----+
      | 2.cd | 2   | 7   |
      +------+-----+-----+
      | 3.ef | 3   | 9   |
      +------+-----+-----+
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^1.ab|1|5\n^2.cd|2|7\n^3.ef|3|9"])
    #expect(tables.first?.regions.map(\.page) == [1, 2])
  }

  @Test func `A table over many pages has all rows in their order, and labels that breaks cut are whole`() async throws
  {
    func part(_ first: String, _ second: String, _ value: Int) -> String {
      """
      head of \(value)
      +------+------+-----+-----+
      | \(first) | x\(value).a | \(value)   | 5   |
      |      +------+-----+-----+
      |      | y\(value).b | 2   | 7   |
      +------+------+-----+-----+
      | \(second) | z\(value).c | 3   | 9   |
      +------+------+-----+-----+
      """
    }
    let tables = try await joinedTables(
      "+------+------+-----+-----+\n| kind | part | one | all |\n"
        + part("1.ab", "2.cd", 1).split(separator: "\n").dropFirst()
        .joined(separator: "\n"),
      part("    ", "3.ef", 2), part("4.gh", "5.ij", 3), part("    ", "6.kl", 4), part("7.mn", "8.op", 5))
    #expect(
      tables.map(\.drawing) == [
        """
        ^kind|^part|^one|^all
        ^1.ab[2x1]|^x1.a|1|5
        ^y1.b|2|7
        ^2.cd[3x1]|^z1.c|3|9
        ^x2.a|2|5
        ^y2.b|2|7
        ^3.ef|^z2.c|3|9
        ^4.gh[2x1]|^x3.a|3|5
        ^y3.b|2|7
        ^5.ij[3x1]|^z3.c|3|9
        ^x4.a|4|5
        ^y4.b|2|7
        ^6.kl|^z4.c|3|9
        ^7.mn[2x1]|^x5.a|5|5
        ^y5.b|2|7
        ^8.op|^z5.c|3|9
        """
      ])
    #expect(tables.first?.regions.map(\.page) == [1, 2, 3, 4, 5])
  }

  @Test func `A page with the header alone does not hide the row above it`() async throws {
    let head = "+------+-----+-----+\n| kind | one | all |\n+------+-----+-----+\n"
    func rows(_ labels: String...) -> String {
      labels.map { "| \($0) | 1   | 5   |\n+------+-----+-----+\n" }.joined()
    }
    let tables = try await joinedTables(
      head + rows("1.ab", "2.cd"), head + rows("3.ef") + "| 4.gh |     |     |\n+------+-----+-----+\n", head,
      head + rows("ends"))
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^1.ab|1|5\n^2.cd|1|5\n^3.ef|1|5\n^4.gh ends|1|5"])
  }

  @Test(arguments: [false, true]) func `A rule that is drawn beyond the table, or twice, does not part it`(
    isTwice: Bool
  ) async throws {
    var pages = document(
      head,
      "head of 13\n+------+-----+-----+\n| 2.cd | 2   | 7   |\n+------+-----+-----+\n| 3.ef | 3   | 9   |\n+------+-----+-----+"
    )
    for page in [0, 1] {
      var rulings = try #require(pages.pages?[page].rulings)
      let rule = try #require(rulings.first { $0.axis == .horizontal })
      if isTwice {
        for index in rulings.indices where rulings[index].axis == .vertical { rulings[index].start -= 6 }
        rulings.append(Ruling(.horizontal, at: rule.position - 6, from: rule.start, to: rule.end))
      } else {
        rulings.append(Ruling(.horizontal, at: rule.position, from: rule.start, to: rule.end + 20))
      }
      pages.pages?[page].rulings = rulings
      pages.pages?[page].width += 50
    }
    let tables =
      try await run(
        ReadRuledTables(options: .init()), JoinTablesAcrossPages(options: .init()), on: pages
      ).tables ?? []
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^1.ab|1|5\n^2.cd|2|7\n^3.ef|3|9"])
    let top = try #require(tables.first?.regions.first?.box?.y0)
    #expect(top == (isTwice ? 12 : 18))
  }

  @Test func `A last row alone on the next page is part of the table`() async throws {
    let tables = try await joinedTables(
      head, "head of 13\n+------+-----+-----+\n| 2.cd | 2   | 7   |\n+------+-----+-----+\ntext")
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^1.ab|1|5\n^2.cd|2|7"])
  }

  @Test func `A header alone at the end of a page is part of the table below`() async throws {
    let tables = try await joinedTables(
      "text\n+------+-----+\n| kind | all |\n+------+-----+\n",
      "+------+-----+\n| 2.cd | 2   |\n+------+-----+\n| 3.ef | 4   |\n+------+-----+")
    #expect(tables.map(\.drawing) == ["^kind|^all\n^2.cd|2\n^3.ef|4"])
  }

  @Test func `A single row that fits to no table is none`() async throws {
    let tables = try await joinedTables(
      head, "head of 13\n+--------+-----+---+\n| 2.cd   | 2   | 7 |\n+--------+-----+---+\ntext")
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^1.ab|1|5"])
    let (row, text) = ("+------+-----+-----+\n| 2.cd | 2   | 7   |\n+------+-----+-----+\n", "some text\n")
    #expect(try await joinedTables(head, text + row).map(\.rows) == [2])
  }

  @Test func `A repeated header is dropped`() async throws {
    let tables = try await joinedTables(
      head,
      """
      head of 13
      +------+-----+-----+
      | kind | one | all |
      +------+-----+-----+
      | 2.cd | 2   | 7   |
      +------+-----+-----+
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^1.ab|1|5\n^2.cd|2|7"])
  }

  @Test(arguments: ["\n\n text below", ""], ["\n", "another heading\n"])
  func `Text between forbids`(below: String, above: String) async throws {
    let tables = try await joinedTables(
      head + below,
      above + """
        +------+-----+-----+
        | 2.cd | 2   | 7   |
        +------+-----+-----+
        | 3.ef | 3   | 9   |
        +------+-----+-----+
        """)
    #expect(tables.count == (below.isEmpty && above == "\n" ? 1 : 2))
  }

  @Test func `Other columns are another table`() async throws {
    let tables = try await joinedTables(
      head,
      """
      head of 13
      +---+---------+----+
      | 2 | 2       | 7  |
      +---+---------+----+
      | 3 | 3       | 9  |
      +---+---------+----+
      """)
    #expect(tables.map(\.id) == ["t1", "t2"])
  }

  @Test func `A part without the inner columns keeps their places`() async throws {
    let tables = try await joinedTables(
      head,
      """
      head of 13
      +------+-----------+
      | 2.cd | 77        |
      +------+-----------+
      | 3.ef | 99        |
      +------+-----------+
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^1.ab|1|5\n^2.cd|77[1x2]\n^3.ef|99[1x2]"])
  }

  @Test func `Merged labels that the break cuts are whole, and new ones stay apart`() async throws {
    let tables = try await joinedTables(
      """
      +----+-----+------+---+
      | note            | n |
      +----+-----+------+---+
      | 一、 | (1) | 1.ab | 1 |
      +    +-----+------+---+
      | 春  |（2）山 | 1.cd | 2 |
      +----+-----+------+---+
      """,
      """
      +----+-----+------+---+
      | 秋  | 水   | 2.ef | 3 |
      +    +     +------+---+
      |    | 木   | 3.gh | 4 |
      +    +-----+------+---+
      |    | (3) | 1.ij | 5 |
      +----+-----+------+---+
      | 二、total         | 9 |
      +----+-----+------+---+
      """)
    #expect(
      tables.map(\.drawing) == [
        """
        ^note[1x3]|^n
        ^一、春秋[5x1]|^(1)|^1.ab|1
        ^（2）山水木[3x1]|^1.cd|2
        ^2.ef|3
        ^3.gh|4
        ^(3)|^1.ij|5
        ^二、total[1x3]|9
        """
      ])
    let label = try #require(tables.first?.cells.first { $0.text.raw == "（2）山水木" })
    #expect(label.places.map(\.page) == [1, 2])
  }

  @Test func `A blank label below the break belongs to the one above, and the other way round`() async throws {
    for (above, below) in [("A.", "  "), ("  ", "A.")] {
      let tables = try await joinedTables(
        """
        +----+------+---+
        | k  | item | n |
        +----+------+---+
        | \(above) | 1.ab | 1 |
        +    +------+---+
        |    | 2.cd | 2 |
        +----+------+---+
        """,
        """
        +----+------+---+
        | \(below) | 3.ef | 3 |
        +    +------+---+
        |    | 4.gh | 4 |
        +----+------+---+
        """)
      #expect(tables.map(\.drawing) == ["^k|^item|^n\n^A.[4x1]|^1.ab|1\n^2.cd|2\n^3.ef|3\n^4.gh|4"])
    }
  }

  @Test func `Group labels without numbers stay apart`() async throws {
    let tables = try await joinedTables(
      """
      +-----+----+---+
      | k   | it | n |
      +-----+----+---+
      | abc | ab | 1 |
      +     +----+---+
      |     | cd | 2 |
      +-----+----+---+
      """,
      """
      +-----+----+---+
      | def | ef | 3 |
      +     +----+---+
      |     | gh | 4 |
      +-----+----+---+
      """)
    #expect(tables.map(\.drawing) == ["^k|^it|^n\n^abc[2x1]|^ab|1\n^cd|2\n^def[2x1]|^ef|3\n^gh|4"])
  }

  @Test func `A row that the break cuts is whole`() async throws {
    let upper = """
      +------+---+---+
      | item | n | m |
      +------+---+---+
      | 1.ab | 1 | 2 |
      +------+---+---+
      | 2.cd |%| ~ |
      +------+---+---+
      """
    let lower = """
      +------+---+---+
      | more |%| ~ |
      +------+---+---+
      | 3.ef | 5 | 6 |
      +------+---+---+
      """
    for isAbove in [true, false] {
      func filled(_ text: String, _ hasFigures: Bool) -> String {
        text.replacing("%", with: hasFigures ? " 3 " : "   ").replacing("~", with: hasFigures ? "4" : " ")
      }
      let tables = try await joinedTables(filled(upper, isAbove), filled(lower, !isAbove))
      #expect(tables.map(\.drawing) == ["^item|^n|^m\n^1.ab|1|2\n^2.cd more|3|4\n^3.ef|5|6"])
      #expect(tables.first?.cells.first { $0.text.raw == "2.cd more" }?.places.map(\.page) == [1, 2])
    }
  }

  @Test(arguments: ["2.cd", "more"])
  func `Figures at the foot and their whole label at the head are one row`(label: String) async throws {
    let tables = try await joinedTables(
      """
      +---+------+---+---+
      | k | item | n | m |
      +---+------+---+---+
      | A | 1.ab | 1 | 2 |
      +   +------+---+---+
      |   |      | 3 | 4 |
      +---+------+---+---+
      """,
      """
      +---+------+---+---+
      |   | \(label) |   |   |
      +   +------+---+---+
      |   | 3.ef | 5 | 6 |
      +---+------+---+---+
      """)
    #expect(tables.map(\.drawing) == ["^k|^item|^n|^m\n^A[3x1]|^1.ab|1|2\n^\(label)|3|4\n^3.ef|5|6"])
    #expect(tables.first?.cells.first { $0.text.raw == label }?.places.map(\.page) == [1, 2])
  }

  @Test func `A label alone below rows of figures without labels is a row`() async throws {
    let tables = try await joinedTables(
      """
      +------+---+---+
      | item | n | m |
      +------+---+---+
      | 1.ab | 1 | 2 |
      +------+---+---+
      |      | 3 | 4 |
      +------+---+---+
      |      | 5 | 6 |
      +------+---+---+
      """,
      """
      +------+---+---+
      | more |   |   |
      +------+---+---+
      | 3.ef | 7 | 8 |
      +------+---+---+
      """)
    #expect(tables.map(\.rows) == [6])
  }

  @Test func `A part with a header of its own is another table`() async throws {
    let tables = try await joinedTables(
      head,
      """
      head of 13
      +------+-----+-----+
      | wins | men | all |
      +------+-----+-----+
      | 1.ab | 2   | 7   |
      +------+-----+-----+
      """)
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^1.ab|1|5", "^wins|^men|^all\n^1.ab|2|7"])
  }

  @Test(arguments: ["2.cd |     |    ", "more |     |    ", "more text        "])
  func `A label or a group at the head of a page is no header`(row: String) async throws {
    let rule = row.contains("|") ? "+------+-----+-----+" : "+------------------+"
    let tables = try await joinedTables(
      head,
      """
      head of 13
      \(rule)
      | \(row)|
      +------+-----+-----+
      | 3.ef | 2   | 7   |
      +------+-----+-----+
      """)
    #expect(tables.count == 1)
  }

  @Test func `Captions that differ only in their numbers are no running heads`() async throws {
    let next = """
      +------+-----+-----+
      | 2.cd | 2   | 7   |
      +------+-----+-----+
      | 3.ef | 3   | 9   |
      +------+-----+-----+
      """
    #expect(try await joinedTables("text\n" + head, "list 2\n" + next, "list 3\n" + next).map(\.rows) == [2, 2, 2])
    #expect(try await joinedTables("list 7\n" + next, "list 9\n" + next).map(\.rows) == [2, 2])
    #expect(try await joinedTables("page 7\n" + next, "page 8\n" + next, "page 9\n" + next).map(\.rows) == [6])
  }

  @Test func `A group label above the break is no part of the row below it`() async throws {
    let tables = try await joinedTables(
      """
      +------+---+---+
      | item | n | m |
      +------+---+---+
      | new  | 3 | 4 |
      +------+---+---+
      | all  |   |   |
      +------+---+---+
      """,
      """
      +------+---+---+
      | won  | 5 | 6 |
      +------+---+---+
      | lost | 7 | 8 |
      +------+---+---+
      """)
    #expect(tables.map(\.drawing) == ["^item|^n|^m\n^new|3|4\n^all||\n^won|5|6\n^lost|7|8"])
  }

  @Test func `A row of words that both pages have below the header is kept`() async throws {
    let rows = """
      +------+-----+-----+
      | kind | one | all |
      +------+-----+-----+
      | else | n.a | n.a |
      +------+-----+-----+
      """
    let tables = try await joinedTables(
      rows + "\n| 1.ab | 1   | 5   |\n+------+-----+-----+", rows + "\n| 2.cd | 2   | 7   |\n+------+-----+-----+")
    #expect(tables.map(\.rows) == [5])
    #expect(tables.first?.cells.count { $0.text.raw == "else" } == 2)
  }

  @Test func `A repeated header of several rows is dropped`() async throws {
    let header = """
      +------+-------+
      | kind | sum   |
      +      +---+---+
      |      | a | b |
      +------+---+---+
      """
    let tables = try await joinedTables(
      header + "\n| 1.ab | 1 | 5 |\n+------+---+---+", header + "\n| 2.cd | 2 | 7 |\n+------+---+---+")
    #expect(tables.map(\.drawing) == ["^kind[2x1]|^sum[1x2]\n^a|^b\n^1.ab|1|5\n^2.cd|2|7"])
  }

  @Test func `A header that the break cuts is whole`() async throws {
    let tables = try await joinedTables(
      """
      +---+-------+
      | c | d     |
      +---+-------+
      | 东 | group |
      +---+-------+
      """,
      """
      +---+---+---+
      | 西 | e | f |
      +---+---+---+
      | 1 | 2 | 3 |
      +---+---+---+
      """)
    #expect(tables.map(\.drawing) == ["^c|^d[1x2]\n^东西[2x1]|^group[1x2]\n^e|^f\n1|2|3"])
  }

  @Test func `A table that fills a wider page keeps its columns`() async throws {
    let tables = try await joinedTables(
      head,
      """
      head of 13
      +-------------+-----------+-----------+
      | 2.cd        | 2         | 7         |
      +-------------+-----------+-----------+
      | 3.ef        | 3         | 9         |
      +-------------+-----------+-----------+
      """)
    #expect(tables.map(\.rows) == [4])
  }

  @Test func `A table may go on for many pages`() async throws {
    let next = ["2", "3", "4"].map { digit in
      """
      head of 1\(digit)
      +------+-----+-----+
      | \(digit).cd | 2   | 7   |
      +------+-----+-----+
      | \(digit).ef | 3   | 9   |
      +------+-----+-----+
      """
    }
    let tables = try await joinedTables(head, next[0], next[1], next[2])
    #expect(tables.map(\.rows) == [8])
    #expect(tables.first?.regions.map(\.page) == [1, 2, 3, 4])
  }
}
