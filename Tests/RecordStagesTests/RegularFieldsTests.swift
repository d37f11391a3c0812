import DocumentModel
import TestSupport
import Testing

@testable import RecordStages

private func labelled(_ keys: String...) -> [(String, [Label])] { keys.map { ($0, [Label($0)]) } }

private func columns(_ keys: String..., group: String? = nil) -> [FormColumn] {
  keys.map { FormColumn(key: $0, group: $0 == "total" ? nil : group, labels: [Label($0)], type: .count, units: [:]) }
}

private func rows(_ keys: String..., group: String? = nil) -> [FormRow] {
  keys.map { FormRow(key: $0, group: $0 == "sum" ? nil : group, labels: [Label($0)]) }
}

private let sums = [
  FormEquation(id: "L-1", severity: "error", each: .row, left: ["readers"], right: ["total"], message: "readers"),
  FormEquation(id: "L-2", severity: "error", each: .column, left: ["kinds"], right: ["sum"], message: "kinds"),
]

private let books = FormBlock(
  key: "books", layout: .rows, columns: columns("women", "men", "children", "total", group: "readers"),
  rows: rows("novels", "poems", "plays", "sum", group: "kinds"), equations: sums)

private let fees = FormBlock(
  key: "fees", layout: .rows, columns: columns("cases", "amount"), rows: rows("late", "lost"), equations: [])

private let stocks = FormBlock(
  key: "stocks", layout: .rows, columns: columns("old", "new", "all"), rows: rows("maps", "globes"), equations: [])

private let suits = FormBlock(
  key: "suits", layout: .line, columns: columns("won", "lost", "total", group: "readers"),
  rows: rows("first", "second"),
  equations: [sums[0]])

private func grids(_ blocks: [FormBlock], _ drawing: String) -> [EvidenceGrid] {
  let figures = FigureReader(countUnits: [], amountUnits: [])
  let form = Form(name: "library", tables: [FormTable(key: "loans", rules: [:], blocks: blocks)])
  let table = Table(drawing: drawing, columnEvidence: .ordered)
  let mapping = FormMapping.choose(
    among: [form], in: TableLines([table], figures: figures), chapters: Chapters([], tables: [table]))
  return mapping.first?.grids(figures) ?? []
}

/// `novels: 1 2 3` for rows whose columns are certain, `novels: 1 2 ?` for others; `_` for no figure.
private func summary(_ grid: EvidenceGrid?, _ block: FormBlock) -> [String] {
  zip(block.rows.map(\.key), grid?.rows ?? []).map { key, row in
    let tokens = row.tokens.map { $0.value == .null ? "_" : $0.raw }.joined(separator: " ")
    return if case .placed = row { "\(key): \(tokens)" } else { "\(key): \(tokens) ?" }
  }
}

@Suite struct `Blanks that running text keeps in their places` {
  @Test func `Under a header that lacks a column the sums say where the others stand`() {
    let grid = grids(
      [books],
      """
      kind   | women | men | children
      novels | 1 |   | 5 |
      poems  |   |   | 2 |
      plays  |   | 3 | 1 |
      sum    | 1 | 3 | 8 |
      """
    ).first
    #expect(summary(grid, books) == ["novels: 1 _ 5 _", "poems: _ _ 2 _", "plays: _ 3 1 _", "sum: 1 3 8 _"])
    #expect(grid?.placement == .header)
  }

  @Test func `Names of several levels may push the figures of some lines to the right`() {
    let grid = grids(
      [books],
      """
      kind   | women | men | children | total
      novels |   | 1 |   |   | 1
      poems  |   |   | 2 | 2
      plays  |   |   | 3 | 1 | 4
      sum    | 1 | 3 | 3 | 7
      """
    ).first
    #expect(summary(grid, books) == ["novels: 1 _ _ 1", "poems: _ _ 2 2", "plays: _ 3 1 4", "sum: 1 3 3 7"])
    #expect(grid?.placement == nil)
  }

  @Test func `A line that lost a cell breaks a sum, and all are left open`() {
    let grid = grids(
      [books],
      """
      kind   | women | men | children
      novels | 1 |   | 5 |
      poems  |   | 2 |   |
      plays  |   | 3 | 1 |
      sum    | 1 | 3 | 8 |
      """
    ).first
    #expect(summary(grid, books) == ["novels: 1 5 ?", "poems: 2 ?", "plays: 3 1 ?", "sum: 1 3 8 ?"])
  }

  @Test(arguments: [
    ("0 |   | 2 |  ", ["novels: 1 _ 5 6", "poems: 0 _ 2 _", "plays: 2 _ 1 3", "sum: 3 _ 8 11"]),
    ("0 | 2 |   |  ", ["novels: 1 5 6 ?", "poems: 0 2 ?", "plays: 2 1 3 ?", "sum: 3 8 11 ?"]),
  ])
  func `A line that ends in a blank is whole where it has another one before`(poems: String, expected: [String]) {
    let grid = grids(
      [books],
      """
      kind   | women | men | children | total
      novels | 1 |   | 5 | 6
      poems  | \(poems)
      plays  | 2 |   | 1 | 3
      sum    | 3 |   | 8 | 11
      """
    ).first
    #expect(summary(grid, books) == expected)
  }

  @Test func `One blank alone does not show that a line has lost no other`() {
    let grid = grids(
      [books],
      """
      kind   | women | men | children | total
      novels | 1 | 0 | 5 | 6
      poems  | 2 |   | 2 |
      plays  | 2 | 0 | 1 | 3
      sum    | 5 | 0 | 6 | 11
      """
    ).first
    #expect(summary(grid, books)[1] == "poems: 2 2 ?")
  }

  @Test func `A sum of a row does not tell where its one figure stands`() {
    let grid = grids(
      [books],
      """
      kind   | women | men | children | total
      novels |   | 1 | 2 |   | 3
      poems  | 4 |   |   | 4
      """
    ).first
    #expect(summary(grid, books)[...1] == ["novels: 1 2 3 ?", "poems: 4 4 ?"])
  }

  @Test func `A blank is none where a cell spans two columns of the table`() {
    let drawing = """
      kind   | cases |   | amount
      late   | 3 |   | 12
      lost   | 0 |   | 4
      """
    let wider = "\nkind | old | new | all\nmaps | 1 | 2 | 3\nglobes | 4 | 5 | 6"
    #expect(summary(grids([fees, stocks], drawing + wider).first, fees) == ["late: 3 12", "lost: 0 4"])
    #expect(summary(grids([fees], drawing).first, fees) == ["late: 3 12 ?", "lost: 0 4 ?"])
  }

  @Test func `A line of all blocks with its blanks is whole where its sums hold`() {
    let header = "first |  |  | second | |\nwon | lost | total | won | lost | total\n"
    #expect(summary(grids([suits], header + "2 |  | 2 |  | 1 | 1").first, suits) == ["first: 2 _ 2 _ 1 1"])
    #expect(summary(grids([suits], header + "2 |  | 3 |  | 1 | 1").first, suits) == ["first: 2 3 1 1 ?"])
  }
}
