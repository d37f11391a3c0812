import Glibc
import RecordStages
import ReconciliationTrials

/// One way to damage a table, and what is asked of it.
struct Trial: Sendable {
  var damages: [Damage]
  /// Whether the source has an error of its own before it is damaged.
  var hasMisprint = false
  /// Tables, in percent, in which every figure has to be answered.
  var leastFull: Double?

  var name: String {
    let names = damages.map(\.rawValue)
    return ((hasMisprint ? ["source error"] : []) + names.filter { !hasMisprint || $0 != "none" }).joined(
      separator: " + ")
  }

  /// Whether everything answered has to be right, or said to be doubtful. An error of the source that meets a loss can
  /// be hidden by it: no method sees that (see docs/reconciliation.md).
  var mustNotBeSilent: Bool { !isHostile && (!hasMisprint || damages == [.none]) }

  /// Whether what is printed has nothing to do with the table.
  var isHostile: Bool { damages.contains(.nonsense) || damages.contains(.extremes) }
}

/// What came out of some cases of a trial.
struct Outcome: Sendable {
  var cases = 0
  var full = 0
  var score = Score()
  /// Cases with an error of the source of which nothing is said.
  var unreported = 0
  /// Cases in which something wrong is answered and nothing says so.
  var silentCases = 0
  /// CPU time of every case, in microseconds.
  var times: [Double] = []

  static func += (left: inout Outcome, right: Outcome) {
    left.cases += right.cases
    left.full += right.full
    left.score += right.score
    left.unreported += right.unreported
    left.silentCases += right.silentCases
    left.times += right.times
  }
}

extension Trial {
  /// Runs some cases; each is made from its number alone.
  func run<Table: TrialTable>(_: Table.Type, cases: Range<Int>, seed: UInt64) -> Outcome {
    var outcome = Outcome()
    for number in cases {
      var generator = SplitMix64(seed: seed &* 0x1_0001 &+ UInt64(number) &* 0x9E37_79B9 &+ 1)
      guard let (truth, printed) = table(Table.self, using: &generator) else { continue }
      let problem = printed.problem.laidOut
      let begin = Self.threadTime()
      let answer = reconcile(problem)
      if answer.verdict == .inconsistent, damages != [.none] {
        _ = explanation(of: problem, answer, isLaidOut: number % 2 == 0)
      }
      outcome.times.append(Self.threadTime() - begin)
      let score = Score(answer, of: problem, truth: truth)
      outcome.cases += 1
      outcome.full += score.withheld == 0 ? 1 : 0
      outcome.silentCases += score.silent > 0 ? 1 : 0
      outcome.unreported += hasMisprint && !Score.isFlagged(answer, Table.equations) ? 1 : 0
      outcome.score += score
    }
    return outcome
  }

  /// A table as its source prints it, and what is left of that; nil where it offers no place for the damage.
  private func table<Table: TrialTable>(
    _: Table.Type, using generator: inout SplitMix64
  ) -> (truth: Table, printed: PrintedTable)? {
    for _ in 0..<20 {
      var truth = Table.random(using: &generator)
      if hasMisprint && !truth.misprint(using: &generator) { continue }
      var printed = truth.printed
      if damages.allSatisfy({ $0.apply(to: &printed, using: &generator) }) { return (truth, printed) }
    }
    return nil
  }

  /// CPU time of this thread, in microseconds: other programs on the machine do not count.
  private static func threadTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }
}

extension ReconciliationProblem {
  /// The same with the columns of blanks known, as a grid tells them.
  fileprivate var laidOut: ReconciliationProblem {
    var problem = self
    problem.evidence = evidence.map { row in
      guard case .ordered(let tokens) = row, tokens.count == columns, tokens.contains(.hole) else { return row }
      return .placed(tokens)
    }
    return problem
  }
}
