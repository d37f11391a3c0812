import DocumentModel

extension EvidenceGrid.Row {
  /// Whether it has figures of which the column is not known.
  var isOpen: Bool {
    switch self {
    case .absent, .placed: false
    case .ordered, .unordered: true
    }
  }
}

extension EvidenceGrid {
  /// Figures of rows whose columns are not known.
  var unplaced: [Unexplained] {
    rows.filter(\.isOpen).flatMap(\.tokens).filter(\.printsFigure).map { Unexplained($0.raw, places: $0.places) }
  }

  /// Whether the sums have anything to decide: some figure has no certain place, or some place no figure.
  var isOpen: Bool {
    !equations.isEmpty
      && rows.contains { row in
        if case .placed(let tokens) = row { tokens.contains { $0.value == .null } } else { true }
      }
  }

  /// The grid in plain integers, of the smallest unit that any of its figures has.
  var problem: ReconciliationProblem {
    let decimals = decimals
    return ReconciliationProblem(
      rows: rows.count, columns: columns,
      equations: equations.enumerated().map { index, equation in
        LinearEquation(
          terms: equation.left.map { LinearEquation.Term(cell: $0, coefficient: 1) }
            + equation.right.map { LinearEquation.Term(cell: $0, coefficient: -1) }, label: index)
      },
      evidence: rows.map { row in
        switch row {
        case .absent, .unordered: .absent
        case .placed(let tokens): .placed(tokens.map { $0.evidence(decimals) })
        case .ordered(let tokens): .ordered(tokens.map { $0.evidence(decimals) })
        }
      },
      headedColumns: headedColumns, lowerBounds: signed.contains(true) ? signed.map { $0 ? nil : 0 } : nil,
      decimals: decimals)
  }

  /// Places behind the point that the figures need; 0 where no cell is an amount.
  private var decimals: Int {
    guard amounts.contains(true) else { return 0 }
    return rows.flatMap(\.tokens).compactMap { ExactDecimal($0.value)?.places }.max() ?? 0
  }
}

extension Token {
  /// Whether a figure is printed, be it one that cannot be read or belongs to several rows; no sum may replace it.
  var printsFigure: Bool { value != .null || state == .unreadable || state == .ambiguous }

  /// The figure in units of so many decimals.
  func units(of decimals: Int) -> Int? { ExactDecimal(value)?.units(of: decimals).flatMap { Int(exactly: $0) } }

  /// What is uncertain proves nothing.
  fileprivate func evidence(_ decimals: Int) -> CellEvidence {
    guard state != .uncertain, let units = units(of: decimals) else { return .hole }
    return .figure(units)
  }
}
