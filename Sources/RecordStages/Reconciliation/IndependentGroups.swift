/// Equations that share no unknown with the others, so that a contradiction among them says nothing of the rest.
///
/// ```
///   1 + 2 = 4      fails
///   5 + _ = 7      _ = 2 all the same: no cell stands in both
/// ```
/// Cells are joined by an equation, and by a row whose columns are not certain, as its figures may stand in any of them.
struct IndependentGroups {
  /// For each group, its equations and cells.
  let groups: [(equations: [LinearEquation], cells: Set<Int>)]

  init(_ problem: ReconciliationProblem) {
    var leader = Array(0..<problem.rows * problem.columns)
    func find(_ cell: Int) -> Int {
      var cell = cell
      while leader[cell] != cell { cell = leader[cell] }
      return cell
    }
    func join(_ cells: some Sequence<Int>) {
      var first: Int?
      for cell in cells where leader.indices.contains(cell) {
        if let first { leader[find(cell)] = find(first) } else { first = cell }
      }
    }
    for equation in problem.equations { join(equation.terms.map(\.cell)) }
    for row in 0..<problem.rows {
      if case .ordered = problem.evidence(ofRow: row) { join(problem.cells(ofRow: row)) }
    }
    let whole = problem.equations.filter { $0.terms.contains { leader.indices.contains($0.cell) } }
    let byLeader = Dictionary(grouping: whole) { equation in
      equation.terms.lazy.map(\.cell).first(where: leader.indices.contains).map(find) ?? 0
    }
    groups = byLeader.sorted { $0.key < $1.key }.map { key, equations in
      (equations, Set(leader.indices.filter { find($0) == key }))
    }
  }
}

extension Reconciliation {
  /// The same answer with those of the groups of equations that hold, where others do not.
  func answering(_ problem: ReconciliationProblem, groupsApart budget: ReconciliationBudget) -> Reconciliation {
    guard verdict == .inconsistent else { return self }
    let groups = IndependentGroups(problem).groups
    guard groups.count > 1 else { return self }
    var result = self
    for group in groups {
      var part = problem
      part.equations = group.equations
      let answer = Reconciler(part, budget).reconcile()
      guard answer.verdict == .consistent else { continue }
      for cell in group.cells { result.cells[cell] = answer.cells[cell] }
    }
    return result
  }
}
