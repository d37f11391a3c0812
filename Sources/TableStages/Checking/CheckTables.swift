public import DocumentModel
public import PipelineKit

/// Looks at the tables that were read for signs that they were read wrong.
///
/// Reads `tables`, and `pages` where there are any. What it finds becomes diagnostics, and lowers the confidence of the
/// table; no cell is changed. Each of these is what a wrong grid leaves behind:
/// ```
/// table.cells_overlap           |  12|    two cells cover one place of the grid, or their texts stand on each other
///                               | 13 |
/// table.glyphs_outside_cells    characters inside the border are in no cell
/// table.figure_split            |1 2|34 |    a figure goes on in the next cell without a gap
/// table.figures_in_one_cell     | 12  34 |   two figures where the column has one
/// table.column_drift            below a page break the texts of a column stand under another one
/// ```
/// The confidence is also lowered where nothing is broken but tables seldom look so: see ``Plausibility``.
public struct CheckTables: Stage {
  /// What it is.
  public static let contract = StageContract(
    "table.check", version: 2, summary: "Signs that a table was read wrong, and how sure it is.", reads: [.tables],
    mayRead: [.pages], writes: [.tables])

  /// Ready as it is.
  public init(options: NoOptions) {}

  /// Checks every table.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard var tables = document.tables else { return }
    let pages = document.pages ?? []
    let indices = Dictionary(zip(pages.map(\.number), pages.indices)) { first, _ in first }
    for index in tables.indices {
      try Task.checkCancellation()
      let table = tables[index]
      var doubts: [TableDoubt] = []
      if let shared = table.sharedPlaces { doubts.append(shared) }
      var texts: [TextOnPage] = []
      let printed = table.printedPlaces
      for region in table.regions {
        guard let page = region.page, let box = region.box, let place = indices[page] else { continue }
        let isContinued = page != table.regions.first?.page
        texts.append(TextOnPage(printed[page] ?? [], in: box, isContinued: isContinued, on: place, of: pages))
      }
      doubts += texts.flatMap { $0.doubts(about: table) } + table.figureDoubts(among: texts)
      doubts += zip(texts, texts.dropFirst()).compactMap { table.drift(from: $0, to: $1) }
      document.diagnostics += doubts.map { $0.diagnostic(of: table) }
      tables[index].confidence *= Plausibility(of: table).value * doubts.reduce(1) { $0 * $1.trust(in: table) }
    }
    document.tables = tables
  }
}

extension Table {
  /// Where the text of each cell with text stands, by pages; `cell` is its index.
  fileprivate var printedPlaces: [Int: [(cell: Int, box: Box)]] {
    var result: [Int: [(cell: Int, box: Box)]] = [:]
    for (index, cell) in cells.enumerated() where !cell.text.raw.isEmpty {
      for case .page(let page, let box) in cell.places { result[page, default: []].append((index, box)) }
    }
    return result
  }
}

/// One sign that a table was read wrong.
struct TableDoubt {
  /// The code of its diagnostic.
  var code: String
  /// What was found, without a subject: `cells with several figures: 3`.
  var finding: String
  /// How many cells it throws doubt on, at least 1.
  var cells: Int
  var places: [Place]
  /// Whether cells may hold something else than they should, so that a figure may be wrong.
  var isGrave = true

  func diagnostic(of table: Table) -> Diagnostic {
    Diagnostic(code, isGrave ? .warning : .info, "table \(table.id): \(finding)", places: places)
  }

  /// What is left of the confidence, from 0.5 to 1: half where every second cell is in doubt.
  func trust(in table: Table) -> Double {
    max(0.5, 1 - Double(cells) / Double(max(1, table.cells.count)))
  }
}
