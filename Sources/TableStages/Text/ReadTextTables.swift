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
/// Reads `lines` and their roles, writes `tables`; leaves documents alone that have pages, and texts that have tables already.
/// Of tables that markup gives, it finds the header rows and columns; lines that belong to one are passed over. Six forms, one
/// table for each run of lines (⇥ is a tab):
/// ```
/// kind ⇥ sum       | kind | sum |       kind  sum       kind |        kind        kind sum
/// new ⇥ 3          |------|-----|       new     3       sum | ||      sum         new 3 7
/// old ⇥ 4          | new  | 3   |       old     4       new |         new         old and
///                                                       3 |           3           very old 4 0
/// ```
/// In the last three the rows are lost: words that follow a figure begin a new one. Where headings are told, gaps of several
/// spaces are read as single ones are: what programs make of a page puts them anywhere. Blank cells are
/// kept, but for those behind bars at the end of a row where rows differ in length, for there they are padding. Fails where
/// headings are not told and stand between two tables of one cell a line, and where words that are not told stand in place of
/// figures there.
public struct ReadTextTables: Stage {
  /// What it is.
  public static let contract = StageContract(
    "table.text", version: 11,
    summary: "Tables in plain text: tabs, bars, wide gaps, one cell a line, or words and figures between spaces.",
    reads: [.lines],
    mayRead: [.pages, .tables], writes: [.tables])

  private let options: TextTableOptions

  /// Ready as it is.
  public init(options: TextTableOptions) { self.options = options }

  /// Adds the tables of a text.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard document.pages == nil, let lines = document.lines else { return }
    var tables = document.tables ?? []
    // Of a text the lines of tables that are known cannot be told.
    guard tables.isEmpty || lines.contains(where: \.place.isElement) else { return }
    for index in tables.indices where tables[index].headerRows == 0 && tables[index].headerColumns == 0 {
      tables[index].findHeaders()
    }
    let owner = MarkupRegions(tables)
    // A line of a table that is known parts the lines around it as a heading does.
    let seen = lines.enumerated().map { index, line in
      let isTaken = owner.table(at: line.place) != nil
      return TableLine(
        isTaken ? Line(PrintedText(""), place: line.place) : line, index: index, headings: options.headings,
        nothing: options.nothing, isHeading: isTaken)
    }
    let finder = TextTableFinder(seen, knowsHeadings: !options.headings.isEmpty)
    let found = finder.tables().map { (line: $0.lines.lowerBound, table: Table($0, id: "", in: lines)) }
    let firstLines = owner.firstLines(in: lines)
    let known = tables.enumerated().map { (line: firstLines[$0] ?? 0, table: $1) }
    let all = (known + found).enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
    document.tables = all.enumerated().map { place, entry in
      var table = entry.element.table
      table.id = "t\(place + 1)"
      return table
    }
  }
}

extension Table {
  /// A table of cells whose rows are known and whose columns are only ordered.
  fileprivate init(_ text: TextTable, id: String, in lines: [Line]) {
    self.init(
      id: id, kind: .text, confidence: text.confidence, rows: text.rows.count,
      columns: text.rows.map(\.count).max() ?? 0,
      cells: text.rows.enumerated().flatMap { row, cells in
        cells.enumerated().map { column, cell in
          Cell(
            row: row, column: column, text: PrintedText(cell.text), places: [cell.place(in: lines)])
        }
      },
      columnEvidence: .ordered)
    findHeaders()
  }
}

extension TextCell {
  /// Its line and columns, or the element of its line.
  fileprivate func place(in lines: [Line]) -> Place {
    if lines.indices.contains(line - 1), case .path = lines[line - 1].place { return lines[line - 1].place }
    return .line(line, columns: columns)
  }
}

extension Place {
  /// Whether it is an element of markup.
  fileprivate var isElement: Bool {
    if case .path = self { true } else { false }
  }
}
