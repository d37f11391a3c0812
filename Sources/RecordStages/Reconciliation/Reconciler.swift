/// Decides which printed figure belongs in which cell, and which figure an unprinted cell must have.
///
/// Figures in certain places, and rows that print one number for each column, are never changed or moved. Of the other
/// rows all readings are listed; a figure is answered only if it is the same in every reading and completion of the
/// table that satisfies all equations. See ``BackboneSearch`` for the search, its proof and its assumptions.
///
/// Cost: under 10 µs for an intact table of 175 cells; otherwise a few propagations, at most `budget.nodes` of them.
func reconcile(
  _ problem: ReconciliationProblem, budget: ReconciliationBudget = ReconciliationBudget()
) -> Reconciliation {
  intactTable(problem) ?? Reconciler(problem, budget).reconcile()
}

/// The answer for a table in which every figure is printed in its place: as printed.
private func intactTable(_ problem: ReconciliationProblem) -> Reconciliation? {
  var cells: [CellAnswer] = []
  cells.reserveCapacity(problem.rows * problem.columns)
  for row in 0..<problem.rows {
    switch problem.evidence(ofRow: row) {
    case .placed(let tokens), .ordered(let tokens):
      guard tokens.count == problem.columns else { return nil }
      for (index, token) in tokens.enumerated() {
        guard let figure = token.figure else { return nil }
        cells.append(CellAnswer(value: figure, token: index, basis: .printed))
      }
    case .absent: return nil
    }
  }
  let holds = problem.equations.allSatisfy { equation in
    equation.sum { cells.indices ~= $0 ? cells[$0].value : nil } ?? 0 == 0
  }
  return Reconciliation(cells: cells, verdict: holds ? .intact : .inconsistent)
}

/// One table that has to be decided.
private struct Reconciler {
  let problem: ReconciliationProblem
  let budget: ReconciliationBudget
  let system: LinearSystem
  let width: TableWidth
  /// The rows, as the search and its fallbacks take them.
  private let rows: [RowEvidence]

  init(_ problem: ReconciliationProblem, _ budget: ReconciliationBudget) {
    self.problem = problem
    self.budget = budget
    system = LinearSystem(problem)
    let width = TableWidth(problem)
    self.width = width
    // A row with as many tokens as columns is certain, unless the table seems to print fewer.
    rows = (0..<problem.rows).map { row in
      let evidence = problem.evidence(ofRow: row)
      guard case .ordered(let tokens) = evidence, tokens.count == problem.columns else { return evidence }
      return width.columns == problem.columns || tokens.contains(.hole) ? .placed(tokens) : evidence
    }
  }

  func reconcile() -> Reconciliation {
    var search = BackboneSearch(system, budget)
    guard let evidence = compile() else { return contradiction(search) }
    if width.lostColumnsAreUnknown {
      let isPossible = searchCommonGaps(&search)
      if !isPossible { return contradiction(search) }
      if search.agreement.isEmpty { return answer(search, .consistent) }
    }
    search.run(evidence, nodes: budget.nodes)
    if search.isCutShort { return answer(search, .overBudget) }
    if search.hasWitness { return answer(search, .consistent) }
    return search.agreement.hasSolution ? answer(search, .overBudget) : contradiction(search)
  }

  /// Bounds and readings; `nil` where a row has no possible reading.
  ///
  /// - Parameters:
  ///   - gap: Columns that no row of the seeming width prints.
  ///   - freed: A row whose figures may be wrong, one at a time.
  private func compile(gap: [Int]? = nil, freeing freed: Int? = nil) -> CompiledEvidence? {
    var evidence = CompiledEvidence(system)
    for (row, rowEvidence) in rows.enumerated() {
      switch rowEvidence {
      case .absent: continue
      case .placed(let cells):
        if row == freed {
          guard evidence.choose(from: oneFreed(cells, row), row: row, columns: problem.columns) else { return nil }
        } else {
          evidence.place(cells, row: row)
        }
      case .ordered(let tokens):
        var reader = self.reader
        if let gap, tokens.count == width.columns {
          reader.openColumns = (0..<problem.columns).filter { !gap.contains($0) }
        }
        guard let candidates = reader.readings(of: tokens, row: row, width: width.columns) else { continue }
        guard evidence.choose(from: candidates, row: row, columns: problem.columns) else { return nil }
      }
    }
    return evidence
  }

  private var reader: RowReader {
    RowReader(
      system: system, budget: budget, openColumns: width.headed ?? Array(0..<problem.columns),
      admitsEdits: problem.admitsEdits)
  }

  // MARK: Lost columns that no header names

  /// Asks whether the rows of the seeming width can all lack the same columns; false if not.
  ///
  /// Where they cannot, rows that merely look alike would be forced into different gaps by an error of the source.
  private func searchCommonGaps(_ search: inout BackboneSearch) -> Bool {
    var isPossible = false
    for gap in gaps {
      guard let evidence = compile(gap: gap) else { continue }
      search.run(evidence, nodes: max(50, budget.nodes / 10))
      isPossible = isPossible || search.agreement.hasSolution
    }
    return isPossible
  }

  /// Every choice of as many columns as seem to be lost, which is one or two.
  private var gaps: [[Int]] {
    let columns = 0..<problem.columns
    if problem.columns - width.columns == 1 { return columns.map { [$0] } }
    return columns.flatMap { first in columns.dropFirst(first + 1).map { [first, $0] } }
  }

  // MARK: Sources that contradict themselves

  /// The answer where no reading satisfies all equations.
  ///
  /// If exactly one certain row contradicts itself, one of its figures is wrong; what holds whichever it is, is
  /// answered. Otherwise only figures that can be read in one way are kept, and nothing is derived.
  private func contradiction(_ search: BackboneSearch) -> Reconciliation {
    if let suspect = onlyContradictoryRow, let evidence = compile(freeing: suspect) {
      var search = BackboneSearch(system, budget)
      for cell in problem.cells(ofRow: suspect) { search.agreement.dispute(cell) }
      search.run(evidence, nodes: budget.nodes)
      if search.hasWitness && !search.isCutShort {
        var result = answer(search, .inconsistent)
        result.suspectRow = suspect
        keepUnequivocal(in: &result, rows: [suspect])
        return result
      }
    }
    var result = Reconciliation(
      cells: [CellAnswer](repeating: .withheld, count: system.cellCount), verdict: .inconsistent, nodes: search.nodes)
    keepUnequivocal(in: &result, rows: Array(0..<problem.rows))
    result.usedHeader = result.cells.contains(where: \.usedHeader)
    return result
  }

  private var onlyContradictoryRow: Int? {
    let suspects = rows.indices.filter { row in
      guard case .placed(let cells) = rows[row] else { return false }
      var low = cells.map { $0.figure ?? 0 }
      var high = low
      return !cells.contains(.hole) && !system.completeRow(row, &low, &high)
    }
    return suspects.count == 1 ? suspects.first : nil
  }

  /// The readings of a row in which one printed figure is wrong.
  private func oneFreed(_ cells: [CellEvidence], _ row: Int) -> RowCandidates {
    var candidates = RowCandidates()
    let printed = cells.map { $0.figure ?? 0 }
    for column in cells.indices {
      let cell = row * problem.columns + column
      var (low, high) = (printed, printed)
      (low[column], high[column]) = (system.domainLow[cell], system.domainHigh[cell])
      guard system.completeRow(row, &low, &high) else { continue }
      candidates.append(low: low, high: high, sources: [TokenSource](repeating: .none, count: cells.count))
    }
    return candidates
  }

  /// Answers the figures of some rows that stand in the same place however the row is read, whatever the equations say.
  private func keepUnequivocal(in result: inout Reconciliation, rows kept: [Int]) {
    for row in kept {
      switch rows[row] {
      case .absent: continue
      case .placed(let cells):
        for (column, cell) in cells.enumerated() {
          guard let figure = cell.figure else { continue }
          result.cells[row * problem.columns + column] = CellAnswer(value: figure, token: column, basis: .printed)
        }
      case .ordered(let tokens):
        var reader = self.reader
        reader.obeysEquations = false
        guard let readings = reader.readings(of: tokens, row: row, width: width.columns) else { continue }
        for column in 0..<problem.columns where readings.count > 0 {
          let places = stride(from: column, to: readings.low.count, by: problem.columns)
          let source = places.dropFirst().reduce(readings.sources[column]) { $0.merged(with: readings.sources[$1]) }
          guard source.isPrinted, places.allSatisfy({ readings.low[$0] == readings.low[column] }) else { continue }
          result.cells[row * problem.columns + column] = printed(readings.low[column], source)
        }
      }
    }
  }

  // MARK: Answers

  private func answer(_ search: BackboneSearch, _ verdict: Reconciliation.Verdict) -> Reconciliation {
    let agreement = search.agreement
    var cells = [CellAnswer](repeating: .withheld, count: system.cellCount)
    for cell in cells.indices where agreement.status[cell] == .agreed {
      let (figure, source) = (agreement.value[cell], agreement.source[cell])
      if case .placed(let tokens) = rows[cell / problem.columns], tokens[cell % problem.columns] != .hole {
        cells[cell] = CellAnswer(value: figure, token: source.token, basis: .printed)
      } else if source.isPrinted {
        cells[cell] = printed(figure, source)
      } else {
        cells[cell] = CellAnswer(value: figure, token: nil, basis: .derived, usedHeader: width.headed != nil)
      }
    }
    Confirmation(system: system, budget: budget).mark(&cells)
    return Reconciliation(
      cells: cells, verdict: verdict, usedHeader: cells.contains(where: \.usedHeader), nodes: search.nodes)
  }

  private func printed(_ figure: Int, _ source: TokenSource) -> CellAnswer {
    CellAnswer(
      value: figure, token: source.token, basis: .printed, edit: source.edit, usedHeader: width.headed != nil)
  }
}
