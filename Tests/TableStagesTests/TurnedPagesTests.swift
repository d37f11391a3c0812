import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

extension Page {
  /// The page with everything on it turned, so that its text runs `direction`.
  func turned(_ direction: Glyph.Direction) -> Page {
    func turned(_ box: Box) -> Box {
      switch direction {
      case .right: box
      case .down: Box(height - box.y1, box.x0, height - box.y0, box.x1)
      case .left: Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
      case .up: Box(box.y0, width - box.x1, box.y1, width - box.x0)
      }
    }
    var result = self
    if direction != .left { (result.width, result.height) = (height, width) }
    for index in result.glyphs.indices {
      result.glyphs[index].box = turned(glyphs[index].box)
      result.glyphs[index].direction = direction
    }
    result.rulings = rulings.map { rule in
      let isHorizontal = rule.axis == .horizontal
      let line = turned(
        isHorizontal
          ? Box(rule.start, rule.position, rule.end, rule.position)
          : Box(rule.position, rule.start, rule.position, rule.end))
      return isHorizontal == (direction == .left)
        ? Ruling(.horizontal, at: line.y0, from: line.x0, to: line.x1)
        : Ruling(.vertical, at: line.x0, from: line.y0, to: line.y1)
    }
    return result
  }
}

struct TurnedPagesTests {
  private static let turnedPages = [
    """
    statistics of the year
    +--------------+--------+--------+
    | kind         | one    | all    |
    +--------------+--------+--------+
    | 1.newest     | 1234   | 5678   |
    +--------------+--------+--------+
    """,
    """
    statistics of the year
    +--------------+--------+--------+
    | 2.older      | 2345   | 7890   |
    +--------------+--------+--------+
    | 3.oldest     | 3456   | 9012   |
    +--------------+--------+--------+
    """,
  ]

  @Test(arguments: [Glyph.Direction.down, .up])
  func `A table that goes on over turned pages is one table, with its cells where they lie`(
    _ direction: Glyph.Direction
  ) async throws {
    var document = Document(source: Source(uri: "test"))
    document.pages = Self.turnedPages.enumerated().map { PageSketch($1, number: $0 + 1).page.turned(direction) }
    let tables =
      try await run(ReadRuledTables(options: .init()), JoinTablesAcrossPages(options: .init()), on: document).tables
      ?? []
    #expect(tables.map(\.drawing) == ["^kind|^one|^all\n^1.newest|1234|5678\n^2.older|2345|7890\n^3.oldest|3456|9012"])
    let last = try #require(tables.first?.cells.last?.places.first)
    let four = document.pages?[1].glyphs.filter { "9012".unicodeScalars.contains($0.scalar) }.map(\.box) ?? []
    #expect(last.page == 2)
    #expect(four.contains { $0.overlapX(last.box ?? $0) > 0 && $0.overlapY(last.box ?? $0) > 0 })
    #expect(last.box.map { $0.x1 <= document.pages?[1].width ?? 0 && $0.y1 <= document.pages?[1].height ?? 0 } == true)
  }

  @Test(arguments: [Glyph.Direction.down, .up, .left])
  func `Figures without rules are read on turned pages, too`(_ direction: Glyph.Direction) async throws {
    let page = PageSketch(
      """
      kind            one     two     all
      1.newest          1       2       3
      2.older           4       5       9
      3.oldest          6       7      13
      """
    ).page
    var document = Document(source: Source(uri: "test"))
    document.pages = [page.turned(direction)]
    let tables = try await run(ReadFigureTables(options: .init()), on: document).tables ?? []
    document.pages = [page]
    let upright = try await run(ReadFigureTables(options: .init()), on: document).tables ?? []
    #expect(tables.map(\.drawing) == upright.map(\.drawing) && upright.count == 1)
  }

  @Test(arguments: [Glyph.Direction.down, .up, .left])
  func `The few last words of a scan that lies otherwise are read as it lies`(_ direction: Glyph.Direction) async throws
  {
    var page = PageSketch(Self.turnedPages[1].split(separator: "\n").dropFirst().joined(separator: "\n")).page
      .turned(direction)
    page.isRecognised = true
    #expect(page.glyphs.count < 40)
    var document = Document(source: Source(uri: "test"))
    document.pages = [page]
    let tables = try await run(ReadRuledTables(options: .init()), on: document).tables ?? []
    #expect(tables.map(\.drawing) == ["^2.older|2345|7890\n^3.oldest|3456|9012"])
  }
}
