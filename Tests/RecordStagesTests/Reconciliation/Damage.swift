@testable import RecordStages

/// A way in which tables are damaged on their way to us.
enum Damage: String, CaseIterable {
  case none
  case lostColumn, lostColumnUnheaded, twoLostColumns, twoLostColumnsUnheaded, headerLostLabel
  case ragged, raggedHalf, totalLostAndOneMore, columnAndFourCells
  case zerosBlank, someBlank, zerosVanish, someZerosVanish, shifted
  case lostRow, twoLostRows
  case glued, gluedEverywhere, split, extra

  /// Damages a table; false where it offers no place for this damage.
  func apply(to table: inout PrintedTable, using generator: inout SplitMix64) -> Bool {
    let rows = table.rows.indices
    func anyRow() -> Int { generator.integer(0...rows.count - 1) }
    func anyPlace(_ row: Int) -> Int { generator.integer(0...max(0, table.rows[row].count - 1)) }
    switch self {
    case .none: break
    case .lostColumn, .lostColumnUnheaded:
      table.eraseColumn(generator.integer(0...6))
      if self == .lostColumnUnheaded { table.headedColumns = nil }
    case .twoLostColumns, .twoLostColumnsUnheaded:
      let first = generator.integer(0...5)
      table.eraseColumn(generator.integer(first + 1...6))
      table.eraseColumn(first)
      if self == .twoLostColumnsUnheaded { table.headedColumns = nil }
    case .headerLostLabel: table.headedColumns?[generator.integer(0...6)] = false
    case .ragged:
      for _ in 0..<generator.integer(1...5) {
        let row = anyRow()
        if table.rows[row].count > 4 { table.erase(row, anyPlace(row)) }
      }
    case .raggedHalf: for row in rows where generator.chance(0.5) { table.erase(row, anyPlace(row)) }
    case .totalLostAndOneMore:
      table.eraseColumn(ApplicationTable.total)
      for row in 4...22 where table.rows[row].count > 5 { table.rows[row].removeLast() }
    case .columnAndFourCells:
      table.eraseColumn(5)
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
        let place = anyPlace(row)
        guard place < table.rows[row].count, let figure = table.rows[row][place].figure, figure > 9 else { continue }
        let scale = figure > 99 && generator.chance(0.5) ? 100 : 10
        if scale == 100 && figure % 100 < 10 { continue }
        table.rows[row].replaceSubrange(place...place, with: [.figure(figure / scale), .figure(figure % scale)])
        return true
      }
      return false
    case .extra:
      for _ in 0..<generator.integer(1...2) {
        let row = anyRow()
        let place = generator.integer(0...table.rows[row].count)
        table.rows[row].insert(.figure(generator.integer(0...(generator.chance(0.5) ? 9 : 40))), at: place)
      }
    }
    return true
  }
}

extension PrintedTable {
  /// Prints two neighbouring numbers as one.
  mutating func glue(_ row: Int, _ place: Int) -> Bool {
    guard let front = rows[row][place].figure, let back = rows[row][place + 1].figure, front > 0,
      let joined = Int("\(front)\(back)")
    else { return false }
    rows[row].replaceSubrange(place...place + 1, with: [.figure(joined)])
    return true
  }
}
