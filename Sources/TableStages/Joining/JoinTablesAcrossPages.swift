public import DocumentModel
public import PipelineKit

/// How parts of a table are recognised after a page break.
public struct JoinOptions: StageOptions {
  /// Regular expressions for the numbers that labels begin with, matched without spaces. A label that begins with none
  /// of them, below one that does, may be the rest of a broken label. The defaults know digits, single letters, anything
  /// short in brackets, and one or two characters before an ideographic comma.
  public var enumerators: [Pattern] = [
    #"^[0-9\x{FF10}-\x{FF19}]{1,3}[.,\x{3001}\x{FF0C}\x{FF0E}:)\x{FF09}]"#,
    #"^[(\x{FF08}\[\x{3010}\x{3014}].{1,3}[)\x{FF09}\]\x{3011}\x{3015}]"#,
    #"^.{1,2}\x{3001}"#, #"^[\x{2460}-\x{249B}]"#, #"^[A-Za-z][.)]"#,
  ]
  /// How far the edges of a column may differ on two pages, in font sizes (em).
  public var columnTolerance = 0.8
  /// The part of the column edges that two parts must share, from 0 to 1.
  public var sharedEdges = 0.9

  /// The defaults.
  public init() {}

  /// What each option means, for people who write pipeline files.
  public static let meanings = [
    "enumerators":
      "Regular expressions for the numbers that labels begin with, matched without spaces. A label that "
      + "begins with none of them, below one that does, may be the rest of a broken label. The defaults know "
      + "digits, single letters, anything short in brackets, and one or two characters before an ideographic "
      + "comma.",
    "columnTolerance": "How far the edges of a column may differ on two pages, in font sizes (em).",
    "sharedEdges": "The part of the column edges that two parts must share, from 0 to 1.",
  ]
}

/// Joins tables that a page break cuts.
///
/// Reads `pages` and `tables`, looks at the roles of `lines` where there are any, and writes `tables`. The last table of
/// a page and the first one of the next are one table when only running heads and page numbers stand between them and
/// their columns agree:
/// ```
///   | A |  1.x  | 5 |                           | A |  1.x  | 5 |
///   +---+-------+---+                           |   +-------+---+
///         - 4 -             is                  |   |  2.y  | 7 |
///   +---+-------+---+                           +---+-------+---+
///   |   |  2.y  | 7 |
///   +---+-------+---+
/// ```
/// A single row alone at the top or bottom of a page is no table, but it is taken for a part of the one it fits to. A
/// repeated header is dropped. Programs that draw pages usually close all cells at the break and open them again, so
/// it is told from the texts what continues: a blank label, a label without a number below a numbered one, a row with
/// its figures on one side only. A part that begins with a header of its own is another table. Aligned tables are joined
/// where the white space between their columns overlaps. Where only a heading stands between the parts, or their columns
/// agree nearly, they stay apart and the diagnostic `table.join_doubtful` says why. Pages whose text is turned are looked at as
/// a reader holds them. Fails where labels are not numbered
/// and a broken group label has text on both pages.
public struct JoinTablesAcrossPages: Stage {
  /// What it is.
  public static let contract = StageContract(
    "table.join", version: 9, summary: "Tables that a page break cuts, as one.", reads: [.pages, .tables],
    mayRead: [.lines], writes: [.tables])

  private let options: JoinOptions

  /// Ready as it is.
  public init(options: JoinOptions) { self.options = options }

  /// Joins tables and numbers them anew.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard let read = document.pages, let tables = document.tables, !tables.isEmpty else { return }
    let upright = UprightPages(read, with: tables)
    let (pages, known) = (upright.pages, upright.upright(tables))
    let margins = PageMargins(pages: pages, lines: upright.upright(document.lines))
    let parts = known.adding(fragments(beside: known, on: pages, margins: margins))
    var growing: [GrowingTable] = []
    var open: ColumnEdges?  // of the last of the result, on its last page
    for table in parts {
      var edges: ColumnEdges?
      if let upper = growing.last?.table, let (last, first) = pagesBetween(upper, table, pages: pages),
        upper.kind == table.kind, !shares(first, with: table, tables: parts),
        let lines = margins.headings(between: upper, on: last, and: table, on: first)
      {
        edges = ColumnEdges(of: table, on: first, of: pages)
        if let above = open ?? ColumnEdges(of: upper, on: last, of: pages), let below = edges {
          let columns = below.laid(over: above, options: options)
          let whole = columns.flatMap { join(upper, table, above: above, below: below, columns: $0) }
          if lines == 0, let columns, let whole {
            growing[growing.count - 1].take(whole, columns: columns)
            open = ColumnEdges(
              xs: columns.edges, closedTops: [], closedBottoms: spread(below.closedBottoms, columns.lower),
              em: below.em, pageWidth: below.pageWidth, slack: spread(above.slack, below.slack, columns),
              isCertain: below.isCertain)
            continue
          }
          let doubt = JoinDoubt(lines: lines, fits: whole != nil, above: above, below: below, options: options)
          if let doubt, !table.names(otherThan: upper) {
            document.diagnostics.append(doubt.diagnostic(upright.original(upper), upright.original(table)))
          }
        }
      }
      growing.append(GrowingTable(table))
      open = edges
    }
    var result = growing.map(\.whole).filter { !$0.isLoneFragment }.map(upright.original)
    for index in result.indices { result[index].id = "t\(index + 1)" }
    document.tables = result
  }

  /// Both as one; `nil` when the lower one has a header of its own.
  private func join(
    _ upper: Table, _ lower: Table, above: ColumnEdges, below: ColumnEdges, columns: SharedColumns
  ) -> Table? {
    let count = columns.edges.count - 1
    var (upper, lower) = (upper, lower)
    upper.useColumns(columns.upper, count: count)
    lower.useColumns(columns.lower, count: count)
    if lower.hasOtherHeader(than: upper) { return nil }
    let bottoms = spread(above.closedBottoms, columns.upper)
    let tops = spread(below.closedTops, columns.lower)
    let open = Set((0..<count).filter { !bottoms[$0] && !tops[$0] })
    // A part without a header has its columns from the one above.
    if upper.columnEvidence == .placed, below.isCertain, columns.keepsLower { lower.columnEvidence = .placed }
    return PageSeam(
      upper: upper, lower: lower, openColumns: open.count < count ? open : [], enumerators: options.enumerators
    ).joined()
  }

  /// The indices of the pages that `upper` ends on and `lower` begins on, if these are neighbours.
  private func pagesBetween(_ upper: Table, _ lower: Table, pages: [Page]) -> (Int, Int)? {
    guard let last = upper.regions.last?.page, let first = lower.regions.first?.page, first == last + 1,
      let upperIndex = index(of: last, in: pages), upperIndex + 1 < pages.count,
      pages[upperIndex + 1].number == first
    else { return nil }
    return (upperIndex, upperIndex + 1)
  }

  /// Pages stand in the order of their numbers, also where only some were read.
  private func index(of number: Int, in pages: [Page]) -> Int? {
    let index = pages.partitioningIndex { $0.number >= number }
    return index < pages.count && pages[index].number == number ? index : nil
  }

  /// Whether another table begins beside or above `table` on its page.
  private func shares(_ page: Int, with table: Table, tables: [Table]) -> Bool {
    guard let own = table.regions.first, let box = own.box else { return true }
    return tables.contains { other in
      guard other.id != table.id, let region = other.regions.first, region.page == own.page, let its = region.box else {
        return false
      }
      return its.y0 < box.y1 && its.y1 <= box.y1 && (its.y0, its.x0) < (box.y0, box.x0)
    }
  }

  /// How far shared edges may lie to either side: as far as the one of the part that knows better.
  private func spread(_ above: [Double], _ below: [Double], _ columns: SharedColumns) -> [Double] {
    guard !above.isEmpty || !below.isEmpty else { return [] }
    return columns.edges.indices.map { index in
      let one = columns.upper.firstIndex(of: index).flatMap { above.isEmpty ? nil : above[$0] }
      let two = columns.lower.firstIndex(of: index).flatMap { below.isEmpty ? nil : below[$0] }
      return min(one ?? .infinity, two ?? .infinity).isFinite ? min(one ?? .infinity, two ?? .infinity) : 0
    }
  }

  /// Values of columns, spread over the columns of a finer grid.
  private func spread(_ values: [Bool], _ edges: [Int]) -> [Bool] {
    guard let last = edges.last else { return [] }
    var result = Array(repeating: true, count: last)
    for (index, value) in values.enumerated() where index + 1 < edges.count {
      for column in edges[index]..<edges[index + 1] { result[column] = value }
    }
    return result
  }
}
