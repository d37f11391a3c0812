import ReconciliationTrials
import Testing

@testable import RecordStages

/// Random tables, damaged in every way; nothing answered may be wrong.
struct ReconciliationPropertyTests {
  private static let damages = Damage.allCases.filter { $0 != .nonsense && $0 != .extremes }

  @Test(arguments: damages) func `What is answered of a damaged table is true`(damage: Damage) {
    check([damage], cases: 8, seed: 78)
  }

  @Test(arguments: [
    [Damage.lostColumn, .ragged], [.lostColumn, .extra], [.lostColumn, .lostRow], [.ragged, .lostRow],
    [.someZerosVanish, .lostRow], [.someZerosVanish, .glued], [.lostRow, .glued],
  ])
  func `What is answered of a table damaged twice is true`(damages: [Damage]) {
    check(damages, cases: 4, seed: 79)
  }

  @Test(arguments: [Damage.none, .lostColumn, .headerLostLabel, .lostRow, .glued, .split])
  func `Some losses are always made good`(damage: Damage) {
    check([damage], cases: 8, seed: 80, mostWithheld: 0)
  }

  @Test(arguments: damages) func `What is answered of a sum tree with decimals is true`(damage: Damage) {
    check([damage], of: BudgetTable.self, cases: 8, seed: 81)
  }

  @Test(arguments: [1, 2, 3, 4]) func `An error of the source is kept as it is printed, and said`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<25 {
      var printed = ApplicationTable.random(using: &generator)
      guard printed.misprint(using: &generator) else { continue }
      let answer = reconcile(printed.printed.problem)
      #expect(answer.verdict == .inconsistent)
      #expect(Score(answer, truth: printed) == Score(printed: 175))
    }
  }

  private func check(_ damages: [Damage], cases: Int, seed: UInt64, mostWithheld: Int = 175) {
    check(damages, of: ApplicationTable.self, cases: cases, seed: seed, mostWithheld: mostWithheld)
  }

  private func check<Table: TrialTable>(
    _ damages: [Damage], of _: Table.Type, cases: Int, seed: UInt64, mostWithheld: Int = 175
  ) {
    var generator = SplitMix64(seed: seed)
    for number in 0..<cases {
      let truth = Table.random(using: &generator)
      var printed = truth.printed
      guard damages.allSatisfy({ $0.apply(to: &printed, using: &generator) }) else { continue }
      let answer = reconcile(printed.problem)
      let score = Score(answer, truth: truth)
      #expect(score.silent == 0, "case \(number)")
      #expect(score.withheld <= mostWithheld, "case \(number)")
      if damages.contains(.misread) { continue }
      #expect(score.wrong == 0, "case \(number)")
      #expect(answer.verdict != .inconsistent, "case \(number)")
    }
  }
}
