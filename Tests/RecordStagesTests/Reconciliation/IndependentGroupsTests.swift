import Testing

@testable import RecordStages

/// Equations of which some contradict what is printed.
struct IndependentGroupsTests {
  /// One column of six rows: the first two add up to the third, the next two to the last.
  private func answer(_ figures: [Int?]) -> [Int?] {
    let equations = [[0, 1, 2], [3, 4, 5]].enumerated().map { label, cells in
      LinearEquation(terms: zip(cells, [1, 1, -1]).map { .init(cell: $0, coefficient: $1) }, label: label)
    }
    let evidence = figures.map { figure in RowEvidence.placed([figure.map { .figure($0) } ?? .hole]) }
    let problem = ReconciliationProblem(rows: 6, columns: 1, equations: equations, evidence: evidence)
    return reconcile(problem).cells.map(\.value)
  }

  @Test func `A sum that fails does not keep another from proving a figure`() {
    #expect(answer([1, 2, 4, 5, nil, 7]) == [1, 2, 4, 5, 2, 7])
  }

  @Test func `Nothing is derived by a sum that fails`() {
    #expect(answer([1, nil, 0, 5, 2, 7]) == [1, nil, 0, 5, 2, 7])
  }
}
