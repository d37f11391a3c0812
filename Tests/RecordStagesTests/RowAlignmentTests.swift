import DocumentModel
import TestSupport
import Testing

@testable import RecordStages

private func alignment(_ keys: [String], _ printed: [String]) -> RowAlignment {
  let rows = keys.map { FormRow(key: $0, group: nil, labels: [Label($0)]) }
  let table = Table(drawing: printed.map { "\($0) | 1" }.joined(separator: "\n"), columnEvidence: .ordered)
  let lines = TableLines([table], figures: FigureReader(countUnits: [], amountUnits: [])).lines
  return RowAlignment(rows: rows, lines: lines, open: Array(lines.indices))
}

@Suite struct `Aligning lines with the rows of a form` {
  @Test func `Equal labels are told apart by the rows between them`() {
    let keys = ["novels", "others", "poems", "others", "sum"]
    let found = alignment(keys, ["novels", "poems", "others", "sum"])
    #expect(found.lines == [0, nil, 1, 2, 3])
    #expect(found.contested.isEmpty)
  }

  @Test func `An equal label that order does not place is uncertain`() {
    let found = alignment(["novels", "others", "poems", "others", "sum"], ["novels", "others", "sum"])
    #expect(found.lines.compactMap(\.self) == [0, 1, 2])
    #expect(found.contested == [1, 3])
  }

  @Test func `A damaged label that may be either of two rows is the one that order leaves`() {
    let found = alignment(
      ["full-time clerks", "part-time clerks", "sum"], ["full-time clerks", "t-time clerks", "sum"])
    #expect(found.lines == [0, 1, 2])
    #expect(found.contested.isEmpty)
  }

  @Test func `The head of a column with the name of a row does not contest it`() {
    let table = Table(
      drawing: """
        kind   | adults | sum |
        novels | 1      | 1   |
        sum    | 1      | 1   |
        """, columnEvidence: .placed, headerColumns: 1)
    let lines = TableLines([table], figures: FigureReader(countUnits: [], amountUnits: [])).lines
    let rows = ["novels", "sum"].map { FormRow(key: $0, group: nil, labels: [Label($0)]) }
    let found = RowAlignment(rows: rows, lines: lines, open: Array(lines.indices))
    #expect(found.lines == [1, 2])
    #expect(found.contested.isEmpty)
  }
}
