/// What the source prints for one block of a schema's table, and what must hold of it.
///
/// Self-contained: the stages that decide and check need nothing but the grid. Cells are numbered row by row.
public struct EvidenceGrid: Codable, Hashable, Sendable {
  /// Name of the form that the table follows.
  public var form: String
  /// Key of the table in the form.
  public var table: String
  /// Key of the block in the table.
  public var block: String
  /// Number of columns.
  public var columns: Int
  /// The pointer of every cell.
  public var pointers: [String]
  /// Cells whose figure may be below zero.
  public var signed: [Bool]
  /// Cells whose figure is an amount, which may have decimals; none of them where it is empty.
  public var amounts: [Bool]
  /// What is printed, one entry for each row.
  public var rows: [Row]
  /// Whether the source fixes the column of every cell, so that no other reading of the rows is possible.
  public var isLaidOut: Bool
  /// The columns that the header prints; `nil` where no header was read.
  public var headedColumns: [Bool]?
  /// What alone says in which columns the figures of placed rows stand, where that is not the source itself.
  public var placement: Placement?
  /// Rows of which it is not certain that the table has them, as it may follow another form; nothing is derived for them.
  public var doubtfulRows: Set<Int> = []
  /// Whether its figures were recognised in a picture of the page, so that only sums prove them.
  public var isRecognised = false
  /// Sums that must hold.
  public var equations: [Equation]
  /// Other rules that are looked at.
  public var rules: [GridRule]
  /// Where the sums are contradictory, the row that alone explains it.
  public var suspect: Suspect?

  private enum CodingKeys: String, CodingKey {
    case form, table, block, columns, pointers, signed, amounts, rows, placement, equations, rules, suspect
    case isLaidOut = "laid_out"
    case headedColumns = "headed_columns"
    case doubtfulRows = "doubtful_rows"
    case isRecognised = "recognised"
  }

  /// A row in which something is wrong.
  public struct Suspect: Codable, Hashable, Sendable {
    /// Its index.
    public var row: Int
    /// The source, if one figure of the row that is printed for certain must be wrong; else the extraction, if the sums hold
    /// once its figures are read otherwise.
    public var cause: Check.Cause

    /// Names a row.
    public init(row: Int, cause: Check.Cause) {
      self.row = row
      self.cause = cause
    }
  }

  /// What figures are placed by for want of better.
  public enum Placement: String, Codable, Hashable, Sendable {
    /// The words of the header: whether the rows lack the same columns, sums cannot tell.
    case header
    /// That a line has as many cells as the form, blanks included: a line that lost one and gained another has, too.
    case count
  }

  /// What is printed for one row.
  public enum Row: Hashable, Sendable {
    /// No such row was found.
    case absent
    /// One token for each column, in their order.
    case placed([Token])
    /// Tokens in printed order; which column each belongs to is open.
    case ordered([Token])
    /// Tokens of which not even the order is known, as the header names the columns in another one.
    case unordered([Token])

    /// The tokens, whatever is known of their columns.
    public var tokens: [Token] {
      switch self {
      case .absent: []
      case .placed(let tokens), .ordered(let tokens), .unordered(let tokens): tokens
      }
    }
  }

  /// Creates a grid.
  public init(
    form: String, table: String, block: String = "", columns: Int, pointers: [String], signed: [Bool],
    amounts: [Bool] = [],
    rows: [Row], isLaidOut: Bool = true, headedColumns: [Bool]? = nil, equations: [Equation] = [],
    rules: [GridRule] = []
  ) {
    self.form = form
    self.table = table
    self.block = block
    self.columns = columns
    self.pointers = pointers
    self.signed = signed
    self.amounts = amounts
    self.rows = rows
    self.isLaidOut = isLaidOut
    self.headedColumns = headedColumns
    self.equations = equations
    self.rules = rules
  }
}

/// One cell as it was read.
public struct Token: Codable, Hashable, Sendable {
  /// As printed.
  public var raw: String
  /// The figure; null for cells without one.
  public var value: JSONValue
  /// `printed`, `converted`, or why there is no figure.
  public var state: ValueState
  /// Where.
  public var places: [Place]
  /// What a person should know about the reading.
  public var note: String?

  /// Creates a token.
  public init(raw: String, value: JSONValue, state: ValueState, places: [Place] = [], note: String? = nil) {
    self.raw = raw
    self.value = value
    self.state = state
    self.places = places
    self.note = note
  }
}

/// A linear equation over the cells of a grid: the terms of both sides sum up to the same.
public struct Equation: Codable, Hashable, Sendable {
  /// The rule.
  public var id: String
  /// The row or column that it is about.
  public var instance: String
  /// How bad a failure is.
  public var severity: Severity
  /// In the keys of the schema, such as `new_received + carried_over_in = result_total + carried_over_out`.
  public var expression: String
  /// What holds, for a person.
  public var message: String
  /// Cells of the left side.
  public var left: [Int]
  /// Cells of the right side.
  public var right: [Int]

  /// Creates an equation.
  public init(
    id: String, instance: String, severity: Severity, expression: String, message: String, left: [Int], right: [Int]
  ) {
    self.id = id
    self.instance = instance
    self.severity = severity
    self.expression = expression
    self.message = message
    self.left = left
    self.right = right
  }
}

/// A rule about a whole grid that is no equation.
public struct GridRule: Codable, Hashable, Sendable {
  /// What is asked.
  public var kind: Kind
  /// The rule.
  public var id: String
  /// How bad a failure is.
  public var severity: Severity

  /// What can be asked of a grid.
  public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    /// Some assignment to what is not printed satisfies all equations at once.
    case feasible
    /// Counts are integers that are not below zero.
    case countable
    /// All rows and columns are there.
    case present
    /// No cell is blank in a row that has printed cells.
    case filled
    /// Every figure is certain: its unit is printed, and no other line claims its row.
    case certain
    /// No row prints more figures than the form has columns.
    case fitting
    /// Nothing had to be derived.
    case underived
    /// No figure was placed by the header, or by the number of cells, alone.
    case unheaded
    /// No cell names a unit beside its figure.
    case bare
    /// No cell stands for several rows or columns.
    case single
    /// Of most cells it is known what is printed in them.
    case legible
    /// Rows are called what the form calls them, letter by letter.
    case spelt
  }

  /// Creates a rule.
  public init(_ kind: Kind, id: String, severity: Severity) {
    self.kind = kind
    self.id = id
    self.severity = severity
  }
}
