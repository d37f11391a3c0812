/// A smallest set of equations that contradict what is printed in certain places, by their numbers: halves are left
/// out, then quarters, at last single ones, and stay out if the others contradict it all the same. Nil where bounds alone
/// show no contradiction.
///
/// Cost: some ten propagations over figures, at most two for each equation; rows that can be read in several ways say
/// nothing.
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
  var length = (kept.count + 1) / 2
  while length > 0 {
    var start = 0
    while start < kept.count {
      let fewer = Array(kept[..<start] + kept[min(start + length, kept.count)...])
      if isContradictory(fewer) { kept = fewer } else { start += length }
    }
    length = length == 1 ? 0 : (length + 1) / 2
  }
  return kept
}
