import ReconciliationTrials
import Testing

@testable import RecordStages

/// Tables small enough to try every figure in every cell.
struct ExhaustiveReconciliationTests {
  /// Two rows and their sum; in each row the last column is the sum of the others.
  private static let equations: [LinearEquation] = {
    let rows = (0..<3).map { [3 * $0, 3 * $0 + 1, 3 * $0 + 2] }
    let columns = (0..<3).map { [$0, $0 + 3, $0 + 6] }
    return (rows + columns).enumerated().map { label, cells in
      let coefficients = [1, 1, -1]
      return LinearEquation(terms: zip(cells, coefficients).map { .init(cell: $0, coefficient: $1) }, label: label)
    }
  }()

  /// Every table with figures up to 9 in its four free cells.
  private static let tables: [[Int]] = (0..<10_000).map { number in
    let (a, b, c, d) = (number % 10, number / 10 % 10, number / 100 % 10, number / 1_000)
    return [a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d]
  }

  private func prints(_ table: [Int], _ row: Int, _ evidence: RowEvidence) -> Bool {
    let figures = table[row * 3..<row * 3 + 3]
    switch evidence {
    case .absent: return true
    case .placed(let cells): return zip(figures, cells).allSatisfy { $1 == .hole || $1.figure == $0 }
    case .ordered(let tokens):
      var rest = figures[...]
      for token in tokens {
        guard let place = rest.firstIndex(where: { $0 == token.figure }) else { return false }
        rest = rest[(place + 1)...]
      }
      return true
    }
  }

  @Test func `What every possible table agrees on is answered, and nothing else`() {
    var generator = SplitMix64(seed: 5)
    for number in 0..<60 {
      let truth = Self.tables[(0..<4).reduce(0) { sum, _ in sum * 10 + generator.integer(0...3) }]
      let evidence = (0..<3).map { row -> RowEvidence in
        var cells = truth[row * 3..<row * 3 + 3].map(CellEvidence.figure)
        switch generator.integer(0...4) {
        case 0: return .absent
        case 1:
          cells[generator.integer(0...2)] = .hole
          return .placed(cells)
        case 2, 3:
          cells.remove(at: generator.integer(0...2))
          return .ordered(cells)
        default: return .ordered(cells)
        }
      }
      let possible = Self.tables.filter { table in (0..<3).allSatisfy { prints(table, $0, evidence[$0]) } }
      let problem = ReconciliationProblem(
        rows: 3, columns: 3, equations: Self.equations, evidence: evidence, headedColumns: [true, true, true],
        admitsEdits: false)
      let answer = reconcile(problem)
      for cell in 0..<9 {
        let figures = Set(possible.map { $0[cell] })
        #expect(answer.cells[cell].value == (figures.count == 1 ? figures.first : nil), "case \(number), cell \(cell)")
      }
    }
  }
}
