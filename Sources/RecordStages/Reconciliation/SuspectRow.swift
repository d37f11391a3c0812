package import DocumentModel

/// What can be said of a table that no figures satisfy: a smallest set of equations that the certain figures contradict, and
/// the one row that explains it.
package func explanation(
  of problem: ReconciliationProblem, _ answer: Reconciliation, isLaidOut: Bool
) -> (equations: [Int]?, suspect: EvidenceGrid.Suspect?) {
  (conflict(in: problem), SuspectRow(problem, answer, isLaidOut: isLaidOut).suspect)
}

/// Looks for the one row of a contradictory table that explains the contradiction.
///
/// ```
///   a  b  total         the source: whatever the other rows say, one of 5 1 9 is wrong
///   5  1  9
///   51 ·  6             the extraction: with 5 and 1 for 51, which the grid puts into one cell, the sums hold
/// ```
///
/// Nothing is changed by what is found; it only says whose error it is.
struct SuspectRow {
  let problem: ReconciliationProblem
  let answer: Reconciliation
  /// Whether the source fixes the columns, so that figures may only have run together.
  let isLaidOut: Bool

  /// What reading one row otherwise is worth; many rows may have a blank.
  private static let budget: ReconciliationBudget = {
    var budget = ReconciliationBudget()
    (budget.nodes, budget.examinations, budget.bisections) = (10, 4_000, 20)
    return budget
  }()

  init(_ problem: ReconciliationProblem, _ answer: Reconciliation, isLaidOut: Bool) {
    (self.problem, self.answer, self.isLaidOut) = (problem, answer, isLaidOut)
  }

  var suspect: EvidenceGrid.Suspect? {
    let others = misreadRows
    if others.count == 1 { return EvidenceGrid.Suspect(row: others[0], cause: .extraction) }
    // Two rows that could be read otherwise leave it open whose error it is.
    guard others.isEmpty, let row = answer.suspectRow else { return nil }
    return EvidenceGrid.Suspect(row: row, cause: .source)
  }

  /// The rows with a blank that satisfy all sums together with the others, once only the order of their figures is believed.
  private var misreadRows: [Int] {
    let rows = (0..<problem.rows).filter { row in
      guard case .placed(let cells) = problem.evidence(ofRow: row) else { return false }
      return cells.contains(.hole) && cells.contains { $0 != .hole }
    }
    return rows.filter { row in
      guard case .placed(let cells) = problem.evidence(ofRow: row) else { return false }
      var other = problem
      other.evidence[row] = .ordered(cells.filter { $0 != .hole })
      let reading = reconcile(other, budget: Self.budget)
      guard reading.verdict == .consistent else { return false }
      return !isLaidOut || problem.cells(ofRow: row).contains { reading.cells[$0].edit != nil }
    }
  }
}
