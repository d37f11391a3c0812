public import DocumentModel
public import PipelineKit

/// Reads tables of figures whose columns are shown by their alignment, and nothing that leaves a doubt.
///
/// The strict sister of ``ReadAlignedTables``, for pipelines whose records rest on the column of every figure: it accepts
/// only tables that are nearly all figures with labels on the left, and gives up where a figure stands between columns.
///
/// Reads `pages` and `tables`, writes `tables`: those that are there stay, and words inside them are not looked at.
/// ```
///                 applicants            a block: lines of several segments near each other
///   kind       persons   all            columns: where the figures of its lines stand under each other
///   new            3      10            header: the words above the first figures, each over its columns
///   a label in                          rows: a line of figures and the label lines whose middle it is at
///   two lines      1       7
/// ```
/// Where words stand over columns that already had figures, columns are looked for anew. A table counts only with
/// several rows of figures, or one row of as many figures as heads. Columns are evidence where each is headed and stands
/// apart; elsewhere only the order of the figures is. Fails on tables without figures, on tables side by side, and on
/// labels whose lines are as far apart as rows.
public struct ReadFigureTables: Stage {
  /// What it is.
  public static let contract = StageContract(
    "table.figures", version: 8, summary: "Tables of figures shown by their alignment, only where it leaves no doubt.",
    reads: [.pages],
    mayRead: [.tables], writes: [.tables])

  /// There is nothing to set.
  public init(options: NoOptions) {}

  /// Adds the tables of all pages, in reading order.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard let displayed = document.pages else { return }
    // Pages on which the text runs another way are read as a person holds them.
    let upright = UprightPages(displayed)
    let pages = upright.pages
    var tables = upright.upright(document.tables ?? [])
    var rowSpace = 0.0
    for index in pages.indices {
      try Task.checkCancellation()
      let regions = tables.flatMap(\.regions).filter { $0.page == pages[index].number }.compactMap(\.box)
      for found in figureTables(on: index, of: pages, outside: regions, rowSpace: &rowSpace) {
        var table = found.table
        table.findHeaders()
        let next = tables.firstIndex { $0.isBelow(found.box, on: pages[index].number) }
        tables.insert(table, at: next ?? tables.count)
      }
    }
    for index in tables.indices { tables[index].id = "t\(index + 1)" }
    document.tables = tables.map(upright.original)
  }
}

extension Table {
  /// Whether it begins on a later page than `page` or, on that page, below the top of `box`.
  fileprivate func isBelow(_ box: Box, on page: Int) -> Bool {
    guard let region = regions.first, let number = region.page, let own = region.box else { return false }
    return (number, own.y0) > (page, box.y0)
  }
}
