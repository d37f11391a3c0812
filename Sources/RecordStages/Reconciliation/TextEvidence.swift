import DocumentModel

/// Sums of cells that the running text states exactly: evidence for a table that its own sums leave open.
///
/// ```
///   novels  1 _ 1    no sum tells whether the reader of the poems is a child        "the children read one book"
///   poems   1        →  withheld                                                    →  children, as the text says
/// ```
/// They choose between readings that satisfy all sums and never outweigh a figure that is known without them. What they
/// chose says so, and proves nothing about the text in turn.
struct TextEvidence {
  /// Cells, and what they sum up to.
  struct Statement: Equatable {
    var cells: [Int]
    var value: Int
  }

  let statements: [Statement]

  /// The comparisons with one fact that is exactly stated and one sum, all of it in the grid.
  init(_ comparisons: [Comparison], of grid: EvidenceGrid, fact: (String) -> Field?) {
    let cells = Dictionary(grid.pointers.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    statements = comparisons.reduce(into: []) { statements, comparison in
      guard comparison.left.count == 1, comparison.accepted.count == 1, let left = comparison.left.first,
        let sum = comparison.accepted.first, left.bound == .exact, !left.isSubtracted,
        sum.allSatisfy({ !$0.isSubtracted && cells[$0.pointer] != nil }), let field = fact(left.pointer),
        field.provenance?.state.isPrinted == true, case .integer(let value) = field.value
      else { return }
      let statement = Statement(cells: sum.compactMap { cells[$0.pointer] }, value: value)
      if !statements.contains(statement) { statements.append(statement) }
    }
  }

  /// What the sums and the text decide together, and the cells that the sums alone leave open; the answer of the sums where
  /// the text says nothing of these, or contradicts it.
  func deciding(_ problem: ReconciliationProblem, _ answer: Reconciliation) -> (Reconciliation, chosen: Set<Int>) {
    let open = statements.filter { $0.cells.contains { answer.cells[$0].value == nil } }
    guard [.consistent, .overBudget].contains(answer.verdict), !open.isEmpty, problem.decimals == 0 else {
      return (answer, [])
    }
    let stated = reconcile(problem.stating(open))
    let cells = answer.cells.indices
    guard stated.verdict == .consistent,
      cells.allSatisfy({ answer.cells[$0].value == nil || answer.cells[$0].value == stated.cells[$0].value })
    else { return (answer, []) }
    let chosen = Set(cells.filter { answer.cells[$0].value == nil && stated.cells[$0].value != nil })
    var result = answer
    for cell in chosen { result.cells[cell] = stated.cells[cell] }
    return (result, chosen)
  }
}

extension ReconciliationProblem {
  /// The same with a row of constants below, to which the stated sums are equal; as many as the header has columns.
  fileprivate func stating(_ statements: [TextEvidence.Statement]) -> ReconciliationProblem {
    var stated = self
    let places = (0..<columns).filter { headedColumns?[$0] ?? true }
    var constants = [CellEvidence](repeating: .hole, count: columns)
    for (place, statement) in zip(places, statements) {
      constants[place] = .figure(statement.value)
      let terms = statement.cells.map { LinearEquation.Term(cell: $0, coefficient: 1) }
      let constant = LinearEquation.Term(cell: rows * columns + place, coefficient: -1)
      stated.equations.append(LinearEquation(terms: terms + [constant], label: stated.equations.count))
    }
    stated.evidence += [RowEvidence](repeating: .absent, count: max(0, rows - evidence.count)) + [.placed(constants)]
    stated.lowerBounds? += [Int?](repeating: 0, count: columns)
    stated.rows += 1
    stated.statedRows = 1
    return stated
  }
}
