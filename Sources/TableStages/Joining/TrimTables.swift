public import DocumentModel
public import PipelineKit

/// Takes captions, units and notes that stand inside the frame of a table out of its rows.
///
/// The first caption and unit stay with the table.
///
/// Reads and writes `tables`.
/// ```
/// +---------------------+
/// | Table 3: loans      |      a first row over the whole width that begins like a caption
/// +------+-------+------+
/// | kind |  new  | old  |      the table
/// +------+-------+------+
/// | Source: the library |      a last row that begins like a caption or a note
/// +---------------------+
/// ```
public struct TrimTables: Stage {
  /// Words around tables.
  public struct Options: StageOptions {
    /// The beginnings of captions and notes.
    public var captions = TableCaptions()

    /// No words.
    public init() {}

    /// What each option means, for people who write pipeline files.
    public static let meanings = [
      "captions": "The beginnings of captions and notes."
    ]
  }

  /// What it is.
  public static let contract = StageContract(
    "table.trim", version: 3, summary: "Captions and notes inside the frame of a table, out of its rows.",
    reads: [.tables], writes: [.tables])

  private let options: Options

  /// Ready as it is.
  public init(options: Options) { self.options = options }

  /// Trims all tables.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard var tables = document.tables else { return }
    for index in tables.indices {
      while tables[index].rows > 2, let first = tables[index].wholeRow(0),
        options.captions.begins(first) || options.captions.isUnit(first)
      {
        tables[index].takeLegend(options.captions)
      }
      while tables[index].rows > 2, let last = tables[index].wholeRow(tables[index].rows - 1),
        options.captions.begins(last) || options.captions.isNote(last)
      { tables[index].removeRow(tables[index].rows - 1) }
    }
    document.tables = tables
  }
}

extension Table {
  /// The text of a row that is one cell over all columns.
  fileprivate func wholeRow(_ row: Int) -> String? {
    let own = cells.filter { $0.rowRange.contains(row) }
    guard own.count == 1, let cell = own.first, cell.columnSpan == columns, columns > 1, cell.rowSpan == 1 else {
      return nil
    }
    return cell.text.raw
  }

  /// Makes the first row the caption or the unit, if it is no note.
  fileprivate mutating func takeLegend(_ words: TableCaptions) {
    if let first = cells.first(where: { $0.row == 0 }) {
      let legend = Legend(first.text, places: first.places)
      if words.isUnit(first.text.raw) {
        unit = unit ?? legend
      } else if !words.isNote(first.text.raw) {
        caption = caption ?? legend
      }
    }
    removeRow(0)
  }

  fileprivate mutating func removeRow(_ row: Int) {
    cells.removeAll { $0.row == row }
    for index in cells.indices where cells[index].row > row { cells[index].row -= 1 }
    rows -= 1
    findHeaders()
  }
}
