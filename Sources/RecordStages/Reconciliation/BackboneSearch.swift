/// Finds the cells that have the same figure in every reading and completion that satisfies all equations.
///
/// ```
///   node   settle the bounds; skip it if it can only repeat what is agreed
///    ├─    first living reading of the row that decides most
///    ├─    second …
///   leaf   one reading a row: eliminate exactly, find one whole table as witness, agree
/// ```
///
/// A cell is agreed while all leaves have fixed it to the same figure. The true table is a leaf, or lies in a node that
/// was skipped because every agreed cell already has its figure there; so an agreed figure is the true one. Whatever is
/// not looked at (a budget that ends, numbers that grow too large) only leaves less agreed.
///
/// Assumptions: A1 the order of the numbers in a row is kept. A2 a row has not both lost and gained a number, nor has
/// it numbers glued and split. A3 rows are told apart by their labels. A4 header and rows have lost the same columns.
/// A5 digits are as printed. A6 an error of the source and a loss do not meet in the same row or rectangle.
struct BackboneSearch {
  let system: LinearSystem
  let budget: ReconciliationBudget
  var agreement: Agreement
  /// Nodes visited in all.
  private(set) var nodes = 0
  /// Whether a whole table was found that satisfies all equations.
  private(set) var hasWitness = false
  /// Whether the latest run was cut short.
  private(set) var isCutShort = false

  private var nodeLimit = 0
  private var bisections: Int

  init(_ system: LinearSystem, _ budget: ReconciliationBudget) {
    self.system = system
    self.budget = budget
    bisections = budget.bisections
    agreement = Agreement(cellCount: system.cellCount)
  }

  /// Searches from a state. A run that is cut short keeps what the bounds alone had fixed.
  mutating func run(_ evidence: CompiledEvidence, nodes mostNodes: Int) {
    var propagation = BoundsPropagation(system, evidence.readings, budget)
    var root = SearchState(low: evidence.low, high: evidence.high, readings: evidence.readings)
    isCutShort = false
    nodeLimit = nodes + mostNodes
    guard propagation.settleAll(&root) else { return }
    visit(root, evidence, &propagation)
    if isCutShort { agreement.hear(root) { evidence.source(of: $0, in: root) } }
  }

  private mutating func visit(
    _ state: SearchState, _ evidence: CompiledEvidence, _ propagation: inout BoundsPropagation
  ) {
    if isCutShort { return }
    if nodes == nodeLimit || propagation.examinations <= 0 {
      isCutShort = true
      return
    }
    nodes += 1
    if agreement.covers(state, source: { evidence.source(of: $0, in: state) }) { return }
    guard let row = branchingRow(state, evidence.readings) else {
      leaf(state, evidence, &propagation)
      return
    }
    for reading in state.living(row, evidence.readings) {
      var child = state
      child.choose(reading, row: row, evidence.readings)
      if propagation.settle(row: row, &child) { visit(child, evidence, &propagation) }
    }
  }

  /// The row to decide next: few readings, large figures; `nil` where every row has one reading.
  private func branchingRow(_ state: SearchState, _ readings: RowReadings) -> Int? {
    var best: Int?
    var bestCost = Double.infinity
    for row in 0..<system.rows where state.livingCount(row) > 1 {
      var largest = 1
      for reading in state.living(row, readings) {
        for place in Int(reading) * system.columns..<(Int(reading) + 1) * system.columns
        where readings.low[place] == readings.high[place] { largest = max(largest, readings.low[place]) }
      }
      let cost = Double(state.livingCount(row)) / Double(largest)
      if cost < bestCost { (best, bestCost) = (row, cost) }
    }
    return best
  }

  /// One reading for each row.
  private mutating func leaf(
    _ state: SearchState, _ evidence: CompiledEvidence, _ propagation: inout BoundsPropagation
  ) {
    var state = state
    let open = state.low.indices.filter { !state.isFixed($0) }
    if !open.isEmpty {
      guard eliminate(open, &state), propagation.settleAll(&state) else { return }
      switch findWitness(state, &propagation) {
      case .none: return
      case .found: hasWitness = true
      case .cutShort: break  // may or may not be a solution: what it fixes is heard, but it proves nothing
      }
    } else {
      hasWitness = true
    }
    agreement.hear(state) { evidence.source(of: $0, in: state) }
  }

  /// Fixes the open cells that the equations determine; false where they contradict each other.
  private func eliminate(_ open: [Int], _ state: inout SearchState) -> Bool {
    guard (open.count + 1) * system.equationCount <= budget.matrixEntries else { return true }
    var column = [Int](repeating: -1, count: system.cellCount)
    for (index, cell) in open.enumerated() { column[cell] = index }
    var matrix: [[Int]] = []
    for equation in 0..<system.equationCount {
      var row = [Int](repeating: 0, count: open.count + 1)
      var isOpen = false
      var right: Int128 = 0
      system.forEachTerm(of: equation) { cell, coefficient in
        if column[cell] >= 0 {
          row[column[cell]] &+= coefficient
          isOpen = true
        } else {
          right &-= Int128(state.low[cell]) &* Int128(coefficient)
        }
      }
      guard isOpen, let constant = Int(exactly: right), constant != Int.min else { continue }
      row[open.count] = constant
      matrix.append(row)
    }
    let solved = ExactElimination(matrix, columns: open.count)
    for (row, pivot) in zip(solved.rows, solved.pivots) {
      guard let pivot else {
        if row[open.count] != 0 { return false }
        continue
      }
      if row[..<open.count].indices.contains(where: { $0 != pivot && row[$0] != 0 }) { continue }
      let (figure, remainder) = row[open.count].quotientAndRemainder(dividingBy: row[pivot])
      let cell = open[pivot]
      guard remainder == 0, state.low[cell]...state.high[cell] ~= figure else { return false }
      (state.low[cell], state.high[cell]) = (figure, figure)
    }
    return true
  }

  private enum Witness { case found, none, cutShort }

  /// Looks for one whole table within the bounds of a leaf, by splitting the narrowest cell at its least figure.
  private mutating func findWitness(_ state: SearchState, _ propagation: inout BoundsPropagation) -> Witness {
    if system.holds(for: state.low) { return .found }
    if bisections == 0 || propagation.examinations <= 0 { return .cutShort }
    bisections -= 1
    var narrowest: Int?
    var least = UInt.max
    for cell in state.low.indices where !state.isFixed(cell) {
      let width = UInt(bitPattern: state.high[cell] &- state.low[cell])
      if width < least { (narrowest, least) = (cell, width) }
    }
    guard let cell = narrowest else { return .none }
    for takesLeast in [true, false] {
      var half = state
      if takesLeast { half.high[cell] = half.low[cell] } else { half.low[cell] += 1 }
      guard propagation.settle(cell: cell, &half) else { continue }
      let witness = findWitness(half, &propagation)
      if witness != .none { return witness }
    }
    return .none
  }
}
