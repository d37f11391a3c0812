public import DocumentModel
public import PipelineKit

/// What ends a table in plain text.
public struct TextTableOptions: StageOptions {
  /// Regular expressions for lines that are headings and never cells, matched from the beginning of the line without its
  /// spaces.
  public var headings: [Pattern] = []
  /// Words that stand in a cell in place of a figure, where there is none.
  public var nothing: [String] = []

  /// The defaults.
  public init() {}

  /// What each option means, for people who write pipeline files.
  public static let meanings = [
    "headings":
      "Regular expressions for lines that are headings and never cells, matched from the beginning of the "
      + "line without its spaces.",
    "nothing": "Words that stand in a cell in place of a figure, where there is none.",
  ]
}

/// Reads tables in plain text.
///
/// Reads `lines`, writes `tables`; leaves documents alone that have pages, or tables already. Five forms, one table for
/// each run of lines (⇥ is a tab):
/// ```
/// kind ⇥ sum       | kind | sum |       kind  sum       kind |        kind
/// new ⇥ 3          |------|-----|       new     3       sum | ||      sum
/// old ⇥ 4          | new  | 3   |       old     4       new |         new
///                                                       3 |           3
/// ```
/// In the last two the rows are lost: words that follow a figure begin a new one. Blank cells are
/// kept, but for those behind bars at the end of a row where rows differ in length, for there they are padding. Fails where
/// headings are not told and stand between two tables of one cell a line, and where words that are not told stand in place of
/// figures there.
public struct ReadTextTables: Stage {
  /// What it is.
  public static let contract = StageContract(
    "table.text", version: 5, summary: "Tables in plain text: tabs, bars, wide gaps, or one cell a line.",
    reads: [.lines],
    mayRead: [.pages, .tables], writes: [.tables])

  private let options: TextTableOptions

  /// Ready as it is.
  public init(options: TextTableOptions) { self.options = options }

  /// Adds the tables of a text.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard document.pages == nil, document.tables?.isEmpty != false, let lines = document.lines else { return }
    let finder = TextTableFinder(
      lines.enumerated().map { TableLine($1, index: $0, headings: options.headings, nothing: options.nothing) },
      knowsHeadings: !options.headings.isEmpty)
    document.tables = finder.tables().enumerated().map { Table($1, id: "t\($0 + 1)") }
  }
}

extension Table {
  /// A table of cells whose rows are known and whose columns are only ordered.
  fileprivate init(_ text: TextTable, id: String) {
    self.init(
      id: id, kind: .text, confidence: text.confidence, rows: text.rows.count,
      columns: text.rows.map(\.count).max() ?? 0,
      cells: text.rows.enumerated().flatMap { row, cells in
        cells.enumerated().map { column, cell in
          Cell(
            row: row, column: column, text: PrintedText(cell.text), places: [.line(cell.line, columns: cell.columns)])
        }
      },
      columnEvidence: .ordered)
    findHeaders()
  }
}
