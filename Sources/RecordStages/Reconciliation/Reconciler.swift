/// One table that has to be decided.
struct Reconciler {
  let problem: ReconciliationProblem
  let budget: ReconciliationBudget
  let system: LinearSystem
  let width: TableWidth
  /// The rows, as the search and its fallbacks take them.
  let rows: [RowEvidence]

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

  /// The answer; see the function of the same name.
  func reconcile() -> Reconciliation {
    var search = BackboneSearch(system, budget)
    guard let evidence = compile() else { return contradiction(search) }
    if width.lostColumnsAreUnknown {
      let isPossible = searchCommonGaps(&search)
      if !isPossible { return contradiction(search, otherwise: .undecided) }
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
  func compile(gap: [Int]? = nil, freeing freed: Int? = nil) -> CompiledEvidence? {
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

  /// Lists the readings of rows whose columns are not certain.
  var reader: RowReader {
    RowReader(
      system: system, budget: budget, openColumns: width.headed ?? Array(0..<problem.columns),
      admitsEdits: problem.admitsEdits, decimals: problem.decimals)
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

  // MARK: Answers

  /// What a search has agreed on.
  func answer(_ search: BackboneSearch, _ verdict: Reconciliation.Verdict) -> Reconciliation {
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

  /// The answer for a figure of a row whose columns were not certain.
  func printed(_ figure: Int, _ source: TokenSource) -> CellAnswer {
    CellAnswer(
      value: figure, token: source.token, basis: .printed, edit: source.edit, usedHeader: width.headed != nil)
  }
}
