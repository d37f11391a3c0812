/// What the source prints for one table of a schema, before it is decided which figure belongs where.
///
/// A grid has the schema's rows and columns. A row whose columns are certain has one token for each column; of other
/// rows only the order of the tokens is known.
public struct EvidenceGrid: Hashable, Sendable {
  /// Name of the form that the table follows.
  public var form: String
  /// Key of the table in the form; also the first segment of its pointers.
  public var table: String
  /// Key of the block of the table.
  public var block: String
  /// One entry for each row of the block, in the order of the schema.
  public var rows: [Row]
  /// The columns that the header prints; `nil` where no header was read.
  public var headedColumns: [Bool]?

  /// What is printed for one row.
  public enum Row: Hashable, Sendable {
    /// No such row was found.
    case absent
    /// One token for each column of the block, in its order.
    case placed([Token])
    /// Tokens in printed order; which column each belongs to is open.
    case ordered([Token])
  }

  /// Creates a grid.
  public init(form: String, table: String, block: String, rows: [Row], headedColumns: [Bool]? = nil) {
    self.form = form
    self.table = table
    self.block = block
    self.rows = rows
    self.headedColumns = headedColumns
  }
}

/// One cell as it was read.
public struct Token: Hashable, Sendable {
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
