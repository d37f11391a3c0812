import DocumentModel
import TestSupport
import Testing

@testable import RecordStages

private let figures = FigureReader(countUnits: [], amountUnits: [])

private func column(_ key: String, group: String? = nil) -> FormColumn {
  FormColumn(key: key, group: group, labels: [Label(key)], type: .count, units: [:])
}

private func row(_ key: String, group: String? = nil) -> FormRow {
  FormRow(key: key, group: group, labels: [Label(key)])
}

/// Readers of a library: girls, then women and men under a heading, then all.
private let readers = FormBlock(
  key: "readers", layout: .rows,
  columns: [column("girls"), column("women", group: "grown"), column("men", group: "grown"), column("total")],
  rows: [row("novels"), row("poems")], equations: [], headings: [("grown", [Label("adults")])])

/// Cases in one line: an appeal, then two kinds of suits.
private let cases = FormBlock(
  key: "cases", layout: .line, columns: [column("won"), column("lost")],
  rows: [row("appeals"), row("direct", group: "suits"), row("late", group: "suits")], equations: [],
  headings: [("suits", [Label("suits")])])

/// What is printed for the first row, `unordered` or the figures in the order of the form.
private func read(_ block: FormBlock, _ drawing: String, placed: Bool = false) -> String {
  let table = Table(drawing: drawing, columnEvidence: placed ? .placed : .ordered)
  let lines = TableLines([table], figures: figures)
  let mapping = BlockMapping(block, in: lines, open: lines.lines(of: [0]))
  let row = BlockEvidence(mapping, figures: figures).rows().first ?? .absent
  return switch row {
  case .absent: "absent"
  case .placed(let tokens): tokens.map(\.raw).joined(separator: " ")
  case .ordered(let tokens): "ordered " + tokens.map(\.raw).joined(separator: " ")
  case .unordered(let tokens): "unordered " + tokens.map(\.raw).joined(separator: " ")
  }
}

@Suite struct `The order in which a header names columns` {
  @Test(arguments: [
    "girls | women | men | total\nnovels | 1 | 2 | 3 | 6",
    "girls | adults | total\nwomen | men\nnovels | 1 | 2 | 3 | 6",
    "total\ngirls | adults\nwomen | men\nnovels | 1 | 2 | 3 | 6", "girls | women | men\nnovels | 1 | 2 | 3 | 6",
  ])
  func `It is that of the form in every known flattening`(drawing: String) {
    #expect(read(readers, drawing) == "1 2 3 6")
  }

  @Test(arguments: [
    "total | girls | women | men\nnovels | 6 | 1 | 2 | 3",
    "total | girls | adults\nwomen | men\nnovels | 6 | 1 | 2 | 3",
    "girls | total | adults\nmen | women\nnovels | 1 | 6 | 3 | 2",
    "men | girls | women | total\nnovels | 3 | 1 | 2 | 6",
  ])
  func `Another one that is said is followed`(drawing: String) {
    #expect(read(readers, drawing) == "1 2 3 6")
  }

  @Test(arguments: [
    "total | girls\nwomen | men\nnovels | 6 | 1 | 2 | 3", "men | girls | women\nnovels | 3 | 1 | 2 | 6",
    "total | girls | women | men\nnovels | 6 | 1",
  ])
  func `Another one that is said in part leaves its rows open`(drawing: String) {
    #expect(read(readers, drawing).hasPrefix("unordered"))
  }

  @Test func `A header holds for the lines below it, up to the next`() {
    let table = Table(
      drawing: """
        total | girls | women | men
        novels | 6 | 1 | 2 | 3
        girls | women | men | total
        poems | 1 | 2 | 3 | 6
        """, columnEvidence: .ordered)
    let lines = TableLines([table], figures: figures)
    let mapping = BlockMapping(readers, in: lines, open: lines.lines(of: [0]))
    let rows = BlockEvidence(mapping, figures: figures).rows()
    #expect(rows.map { $0.tokens.map(\.raw) } == [["1", "2", "3", "6"], ["1", "2", "3", "6"]])
  }
}

@Suite struct `The order of a block in one line` {
  @Test func `Figures stand under the words of all levels`() {
    let swapped = """
      suits | >    | >    | >    | appeals | >
      late  | >    | direct | >  | all     | >
      won   | lost | won  | lost | won     | lost
      5     | 6    | 3    | 4    | 1   | 2
      """
    #expect(read(cases, swapped, placed: true) == "1 2 3 4 5 6")
  }

  @Test func `A flattened header says its order too`() {
    let appealsLast = "suits | appeals\ndirect | late | won | lost\nwon | lost | won | lost\n3 | 4 | 5 | 6 | 1 | 2"
    #expect(read(cases, appealsLast) == "1 2 3 4 5 6")
    let lateFirst = "appeals | suits\nwon | lost | late | direct\nwon | lost | won | lost\n1 | 2 | 5 | 6 | 3 | 4"
    #expect(read(cases, lateFirst) == "1 2 3 4 5 6")
    let lostFirst = "appeals | suits\nlost | won | direct | late\nlost | won | lost | won\n2 | 1 | 4 | 3 | 6 | 5"
    #expect(read(cases, lostFirst) == "1 2 3 4 5 6")
  }

  @Test func `Columns that are named in two orders leave the line open`() {
    let drawing = "appeals | suits\nwon | lost | direct | late\nlost | won | won | lost\n1 | 2 | 4 | 3 | 5 | 6"
    #expect(read(cases, drawing).hasPrefix("unordered"))
  }
}

@Suite struct `Rows whose names are alike` {
  @Test func `They keep their names in the other order`() {
    let rows = [row("books lent in this very year"), row("books lent in that other year")]
    let swapped = Table(
      drawing: "2. books lent in that other year | 3\n1. books lent in this very year | 5", columnEvidence: .ordered)
    let lines = TableLines([swapped], figures: figures).lines
    let alignment = RowAlignment(rows: rows, lines: lines, open: Array(lines.indices))
    #expect(alignment.lines == [1, 0])
  }

  @Test func `Names that are torn from a table in one line stand over it`() {
    let table = Table(
      drawing: "1 | 2 | 3 | 4 | 5 | 6", columnEvidence: .ordered)
    func found(_ captions: [String]) -> [[Int]] {
      let lines = TableLines([table], figures: figures, captions: [0: captions.map { PrintedText($0) }])
      return BlockMapping(cases, in: lines, open: lines.lines(of: [0])).lines
    }
    #expect(found(["appeals", "direct late"]) == [[0]])
    #expect(found(["novels", "poems"]) == [[]])
  }
}
