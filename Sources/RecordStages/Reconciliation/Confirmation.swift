/// Tells which derived figures a misprint could have changed unseen.
///
/// With the unknown cells eliminated, the equations left over are the checks among printed figures. A printed figure in
/// none of them may be wrong without a trace; a derived figure whose own equation uses such a one is not confirmed.
///
/// ```
///   a + x = s    x is lost and s stands in no other equation: x = s − a is right only if s is
/// ```
///
/// Cost: one elimination of all unknown cells.
struct Confirmation {
  let system: LinearSystem
  let budget: ReconciliationBudget

  /// Marks the derived figures.
  func mark(_ answers: inout [CellAnswer]) {
    let unknown = answers.indices.filter { answers[$0].basis != .printed }
    let printed = answers.indices.filter { answers[$0].basis == .printed }
    guard unknown.contains(where: { answers[$0].basis == .derived }) else { return }
    guard system.cellCount * system.equationCount <= budget.matrixEntries else { return }
    var column = [Int](repeating: 0, count: system.cellCount)
    for (index, cell) in (unknown + printed).enumerated() { column[cell] = index }
    let matrix = (0..<system.equationCount).map { equation in
      var row = [Int](repeating: 0, count: system.cellCount)
      system.forEachTerm(of: equation) { cell, coefficient in row[column[cell]] &+= coefficient }
      return row
    }
    let solved = ExactElimination(matrix, columns: unknown.count)
    let known = unknown.count..<system.cellCount
    var isChecked = [Bool](repeating: false, count: system.cellCount)
    for (row, pivot) in zip(solved.rows, solved.pivots) where pivot == nil {
      for place in known where row[place] != 0 { isChecked[place] = true }
    }
    for cell in unknown where answers[cell].basis == .derived { answers[cell].isConfirmed = false }
    for (row, pivot) in zip(solved.rows, solved.pivots) {
      guard let pivot, answers[unknown[pivot]].basis == .derived else { continue }
      let isDetermined = !(0..<unknown.count).contains { $0 != pivot && row[$0] != 0 }
      answers[unknown[pivot]].isConfirmed = isDetermined && known.allSatisfy { row[$0] == 0 || isChecked[$0] }
    }
  }
}
