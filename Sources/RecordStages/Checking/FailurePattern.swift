import DocumentModel

/// How the equations of a grid fail together.
///
/// A wrong figure makes all its equations fail by the same difference and no other. A figure in a wrong column of its row
/// makes those of two cells fail by opposite differences:
///
/// ```
///             a   b  total         a figure of x stands under b instead of a:
///   x         0   4    4           a: 1 + 0 = 5 fails by -4,  b: 2 + 4 = 2 by +4,  the rows hold
///   y         1   2    3
///   sum       5   2    7
/// ```
///
/// Equations that could not be assessed say nothing.
struct FailurePattern {
  private let grid: EvidenceGrid
  /// Left less right of every equation that was assessed.
  private let differences: [(equation: Equation, units: Int128)]

  init(_ grid: EvidenceGrid, _ checks: [Check]) {
    self.grid = grid
    let found = zip(grid.equations, checks).compactMap { equation, check in
      ExactDecimal(check.difference).map { (equation, $0) }
    }
    let places = found.map(\.1.places).max() ?? 0
    differences = found.compactMap { equation, difference in difference.units(of: places).map { (equation, $0) } }
  }

  /// Whether one wrong figure, or one figure in a wrong column, explains all failures.
  var isOneFault: Bool {
    guard let failed = differences.first(where: { $0.units != 0 }) else { return false }
    // The fault is in every equation that fails; so one of its cells is in the first.
    return (failed.equation.left + failed.equation.right).contains { cell in
      let delta = failed.units * weight(of: cell, in: failed.equation)
      let row = cell / grid.columns * grid.columns
      return explains([(cell, delta)])
        || (row..<row + grid.columns).contains { $0 != cell && explains([(cell, delta), ($0, -delta)]) }
    }
  }

  private func explains(_ faults: [(cell: Int, delta: Int128)]) -> Bool {
    differences.allSatisfy { equation, units in
      units == faults.reduce(0) { $0 + weight(of: $1.cell, in: equation) * $1.delta }
    }
  }

  private func weight(of cell: Int, in equation: Equation) -> Int128 {
    equation.left.contains(cell) ? 1 : equation.right.contains(cell) ? -1 : 0
  }
}
