public import DocumentModel
public import PipelineKit

/// Reads tables whose columns are shown by the alignment of words, with no rules or only some.
///
/// Reads `pages` and `tables`, writes `tables`: those that are there stay, and words inside them are not looked at.
/// ```
///              applicants            frame or block: lines between rules, or neighbouring lines with recurring gaps
///  kind      persons    all          columns: white space that runs down through the lines of figures
///  new           3       10          header: the lines above the first row of figures; words over several columns
///  a label in                        rows: a line, and the rest of its broken cells
///  two lines     1        7
/// ```
/// Follows the method of Nurminen (2013), "Algorithmic extraction of data in tables in PDF documents", for columns from
/// white space, with evidence from partial rules and captions. Labels whose lines stand above and below their figures are
/// a column and no rows of their own; heads with a rule each end there, and one row below them is enough. Columns are
/// certain where each figure stands in one of them, apart from the next, below a head of its own; elsewhere only the
/// order of the figures is. Tables side by side are parted where their heads say the same or each has rules of its own;
/// elsewhere they are read as one. Fails on tables of words without rules or caption, and on justified text in narrow cells.
public struct ReadAlignedTables: Stage {
  /// Words around tables.
  public struct Options: StageOptions {
    /// The beginnings of lines that stand above or below tables.
    public var captions = TableCaptions()
    /// Whether tables are left out whose figures seem to be broken over two lines because their cells are full: no
    /// figure of them would be certain.
    public var refusesBrokenFigures = true

    /// No words.
    public init() {}

    /// What each option means, for people who write pipeline files.
    public static let meanings = [
      "captions": "The beginnings of lines that stand above or below tables.",
      "refusesBrokenFigures":
        "Whether tables are left out whose figures seem to be broken over two lines because their cells are "
        + "full: no figure of them would be certain.",
    ]
  }

  /// What it is.
  public static let contract = StageContract(
    "table.aligned", version: 16, summary: "Tables shown by the alignment of words, page by page.", reads: [.pages],
    mayRead: [.tables], writes: [.tables])

  private let options: Options

  /// Ready as it is.
  public init(options: Options) { self.options = options }

  /// Adds the aligned tables of all pages, in reading order.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard let pages = document.pages else { return }
    var tables = document.tables ?? []
    let regions = Dictionary(grouping: tables.flatMap(\.regions)) { $0.page ?? 0 }
    var turned: [Int: TurnedPage] = [:]
    for index in pages.indices {
      try Task.checkCancellation()
      let taken = (regions[pages[index].number] ?? []).compactMap(\.box)
      turned[pages[index].number] = TurnedPage(pages[index])
      let turn = turned[pages[index].number]
      let read = alignedTables(on: index, of: pages, turned: turn, outside: taken, options: options)
      if read == nil {
        document.diagnostics.append(
          Diagnostic(
            "table.too_many_words", .warning,
            "page \(pages[index].number) has more than \(mostWords) words; only tables with rules were looked for",
            places: [pages[index].place]))
      }
      for found in read ?? [] {
        var table = found
        table.findHeaders()
        tables.append(table)
      }
    }
    tables.sort { $0.isAbove($1, turned: turned) }
    for index in tables.indices { tables[index].id = "t\(index + 1)" }
    document.tables = tables
  }
}

extension Table {
  /// Whether it begins on an earlier page or, on the same one, higher up as a reader holds it.
  fileprivate func isAbove(_ other: Table, turned: [Int: TurnedPage]) -> Bool {
    guard let own = regions.first, let its = other.regions.first, var box = own.box, var otherBox = its.box else {
      return false
    }
    if own.page == its.page, let page = own.page, let turn = turned[page] {
      (box, otherBox) = (turn.turned(box), turn.turned(otherBox))
    }
    return (own.page ?? 0, box.y0, box.x0) < (its.page ?? 0, otherBox.y0, otherBox.x0)
  }
}

/// The most words on a page among which tables are looked for: more than a person could read.
private let mostWords = 20_000

/// The aligned tables of page `index` outside some regions, from top to bottom; nil where there are too many words.
///
/// `turned` is the page as a reader holds it.
func alignedTables(
  on index: Int, of pages: [Page], turned: TurnedPage? = nil, outside regions: [Box] = [],
  options: ReadAlignedTables.Options
) -> [Table]? {
  let page = turned?.page ?? pages[index]
  let regions = turned.map { regions.map($0.turned) } ?? regions
  let sizes = page.glyphs.filter { $0.isUprightText && $0.size > 3 }.map(\.size)
  guard sizes.count >= 10, let em = sizes.median else { return [] }
  let hidden = watermark(on: index, of: pages, em: em)
  let marks = page.glyphs.indices.filter { at in
    let glyph = page.glyphs[at]
    return glyph.direction == .right && !glyph.isHidden && !hidden.contains(at) && glyph.box.midX > 0
      && glyph.box.midX < page.width && glyph.box.midY > 0 && glyph.box.midY < page.height
      && !regions.contains { $0.contains(x: glyph.box.midX, y: glyph.box.midY) }
  }
  guard !isWrittenDownwards(marks, of: page.glyphs) else { return [] }
  let words = PageWords(marks, of: page.glyphs, walls: page.rulings.filter { $0.axis == .vertical }).words
  guard words.count <= mostWords else { return nil }
  // What stands across the text of a turned page is its running head, no label of a chart.
  var drawn = page
  if turned != nil { drawn.glyphs = [] }
  let charts = Charts(on: drawn, em: em, words: words)
  let found = AlignedTableFinder(
    words, on: page, em: em, regions: regions, charts: charts, captions: options.captions
  ).tables.filter { !(options.refusesBrokenFigures && $0.hasBrokenFigures) }.map(\.table)
  return turned.map { turn in found.map { turn.original($0) } } ?? found
}

extension Glyph {
  fileprivate var isUprightText: Bool { direction == .right && !isHidden && !scalar.isBlank }
}
