import DocumentModel

/// Checks one grid against the record's fields.
struct GridChecker {
  let grid: EvidenceGrid
  let fields: [String: Field]

  private func state(_ cell: Int) -> ValueState { fields[grid.pointers[cell]]?.provenance?.state ?? .missing }

  /// The figure of a cell, if it is printed and an integer.
  private func printed(_ cell: Int) -> Int? {
    guard state(cell).isPrinted, case .integer(let value)? = fields[grid.pointers[cell]]?.value else { return nil }
    return value
  }

  /// Cells of which nothing is known, so that the record is not complete.
  var hasGaps: Bool {
    grid.pointers.indices.contains { [.missing, .ambiguous, .unreadable].contains(state($0)) }
  }

  func check(_ equation: Equation) -> Check {
    var check = Check(
      id: equation.id, instance: equation.instance, status: .notAssessable, severity: equation.severity,
      message: equation.message, expression: equation.expression,
      pointers: (equation.left + equation.right).map { grid.pointers[$0] })
    guard let left = sum(equation.left), let right = sum(equation.right) else { return check }
    let (difference, overflow) = left.subtractingReportingOverflow(right)
    guard !overflow else { return check }
    (check.left, check.right, check.difference) = (.integer(left), .integer(right), .integer(difference))
    check.status = difference == 0 ? .pass : .fail
    if difference != 0 { check.cause = isCertain(equation) ? .source : .undecided }
    return check
  }

  private func sum(_ cells: [Int]) -> Int? {
    var total = 0
    for cell in cells {
      guard let value = printed(cell) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(value)
      guard !overflow else { return nil }
      total = sum
    }
    return total
  }

  /// Whether no other reading of the rows is possible.
  private func isCertain(_ equation: Equation) -> Bool {
    (equation.left + equation.right).allSatisfy { cell in
      if case .placed = grid.rows[cell / grid.columns] { true } else { false }
    }
  }

  func check(_ rule: GridRule) -> Check? {
    switch rule.kind {
    case .feasible, .unheaded: nil
    case .countable:
      check(rule, "counts are integers that are not below zero") { cell in
        state(cell) == .unreadable || (!grid.signed[cell] && (printed(cell) ?? 0) < 0)
      }
    case .present:
      check(rule, "all rows and columns of the form are printed") { cell in
        switch grid.rows[cell / grid.columns] {
        case .absent: true
        case .placed(let tokens): tokens[cell % grid.columns].state == .missing
        case .ordered(let tokens): tokens.count < grid.columns && !state(cell).isPrinted
        }
      }
    case .filled:
      check(rule, "no cell is left blank") { [.blank, .slash, .dash].contains(tokenState($0)) }
    case .underived:
      check(rule, "every figure is printed, none had to be derived") { state($0) == .derived }
    }
  }

  /// What is printed in a cell whose place is certain, whatever was derived for it.
  private func tokenState(_ cell: Int) -> ValueState? {
    guard case .placed(let tokens) = grid.rows[cell / grid.columns] else { return nil }
    return tokens[cell % grid.columns].state
  }

  private func check(_ rule: GridRule, _ message: String, violates: (Int) -> Bool) -> Check {
    let cells = grid.pointers.indices.filter(violates)
    return Check(
      id: rule.id, instance: grid.instance, status: cells.isEmpty ? .pass : .fail, severity: rule.severity,
      message: message, pointers: cells.map { grid.pointers[$0] })
  }
}

extension EvidenceGrid {
  /// What a check on the whole grid is about: the table, and its first row where a table has several blocks.
  var instance: String {
    let segments = pointers.first?.split(separator: "/") ?? []
    return segments.prefix(2).joined(separator: "/")
  }
}

extension ValueState {
  /// Whether the document itself prints the figure.
  var isPrinted: Bool {
    switch self {
    case .printed, .converted, .corrected, .repaired: true
    case .derived, .uncertain, .blank, .slash, .dash, .text, .missing, .unreadable, .ambiguous: false
    }
  }
}
