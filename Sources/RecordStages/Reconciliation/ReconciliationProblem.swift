/// A table of unknown integers, the equations over them, and what is printed of each row.
///
/// A cell is numbered `row * columns + column`. The problem knows nothing of the document it came from.
package struct ReconciliationProblem: Hashable, Sendable {
  /// Number of rows.
  package var rows: Int
  /// Number of columns.
  package var columns: Int
  /// Every equation that the form promises. One that names a cell outside the table is set aside.
  package var equations: [LinearEquation]
  /// What is printed of each row, in the order of the rows; a row without an entry is absent.
  package var evidence: [RowEvidence]
  /// The columns whose label the header prints; `nil` where the header was not read.
  package var headedColumns: [Bool]?
  /// The least figure each cell can hold, `nil` inside for a signed cell; `nil` where every figure is 0 or more.
  package var lowerBounds: [Int?]?
  /// Whether two numbers may have been printed as one, one as two, or one too many.
  ///
  /// Believing in fewer faults than the source has makes wrong answers; switch it off only for sources in which a
  /// token is a cell by construction.
  package var admitsEdits: Bool
  /// Digits behind the point: every figure is an integer of the unit that so many decimals make, `12.5` is 1250 with 2.
  package var decimals: Int
  /// How many of the last rows are no part of the table, but hold what is known of it otherwise.
  var statedRows = 0

  /// States a problem.
  package init(
    rows: Int, columns: Int, equations: [LinearEquation], evidence: [RowEvidence], headedColumns: [Bool]? = nil,
    lowerBounds: [Int?]? = nil, admitsEdits: Bool = true, decimals: Int = 0
  ) {
    (self.rows, self.columns, self.equations, self.evidence) = (rows, columns, equations, evidence)
    (self.headedColumns, self.lowerBounds, self.admitsEdits) = (headedColumns, lowerBounds, admitsEdits)
    self.decimals = decimals
  }

  /// The cells of a row.
  func cells(ofRow row: Int) -> Range<Int> { row * columns..<(row + 1) * columns }

  /// What is printed of a row; a row whose shape does not fit the table counts as absent.
  func evidence(ofRow row: Int) -> RowEvidence {
    guard row < evidence.count else { return .absent }
    switch evidence[row] {
    case .placed(let cells) where cells.count != columns: return .absent
    case .ordered(let tokens) where tokens.isEmpty: return .absent
    case let other: return other
    }
  }
}

/// A sum of cells, each times a coefficient, that is zero.
package struct LinearEquation: Hashable, Sendable {
  /// The cells and their coefficients.
  package var terms: [Term]
  /// The caller's name for the equation.
  package var label: Int

  /// States an equation.
  package init(terms: [Term], label: Int) {
    (self.terms, self.label) = (terms, label)
  }

  /// One cell of an equation.
  package struct Term: Hashable, Sendable {
    /// `row * columns + column`.
    package var cell: Int
    /// How often the cell counts.
    package var coefficient: Int

    /// A cell, so many times.
    package init(cell: Int, coefficient: Int) {
      (self.cell, self.coefficient) = (cell, coefficient)
    }
  }

  /// The value of the sum; `nil` where a cell has no figure.
  package func sum(_ figure: (Int) -> Int?) -> Int128? {
    var sum: Int128 = 0
    for term in terms {
      guard let value = figure(term.cell) else { return nil }
      sum &+= Int128(value) &* Int128(term.coefficient)
    }
    return sum
  }
}

/// What is printed of one row.
package enum RowEvidence: Hashable, Sendable {
  /// Nothing.
  case absent
  /// One cell for each column; the columns are certain.
  case placed([CellEvidence])
  /// Cells of which only the order is known.
  case ordered([CellEvidence])
}

/// What is printed in one cell.
package enum CellEvidence: Hashable, Sendable {
  /// A figure.
  case figure(Int)
  /// A place without a figure: blank, dash, stroke. What should stand there is unknown, not 0.
  case hole

  /// The figure, where there is one.
  package var figure: Int? {
    if case .figure(let value) = self { value } else { nil }
  }
}

/// How much work one table is worth. Whatever is cut short is withheld, never guessed.
package struct ReconciliationBudget: Hashable, Sendable {
  /// Nodes of the search over readings.
  package var nodes = 200
  /// Readings examined while bounds are propagated, each as often as it is looked at.
  package var examinations = 60_000
  /// Sweeps over the equations until their bounds have to be at rest.
  package var sweeps = 400
  /// Bisections spent on witnesses, that is whole tables that satisfy all equations.
  package var bisections = 200
  /// Readings kept of one row; a row with more counts as lost.
  package var readingsPerRow = 600
  /// Placements tried for one row; a row with more counts as lost.
  package var placementsPerRow = 1_000
  /// Entries of a matrix that is eliminated; a larger one is left alone.
  package var matrixEntries = 1 << 20

  /// What a table is worth by default.
  package init() {}
}
