import Testing

@testable import RecordStages

/// Equations of other shapes than sums of counts.
struct LinearSystemTests {
  private func problem(
    _ coefficients: [Int], _ cells: [CellEvidence], lowerBounds: [Int?]? = nil
  ) -> ReconciliationProblem {
    let terms = coefficients.enumerated().map { LinearEquation.Term(cell: $0.offset, coefficient: $0.element) }
    return ReconciliationProblem(
      rows: 1, columns: coefficients.count, equations: [LinearEquation(terms: terms, label: 0)],
      evidence: [.placed(cells)], lowerBounds: lowerBounds)
  }

  @Test func `Coefficients divide exactly or not at all`() {
    #expect(reconcile(problem([3, -1], [.hole, .figure(12)])).cells[0].value == 4)
    #expect(reconcile(problem([3, -1], [.hole, .figure(13)])).verdict == .inconsistent)
    #expect(reconcile(problem([-3, 1], [.hole, .figure(12)])).cells[0].value == 4)
  }

  @Test func `A figure below zero is found only in a signed cell`() {
    let cells: [CellEvidence] = [.hole, .figure(9), .figure(4)]
    #expect(reconcile(problem([1, 1, -1], cells)).verdict == .inconsistent)
    let answer = reconcile(problem([1, 1, -1], cells, lowerBounds: [nil, 0, 0]))
    #expect(answer.cells[0] == CellAnswer(value: -5, token: nil, basis: .derived, isConfirmed: false))
  }

  @Test func `Blanks that add up to nothing are zero, and others stay open`() {
    let zero = reconcile(problem([1, 1, 1, -1], [.figure(7), .hole, .hole, .figure(7)]))
    #expect(zero.cells.map(\.value) == [7, 0, 0, 7])
    let open = reconcile(problem([1, 1, 1, -1], [.figure(6), .hole, .hole, .figure(7)]))
    #expect(open.cells.map(\.value) == [6, nil, nil, 7])
    #expect(open.verdict == .consistent)
  }

  @Test(arguments: [1_000_000_000_000_000_000, LinearSystem.largestFigure, Int.max])
  func `Figures as large as they come do not overflow`(
    figure: Int
  ) {
    #expect(reconcile(problem([1, 1, -1], [.figure(figure), .hole, .figure(figure)])).cells[1].value == 0)
    #expect(
      reconcile(problem([1, 1, -1], [.figure(figure), .figure(figure), .figure(figure)])).verdict == .inconsistent)
    let ordered = ReconciliationProblem(
      rows: 1, columns: 3, equations: problem([1, 1, -1], []).equations,
      evidence: [.ordered([.figure(figure), .figure(figure)])])
    #expect(Set(reconcile(ordered).cells.map(\.value)).isSubset(of: [nil, figure, 0]))
  }

  @Test func `Equations that name cells outside the table, or count too often, are set aside`() {
    var table = problem([1, -1], [.figure(3), .hole])
    table.equations.append(LinearEquation(terms: [.init(cell: 99, coefficient: 1)], label: 1))
    table.equations.append(
      LinearEquation(terms: [.init(cell: 0, coefficient: Int.max), .init(cell: 1, coefficient: Int.min)], label: 2))
    #expect(reconcile(table).cells[1].value == 3)
  }

  @Test func `A row that does not fit the table counts as absent`() {
    let table = ReconciliationProblem(
      rows: 2, columns: 2, equations: [], evidence: [.placed([.figure(1)])])
    #expect(reconcile(table).cells.allSatisfy { $0 == .withheld })
  }

  @Test func `Elimination determines what no single equation does`() {
    // x + y = 10 and x − y = 4
    func terms(_ x: Int, _ y: Int, _ sum: Int) -> [LinearEquation.Term] {
      [.init(cell: 0, coefficient: x), .init(cell: 1, coefficient: y), .init(cell: sum, coefficient: -1)]
    }
    let table = ReconciliationProblem(
      rows: 1, columns: 4,
      equations: [LinearEquation(terms: terms(1, 1, 2), label: 0), LinearEquation(terms: terms(1, -1, 3), label: 1)],
      evidence: [.placed([.hole, .hole, .figure(10), .figure(4)])])
    #expect(reconcile(table).cells.map(\.value) == [7, 3, 10, 4])
  }
}
