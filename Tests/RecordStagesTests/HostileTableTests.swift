import DocumentModel
import ReconciliationTrials
import Testing

@testable import RecordStages

/// Tables that no form foresees: nothing may trap, nothing may be made up, and the work is bounded.
@Suite struct `Hostile tables` {
  @Test(arguments: 1...6) func `Figures at the ends of what can be counted are kept or withheld`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<40 {
      var table = ApplicationTable.random(using: &generator).printed
      #expect(Damage.extremes.apply(to: &table, using: &generator))
      var problem = table.problem
      if generator.chance(0.3) {
        problem.evidence = problem.evidence.map { row in
          guard case .ordered(let tokens) = row, tokens.count == 7 else { return row }
          return .placed(tokens)
        }
      }
      if generator.chance(0.3) { problem.lowerBounds = Array(repeating: nil, count: 175) }
      if generator.chance(0.3) { problem.decimals = generator.integer(0...20) }
      let answer = reconcile(problem)
      for (cell, known) in answer.cells.enumerated() {
        guard case .placed(let cells) = problem.evidence(ofRow: cell / 7), let figure = cells[cell % 7].figure else {
          continue
        }
        // What is certain in its place is what is printed there, or nothing.
        #expect(known.value == nil || known.value == figure)
      }
      _ = conflict(in: problem)
    }
  }

  @Test func `Random figures in rows of any length are never completed to a table that does not add up`() {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<60 {
      var table = ApplicationTable.random(using: &generator).printed
      #expect(Damage.nonsense.apply(to: &table, using: &generator))
      let answer = reconcile(table.problem)
      let whole = answer.cells.compactMap(\.value)
      guard whole.count == 175, answer.verdict == .consistent else { continue }
      #expect(ApplicationTable.equations.allSatisfy { $0.sum { whole[$0] } == 0 })
    }
  }

  @Test func `A negative count contradicts the sums of counts, and nothing is derived from it`() async throws {
    let record = try await record(
      grid([.placed(figures(-3) + [blank] + figures(3)), .placed(figures(4, 0, 4)), .placed(figures(5, 2, 7))]))
    #expect(cells(record)[0...2] == ["-3 printed", "- blank", "3 printed"])
    #expect(record.checks.first { $0.id == "F" }?.status == .fail)
  }

  @Test func `Problems without cells, with equations beyond them, and with rows of any shape are answered`() {
    #expect(reconcile(ReconciliationProblem(rows: 0, columns: 0, equations: [], evidence: [])).cells.isEmpty)
    let odd = ReconciliationProblem(
      rows: 2, columns: 2,
      equations: [
        LinearEquation(terms: [.init(cell: 99, coefficient: 1)], label: 0), LinearEquation(terms: [], label: 1),
        LinearEquation(terms: [.init(cell: 0, coefficient: Int.max), .init(cell: 1, coefficient: Int.min)], label: 2),
      ],
      evidence: [.placed([.figure(1)]), .ordered([]), .ordered([.figure(5)])], headedColumns: [true, false, true])
    #expect(reconcile(odd).cells.count == 4)
  }

  @Test func `Digits that could be cut in very many ways are left alone within the budget`() {
    var generator = SplitMix64(seed: 12)
    var table = ApplicationTable.random(using: &generator).printed
    for row in table.rows.indices { table.rows[row] = [.figure(1_111_111_111_111_111_111)] }
    let answer = reconcile(table.problem)
    #expect(answer.cells.allSatisfy { $0.basis != .derived || $0.value == 0 })
  }
}
