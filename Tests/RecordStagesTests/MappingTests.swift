import DocumentModel
import PipelineKit
import TestSupport
import Testing

@testable import RecordStages

/// A small form of our own: two kinds of books, one without a name of its own.
private let form = Form(
  name: "library",
  tables: [
    FormTable(
      key: "loans",
      rules: [
        "present": RuleIdentity(id: "L-2", severity: "warning"), "filled": RuleIdentity(id: "L-3", severity: "warning"),
      ],
      blocks: [
        FormBlock(
          key: "books", layout: .rows,
          columns: [column("adults", group: "readers"), column("children", group: "readers"), column("total")],
          rows: [
            row("novels", group: "kinds"), row("poems", group: "kinds"), row("other", group: "kinds"), row("sum"),
          ],
          equations: [
            FormEquation(
              id: "L-1", severity: "error", each: .row, left: ["readers"], right: ["total"], message: "readers add up"),
            FormEquation(
              id: "L-4", severity: "error", each: .column, left: ["kinds"], right: ["sum"], message: "kinds add up"),
          ])
      ])
  ])

private func row(_ key: String, group: String? = nil) -> FormRow {
  FormRow(key: key, group: group, labels: [Label(key)])
}
private func column(_ key: String, group: String? = nil) -> FormColumn {
  FormColumn(key: key, group: group, labels: [Label(key)], type: .count, units: [:])
}

private let figures = FigureReader(countUnits: [], amountUnits: [])

private func mappings(_ tables: [Table], _ blocks: [Block] = []) -> [FormMapping] {
  FormMapping.choose(
    among: [form], in: TableLines(tables, figures: figures), chapters: Chapters(blocks, tables: tables))
}

private func grid(_ tables: Table..., blocks: [Block] = []) -> EvidenceGrid? {
  mappings(tables, blocks).first.flatMap { $0.isFound ? $0.grids(figures).first : nil }
}

/// `novels: 1 2 3` for rows whose columns are certain, `novels: 1 2 ?` for others.
private func summary(_ grid: EvidenceGrid?) -> [String] {
  guard let grid else { return [] }
  return grid.rows.enumerated().map { index, row in
    let key = form.tables[0].blocks[0].rows[index].key
    let values = row.tokens.map { $0.value == .null ? $0.state.rawValue : $0.raw }.joined(separator: " ")
    switch row {
    case .absent: return "\(key): absent"
    case .placed: return "\(key): \(values)"
    case .ordered, .unordered: return "\(key): \(values) ?"
    }
  }
}

@Suite struct `Mapping tables to a form` {
  @Test func `Rows are found by their labels and columns by the words above them`() {
    let table = Table(
      drawing: """
        kind    | adults | children | total
        novels  | 1 | 2 | 3
        poems   | 4 | 0 | 4
        3 other | 0 | 0 | 0
        sum     | 5 | 2 | 7
        """, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    #expect(summary(grid(table)) == ["novels: 1 2 3", "poems: 4 0 4", "other: 0 0 0", "sum: 5 2 7"])
  }

  @Test func `Columns in another order follow their words`() {
    let table = Table(
      drawing: """
        kind   | total | adults | children
        novels | 3 | 1 | 2
        poems  | 4 | 4 | 0
        """, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    #expect(summary(grid(table)) == ["novels: 1 2 3", "poems: 4 0 4", "other: absent", "sum: absent"])
  }

  @Test func `Blank, slash and dash keep their places and are not zero`() {
    let table = Table(
      drawing: """
        kind   | adults | children | total
        novels |        | 2 | 3
        poems  | /      | - | 4
        """, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    #expect(summary(grid(table))[...1] == ["novels: blank 2 3", "poems: slash dash 4"])
  }

  @Test func `In running text the horizontal place is no evidence`() {
    let table = Table(
      drawing: """
        kind   | adults | children | total
        novels |   | 1 | 2 | 3
        poems  | 4 |   | 4
        """, columnEvidence: .ordered)
    #expect(summary(grid(table))[...1] == ["novels: 1 2 3", "poems: 4 4 ?"])
  }

  @Test func `Figures that a copy repeats under repeated words are one`() {
    let table = Table(
      drawing: """
        kind   | adults | children | children | total
        novels | 1 | 2 | 2 | 3
        poems  | 4 | 0 | 1 | 4
        """, columnEvidence: .ordered)
    #expect(summary(grid(table))[...1] == ["novels: 1 2 3", "poems: 4 0 1 4 ?"])
  }

  @Test func `Of figures that stand beside the words of their columns only the order is certain`() {
    let table = Table(
      drawing: """
        kind   | | adults | children | total
        novels | 1 | 2 | 3 | |
        poems  | 4 | 0 | 4 | |
        """, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    #expect(summary(grid(table))[...1] == ["novels: 1 2 3 ?", "poems: 4 0 4 ?"])
  }

  @Test func `A cell that names several rows names none of them`() {
    let table = Table(
      drawing: """
        kind          | adults | children | total
        novels        | 1 | 2 | 3
        poems and sum | 4 | 0 | 4
        ^             | 5 | 2 | 7
        """, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    #expect(
      summary(grid(table)) == [
        "novels: 1 2 3", "poems: ambiguous ambiguous ambiguous", "other: ambiguous ambiguous ambiguous",
        "sum: ambiguous ambiguous ambiguous",
      ])
  }

  @Test func `A cell beside as many rows as are missing there tells none of them`() {
    let table = Table(
      drawing: """
        kind      | adults | children | total
        novels    | 1 | 2 | 3
        all kinds | 4 | 0 | 4
        ^         | 1 | 0 | 1
        sum       | 6 | 2 | 8
        """, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    #expect(
      summary(grid(table))[1...2] == [
        "poems: ambiguous ambiguous ambiguous", "other: ambiguous ambiguous ambiguous",
      ])
    let numbered = Table(
      drawing: """
          | kind   | adults | children | total
          | novels | 1 | 2 | 3
        a | kinds  | 4 | 0 | 4
        b | ^      | 1 | 0 | 1
          | sum    | 6 | 2 | 8
        """, columnEvidence: .placed, headerRows: 1, headerColumns: 2)
    // Words of their own beside those that they share may be torn from the name of each.
    #expect(TableLines([table], figures: figures).lines.map(\.sharesName) == [false, false, true, true, false])
    #expect(TableLines([numbered], figures: figures).lines.allSatisfy { !$0.sharesName })
  }

  @Test func `A row without figures is not blank where they stand under words below it that are no row's`() {
    func poems(above: String = "", _ below: String = "") -> String {
      let table = Table(
        drawing: """
          kind    | adults | children | total
          novels  | 1 | 2 | 3
          \(above)
          poems   |   |   |
          \(below)
          sum     | 5 | 2 | 7
          """, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
      return summary(grid(table))[1]
    }
    #expect(poems(above: "verse and | 4 | 0 | 4") == "poems: ambiguous ambiguous ambiguous")
    #expect(poems("and verse | 4 | 0 | 4") == "poems: ambiguous ambiguous ambiguous")
    #expect(poems("and verse |   |   |") == "poems: blank blank blank")
    #expect(poems("other     | 4 | 0 | 4") == "poems: blank blank blank")
  }

  @Test func `A name that ends in the next line has the figures beside its end`() {
    let long = Form(
      name: "library",
      tables: [
        FormTable(
          key: "loans", rules: [:],
          blocks: [
            FormBlock(
              key: "books", layout: .rows, columns: form.tables[0].blocks[0].columns,
              rows: [row("poems"), row("comicstripsandgraphictales"), row("sum")], equations: [])
          ])
      ])
    let table = Table(
      drawing: """
        kind                  | adults | children | total
        poems                 | 1 | 2 | 3
        comicstripsandgraphic |   |   |
        tales                 | 4 | 0 | 4
        sum                   | 5 | 2 | 7
        """, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    let mapping = FormMapping.choose(
      among: [long], in: TableLines([table], figures: figures), chapters: Chapters([], tables: [table])
    ).first
    #expect(mapping?.grids(figures).first?.rows[1].tokens.map(\.raw) == ["4", "0", "4"])
  }

  @Test func `A column in which nothing is printed is none`() {
    let table = Table(
      drawing: "|novels | 1 | | 3\n|poems | 4 | 0 | 4\n|sum | 5 | 2 | 7", columnEvidence: .placed, headerColumns: 2)
    #expect(summary(grid(table))[0] == "novels: 1 blank 3")
  }

  @Test func `A head whose lines stand in cells under each other is one head, and two heads are not`() {
    let heads = StackedHeads(of: [form], figures: figures)
    let stacked = Table(
      drawing: """
        kind   | ad  | child | to
               | ul  | ren   | tal
               | ts  |       |
        novels | 1 | 2 | 3
        poems  | 4 | 5 | 9
        """, columnEvidence: .placed, headerRows: 3, headerColumns: 1)
    #expect(summary(grid(heads.joined(stacked))) == ["novels: 1 2 3", "poems: 4 5 9", "other: absent", "sum: absent"])
    let apart = Table(
      drawing: """
        kind   | adults | children
               | total  | sum
        novels | 1 | 2
        """, columnEvidence: .placed, headerRows: 2, headerColumns: 1)
    #expect(heads.joined(apart) == apart)
  }

  @Test func `A header that lacks a column says so`() {
    let table = Table(
      drawing: """
        kind   | adults | total
        novels | 1 | 3
        """, columnEvidence: .ordered)
    #expect(grid(table)?.headedColumns == [true, false, true])
  }

  @Test func `A header that hardly names a column says nothing`() {
    let table = Table(drawing: "novels | 1 | 3\npoems | 4 | 4", columnEvidence: .ordered)
    #expect(grid(table)?.headedColumns == nil)
  }

  @Test func `Lines without a name are rows by their order where none is missing`() {
    let table = Table(
      drawing: """
        novels | 1 | 2 | 3
               | 4 | 0 | 4
               | 0 | 0 | 0
        sum    | 5 | 2 | 7
        """, columnEvidence: .placed, headerColumns: 1)
    #expect(summary(grid(table)) == ["novels: 1 2 3", "poems: 4 0 4", "other: 0 0 0", "sum: 5 2 7"])
  }

  @Test func `A line without a name among too few is no row`() {
    let table = Table(
      drawing: """
        novels | 1 | 2 | 3
               | 4 | 0 | 4
        sum    | 5 | 2 | 7
        """, columnEvidence: .placed, headerColumns: 1)
    #expect(
      summary(grid(table)) == [
        "novels: 1 2 3", "poems: ambiguous ambiguous ambiguous", "other: ambiguous ambiguous ambiguous", "sum: 5 2 7",
      ])
  }

  @Test func `In a text the pieces of a name may stand before and behind the figures of its row`() {
    let form = BlockMapping(
      FormBlock(
        key: "books", layout: .rows, columns: [column("adults"), column("children")],
        rows: [row("picture books and comics for all ages"), row("poems")], equations: []),
      in: TableLines(
        [
          Table(
            drawing: """
              kind | adults | children
              picture books | x | and comics | 1 | 2
              for all | ages | poems | 3 | 4
              """, columnEvidence: .ordered)
        ], figures: figures),
      open: [0, 1, 2])
    #expect(form.lines == [[1], [2]])
  }

  @Test func `Pieces of a name before the numbered name of another row do not take its figures`() {
    let block = FormBlock(
      key: "books", layout: .rows, columns: [column("adults"), column("children")],
      rows: [row("picture books and comics for all ages"), row("poems")], equations: [])
    let drawing =
      "kind | adults | children\n1. picture books | and comics | for all ages | 2. maps | 1 | 2\npoems | 3 | 4"
    let lines = TableLines([Table(drawing: drawing, columnEvidence: .ordered)], figures: figures)
    #expect(BlockMapping(block, in: lines, open: [0, 1, 2]).lines == [[], [2]])
  }

  @Test func `A bracket that closes in the nearest words opens in the words before`() {
    let table = Table(
      drawing: "novels (old | and new) | 1 | 2 | 3\npoems | 4 | 0 | 4\nsum | 5 | 2 | 7", columnEvidence: .ordered)
    #expect(TableLines([table], figures: figures).lines[0].label == Label("novels (old and new)"))
    #expect(summary(grid(table))[0] == "novels: 1 2 3")
  }

  @Test func `Figures of which no sum speaks are uncertain below the names of several rows`() {
    let block = FormBlock(
      key: "books", layout: .rows, columns: [column("adults"), column("children")],
      rows: [row("novels"), row("poems")],
      equations: [])
    func states(_ drawing: String) -> [ValueState] {
      let lines = TableLines([Table(drawing: drawing, columnEvidence: .ordered)], figures: figures)
      return BlockEvidence(BlockMapping(block, in: lines, open: lines.lines(of: [0])), figures: figures).rows()[1]
        .tokens
        .map(\.state)
    }
    #expect(states("novels\npoems | 1 | 2") == [.uncertain, .uncertain])
    #expect(states("novels | | \npoems | 1 | 2") == [.printed, .printed])
    #expect(states("novels\nadults | children\npoems | 1 | 2") == [.printed, .printed])
  }

  @Test func `A table may go on in another one`() {
    let first = Table(
      drawing: "kind | adults | children | total\nnovels | 1 | 2 | 3", columnEvidence: .placed, headerColumns: 1)
    let second = Table(
      drawing: "poems | 4 | 0 | 4\nsum | 5 | 2 | 7", id: "t2", columnEvidence: .placed, headerColumns: 1)
    #expect(summary(grid(first, second)) == ["novels: 1 2 3", "poems: 4 0 4", "other: absent", "sum: 5 2 7"])
  }

  @Test func `Columns in another order follow their words in running text too`() {
    let table = Table(
      drawing: """
        kind   | children | adults | total
        novels | 2 | 1 | 3
        poems  | 0 | 4 | 4
        """, columnEvidence: .ordered)
    #expect(summary(grid(table))[...1] == ["novels: 1 2 3", "poems: 4 0 4"])
  }

  @Test func `Two lines of one name are uncertain, an explained one gives way`() {
    let twice = Table(
      drawing: "novels | 1 | 2 | 3\nnovels | 4 | 5 | 9\npoems | 4 | 0 | 4\nsum | 5 | 2 | 7", columnEvidence: .ordered)
    #expect(grid(twice)?.rows[0].tokens.map(\.state) == [.uncertain, .uncertain, .uncertain])
    let explained = Table(
      drawing: "novels (new) | 9 | 9 | 18\nnovels | 1 | 2 | 3\npoems | 4 | 0 | 4\nsum | 5 | 2 | 7",
      columnEvidence: .ordered)
    #expect(summary(grid(explained))[0] == "novels: 1 2 3")
  }

  @Test func `Another table with the words of the form in another section is not mixed in`() {
    func heading(_ text: String) -> Block { Block(.heading(level: 1), text: PrintedText(text), places: []) }
    func place(_ id: String) -> Block { Block(.table(id: id), text: PrintedText(""), places: []) }
    let story = Table(drawing: "novels | 7\npoems | 8", columnEvidence: .ordered)
    let real = Table(
      drawing:
        "kind | adults | children | total\nnovels | 1 | 2 | 3\npoems | 4 | 0 | 4\nother | 0 | 0 | 0\nsum | 5 | 2 | 7",
      id: "t2", columnEvidence: .ordered)
    let blocks = [heading("1 Overview"), place("t1"), heading("2 Loans"), place("t2")]
    #expect(summary(grid(story, real, blocks: blocks))[0] == "novels: 1 2 3")
  }

  @Test func `Rows of two reports in one file are not mixed`() {
    func heading(_ text: String) -> Block { Block(.heading(level: 1), text: PrintedText(text), places: []) }
    func place(_ id: String) -> Block { Block(.table(id: id), text: PrintedText(""), places: []) }
    let head = "kind | adults | children | total\n"
    let first = Table(
      drawing: head + "novels | 1 | 2 | 3\nother | 0 | 0 | 0\nsum | 5 | 2 | 7", columnEvidence: .ordered)
    let second = Table(
      drawing: head + "novels | 9 | 9 | 18\npoems | 9 | 9 | 18\nother | 0 | 0 | 0", id: "t2", columnEvidence: .ordered)
    let blocks = [heading("1 Overview"), place("t1"), heading("1 Overview"), place("t2")]
    let found = summary(grid(first, second, blocks: blocks))
    #expect(found == ["novels: 1 2 3", "poems: absent", "other: 0 0 0", "sum: 5 2 7"])
    #expect(mappings([first, second], blocks).first?.isRepeated == true)
  }

  @Test func `A nought over several columns is one for each, another figure is nobody's`() {
    let table = Table(
      drawing: """
        kind   | adults | children | total
        novels | 0      | >        | >
        poems  | 4      | >        | >
        """, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    #expect(summary(grid(table))[...1] == ["novels: 0 0 0", "poems: ambiguous ambiguous ambiguous"])
  }

  @Test func `A table of other things is not found`() {
    #expect(grid(Table(drawing: "rain | 1 | 2 | 3\nsun | 4 | 5 | 6", columnEvidence: .placed)) == nil)
  }

  @Test func `Named lines beside the form and figures without a name are kept`() {
    let table = Table(
      drawing: """
        novels  | 1 | 2 | 3
        records | 7 | 8 | 15
                | 9 |   |
        sum     | 5 | 2 | 7
        """, columnEvidence: .placed, headerColumns: 1)
    let lines = TableLines([table], figures: figures)
    let leftover = Leftover(mappings([table]), lines, figures: figures)
    #expect(leftover.rows.map { $0["label"] } == ["records"])
    #expect(leftover.figures.map(\.raw) == ["9"])
  }
}

@Suite struct `Checking a record` {
  private func checks(_ drawing: String) async throws -> [String: Check.Status] {
    let table = Table(drawing: drawing, columnEvidence: .placed, headerRows: 1, headerColumns: 1)
    let found = grid(table)
    let grid = try #require(found)
    var document = Document(source: Source(uri: "trial"))
    var record = Record(status: .complete)
    record.grids = [grid]
    record.fields = grid.fields(stage: "trial")
    document.record = record
    let checked = try await CheckRecord(options: NoOptions()).trial(document)
    return Dictionary(
      (checked.record?.checks ?? []).map { ("\($0.id) \($0.instance)", $0.status) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func `Sums of printed figures pass or fail`() async throws {
    let checks = try await checks(
      """
      kind   | adults | children | total
      novels | 1 | 2 | 3
      poems  | 4 | 0 | 5
      other  | 0 | 0 | 0
      sum    | 5 | 2 | 8
      """)
    #expect(checks["L-1 novels"] == .pass)
    #expect(checks["L-1 poems"] == .fail)
    #expect(checks["L-4 total"] == .pass)
  }

  @Test func `A sum over a blank is not assessed`() async throws {
    let checks = try await checks(
      """
      kind   | adults | children | total
      novels | 1 |   | 1
      """)
    #expect(checks["L-1 novels"] == .notAssessable)
    #expect(checks["L-4 total"] == .notAssessable)
    #expect(checks["L-3 loans/books"] == .fail)
    #expect(checks["L-2 loans/books"] == .fail)
  }
}
