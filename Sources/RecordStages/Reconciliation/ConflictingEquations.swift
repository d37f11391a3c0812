/// A smallest set of equations that contradict what is printed in certain places, by their numbers: each is left out in
/// turn, and stays out if the others contradict it all the same. Nil where bounds alone show no contradiction.
///
/// Cost: one propagation over figures for each equation; rows that can be read in several ways say nothing.
func conflict(in problem: ReconciliationProblem, budget: ReconciliationBudget = ReconciliationBudget()) -> [Int]? {
  func isContradictory(_ equations: [Int]) -> Bool {
    var part = problem
    part.equations = equations.map { problem.equations[$0] }
    let system = LinearSystem(part)
    var evidence = CompiledEvidence(system)
    for (row, rowEvidence) in Reconciler(part, budget).rows.enumerated() {
      if case .placed(let cells) = rowEvidence { evidence.place(cells, row: row) }
    }
    var propagation = BoundsPropagation(system, evidence.readings, budget)
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
