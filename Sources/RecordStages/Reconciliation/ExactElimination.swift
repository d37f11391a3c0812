/// Gauss–Jordan elimination over the integers.
///
/// Rows are combined without fractions and divided by their common divisor. A row whose numbers grow beyond 64 bits is
/// dropped, which loses knowledge but never makes a wrong one. Cost: pivots × rows that share the pivot × width.
struct ExactElimination {
  private(set) var rows: [[Int]]
  /// The column each row is solved for; `nil` for rows left over.
  private(set) var pivots: [Int?]

  /// Solves the rows for the columns below `columns`, from left to right.
  init(_ matrix: [[Int]], columns: Int) {
    rows = matrix
    pivots = [Int?](repeating: nil, count: matrix.count)
    for column in 0..<columns {
      let candidates = rows.indices.filter { pivots[$0] == nil && rows[$0][column] != 0 }
      guard let pivot = candidates.min(by: { rows[$0][column].magnitude < rows[$1][column].magnitude }) else {
        continue
      }
      pivots[pivot] = column
      let pivotRow = rows[pivot]
      var dropped: [Int] = []
      for row in rows.indices where row != pivot && rows[row][column] != 0 {
        if !Self.clear(column, of: &rows[row], with: pivotRow) { dropped.append(row) }
      }
      for row in dropped.reversed() {
        rows.remove(at: row)
        pivots.remove(at: row)
      }
    }
  }

  /// Makes the entry of a row in a column zero; false where the numbers grow too large.
  private static func clear(_ column: Int, of row: inout [Int], with pivot: [Int]) -> Bool {
    guard let divisor = commonDivisor(pivot[column], row[column]) else { return false }
    let (own, other) = (pivot[column] / divisor, row[column] / divisor)
    var common = 0
    for index in row.indices {
      if own == 1 && pivot[index] == 0 { continue }
      let (kept, overflow) = row[index].multipliedReportingOverflow(by: own)
      let (taken, excess) = pivot[index].multipliedReportingOverflow(by: other)
      let (difference, carry) = kept.subtractingReportingOverflow(taken)
      if overflow || excess || carry || difference == Int.min { return false }
      row[index] = difference
    }
    if own.magnitude == 1 { return true }
    for entry in row where entry != 0 {
      common = commonDivisor(common, entry) ?? 1
      if common == 1 { return true }
    }
    if common > 1 { for index in row.indices { row[index] /= common } }
    return true
  }

  /// The greatest common divisor, with the sign of the first so that it divides to a positive number.
  private static func commonDivisor(_ first: Int, _ second: Int) -> Int? {
    if first == Int.min || second == Int.min { return nil }
    var (a, b) = (abs(first), abs(second))
    while b != 0 { (a, b) = (b, a % b) }
    return first < 0 ? -a : a
  }
}
