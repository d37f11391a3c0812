/// The equations of a problem in flat arrays, and the one rule that narrows bounds by them.
///
/// Sums are taken in 128 bits. With cells up to 2⁶³, coefficients up to 2⁴⁰ and fewer than 2²⁰ terms no sum can
/// overflow; an equation beyond that is set aside, which can only withhold more.
struct LinearSystem {
  /// Assumed of every figure that is not printed: it is at most this, about 4.6·10¹⁸.
  static let largestFigure = 1 << 62
  private static let largestCoefficient = 1 << 40
  private static let mostTerms = 1 << 20

  let rows: Int
  let columns: Int
  /// The least and greatest figure of each cell before anything is read.
  let domainLow: [Int]
  let domainHigh: [Int]
  /// For each row the equations that lie wholly in it.
  let equationsInRow: IndexLists
  /// For each cell the equations it takes part in.
  let equationsOfCell: IndexLists

  private let starts: [Int]
  private let cells: [Int]
  private let coefficients: [Int]

  init(_ problem: ReconciliationProblem) {
    let (rows, columns) = (problem.rows, problem.columns)
    let cellCount = rows * columns
    var low = [Int](repeating: 0, count: cellCount)
    if let bounds = problem.lowerBounds {
      for (cell, bound) in bounds.prefix(cellCount).enumerated() {
        low[cell] = min(max(bound ?? -Self.largestFigure, -Self.largestFigure), Self.largestFigure)
      }
    }
    domainLow = low
    domainHigh = [Int](repeating: Self.largestFigure, count: cellCount)

    var inRow: [(list: Int, index: Int)] = []
    var ofCell: [(list: Int, index: Int)] = []
    var starts = [0]
    var cells: [Int] = []
    var coefficients: [Int] = []
    for equation in problem.equations {
      let terms = equation.terms
      let isAdmitted = terms.allSatisfy {
        0..<cellCount ~= $0.cell && $0.coefficient.magnitude <= Self.largestCoefficient
      }
      guard isAdmitted, terms.count < Self.mostTerms else { continue }
      let number = starts.count - 1
      var row: Int?
      var isInRow = true
      for term in terms where term.coefficient != 0 {
        cells.append(term.cell)
        coefficients.append(term.coefficient)
        ofCell.append((term.cell, number))
        isInRow = isInRow && (row == nil || row == term.cell / columns)
        row = term.cell / columns
      }
      guard let row else { continue }
      starts.append(cells.count)
      if isInRow { inRow.append((row, number)) }
    }
    self.rows = rows
    self.columns = columns
    self.starts = starts
    self.cells = cells
    self.coefficients = coefficients
    equationsInRow = IndexLists(inRow, count: rows)
    equationsOfCell = IndexLists(ofCell, count: cellCount)
  }

  var cellCount: Int { domainLow.count }
  var equationCount: Int { starts.count - 1 }

  /// The cells and coefficients of an equation.
  func forEachTerm(of equation: Int, _ body: (_ cell: Int, _ coefficient: Int) -> Void) {
    for term in starts[equation]..<starts[equation + 1] { body(cells[term], coefficients[term]) }
  }

  /// Whether all equations hold for the figures of all cells.
  func holds(for figures: [Int]) -> Bool {
    (0..<equationCount).allSatisfy { equation in
      var sum: Int128 = 0
      forEachTerm(of: equation) { cell, coefficient in sum &+= Int128(figures[cell]) &* Int128(coefficient) }
      return sum == 0
    }
  }

  /// Narrows the bounds of the cells of one equation; false where no figures within them satisfy it.
  ///
  /// With every other term at its least, a term can be no greater than what brings the sum to zero, and the other way
  /// round. `low` and `high` begin at the cell `offset`; `changed` hears of every cell that was narrowed.
  @inline(__always)
  func narrow(
    _ equation: Int, _ low: inout [Int], _ high: inout [Int], offset: Int, changed: (_ cell: Int) -> Void
  ) -> Bool {
    let terms = starts[equation]..<starts[equation + 1]
    var least: Int128 = 0
    var greatest: Int128 = 0
    for term in terms {
      let range = self.range(ofTerm: term, low, high, offset)
      least &+= range.least
      greatest &+= range.greatest
    }
    if least > 0 || greatest < 0 { return false }
    if least == greatest { return true }
    for term in terms {
      let place = cells[term] &- offset
      let (oldLow, oldHigh) = (low[place], high[place])
      if oldLow == oldHigh { continue }
      let own = range(ofTerm: term, low, high, offset)
      let (floor, ceiling) = Self.quotients(
        from: own.greatest &- greatest, through: own.least &- least, by: coefficients[term])
      let newLow = floor > Int128(oldLow) ? floor : Int128(oldLow)
      let newHigh = ceiling < Int128(oldHigh) ? ceiling : Int128(oldHigh)
      if newLow > newHigh { return false }
      if newLow == Int128(oldLow) && newHigh == Int128(oldHigh) { continue }
      low[place] = Int(truncatingIfNeeded: newLow)
      high[place] = Int(truncatingIfNeeded: newHigh)
      let narrowed = range(ofTerm: term, low, high, offset)
      least &+= narrowed.least &- own.least
      greatest &+= narrowed.greatest &- own.greatest
      changed(cells[term])
    }
    return true
  }

  @inline(__always)
  private func range(
    ofTerm term: Int, _ low: [Int], _ high: [Int], _ offset: Int
  ) -> (least: Int128, greatest: Int128) {
    let place = cells[term] &- offset
    let coefficient = Int128(coefficients[term])
    let atLow = Int128(low[place]) &* coefficient
    let atHigh = Int128(high[place]) &* coefficient
    return coefficient > 0 ? (atLow, atHigh) : (atHigh, atLow)
  }

  /// The integers x for which `divisor * x` lies in the interval: the least and the greatest.
  @inline(__always)
  private static func quotients(
    from least: Int128, through greatest: Int128, by divisor: Int
  ) -> (least: Int128, greatest: Int128) {
    if divisor == 1 { return (least, greatest) }
    if divisor == -1 { return (0 &- greatest, 0 &- least) }
    let (from, through) = divisor > 0 ? (least, greatest) : (0 &- greatest, 0 &- least)
    let by = Int128(divisor.magnitude)
    let floor = through >= 0 ? through / by : 0 &- ((0 &- through &+ by &- 1) / by)
    let ceiling = from >= 0 ? (from &+ by &- 1) / by : 0 &- ((0 &- from) / by)
    return (ceiling, floor)
  }
}
