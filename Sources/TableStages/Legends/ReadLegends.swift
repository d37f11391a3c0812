public import DocumentModel
public import PipelineKit

/// Finds the caption and the unit that stand above a table.
///
/// Reads `tables`, and `pages` or, of a text or of markup, `lines`; writes `tables`. No cell is changed.
/// ```
///       Table 3. Loans of books        caption: a line that begins like one, and what it goes on with; of several, the
///  in thousands                        one in the largest letters
/// +-------+------+------+             unit: a piece of a line that begins like one
/// | kind  | new  | old  |
/// ```
/// Looks at the few lines just above the first part of a table, as far as they stand over its columns, up to prose, wide
/// white space or another table. What ``TrimTables`` took out of the frame of a table stays. Fails on captions below or beside tables.
public struct ReadLegends: Stage {
  /// Words above tables.
  public struct Options: StageOptions {
    /// The beginnings of captions and units.
    public var captions = TableCaptions()

    /// No words.
    public init() {}

    /// What each option means.
    public static let meanings = ["captions": "The beginnings of captions and units."]
  }

  /// What it is.
  public static let contract = StageContract(
    "table.legends", version: 3, summary: "The caption and the unit that stand above a table.", reads: [.tables],
    mayRead: [.pages, .lines], writes: [.tables])

  private let options: Options

  /// Ready as it is.
  public init(options: Options) { self.options = options }

  /// Looks above every table that has neither yet.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard var tables = document.tables, !tables.isEmpty else { return }
    let upright = document.pages.map { UprightPages($0, with: tables) }
    let known = upright?.upright(tables) ?? tables
    let texts = document.pages == nil ? document.lines ?? [] : []
    let pieces = texts.pieces
    let owner = MarkupRegions(tables)
    let markup = owner.firstLines(in: texts)
    for index in tables.indices {
      try Task.checkCancellation()
      var found: Legends
      if let upright, let region = known[index].regions.first, let number = region.page, let box = region.box {
        guard let page = upright.pages.first(where: { $0.number == number }) else { continue }
        let lines = page.wordLines(above: box)
        let others = known.enumerated().filter { $0.offset != index }.flatMap(\.element.regions)
          .filter { $0.page == number }.compactMap(\.box)
        found = Legends(options.captions)
        found.read(lines.pieces(above: box, outside: others, on: page))
        found.move(upright.original)
      } else {
        found = Legends(options.captions)
        found.read(markup[index].map { texts.pieces(above: $0, outside: owner) } ?? pieces.above(tables[index]))
      }
      tables[index].caption = tables[index].caption ?? found.caption
      tables[index].unit = tables[index].unit ?? found.unit
    }
    document.tables = tables
  }
}

extension Page {
  /// The lines that run across the page above a box, as far up as a legend may stand; none where there are too many
  /// glyphs for a page that a person reads.
  fileprivate func wordLines(above box: Box) -> [WordLine] {
    let above = glyphs.indices.filter {
      glyphs[$0].direction == .right && !glyphs[$0].isHidden && glyphs[$0].box.y0 < box.y0 + glyphs[$0].size
    }
    // The largest letters of a page may be those of its title: only what stands near counts.
    let near = above.lazy.filter { self.glyphs[$0].box.y1 > box.y0 - 100 }.map { self.glyphs[$0].size }.max() ?? 0
    let top = box.y0 - max(100, 16 * near)
    let marks = above.filter { glyphs[$0].box.y1 > top }
    guard marks.count <= 50_000 else { return [] }
    return WordLine.lines(of: PageWords(marks, of: glyphs, walls: []).words)
  }
}

extension [WordLine] {
  /// The lines above a box that stand over it, in pieces, from below: up to wide white space or another table.
  fileprivate func pieces(above box: Box, outside others: [Box], on page: Page) -> [[LegendPiece]] {
    var result: [[LegendPiece]] = []
    var top = box.y0
    for line in reversed() where line.y1 < box.y0 + 0.5 * line.size {
      let segments = line.segments.filter { $0.x1 > box.x0 - line.size && $0.x0 < box.x1 + line.size }
      if segments.isEmpty { continue }
      let isTaken = others.contains { other in segments.contains { other.contains(x: $0.midX, y: line.midY) } }
      if isTaken || top - line.y1 > 2.2 * line.size || result.count == 5 { break }
      top = line.y0
      result.append(
        segments.map { segment in
          let text = CellText(CellLines(segment.words.flatMap(\.glyphs), of: page.glyphs))
          return LegendPiece(
            text: text.raw, place: .page(page.number, text.box ?? Box(segment.x0, line.y0, segment.x1, line.y1)),
            size: line.size, font: segment.words[0].font, words: segment.count)
        })
    }
    return result
  }
}

extension [Line] {
  /// The lines of a text by their number, each in pieces that a tab or two blanks part; blank lines have none.
  fileprivate var pieces: [(line: Int, pieces: [LegendPiece])] {
    compactMap { line in
      guard case .line(let number, _) = line.place else { return nil }
      return (number, line.pieces)
    }
  }

  /// The three lines above a table of markup that begins at a line, from below, up to another table.
  fileprivate func pieces(above first: Int, outside tables: MarkupRegions) -> [[LegendPiece]] {
    self[..<first].suffix(3).reversed().prefix { tables.table(at: $0.place) == nil }.map(\.pieces).filter {
      !$0.isEmpty
    }
  }
}

extension Line {
  /// Its parts between tabs, or two blanks or more.
  fileprivate var pieces: [LegendPiece] {
    let scalars = [Unicode.Scalar](text.raw.unicodeScalars)
    var pieces: [LegendPiece] = []
    var start: Int?
    for index in 0...scalars.count {
      let ends =
        index == scalars.count || scalars[index] == "\t"
        || scalars[index].isBlank && (index + 1 == scalars.count || scalars[index + 1].isBlank)
      if ends, let from = start {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[from..<index])
        var place = place
        if case .line(let number, let columns) = place {
          place = .line(number, columns: (columns.lowerBound + from)...(columns.lowerBound + index - 1))
        }
        pieces.append(
          LegendPiece(
            text: String(text), place: place, size: 0, font: 0, words: text.split(whereSeparator: \.isBlank).count))
        start = nil
      } else if !ends, start == nil, !scalars[index].isBlank {
        start = index
      }
    }
    return pieces
  }
}

extension [(line: Int, pieces: [LegendPiece])] {
  /// The lines above a table, from below: at most one blank line lies between two of them.
  fileprivate func above(_ table: Table) -> [[LegendPiece]] {
    let lines = table.cells.flatMap(\.places).compactMap { place -> Int? in
      if case .line(let line, _) = place { line } else { nil }
    }
    guard var last = lines.min() else { return [] }
    var result: [[LegendPiece]] = []
    for (line, pieces) in reversed() where line < last && !pieces.isEmpty {
      if last - line > 2 || result.count == 3 { break }
      last = line
      result.append(pieces)
    }
    return result
  }
}
