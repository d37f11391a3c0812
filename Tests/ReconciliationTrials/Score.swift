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

  package init(_ answer: Reconciliation, truth: some TrialTable) {
    self.init(answer, truth: truth, isFlagged: Self.isFlagged(answer, type(of: truth).equations))
  }

  private init<Table: TrialTable>(_ answer: Reconciliation, truth: Table, isFlagged: Bool) {
    for (cell, given) in answer.cells.enumerated() {
      guard let value = given.value else {
        withheld += 1
        continue
      }
      if value != truth.figures[cell / Table.columns][cell % Table.columns] {
        if isFlagged || given.edit != nil { flagged += 1 } else { silent += 1 }
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
