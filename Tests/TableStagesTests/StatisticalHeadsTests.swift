import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

/// Heads, labels and neighbours of tables as offices of statistics print them.
struct StatisticalHeadsTests {
  private func drawings(_ drawing: String, drawn: (inout Page) -> Void = { _ in }) async throws -> [String] {
    var document = Document(source: Source(uri: "test"))
    var page = PageSketch(drawing).page
    drawn(&page)
    document.pages = [page]
    let read = try await run(ReadRuledTables(options: .init()), ReadAlignedTables(options: .init()), on: document)
    return (read.tables ?? []).map(\.drawing)
  }

  @Test func `Words between two rules that run down stand over all columns between them`() async throws {
    let found = try await drawings(
      """
      kind      |       persons       |       amounts        |

      kind         few   some   men     few     old    many

      new          111    222   333     444     555     666
      older        112    223   334     445     556     667
      oldest       113    224   335     446     557     668
      """)
    #expect(found.first?.contains("persons[1x3]") == true, "\(found)")
    #expect(found.first?.contains("amounts[1x3]") == true, "\(found)")
  }

  @Test func `A unit in the middle below the heads stands over all figures`() async throws {
    let found = try await drawings(
      """
      year        old      new     some      all

                              tonnes

      1998         12       34       56       78
      1999         13       35       57       79
      2000         14       36       58       80
      """)
    #expect(found.first?.contains("tonnes[1x4]") == true, "\(found)")
  }

  @Test func `Heads in the middle above two columns each stand over both, without other heads below them`() async throws
  {
    let found = try await drawings(
      """
      kind            women            men
      new          12.1   (0.3)   13.1   (0.4)
      older        22.1   (0.5)   23.1   (0.6)
      oldest       32.1   (0.7)   33.1   (0.8)
      """)
    #expect(found.first?.contains("women[1x2]|^men[1x2]") == true, "\(found)")
  }

  @Test func `From one figure to another is a head`() async throws {
    let found = try await drawings(
      """
                                                40~and
      kind         all   18~to~24   25~to~39     older

      new          111        222        333       444
      older        112        223        334       445
      """,
      drawn: narrowBlanks)
    #expect(
      found == ["^kind|^all|^18 to 24|^25 to 39|^40 and older\n^new|111|222|333|444\n^older|112|223|334|445"])
  }

  @Test func `Ranges that begin anew under each of two heads are heads, too`() async throws {
    let found = try await drawings(
      """
                      men                      women
      kind     18~to~24   25~to~39      18~to~24   25~to~39

      new          111        222           333        444
      older        112        223           334        445
      """,
      drawn: narrowBlanks)
    #expect(found.first?.contains("^new|111|222|333|444") == true, "\(found)")
    #expect(found.first?.contains("^18 to 24|^25 to 39|^18 to 24|^25 to 39") == true, "\(found)")
  }

  @Test(arguments: ["12~±~3", "30~of~40"])
  func `Two figures in a cell that name no range are in the body, also above single ones`(cell: String) async throws {
    let found = try await drawings(
      """
      kind          all       share

      new        \(cell)     \(cell)
      older          14          15
      oldest         16          17
      """,
      drawn: narrowBlanks)
    let text = cell.replacing("~", with: " ")
    #expect(
      found.map { $0.replacing("^", with: "") } == ["kind|all|share\nnew|\(text)|\(text)\nolder|14|15\noldest|16|17"])
  }

  @Test func `Words at the left and figures at the right of one column are one column`() async throws {
    let found = try await drawings(
      """
      State           days      benefit
      Ohio            none          900
      Iowa                  7       200
      Utah                  3       300
      Maine           none          400
      """)
    #expect(found.first?.contains("^Ohio|none|900\n^Iowa|7|200") == true, "\(found)")
  }

  @Test func `Half columns with a head each stay apart`() async throws {
    let found = try await drawings(
      """
      State           yes    no     benefit
      Ohio             1                900
      Iowa                    7         200
      Utah                    3         300
      Maine            2                400
      """)
    #expect(found.first?.contains("^Ohio|1||900\n^Iowa||7|200") == true, "\(found)")
  }

  @Test func `Figures on two sides of one head are two columns, as of debit and credit`() async throws {
    let found = try await drawings(
      """
      account            amount       balance
      cash           12                   900
      loans                   700         200
      stock                    30         300
      wages          45                   400
      """)
    #expect(
      found.first?.hasSuffix("^cash|12||900\n^loans||700|200\n^stock||30|300\n^wages|45||400") == true, "\(found)")
  }

  @Test func `Strokes at the left and figures at the right of one column are one column`() async throws {
    let found = try await drawings(
      """
      kind             amount      old     new
      first            -            12      34
      second               77       13      35
      third                 8       14      36
      fourth           -            15      37
      """.replacing("-", with: "–"))
    #expect(found.first?.contains("^first|–|12|34\n^second|77|13|35") == true, "\(found)")
  }

  @Test func `A head with rules of its own is read with the rows below it`() async throws {
    let found = try await drawings(
      """
      +---------+-------+-------+
      | kind    |  one  |  all  |
      +---------+-------+-------+
        new         12      34
        older       13      35
        oldest      14      36
      """)
    #expect(found == ["^kind|^one|^all\n^new|12|34\n^older|13|35\n^oldest|14|36"])
  }

  @Test func `A table of words stays one where another grid has figures close below`() async throws {
    let found = try await drawings(
      """
      +---------+-------+-------+
      | name    | place | chief |
      +---------+-------+-------+
      | western | Ohio  | Li    |
      +---------+-------+-------+

      +---------+-------+-------+
      | new     |  12   |   34  |
      +---------+-------+-------+
      | older   |  13   |   35  |
      +---------+-------+-------+
      """,
      drawn: { page in
        // The second grid, a little closer.
        for index in page.glyphs.indices where page.glyphs[index].box.y0 > 70 { page.glyphs[index].box.move(by: -14) }
        for index in page.rulings.indices
        where page.rulings[index].position > 70 && page.rulings[index].axis == .horizontal {
          page.rulings[index].position -= 14
        }
        for index in page.rulings.indices where page.rulings[index].start > 70 {
          page.rulings[index].start -= 14
          page.rulings[index].end -= 14
        }
      })
    #expect(found == ["^name|^place|chief\n^western|^Ohio|Li", "^new|12|34\n^older|13|35"])
  }

  @Test func `A table of words stays one where figures close below stand in one of its columns`() async throws {
    let found = try await drawings(
      """
      +---------+-----------------------+
      | name    |         place         |
      +---------+-----------------------+
      | western |         Ohio          |
      +---------+-----------------------+
                   new   12       34
                   old   13       35
                   all   25       69
      """)
    #expect(found.first == "^name|place\n^western|Ohio", "\(found)")
  }

  @Test func `Labels alone between rows of a grid are rows, and full ones go on below`() async throws {
    let found = try await drawings(
      """
      +----------------+-----+-----+
      | kind           | one | all |
      +----------------+-----+-----+
      | All......      | 11  | 99  |
      | Age:           |     |     |
      | Under 25..     | 12  | 88  |
      | One race and   |     |     |
      | of no other... | 13  | 77  |
      | Others...      | 14  | 66  |
      +----------------+-----+-----+
      """)
    #expect(
      found.first?.split(separator: "\n").dropFirst().joined(separator: "\n") == """
        ^All......|11|99
        ^Age:||
        ^Under 25..|12|88
        ^One race and of no other...|13|77
        ^Others...|14|66
        """, "\(found)")
  }

  @Test func `Labels in lower case below one that is not full are rows, and what names them is one`() async throws {
    let found = try await drawings(
      """
      +-----------------+-----+-----+
      | kind            | one | all |
      +-----------------+-----+-----+
      | Every household | 11  | 99  |
      | Families        |     |     |
      |   with children | 12  | 88  |
      |   without       | 13  | 77  |
      | Others          | 14  | 66  |
      +-----------------+-----+-----+
      """)
    #expect(
      found.first?.contains("\n^Families||\n^with children|12|88\n^without|13|77\n^Others|14|66") == true, "\(found)")
  }

  @Test func `Labels in lower case that stand below each other are rows, also below a full one`() async throws {
    let found = try await drawings(
      """
      +-----------------+-----+-----+
      | kind            | one | all |
      +-----------------+-----+-----+
      | All             | 11  | 99  |
      | Families of all |     |     |
      |   with children | 12  | 88  |
      |   without       | 13  | 77  |
      | Others          | 14  | 66  |
      +-----------------+-----+-----+
      """)
    #expect(found.first?.contains("\n^Families of all||\n^with children|12|88\n^without|13|77") == true, "\(found)")
  }

  @Test func `A label that is broken into three lines is one`() async throws {
    let found = try await drawings(
      """
      +-----------------+-----+-----+
      | kind            | one | all |
      +-----------------+-----+-----+
      | All             | 11  | 99  |
      | Families of one |     |     |
      |   or of several |     |     |
      |   or of others  | 12  | 88  |
      | Others          | 14  | 66  |
      +-----------------+-----+-----+
      """)
    #expect(found.first?.contains("\n^Families of one or of several or of others|12|88\n^Others") == true, "\(found)")
  }

  @Test func `Tables between rules stand beside each other`() async throws {
    let found = try await drawings(
      """
      ----------------------    ----------------------
      kind      one     all     kind      one     all
      ----------------------    ----------------------
      new        12      34     young      56      78
      older      13      35     old        57      79
      ----------------------    ----------------------
      """)
    #expect(
      found.sorted() == [
        "^kind|^one|^all\n^new|12|34\n^older|13|35", "^kind|^one|^all\n^young|56|78\n^old|57|79",
      ])
  }

  @Test func `A heading between rules parts tables whose heads begin anew`() async throws {
    let found = try await drawings(
      """
      ---------------------------
      kind           one     all
      ---------------------------
      taxes           12      34
      fees            13      35
      ---------------------------
      Spending
      ---------------------------
      kind           one     all
      ---------------------------
      schools         56      78
      roads           57      79
      ---------------------------
      """)
    #expect(
      found == ["^kind|^one|^all\n^taxes|12|34\n^fees|13|35", "^kind|^one|^all\n^schools|56|78\n^roads|57|79"])
  }

  @Test func `A heading between rules parts tables also where the head below it has many lines close to each other`()
    async throws
  {
    let found = try await drawings(
      """
      -----------------------------------
      kind           one     all     sum
      -----------------------------------
      taxes           12      34      46
      fees            13      35      48
      -----------------------------------
      Spending
      -----------------------------------
                 formerly~formerly~others
                   paid    owed    which
                   out     for     none
                   by      a       has
                   all     year    seen
      schools         56      78      99
      streets         55      77      97
      roads           57      79      98
      -----------------------------------
      """, drawn: narrowBlanks)
    #expect(found.first == "^kind|^one|^all|^sum\n^taxes|12|34|46\n^fees|13|35|48", "\(found)")
    #expect(found.last?.hasSuffix("^schools|56|78|99\n^streets|55|77|97\n^roads|57|79|98") == true, "\(found)")
  }

  @Test func `A section with rows of words above its figures does not part a table`() async throws {
    let found = try await drawings(
      """
      -----------------------------------
      kind           one     all     sum
      -----------------------------------
      taxes           12      34      46
      fees            13      35      48
      -----------------------------------
      Spending
      -----------------------------------
      first         none    none    none
      second        none    none    none
      third         none    none    none
      fourth        none    none    none
      schools         56      78      99
      roads           57      79      98
      -----------------------------------
      """)
    #expect(found.count == 1, "\(found)")
  }

  @Test func `Each of several tables between rules below headings is one`() async throws {
    func table(_ name: String) -> String {
      """
      \(name)
      ---------------------------
      kind           one     all
      ---------------------------
      schools         56      78
      roads           57      79
      ---------------------------

      """
    }
    let found = try await drawings(table("Taxes") + table("Spending") + table("Debts"))
    #expect(found == Array(repeating: "^kind|^one|^all\n^schools|56|78\n^roads|57|79", count: 3))
  }

  @Test func `A head of years close to each other is no sentence`() async throws {
    let figures = (1...3).map { row in
      "county\(row)" + (0..<9).map { "   \(row)\($0)" }.joined()
    }
    let found = try await drawings(
      """
      ----------------------------------------------------
      county \((2001...2009).map { "\($0)" }.joined(separator: " "))
      ----------------------------------------------------
      \(figures.joined(separator: "\n"))
      ----------------------------------------------------
      """)
    #expect(
      found.first?.hasPrefix("^county|^2001|^2002|^2003|^2004|^2005|^2006|^2007|^2008|^2009\n") == true, "\(found)")
  }

  @Test func `Heads that begin where the same heads begin below each of them stand over all of those`() async throws {
    let found = try await drawings(
      """
              drivers             crashes
      age     men       women     men       women
      16        11111     22222     33333     44444
      25        11112     22223     33334     44445
      75        11113     22224     33335     44446
      """)
    #expect(found.first?.contains("drivers[1x2]|^crashes[1x2]") == true, "\(found)")
  }

  @Test func `The first line of a head belongs to the column of the line in its middle below it`() async throws {
    let found = try await drawings(
      """
                      raw     foodandseed
      kind          imports    processed  exports   total
      new                 1         2          3      94
      older              11        12         13      95
      oldest             21        22         23      96
      """)
    #expect(found.first?.hasPrefix("^kind|^raw imports|^foodandseed processed|^exports|^total\n") == true, "\(found)")
  }

  @Test func `The rest of a full label begins with a capital where its lines stand closer than rows`() async throws {
    let found = try await drawings(
      """
      kind                     one     all

      first                     77      88

      pupils~with~a~badge~or
      IDs                       12      34

      teachers                  13      35
      """,
      drawn: narrowBlanks)
    #expect(found.first?.contains("pupils with a badge or IDs|12|34") == true, "\(found)")
  }

  @Test func `Years are labels of rows that no rule parts`() async throws {
    let found = try await drawings(
      """
      +------+-----+-----+
      | Year | one | all |
      +------+-----+-----+
      | 1998 | 112 | 997 |
      | 1999 | 133 | 886 |
      | 2000 | 144 | 775 |
      +------+-----+-----+
      """)
    #expect(found.first?.hasSuffix("1998|112|997\n1999|133|886\n2000|144|775") == true, "\(found)")
  }

  @Test func `A number in a head over two columns of figures is not broken off`() async throws {
    let found = try await drawings(
      """
                   Under~18          Over~90
      county     men    women     men    women
      Ada       1111    2222     3333     4444
      Bonner    1112    2223     3334     4445
      Canyon    1113    2224     3335     4446
      """,
      drawn: narrowBlanks)
    #expect(found.first?.contains("Under 18[1x2]|^Over 90[1x2]") == true, "\(found)")
  }

  @Test func `A name in another font above years is no part of their label`() async throws {
    let found = try await drawings(
      """
      year~and~race     one     all
      All~of~them
      1990             12.1    13.1
      1995             12.2    13.2
      Others~here
      1990             12.3    13.3
      1995             12.4    13.4
      """,
      drawn: { page in
        narrowBlanks(&page)
        page.fonts.append("Bold")
        for index in page.glyphs.indices where [1.0, 4].contains((page.glyphs[index].box.y0 / 12).rounded(.down)) {
          page.glyphs[index].font = 1
        }
      })
    #expect(found.first?.contains("Others here||\n1990|12.3|13.3") == true, "\(found)")
  }
}

extension Box {
  fileprivate mutating func move(by height: Double) {
    y0 += height
    y1 += height
  }
}
