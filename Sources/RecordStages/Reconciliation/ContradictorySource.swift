/// Tables in which no reading satisfies all equations.
extension Reconciler {
  /// The answer where no reading satisfies all equations.
  ///
  /// If exactly one certain row contradicts itself, one of its figures is wrong; what holds whichever it is, is
  /// answered. Otherwise only figures that can be read in one way are kept, and nothing is derived.
  ///
  /// - Parameter verdict: The verdict where no single row is to blame.
  func contradiction(
    _ search: BackboneSearch, otherwise verdict: Reconciliation.Verdict = .inconsistent
  ) -> Reconciliation {
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
      cells: [CellAnswer](repeating: .withheld, count: system.cellCount), verdict: verdict, nodes: search.nodes)
    keepUnequivocal(in: &result, rows: Array(0..<problem.rows))
    result.usedHeader = result.cells.contains(where: \.usedHeader)
    return result
  }

  /// The one certain row whose own figures break an equation inside it.
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
  func oneFreed(_ cells: [CellEvidence], _ row: Int) -> RowCandidates {
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
}
