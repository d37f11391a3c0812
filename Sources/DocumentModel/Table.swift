/// A table: cells on a grid.
public struct Table: Codable, Hashable, Sendable {
  /// Unique in the document, such as `t3`.
  public var id: String
  /// What the grid was read from.
  public var kind: Kind
  /// How sure it is that this is a table and that the grid is right, from 0 to 1.
  public var confidence: Double
  /// Number of grid rows.
  public var rows: Int
  /// Number of grid columns.
  public var columns: Int
  /// How many rows at the top name the columns.
  public var headerRows: Int
  /// How many columns at the left name the rows.
  public var headerColumns: Int
  /// Where it stands: one region for each page that it covers; empty for text.
  public var regions: [Place]
  /// Its title or number, as printed above it.
  public var caption: Legend?
  /// What its figures count, as printed above it: `单位：万元`, `in thousands`.
  public var unit: Legend?
  /// The cells in the order of their rows and columns; covered grid positions are not repeated.
  public var cells: [Cell]
  /// Whether a cell's grid column is evidence.
  public var columnEvidence: ColumnEvidence

  private enum CodingKeys: String, CodingKey {
    case id, kind, confidence, rows, columns, regions, caption, unit, cells
    case headerRows = "header_rows"
    case headerColumns = "header_columns"
    case columnEvidence = "column_evidence"
  }

  /// Words outside the grid that belong to the table.
  public struct Legend: Codable, Hashable, Sendable {
    /// What they say; lines joined.
    public var text: PrintedText
    /// Where each line of them stands.
    public var places: [Place]

    /// Creates a legend.
    public init(_ text: PrintedText, places: [Place]) {
      self.text = text
      self.places = places
    }
  }

  /// What a grid was read from.
  public enum Kind: String, Codable, Hashable, Sendable {
    /// Drawn rules.
    case ruled
    /// The alignment of words, with no or only some rules.
    case aligned
    /// Separators in plain text, or markup.
    case text
  }

  /// Whether the horizontal grid index of a cell says which column of the table it belongs to.
  public enum ColumnEvidence: String, Codable, Hashable, Sendable {
    /// The source fixes the column: geometry, or markup with its spans expanded.
    case placed
    /// The source only fixes the order within a row: separators of a text that may have lost empty cells.
    case ordered
  }

  /// Creates a table.
  public init(
    id: String, kind: Kind, confidence: Double = 1, rows: Int, columns: Int, headerRows: Int = 0,
    headerColumns: Int = 0, regions: [Place] = [], cells: [Cell] = [], columnEvidence: ColumnEvidence
  ) {
    self.id = id
    self.kind = kind
    self.confidence = confidence
    self.rows = rows
    self.columns = columns
    self.headerRows = headerRows
    self.headerColumns = headerColumns
    self.regions = regions
    self.cells = cells
    self.columnEvidence = columnEvidence
  }
}

/// One cell of a table.
public struct Cell: Codable, Hashable, Sendable {
  /// 0-based row of its top left corner.
  public var row: Int
  /// 0-based column of its top left corner.
  public var column: Int
  /// How many rows it covers, at least 1.
  public var rowSpan: Int
  /// How many columns it covers, at least 1.
  public var columnSpan: Int
  /// What it says; lines joined.
  public var text: PrintedText
  /// Whether it names rows or columns.
  public var isHeader: Bool
  /// Where it stands; two places for a cell that a page break cuts.
  public var places: [Place]

  private enum CodingKeys: String, CodingKey {
    case row, column, text, places
    case rowSpan = "row_span"
    case columnSpan = "column_span"
    case isHeader = "header"
  }

  /// Creates a cell.
  public init(
    row: Int, column: Int, rowSpan: Int = 1, columnSpan: Int = 1, text: PrintedText, isHeader: Bool = false,
    places: [Place] = []
  ) {
    self.row = row
    self.column = column
    self.rowSpan = rowSpan
    self.columnSpan = columnSpan
    self.text = text
    self.isHeader = isHeader
    self.places = places
  }

  /// The grid rows it covers.
  public var rowRange: Range<Int> { row..<(row + rowSpan) }
  /// The grid columns it covers.
  public var columnRange: Range<Int> { column..<(column + columnSpan) }
}
