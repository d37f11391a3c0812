public import DocumentModel
public import PipelineKit

/// Lengths and shares that ruled tables are read with; lengths in font sizes (em), shares from 0 to 1.
public struct RuledTableOptions: StageOptions {
  /// How far pieces of one line may lie beside each other.
  public var collinear = 0.17
  /// The widest gap between pieces of one line, as in dashed rules.
  public var pieceGap = 0.4
  /// The shortest rule that counts.
  public var shortestRule = 0.8
  /// How far from each other two rules may end and still touch.
  public var touch = 0.3
  /// How far apart the strokes of a double rule may be.
  public var doubleRule = 0.55
  /// Rules closer than this make one border of a column or row.
  public var cut = 0.48
  /// How far rules must reach beyond the last crossing one to show that a side is not drawn.
  public var overshoot = 0.8
  /// The part of a cell's side that must be drawn to part it from its neighbour.
  public var wall = 0.5
  /// Columns and rows without text that are narrower than this are the inside of double rules.
  public var sliver = 0.7
  /// The part of the grid that must hold text.
  public var filled = 0.25
  /// Grids with more unit cells than this are hatching.
  public var mostUnits = 40_000

  /// The defaults.
  public init() {}

  /// What each option means, for people who write pipeline files.
  public static let meanings = [
    "collinear": "How far pieces of one line may lie beside each other, in em.",
    "pieceGap": "The widest gap between pieces of one line, as in dashed rules, in em.",
    "shortestRule": "The shortest rule that counts, in em.",
    "touch": "How far from each other two rules may end and still touch, in em.",
    "doubleRule": "How far apart the strokes of a double rule may be, in em.",
    "cut": "Rules closer than this make one border of a column or row, in em.",
    "overshoot": "How far rules must reach beyond the last crossing one to show that a side is not drawn, in em.",
    "wall": "The part of a cell's side that must be drawn to part it from its neighbour.",
    "sliver": "Columns and rows without text that are narrower than this are the inside of double rules, in em.",
    "filled": "The part of the grid that must hold text.",
    "mostUnits": "Grids with more unit cells than this are hatching.",
  ]
}

/// Reads the tables that rules draw on each page.
///
/// Reads `pages`, writes `tables` and keeps those that are already there. Rules that touch make a grid; sides that no
/// rule covers by half or more are no walls, so that cells may be merged in any way:
/// ```
/// +------+-----------+            row 0: cell 0 (2 rows), cell 1 (2 columns)
/// |      |  Persons  |            row 1: cells 1 and 2
/// |      +-----+-----+
/// |      | men | all |
/// +------+-----+-----+
/// | 2024 |  3  |  7  |
/// +------+-----+-----+
/// ```
/// Glyphs belong to the cell that holds their centre. A grid counts as a table when it has two rows, two columns, four
/// cells, and text in a quarter of it, or labels and blank cells as a form to fill in. Fails where rows or columns are shown by white space only, and takes the frame of
/// a form for a table.
public struct ReadRuledTables: Stage {
  /// What it is.
  public static let contract = StageContract(
    "table.rulings", version: 12, summary: "Tables drawn with rules, page by page, with merged cells.", reads: [.pages],
    mayRead: [.tables], writes: [.tables])

  private let options: RuledTableOptions

  /// Makes the stage.
  public init(options: RuledTableOptions) { self.options = options }

  /// Adds the ruled tables of all pages.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard let pages = document.pages else { return }
    var tables = document.tables ?? []
    for page in pages.indices {
      try Task.checkCancellation()
      guard let ruled = RuledPage(page, of: pages, options: options) else { continue }
      if ruled.isHatched {
        document.diagnostics.append(
          Diagnostic(
            "table.grid_too_large", .warning,
            "page \(pages[page].number) has rules that make more than \(options.mostUnits) cells; they are read as hatching",
            places: [pages[page].place]))
      }
      for found in ruled.tables() {
        var table = found.table
        table.id = "t\(tables.count + 1)"
        table.findHeaders()
        tables.append(table)
      }
    }
    document.tables = tables
  }
}
