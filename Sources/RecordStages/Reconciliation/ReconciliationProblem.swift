/// A table of unknown integers, the equations over them, and what is printed of each row.
///
/// A cell is numbered `row * columns + column`. The problem knows nothing of the document it came from.
struct ReconciliationProblem: Hashable, Sendable {
  /// Number of rows.
  var rows: Int
  /// Number of columns.
  var columns: Int
  /// Every equation that the form promises. One that names a cell outside the table is set aside.
  var equations: [LinearEquation]
  /// What is printed of each row, in the order of the rows; a row without an entry is absent.
  var evidence: [RowEvidence]
  /// The columns whose label the header prints; `nil` where the header was not read.
  var headedColumns: [Bool]?
  /// The least figure each cell can hold, `nil` inside for a signed cell; `nil` where every figure is 0 or more.
  var lowerBounds: [Int?]?
  /// Whether two numbers may have been printed as one, one as two, or one too many.
  ///
  /// Believing in fewer faults than the source has makes wrong answers; switch it off only for sources in which a
  /// token is a cell by construction.
  var admitsEdits = true

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
struct LinearEquation: Hashable, Sendable {
  /// The cells and their coefficients.
  var terms: [Term]
  /// The caller's name for the equation.
  var label: Int

  /// One cell of an equation.
  struct Term: Hashable, Sendable {
    /// `row * columns + column`.
    var cell: Int
    /// How often the cell counts.
    var coefficient: Int
  }

  /// The value of the sum; `nil` where a cell has no figure.
  func sum(_ figure: (Int) -> Int?) -> Int128? {
    var sum: Int128 = 0
    for term in terms {
      guard let value = figure(term.cell) else { return nil }
      sum &+= Int128(value) &* Int128(term.coefficient)
    }
    return sum
  }
}

/// What is printed of one row.
enum RowEvidence: Hashable, Sendable {
  /// Nothing.
  case absent
  /// One cell for each column; the columns are certain.
  case placed([CellEvidence])
  /// Cells of which only the order is known.
  case ordered([CellEvidence])
}

/// What is printed in one cell.
enum CellEvidence: Hashable, Sendable {
  /// A figure.
  case figure(Int)
  /// A place without a figure: blank, dash, stroke. What should stand there is unknown, not 0.
  case hole

  /// The figure, where there is one.
  var figure: Int? {
    if case .figure(let value) = self { value } else { nil }
  }
}

/// How much work one table is worth. Whatever is cut short is withheld, never guessed.
struct ReconciliationBudget: Hashable, Sendable {
  /// Nodes of the search over readings.
  var nodes = 200
  /// Readings examined while bounds are propagated, each as often as it is looked at.
  var examinations = 60_000
  /// Sweeps over the equations until their bounds have to be at rest.
  var sweeps = 400
  /// Bisections spent on witnesses, that is whole tables that satisfy all equations.
  var bisections = 200
  /// Readings kept of one row; a row with more counts as lost.
  var readingsPerRow = 600
  /// Placements tried for one row; a row with more counts as lost.
  var placementsPerRow = 1_000
  /// Entries of a matrix that is eliminated; a larger one is left alone.
  var matrixEntries = 1 << 20
}
