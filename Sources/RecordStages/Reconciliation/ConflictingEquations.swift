/// A smallest set of equations that no figures satisfy, by their numbers: each is left out in turn, and stays out if the
/// others contradict each other all the same. Nil where bounds alone do not show the contradiction.
///
/// Cost: one propagation for each equation.
func conflict(in problem: ReconciliationProblem, budget: ReconciliationBudget = ReconciliationBudget()) -> [Int]? {
  func isContradictory(_ equations: [Int]) -> Bool {
    var part = problem
    part.equations = equations.map { problem.equations[$0] }
    let reconciler = Reconciler(part, budget)
    guard let evidence = reconciler.compile() else { return true }
    var propagation = BoundsPropagation(reconciler.system, evidence.readings, budget)
    var state = SearchState(low: evidence.low, high: evidence.high, readings: evidence.readings)
    return !propagation.settleAll(&state)
  }
  var kept = Array(problem.equations.indices)
  guard isContradictory(kept) else { return nil }
  for equation in problem.equations.indices {
    let fewer = kept.filter { $0 != equation }
    if isContradictory(fewer) { kept = fewer }
  }
  return kept
}
