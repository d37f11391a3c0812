import Glibc
import RecordStages
import ReconciliationTrials

/// Damages tables at random, reconciles them, and says what came out and how long it took.
///
/// `ReconciliationBenchmark [CASES [SEED]]`; ends with 1 where an answer is silently wrong, a kind falls below the share
/// of whole tables that the method was measured with, or the time is above what is promised.
@main struct ReconciliationBenchmark {
  static func main() async {
    let arguments = CommandLine.arguments.dropFirst().map { Int($0) }
    guard arguments.count <= 2, !arguments.contains(nil) else {
      print("usage: ReconciliationBenchmark [CASES [SEED]]")
      exit(2)
    }
    let cases = arguments.first.flatMap { $0 } ?? 100_000
    let seed = UInt64(arguments.dropFirst().first.flatMap { $0 } ?? 78)
    var faults: [String] = []
    let share = max(1, cases * 4 / 5 / Trial.applications.count)
    let rest = max(1, cases / 5 / Trial.budgets.count)
    faults += await report(Trial.applications, ApplicationTable.self, cases: share, seed: seed)
    faults += await report(Trial.budgets, BudgetTable.self, cases: rest, seed: seed)
    print(faults.isEmpty ? "\nAll that is asked for holds." : "\n" + faults.joined(separator: "\n"))
    exit(faults.isEmpty ? 0 : 1)
  }

  /// Runs all trials of one kind of table and prints their figures; what does not hold.
  private static func report<Table: TrialTable>(
    _ trials: [Trial], _: Table.Type, cases: Int, seed: UInt64
  ) async -> [String] {
    let cells = Table.equations.flatMap(\.terms).map(\.cell).max().map { $0 + 1 } ?? 0
    print("\n\(Table.self): \(cells) cells, \(Table.equations.count) equations, \(cases) cases a kind\n")
    print(Row.header)
    var all = Outcome()
    var damaged = Outcome()
    var silent = 0
    var faults: [String] = []
    for trial in trials {
      let outcome = await run(trial, Table.self, cases: cases, seed: seed)
      print(Row(trial, outcome))
      faults += trial.faults(outcome)
      all += outcome
      silent += trial.mustNotBeSilent ? outcome.silentCases : 0
      if trial.damages != [.none] { damaged += outcome }
    }
    let lawful = trials.count { $0.mustNotBeSilent }
    print(
      "\(all.cases) cases, \(all.silentCases) with a figure that is silently wrong, \(silent) of them among the \(lawful) kinds"
        + " without an error of the source behind the damage")
    print("damaged tables: \(Row.times(damaged.times))")
    let times = damaged.times.sorted()
    if times.percentile(0.5) > 300 { faults.append("\(Table.self): the median is above 0.3 ms") }
    if times.last ?? 0 > 50_000 { faults.append("\(Table.self): the longest case is above 50 ms") }
    return faults
  }

  /// The cases of a trial, in parts that run side by side.
  private static func run<Table: TrialTable>(
    _ trial: Trial, _: Table.Type, cases: Int, seed: UInt64
  ) async -> Outcome {
    await withTaskGroup(of: Outcome.self) { group in
      let part = max(1, cases / 8)
      for first in stride(from: 0, to: cases, by: part) {
        group.addTask { trial.run(Table.self, cases: first..<min(cases, first + part), seed: seed) }
      }
      return await group.reduce(into: Outcome()) { $0 += $1 }
    }
  }
}

extension Trial {
  /// What does not hold of an outcome. Shares may fall below the method's by three standard errors of both samples.
  func faults(_ outcome: Outcome) -> [String] {
    var faults: [String] = []
    if mustNotBeSilent && outcome.score.silent > 0 {
      faults.append("\(name): \(outcome.score.silent) figures are silently wrong")
    }
    if hasMisprint && damages == [.none] {
      if outcome.unreported > 0 { faults.append("\(name): \(outcome.unreported) errors are not reported") }
      if outcome.score.wrong + outcome.score.withheld > 0 { faults.append("\(name): figures are not kept as printed") }
    }
    if damages == [.none] && !hasMisprint, outcome.times.sorted().percentile(0.5) > 50 {
      faults.append("\(name): the median is above 50 µs")
    }
    if let leastFull, outcome.cases > 0 {
      // The method was measured with 1,500 cases a kind, which do not tell 100 % from a little less.
      let share = leastFull / 100
      let known = min(max(share, 1 / 1_500), 1 - 1 / 1_500)
      let error = (known * (1 - known) * (1 / Double(outcome.cases) + 1 / 1_500)).squareRoot()
      let full = Double(outcome.full) / Double(outcome.cases)
      if full < share - 3 * error - 1e-9 { faults.append("\(name): fewer whole tables than \(leastFull) %") }
    }
    return faults
  }
}
