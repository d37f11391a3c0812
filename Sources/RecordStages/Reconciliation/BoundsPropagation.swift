/// What is still possible: bounds of every cell, and the living readings of every row that has a choice.
struct SearchState {
  /// Least and greatest figure of each cell.
  var low: [Int]
  var high: [Int]
  /// Living readings; those of a row stand first in the row's part, in their order.
  private var living: [Int32]
  private var livingCount: [Int]

  init(low: [Int], high: [Int], readings: RowReadings) {
    self.low = low
    self.high = high
    living = (0..<readings.count).map { Int32(truncatingIfNeeded: $0) }
    livingCount = readings.ofRow.map(\.count)
  }

  /// The part of the living readings that belongs to a row.
  func living(_ row: Int, _ readings: RowReadings) -> ArraySlice<Int32> {
    let first = readings.ofRow[row].lowerBound
    return living[first..<first + livingCount[row]]
  }

  func livingCount(_ row: Int) -> Int { livingCount[row] }

  /// Whether the cell has one figure left.
  func isFixed(_ cell: Int) -> Bool { low[cell] == high[cell] }

  /// Leaves one reading of a row.
  mutating func choose(_ reading: Int32, row: Int, _ readings: RowReadings) {
    living[readings.ofRow[row].lowerBound] = reading
    livingCount[row] = 1
  }

  /// Leaves the readings of a row that a test accepts.
  @inline(__always)
  mutating func keep(row: Int, _ readings: RowReadings, where isPossible: (Int) -> Bool) {
    let first = readings.ofRow[row].lowerBound
    var kept = first
    for place in first..<first + livingCount[row] where isPossible(Int(living[place])) {
      living[kept] = living[place]
      kept += 1
    }
    livingCount[row] = kept - first
  }
}

/// Narrows bounds and drops readings until nothing changes.
///
/// A row keeps the readings that fit the bounds of its cells; its cells get the hull of what those readings allow. Each
/// equation narrows its cells. Both only ever remove what contradicts an equation, so stopping early is safe.
///
/// Cost: sweeps × terms, and readings × cells for rows that changed.
struct BoundsPropagation {
  let system: LinearSystem
  let readings: RowReadings
  private let sweeps: Int
  /// Readings that may still be examined.
  private(set) var examinations: Int

  private var equationWaits: [Bool]
  private var rowWaits: [Bool]
  // The bounds of a row, one reading, and the hull of all, while the row is examined.
  private var rowLow: [Int]
  private var rowHigh: [Int]
  private var low: [Int]
  private var high: [Int]
  private var hullLow: [Int]
  private var hullHigh: [Int]

  init(_ system: LinearSystem, _ readings: RowReadings, _ budget: ReconciliationBudget) {
    self.system = system
    self.readings = readings
    sweeps = budget.sweeps
    examinations = budget.examinations
    equationWaits = [Bool](repeating: false, count: system.equationCount)
    rowWaits = [Bool](repeating: false, count: system.rows)
    low = [Int](repeating: 0, count: system.columns)
    high = low
    rowLow = low
    rowHigh = low
    hullLow = low
    hullHigh = low
  }

  /// Brings everything to rest; false where nothing possible is left.
  mutating func settleAll(_ state: inout SearchState) -> Bool {
    for equation in equationWaits.indices { equationWaits[equation] = true }
    for row in rowWaits.indices { rowWaits[row] = !readings.ofRow[row].isEmpty }
    return settle(&state)
  }

  /// Brings everything to rest after a row has lost readings.
  mutating func settle(row: Int, _ state: inout SearchState) -> Bool {
    rest()
    rowWaits[row] = true
    return settle(&state)
  }

  /// Brings everything to rest after the bounds of a cell have moved.
  mutating func settle(cell: Int, _ state: inout SearchState) -> Bool {
    rest()
    cellChanged(cell)
    return settle(&state)
  }

  private mutating func rest() {
    for equation in equationWaits.indices { equationWaits[equation] = false }
    for row in rowWaits.indices { rowWaits[row] = false }
  }

  private mutating func cellChanged(_ cell: Int) {
    system.equationsOfCell.forEach(in: cell) { equationWaits[$0] = true }
    let row = cell / system.columns
    if !readings.ofRow[row].isEmpty { rowWaits[row] = true }
  }

  private mutating func settle(_ state: inout SearchState) -> Bool {
    let system = self.system
    var hasWork = true
    var sweep = 0
    while hasWork && sweep < sweeps && examinations > 0 {
      hasWork = false
      sweep += 1
      for row in 0..<system.rows where rowWaits[row] {
        rowWaits[row] = false
        hasWork = true
        guard examine(row, &state) else { return false }
      }
      for equation in 0..<system.equationCount where equationWaits[equation] {
        equationWaits[equation] = false
        hasWork = true
        let isPossible = system.narrow(
          equation, &state.low, &state.high, offset: 0, changed: { cell in cellChanged(cell) })
        guard isPossible else { return false }
        equationWaits[equation] = false  // its own changes have been taken into account
      }
    }
    return true
  }

  /// Drops the readings of a row that contradict its bounds, and narrows the bounds to what is left.
  private mutating func examine(_ row: Int, _ state: inout SearchState) -> Bool {
    let system = self.system
    let readings = self.readings
    let columns = system.columns
    let first = row * columns
    for column in 0..<columns {
      rowLow[column] = state.low[first + column]
      rowHigh[column] = state.high[first + column]
      hullLow[column] = Int.max
      hullHigh[column] = Int.min
    }
    examinations -= state.livingCount(row)
    state.keep(row: row, readings) { reading in
      let place = reading * columns
      for column in 0..<columns {
        low[column] = max(readings.low[place + column], rowLow[column])
        high[column] = min(readings.high[place + column], rowHigh[column])
        if low[column] > high[column] { return false }
      }
      if !readings.isComplete[reading] {
        let isPossible = system.equationsInRow.allSatisfy(in: row) { equation in
          system.narrow(equation, &low, &high, offset: first, changed: { _ in })
        }
        guard isPossible else { return false }
      }
      for column in 0..<columns {
        hullLow[column] = min(hullLow[column], low[column])
        hullHigh[column] = max(hullHigh[column], high[column])
      }
      return true
    }
    guard state.livingCount(row) > 0 else { return false }
    for column in 0..<columns {
      let cell = first + column
      if hullLow[column] == rowLow[column] && hullHigh[column] == rowHigh[column] { continue }
      state.low[cell] = hullLow[column]
      state.high[cell] = hullHigh[column]
      system.equationsOfCell.forEach(in: cell) { equationWaits[$0] = true }
    }
    return true
  }
}
