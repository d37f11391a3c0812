/// The answer to a ``ReconciliationProblem``.
package struct Reconciliation: Hashable, Sendable {
  /// One answer for each cell, row by row.
  package var cells: [CellAnswer]
  /// Whether the figures can be true together.
  package var verdict: Verdict
  /// Whether rows were read on the word of a header that prints only some of the columns.
  package var usedHeader = false
  /// The only row whose own printed figures contradict each other, in a table that cannot be true.
  package var suspectRow: Int?
  /// Nodes that the search visited.
  package var nodes = 0

  /// Whether the figures can be true together.
  package enum Verdict: Hashable, Sendable {
    /// Every figure is printed in its place and every equation holds.
    case intact
    /// At least one reading of the table satisfies every equation.
    case consistent
    /// No reading does: the source contradicts itself, or is damaged in a way that no reading allows for. Figures that
    /// can be read in one way only are kept as printed.
    case inconsistent
    /// Columns seem to be lost, no header tells which, and no choice of columns suits all rows. Either the source
    /// contradicts itself or the rows have lost different cells; figures are kept as under ``inconsistent``.
    case undecided
    /// The search was cut short. What was proved before that is answered, the rest is withheld.
    case overBudget
  }
}

/// What is known about one cell.
package struct CellAnswer: Hashable, Sendable {
  /// The figure; `nil` where it is withheld.
  package var value: Int?
  /// Index, in the row's evidence, of the token that prints the figure.
  ///
  /// `nil` for figures that are not printed as they are, and where several equal tokens could be the one.
  package var token: Int?
  /// How the figure is known.
  package var basis: Basis
  /// How the printed text was corrected to read the figure.
  package var edit: TokenEdit?
  /// For derived figures: whether every single misprint among the printed figures would have broken an equation.
  /// `nil` for others, and where the question was too large.
  package var isConfirmed: Bool?
  /// Whether the figure rests on the labels of the header.
  package var usedHeader = false

  /// How the figure is known.
  package enum Basis: Hashable, Sendable {
    /// It is printed.
    case printed
    /// It is not printed; the equations leave no other.
    case derived
    /// It is not known.
    case withheld
  }

  /// An answer that says nothing.
  static let withheld = CellAnswer(value: nil, token: nil, basis: .withheld)
}

/// How a figure was made from tokens that print something else.
package enum TokenEdit: Hashable, Sendable {
  /// It is a part of the digits of this token: two numbers were printed as one.
  case part(of: Int)
  /// It is this token and the next in one: one number was printed as two.
  case joined(from: Int)
}
