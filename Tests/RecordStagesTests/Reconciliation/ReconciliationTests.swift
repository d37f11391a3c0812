import ReconciliationTrials
import Testing

@testable import RecordStages

/// Tables of applications, each damaged in one way that sources are damaged in.
struct ReconciliationTests {
  /// A busy table: every column and most rows have figures.
  private let busy = ApplicationTable(
    received: [1_840, 212, 7, 11, 35, 19], carriedOut: [64, 5, 0, 1, 0, 2],
    results: [
      2: [903, 101, 3, 4, 20, 8], 3: [215, 30, 1, 2, 5, 1], 5: [12, 0, 0, 1, 0, 0], 7: [31, 9, 0, 0, 2, 1],
      10: [77, 14, 2, 1, 3, 0], 12: [341, 40, 1, 2, 4, 6], 13: [18, 3, 0, 0, 1, 0], 15: [96, 6, 0, 0, 0, 1],
      20: [44, 2, 0, 0, 0, 0], 22: [39, 2, 0, 0, 0, 0],
    ])
  /// A village: seven applications, all from natural persons or one enterprise.
  private let quiet = ApplicationTable(
    received: [6, 1, 0, 0, 0, 0], carriedOut: [1, 0, 0, 0, 0, 0],
    results: [2: [3, 0, 0, 0, 0, 0], 3: [1, 0, 0, 0, 0, 0], 12: [1, 1, 0, 0, 0, 0]])

  private func balanced(_ table: ApplicationTable) -> ApplicationTable {
    // What was not received must have been carried in.
    var table = table
    for column in 0..<6 {
      let out = table.figures[ApplicationTable.resultTotal][column] + table.figures[ApplicationTable.carriedOut][column]
      table.figures[ApplicationTable.received][column] = min(table.figures[ApplicationTable.received][column], out)
      table.figures[ApplicationTable.carriedIn][column] = out - table.figures[ApplicationTable.received][column]
    }
    table.addUp()
    return table
  }

  @Test func `An intact table is answered as it is printed`() {
    let table = balanced(busy)
    let answer = reconcile(table.printed.problem)
    #expect(table.isConsistent)
    #expect(answer.verdict == .intact)
    #expect(Score(answer, truth: table) == Score(printed: 175))
    #expect(answer.cells[8] == CellAnswer(value: table.figures[1][1], token: 1, basis: .printed))
  }

  @Test(arguments: 0..<7) func `A lost column is derived where the header tells which it is`(column: Int) {
    let table = balanced(busy)
    var printed = table.printed
    printed.eraseColumn(column)
    let answer = reconcile(printed.problem)
    #expect(answer.verdict == .consistent)
    #expect(answer.usedHeader)
    #expect(Score(answer, truth: table) == Score(printed: 150, derived: 25))
    #expect(answer.cells.filter { $0.basis == .derived }.allSatisfy { $0.isConfirmed == true })
  }

  @Test func `Without a header the sums do not tell which of equal columns is lost`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.eraseColumn(3)
    printed.headedColumns = nil
    let score = Score(reconcile(printed.problem), truth: table)
    #expect(score.wrong == 0)
    #expect(score.withheld > 0)
  }

  @Test func `A nearly empty table survives the loss of its totals and of one more cell in most rows`() {
    let table = balanced(quiet)
    var printed = table.printed
    printed.eraseColumn(ApplicationTable.total)
    for row in 4...22 { printed.rows[row].removeLast() }
    let answer = reconcile(printed.problem)
    #expect(answer.verdict == .consistent)
    #expect(Score(answer, truth: table).wrong == 0)
    #expect(Score(answer, truth: table).withheld == 0)
  }

  @Test func `A lost column and four more cells are found where the figures are large enough to tell`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.eraseColumn(5)
    for (row, place) in [(7, 0), (12, 2), (15, 1), (20, 5)] { printed.erase(row, place) }
    let score = Score(reconcile(printed.problem), truth: table)
    #expect(score.wrong == 0)
    #expect(score.withheld == 0)
  }

  @Test func `Single cells lost here and there are derived`() {
    let table = balanced(busy)
    var printed = table.printed
    for (row, place) in [(0, 0), (5, 3), (12, 6), (24, 1)] { printed.erase(row, place) }
    let answer = reconcile(printed.problem)
    #expect(Score(answer, truth: table).wrong == 0)
    #expect(Score(answer, truth: table).withheld == 0)
    #expect(answer.cells[0].basis == .derived)
    #expect(answer.cells[1] == CellAnswer(value: table.figures[0][1], token: 0, basis: .printed))
  }

  @Test func `Zeros that could be any of several tokens are printed, but by no certain one`() {
    let table = balanced(quiet)
    var printed = table.printed
    printed.erase(8, 4)
    let answer = reconcile(printed.problem)
    #expect((56..<63).allSatisfy { answer.cells[$0].value == 0 })
    #expect(Score(answer, truth: table).wrong == 0)
  }

  @Test func `A blank in a sure place is derived only where the equations leave one figure`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.rows[10][0] = .hole  // alone in its row and column
    for (row, column) in [(2, 1), (2, 2), (3, 1), (3, 2)] { printed.rows[row][column] = .hole }  // a rectangle
    let answer = reconcile(printed.problem)
    #expect(answer.cells[10 * 7].value == 77)
    #expect(answer.cells[10 * 7].basis == .derived)
    for (row, column) in [(2, 1), (2, 2), (3, 1), (3, 2)] {
      #expect(answer.cells[row * 7 + column] == .withheld)
    }
    #expect(Score(answer, truth: table) == Score(printed: 170, derived: 1, withheld: 4))
  }

  @Test func `Two lost columns are withheld wherever they hold anything`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.eraseColumn(1)
    printed.eraseColumn(0)
    printed.headedColumns?[1] = false
    let answer = reconcile(printed.problem)
    #expect(answer.cells[2 * 7] == .withheld)
    #expect(answer.cells[4 * 7].value == 0)
    #expect(Score(answer, truth: table).wrong == 0)
    #expect(Score(answer, truth: table).printed == 125)
  }

  @Test func `A lost row is derived`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.rows[12] = []
    let answer = reconcile(printed.problem)
    #expect(Score(answer, truth: table) == Score(printed: 168, derived: 7))
  }

  @Test func `Two numbers printed as one are cut where the sums leave one way`() {
    let table = balanced(busy)
    var printed = table.printed
    let isGlued = printed.glue(2, 0)
    #expect(isGlued)
    let answer = reconcile(printed.problem)
    #expect(Score(answer, truth: table) == Score(printed: 173, repaired: 2))
    #expect(answer.cells[14].token == nil)
    #expect(answer.cells[14].edit == .part(of: 0))
    #expect(answer.cells[16].token == 1)
  }

  @Test func `A number printed as two is joined, and one too many is dropped`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.rows[2].replaceSubrange(0...0, with: [.figure(90), .figure(3)])
    printed.rows[12].insert(.figure(5), at: 3)
    let answer = reconcile(printed.problem)
    #expect(Score(answer, truth: table) == Score(printed: 174, repaired: 1))
    #expect(answer.cells[14].edit == .joined(from: 0))
    #expect(answer.cells[12 * 7 + 3].token == 4)
  }

  @Test func `A source that contradicts itself is answered as printed`() {
    var table = balanced(busy)
    table.figures[12][0] += 10
    let answer = reconcile(table.printed.problem)
    #expect(answer.verdict == .inconsistent)
    #expect(Score(answer, truth: table) == Score(printed: 175))
  }

  @Test func `Of a damaged source that contradicts itself only the certain is kept, and the suspect named`() {
    var table = balanced(busy)
    table.figures[12][0] += 10
    var printed = table.printed
    printed.erase(7, 0)
    let answer = reconcile(printed.problem)
    #expect(answer.verdict == .inconsistent)
    #expect(answer.suspectRow == 12)
    #expect(answer.cells[12 * 7].value == table.figures[12][0])
    #expect(Score(answer, truth: table).wrong == 0)
  }

  @Test func `A header that lost a label is not believed against full rows`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.headedColumns?[2] = false
    printed.erase(7, 0)
    let answer = reconcile(printed.problem)
    #expect(!answer.usedHeader)
    #expect(Score(answer, truth: table) == Score(printed: 174, derived: 1))
  }

  @Test func `A header that names fewer columns than most rows print is not believed`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.eraseColumn(6)
    printed.headedColumns?[0] = false
    let answer = reconcile(printed.problem)
    #expect(!answer.usedHeader)
    #expect(answer.verdict == .consistent)
    #expect(Score(answer, truth: table).wrong == 0)
  }

  @Test func `A figure in a sure place shows a column that the header does not name`() {
    let table = balanced(busy)
    var printed = table.printed
    // In the rows below, the column that no head names has figures, too.
    printed.headedColumns?[1] = false
    for row in 1..<printed.rows.count where printed.rows[row].count > 5 { printed.erase(row, 5) }
    var problem = printed.problem
    problem.evidence[0] = .placed(table.figures[0].map { .figure($0) })
    let answer = reconcile(problem)
    #expect(answer.verdict == .consistent)
    #expect(Score(answer, truth: table).wrong == 0)
  }

  @Test func `A search that runs out answers less, and nothing else`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.eraseColumn(5)
    for row in 3...20 { printed.erase(row, row % 5) }
    let whole = reconcile(printed.problem)
    var budget = ReconciliationBudget()
    budget.nodes = 1
    let cut = reconcile(printed.problem, budget: budget)
    #expect(cut.verdict == .overBudget)
    for (less, more) in zip(cut.cells, whole.cells) where less.value != nil { #expect(less.value == more.value) }
    budget.readingsPerRow = 1
    #expect(Score(reconcile(printed.problem, budget: budget), truth: table).wrong == 0)
  }

  @Test func `Rows that have lost different columns without a header to tell are left undecided`() {
    let table = balanced(busy)
    var printed = table.printed
    printed.headedColumns = nil
    for row in 0..<25 { printed.erase(row, row % 6) }
    let answer = reconcile(printed.problem)
    #expect(answer.verdict == .undecided)
    #expect(answer.cells.allSatisfy { $0.basis != .derived })
    #expect(Score(answer, truth: table).wrong == 0)
  }

  @Test func `A row of three sums that has lost a number is completed where only one place is left`() {
    let equations = (0..<3).map { group in
      LinearEquation(
        terms: (0..<5).map { .init(cell: group * 5 + $0, coefficient: $0 == 4 ? -1 : 1) }, label: group)
    }
    let figures = [3, 1, 0, 2, 6, 0, 4, 1, 1, 6, 2, 0, 0, 0, 2]
    var table = ReconciliationProblem(rows: 1, columns: 15, equations: equations, evidence: [])
    table.evidence = [.ordered(figures.dropLast().map(CellEvidence.figure))]
    #expect(reconcile(table).cells.map(\.value) == figures)
    table.evidence = [.ordered(figures.dropLast(2).map(CellEvidence.figure))]
    for (cell, figure) in zip(reconcile(table).cells, figures) where cell.value != nil { #expect(cell.value == figure) }
  }
}
