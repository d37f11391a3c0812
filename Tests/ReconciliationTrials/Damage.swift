import RecordStages

/// A way in which tables are damaged on their way to us.
package enum Damage: String, CaseIterable, Sendable {
  case none
  case lostColumn, lostColumnUnheaded, twoLostColumns, twoLostColumnsUnheaded, headerLostLabel
  case ragged, raggedHalf, totalLostAndOneMore, columnAndFourCells
  case zerosBlank, someBlank, zerosVanish, someZerosVanish, shifted
  case lostRow, twoLostRows
  case glued, gluedEverywhere, split, extra
  case misread, lostRowAndLabel
  /// No damage that a table has: whatever rows, at the ends of what can be counted.
  case nonsense, extremes

  private static let ends = [
    Int.min, Int.min + 1, -(1 << 62), -1_000_000_000_000_000_000, -1, 0, 1, 9, 1_000_000_000_000_000_000, 1 << 62,
    Int.max - 1, Int.max,
  ]

  /// Damages a table; false where it offers no place for this damage.
  package func apply(to table: inout PrintedTable, using generator: inout SplitMix64) -> Bool {
    let rows = table.rows.indices
    let last = table.columns - 1
    let lastRow = rows.upperBound - 1
    func anyRow() -> Int { generator.integer(0...lastRow) }
    func anyPlace(_ row: Int) -> Int { generator.integer(0...max(0, table.rows[row].count - 1)) }
    switch self {
    case .none: break
    case .lostColumn, .lostColumnUnheaded:
      table.eraseColumn(generator.integer(0...last))
      if self == .lostColumnUnheaded { table.headedColumns = nil }
    case .twoLostColumns, .twoLostColumnsUnheaded:
      let first = generator.integer(0...last - 1)
      table.eraseColumn(generator.integer(first + 1...last))
      table.eraseColumn(first)
      if self == .twoLostColumnsUnheaded { table.headedColumns = nil }
    case .headerLostLabel: table.headedColumns?[generator.integer(0...last)] = false
    case .ragged:
      for _ in 0..<generator.integer(1...5) {
        let row = anyRow()
        if table.rows[row].count > table.columns - 3 { table.erase(row, anyPlace(row)) }
      }
    case .raggedHalf: for row in rows where generator.chance(0.5) { table.erase(row, anyPlace(row)) }
    case .totalLostAndOneMore:
      table.eraseColumn(last)
      for row in 4...22 where table.rows[row].count > table.columns - 2 { table.rows[row].removeLast() }
    case .columnAndFourCells:
      table.eraseColumn(last - 1)
      for row in [7, 12, 15, 20] { table.erase(row, anyPlace(row)) }
    case .zerosBlank: table.rows = table.rows.map { $0.map { $0.figure == 0 ? .hole : $0 } }
    case .someBlank: table.rows = table.rows.map { $0.map { generator.chance(0.1) ? .hole : $0 } }
    case .zerosVanish: table.rows = table.rows.map { $0.filter { $0.figure != 0 } }
    case .someZerosVanish: table.rows = table.rows.map { $0.filter { $0.figure != 0 || !generator.chance(0.15) } }
    case .shifted:
      for _ in 0..<3 {
        let row = anyRow()
        table.rows[row].removeAll { $0.figure == 0 }
      }
    case .lostRow: table.rows[anyRow()] = []
    case .twoLostRows:
      table.rows[anyRow()] = []
      table.rows[anyRow()] = []
    case .lostRowAndLabel:
      // The figures whose label is lost belong to this row or to the next, which is lost: neither takes them.
      let row = min(anyRow(), lastRow - 1)
      table.rows[row] = []
      table.rows[row + 1] = []
    case .glued:
      for _ in 0..<20 {
        let row = anyRow()
        if table.rows[row].count > 1, table.glue(row, generator.integer(0...table.rows[row].count - 2)) { return true }
      }
      return false
    case .gluedEverywhere:
      for row in rows { _ = table.rows[row].indices.dropLast().contains { table.glue(row, $0) } }
    case .split:
      for _ in 0..<40 {
        let row = anyRow()
        if table.split(row, anyPlace(row), using: &generator) { return true }
      }
      return false
    case .extra:
      for _ in 0..<generator.integer(1...2) {
        let row = anyRow()
        let place = generator.integer(0...table.rows[row].count)
        table.rows[row].insert(.figure(generator.integer(0...(generator.chance(0.5) ? 9 : 40))), at: place)
      }
    case .nonsense:
      for row in rows {
        table.rows[row] = (0..<generator.integer(0...table.columns + 5)).map { _ in .figure(generator.integer(0...30)) }
      }
      table.headedColumns = generator.chance(0.5) ? nil : (0...last).map { _ in generator.chance(0.7) }
    case .extremes:
      for _ in 0..<generator.integer(1...6) {
        table.rows[anyRow()] = (0..<generator.integer(0...table.columns + 2)).map { _ in
          generator.chance(0.15) ? .hole : .figure(Self.ends[generator.integer(0...Self.ends.count - 1)])
        }
      }
    case .misread:
      for _ in 0..<40 {
        let row = anyRow()
        let place = anyPlace(row)
        guard place < table.rows[row].count, let figure = table.rows[row][place].figure,
          let other = figure.withDigit(using: &generator), other != figure
        else { continue }
        table.rows[row][place] = .figure(other)
        return true
      }
      return false
    }
    return true
  }
}
