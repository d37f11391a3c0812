package import RecordStages

/// How a reconciliation compares with the truth, cell by cell.
package struct Score: Equatable {
  /// Right, and read as they stand.
  package var printed = 0
  /// Right, and not printed.
  package var derived = 0
  /// Right, and taken out of what is printed otherwise.
  package var repaired = 0
  /// Without an answer.
  package var withheld = 0
  /// Wrong, in a table of which that is said.
  package var flagged = 0
  /// Wrong, and nothing says so.
  package var silent = 0

  package var wrong: Int { flagged + silent }

  package init(printed: Int = 0, derived: Int = 0, repaired: Int = 0, withheld: Int = 0) {
    (self.printed, self.derived, self.repaired, self.withheld) = (printed, derived, repaired, withheld)
  }

  /// Holds the answer to a problem against the truth; `problem` tells which figures the record names as doubtful.
  package init(_ answer: Reconciliation, of problem: ReconciliationProblem? = nil, truth: some TrialTable) {
    self.init(
      answer, truth: truth, isFlagged: Self.isFlagged(answer, type(of: truth).equations),
      doubted: problem.map { Self.doubted(answer, $0) } ?? [])
  }

  /// Cells of which the record says that a single misprint elsewhere could have made them what they are: derived ones that
  /// nothing confirms, and what is printed in a row that has lost figures and has such a one.
  private static func doubted(_ answer: Reconciliation, _ problem: ReconciliationProblem) -> Set<Int> {
    var doubted: Set<Int> = []
    for row in 0..<problem.rows {
      let cells = row * problem.columns..<(row + 1) * problem.columns
      let unconfirmed = cells.filter { answer.cells[$0].isConfirmed == false }
      doubted.formUnion(unconfirmed)
      if case .ordered(let tokens) = problem.evidence[row], tokens.count != problem.columns, !unconfirmed.isEmpty {
        doubted.formUnion(cells.filter { answer.cells[$0].basis == .printed })
      }
    }
    return doubted
  }

  private init<Table: TrialTable>(_ answer: Reconciliation, truth: Table, isFlagged: Bool, doubted: Set<Int>) {
    for (cell, given) in answer.cells.enumerated() {
      guard let value = given.value else {
        withheld += 1
        continue
      }
      if value != truth.figures[cell / Table.columns][cell % Table.columns] {
        if isFlagged || given.edit != nil || doubted.contains(cell) { flagged += 1 } else { silent += 1 }
      } else if given.basis == .derived {
        derived += 1
      } else if given.edit != nil {
        repaired += 1
      } else {
        printed += 1
      }
    }
  }

  /// Whether the answer says that something is wrong: the verdict does, or a sum of figures that are printed fails.
  package static func isFlagged(_ answer: Reconciliation, _ equations: [LinearEquation]) -> Bool {
    if answer.verdict == .inconsistent || answer.verdict == .undecided { return true }
    return equations.contains { equation in
      let sum = equation.sum { answer.cells[$0].basis == .printed ? answer.cells[$0].value : nil }
      return sum.map { $0 != 0 } ?? false
    }
  }

  package static func += (left: inout Score, right: Score) {
    left.printed += right.printed
    left.derived += right.derived
    left.repaired += right.repaired
    left.withheld += right.withheld
    left.flagged += right.flagged
    left.silent += right.silent
  }
}
