/// What is known about one form: its tables, with their rows, columns and equations.
///
/// Everything is declared once and used three times: to place what is printed, to derive what is not, to check.
struct Form: Sendable {
  var name: String
  /// Whether a record of this form can be complete; of a form that lacks what the records promise it is partial at best.
  var completes = true
  /// The years of the reports that it is for; nil where that is not known.
  var years: ClosedRange<Int>?
  /// Words that make another label of one.
  var exclusions = Label.Exclusions()
  var tables: [FormTable]
}

/// One table of a form.
struct FormTable: Sendable {
  /// First segment of the pointers.
  var key: String
  var rules: [RuleName: RuleIdentity]
  var blocks: [FormBlock]
}

/// Rows that share their columns.
struct FormBlock: Sendable {
  var key: String
  var layout: Layout
  var columns: [FormColumn]
  var rows: [FormRow]
  var equations: [FormEquation]
  /// Words that stand in the header over the columns, or the rows, of a group.
  var headings: [(group: String, labels: [Label])] = []

  /// How the rows are printed.
  enum Layout: String, Codable, CaseIterable, Sendable {
    /// A line with its label for each.
    case rows
    /// All in one line without a label, one after the other.
    case line
  }
}

/// A row and the ways to write its label.
struct FormRow: Sendable {
  var key: String
  var group: String?
  var labels: [Label]
  /// Figures that stand in the wording of the label itself.
  var ownFigures: [String] = []
}

/// A column, the ways to write its label, and what its cells hold.
struct FormColumn: Sendable {
  var key: String
  var group: String?
  var labels: [Label]
  var type: FigureType
  /// Units that a cell may name, with the power of ten that converts them to the unit of the column.
  var units: [String: Int]
}

/// What a figure counts.
enum FigureType: String, Codable, CaseIterable, Sendable {
  /// An integer that is not below zero.
  case count
  /// An integer with a sign.
  case change
  /// A decimal, kept as it is printed.
  case amount
}

/// Sums over keys and groups of rows (`each: column`) or of columns (`each: row`).
struct FormEquation: Sendable {
  var id: String
  var severity: String
  var each: Axis
  var left: [String]
  var right: [String]
  var message: String

  enum Axis: String, Codable, CaseIterable, Sendable {
    case row, column
  }
}

/// The name of a rule in a schema file.
typealias RuleName = String

/// What a rule is called in the checks.
struct RuleIdentity: Codable, Sendable {
  var id: String
  var severity: String
}
