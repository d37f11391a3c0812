/// The evidence as the search takes it: bounds of the cells, and readings of the rows that have a choice.
struct CompiledEvidence {
  /// Bounds of the cells before anything is propagated.
  var low: [Int]
  var high: [Int]
  /// Readings of the rows that have more than one.
  var readings: RowReadings
  /// For cells of rows without a choice, the token that prints them.
  var fixedSources: [TokenSource]

  init(_ system: LinearSystem) {
    low = system.domainLow
    high = system.domainHigh
    readings = RowReadings(rows: system.rows, columns: system.columns)
    fixedSources = [TokenSource](repeating: .none, count: system.cellCount)
  }

  /// Fixes the cells of a row to the figures printed in them.
  mutating func place(_ cells: [CellEvidence], row: Int) {
    for (column, cell) in cells.enumerated() {
      guard let figure = cell.figure else { continue }
      let place = row * cells.count + column
      (low[place], high[place], fixedSources[place]) = (figure, figure, .token(column))
    }
  }

  /// Gives a row the readings to choose from; false if there is none.
  mutating func choose(from candidates: RowCandidates, row: Int, columns: Int) -> Bool {
    if candidates.count != 1 {
      readings.append(candidates, to: row)
      return candidates.count > 0
    }
    for column in 0..<columns {
      let place = row * columns + column
      (low[place], high[place]) = (candidates.low[column], candidates.high[column])
      fixedSources[place] = candidates.sources[column]
    }
    return true
  }

  /// The token that prints a cell in every living reading of its row.
  func source(of cell: Int, in state: SearchState) -> TokenSource {
    let (row, column) = cell.quotientAndRemainder(dividingBy: readings.columns)
    let living = state.living(row, readings)
    guard let first = living.first else { return fixedSources[cell] }
    var source = readings.sources[Int(first) * readings.columns + column]
    for reading in living.dropFirst() {
      source = source.merged(with: readings.sources[Int(reading) * readings.columns + column])
    }
    return source
  }
}
