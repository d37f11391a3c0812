/// The readings of the rows whose columns are not certain.
///
/// A reading is an interval for each cell of the row, a point where the figure is known, and the tokens that print the
/// known ones. What the equations inside the row force is filled in, so readings that come to the same figures are
/// one: of `125 0 0 0 0 125` in seven columns only three are left, whichever zero is missing.
struct RowReadings {
  let columns: Int
  /// Bounds and tokens, reading by reading.
  private(set) var low: [Int] = []
  private(set) var high: [Int] = []
  private(set) var sources: [TokenSource] = []
  /// Whether a reading knows every figure of its row.
  private(set) var isComplete: [Bool] = []
  /// The readings of each row; empty for rows without a choice, whose figures stand in the bounds.
  private(set) var ofRow: [Range<Int>]

  init(rows: Int, columns: Int) {
    self.columns = columns
    ofRow = [Range<Int>](repeating: 0..<0, count: rows)
  }

  var count: Int { isComplete.count }

  /// Gives a row its readings.
  mutating func append(_ readings: RowCandidates, to row: Int) {
    ofRow[row] = count..<count + readings.count
    low += readings.low
    high += readings.high
    sources += readings.sources
    for reading in 0..<readings.count {
      let cells = reading * columns..<(reading + 1) * columns
      isComplete.append(cells.allSatisfy { readings.low[$0] == readings.high[$0] })
    }
  }
}

/// Readings of one row while they are collected.
struct RowCandidates {
  private(set) var count = 0
  private(set) var low: [Int] = []
  private(set) var high: [Int] = []
  private(set) var sources: [TokenSource] = []

  /// Adds a reading.
  mutating func append(low: [Int], high: [Int], sources: [TokenSource]) {
    self.low += low
    self.high += high
    self.sources += sources
    count += 1
  }

  /// Makes one reading of those that come to the same figures; a figure stays printed only if all of them print it.
  mutating func mergeEqual(columns: Int) {
    func cells(_ reading: Int) -> Range<Int> { reading * columns..<(reading + 1) * columns }
    func isEqual(_ first: Int, _ second: Int) -> Bool {
      low[cells(first)] == low[cells(second)] && high[cells(first)] == high[cells(second)]
    }
    func precedes(_ first: Int, _ second: Int) -> Bool {
      for column in 0..<columns {
        let (a, b) = (first * columns + column, second * columns + column)
        if low[a] != low[b] { return low[a] < low[b] }
        if high[a] != high[b] { return high[a] < high[b] }
      }
      return first < second
    }
    var merged = RowCandidates()
    var representative: Int?
    for reading in (0..<count).sorted(by: precedes) {
      if let first = representative, isEqual(first, reading) {
        let place = (merged.count - 1) * columns
        for column in 0..<columns {
          let source = sources[reading * columns + column]
          merged.sources[place + column] = merged.sources[place + column].merged(with: source)
        }
      } else {
        merged.append(
          low: Array(low[cells(reading)]), high: Array(high[cells(reading)]), sources: Array(sources[cells(reading)]))
        representative = reading
      }
    }
    self = merged
  }
}
