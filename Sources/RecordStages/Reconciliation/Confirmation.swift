/// Tells which derived figures a single misprint could have changed unseen.
///
/// With the unknown cells eliminated, the equations left over are the checks among printed figures. A printed figure in
/// one of them is checked: a misprint of it breaks an equation. The others may be wrong without a trace, so a derived
/// figure is confirmed only if it stays what it is when any one of them is unknown.
///
/// ```
///   a + x = s    x is lost and s stands in no other equation: x = s − a is right only if s is
/// ```
///
/// What stays is first read off the elimination, then asked of the bounds, a row of unchecked figures at a time. Cost:
/// one elimination of all unknown cells and at most one propagation for each row.
struct Confirmation {
  let system: LinearSystem
  let budget: ReconciliationBudget

  /// Marks the derived figures.
  func mark(_ answers: inout [CellAnswer]) {
    guard answers.contains(where: { $0.basis == .derived }) else { return }
    guard system.cellCount * system.equationCount <= budget.matrixEntries else { return }
    let unknown = answers.indices.filter { answers[$0].basis != .printed }
    let printed = answers.indices.filter { answers[$0].basis == .printed }
    let solved = eliminate(unknown, printed)
    var isChecked = [Bool](repeating: false, count: system.cellCount)
    for (row, pivot) in zip(solved.rows, solved.pivots) where pivot == nil {
      for (place, cell) in printed.enumerated() where row[unknown.count + place] != 0 { isChecked[cell] = true }
    }
    for cell in unknown where answers[cell].basis == .derived { answers[cell].isConfirmed = false }
    for (row, pivot) in zip(solved.rows, solved.pivots) {
      guard let pivot, answers[unknown[pivot]].basis == .derived else { continue }
      let isDetermined = !unknown.indices.contains { $0 != pivot && row[$0] != 0 }
      let isSafe = printed.enumerated().allSatisfy { row[unknown.count + $0] == 0 || isChecked[$1] }
      answers[unknown[pivot]].isConfirmed = isDetermined && isSafe
    }
    confirmByBounds(&answers, unchecked: printed.filter { !isChecked[$0] })
  }

  /// The equations solved for the unknown cells; the printed cells are the columns after them.
  private func eliminate(_ unknown: [Int], _ printed: [Int]) -> ExactElimination {
    var column = [Int](repeating: 0, count: system.cellCount)
    for (index, cell) in (unknown + printed).enumerated() { column[cell] = index }
    let matrix = (0..<system.equationCount).map { equation in
      var row = [Int](repeating: 0, count: system.cellCount)
      system.forEachTerm(of: equation) { cell, coefficient in row[column[cell]] &+= coefficient }
      return row
    }
    return ExactElimination(matrix, columns: unknown.count)
  }

  /// Confirms figures that the bounds hold in place whichever unchecked figure is wrong.
  private func confirmByBounds(_ answers: inout [CellAnswer], unchecked: [Int]) {
    var candidates = answers.indices.filter { answers[$0].isConfirmed == false }
    var cells = unchecked[...]
    while let first = cells.first, !candidates.isEmpty {
      let row = first / system.columns
      let doubted = cells.prefix { $0 / system.columns == row }
      cells = cells.dropFirst(doubted.count)
      guard let state = bounds(of: answers, doubting: doubted, row: row) else { return }
      candidates.removeAll { !state.isFixed($0) || state.low[$0] != answers[$0].value }
    }
    for cell in candidates { answers[cell].isConfirmed = true }
  }

  /// What remains possible if one of some printed figures in a row is wrong.
  private func bounds(of answers: [CellAnswer], doubting doubted: ArraySlice<Int>, row: Int) -> SearchState? {
    var evidence = CompiledEvidence(system)
    for (cell, answer) in answers.enumerated() where answer.basis == .printed {
      guard let figure = answer.value else { continue }
      (evidence.low[cell], evidence.high[cell]) = (figure, figure)
    }
    let cells = row * system.columns..<(row + 1) * system.columns
    var candidates = RowCandidates()
    for cell in doubted {
      var (low, high) = (Array(evidence.low[cells]), Array(evidence.high[cells]))
      (low[cell - cells.lowerBound], high[cell - cells.lowerBound]) = (system.domainLow[cell], system.domainHigh[cell])
      guard system.completeRow(row, &low, &high) else { continue }
      candidates.append(low: low, high: high, sources: [TokenSource](repeating: .none, count: cells.count))
    }
    for cell in cells { (evidence.low[cell], evidence.high[cell]) = (system.domainLow[cell], system.domainHigh[cell]) }
    guard evidence.choose(from: candidates, row: row, columns: system.columns) else { return nil }
    var propagation = BoundsPropagation(system, evidence.readings, budget)
    var state = SearchState(low: evidence.low, high: evidence.high, readings: evidence.readings)
    return propagation.settleAll(&state) ? state : nil
  }
}
