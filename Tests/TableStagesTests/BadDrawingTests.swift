import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

/// Tables that producers draw badly.
struct BadDrawingTests {
  private static let drawing = """

      +------+-----+-----+
      | kind | one | all |
      +------+-----+-----+
      | new  | 1   | 3   |
      +------+-----+-----+
      | old  | 2   | 4   |
      +------+-----+-----+
    """
  private static let read = ["^kind|^one|^all\n^new|1|3\n^old|2|4"]

  private func tables(_ drawing: String = drawing, changing: (inout Page) -> Void) async throws -> [String] {
    var drawn = document(drawing)
    if var page = drawn.pages?[0] {
      changing(&page)
      drawn.pages?[0] = page
    }
    return try await run(ReadRuledTables(options: .init()), on: drawn).tables?.map(\.drawing) ?? []
  }

  @Test(arguments: [(1.0, 1.0), (3, 2), (4, 4), (4, 6), (9, 5)])
  func `Rules of dashes are whole`(dash: Double, gap: Double) async throws {
    let found = try await tables { page in
      page.rulings = page.rulings.flatMap { rule in
        stride(from: rule.start, to: rule.end, by: dash + gap).map {
          Ruling(rule.axis, at: rule.position, from: $0, to: min($0 + dash, rule.end))
        }
      }
    }
    #expect(found == Self.read)
  }

  @Test(arguments: [1.5, 3, 5])
  func `Double rules are one border, around the table and inside`(apart: Double) async throws {
    let found = try await tables { page in
      page.rulings += page.rulings.map {
        Ruling($0.axis, at: $0.position + apart, from: $0.start + apart, to: $0.end + apart)
      }
    }
    #expect(found == Self.read)
  }

  @Test(arguments: [0.0, 1, 2, 3, 6])
  func `Rules may end before or beyond the last one that they cross`(by reach: Double) async throws {
    for reach in [reach, -reach / 3] {
      let found = try await tables { page in
        for index in page.rulings.indices {
          page.rulings[index].start -= reach
          page.rulings[index].end += reach
        }
      }
      #expect(found == Self.read)
    }
  }

  @Test func `A figure that begins where a word overflows its cell stays in its own`() async throws {
    var page = PageSketch(
      """
      +-------+-------+
      | kind  | all   |
      +-------+-------+
      | premia|102    |
      +-------+-------+
      | rest  | 12    |
      +-------+-------+
      """
    ).page
    // The last letter reaches over the rule, and the figure begins right behind it.
    for index in page.glyphs.indices where page.glyphs[index].box.midY > 36 && page.glyphs[index].box.midY < 48 {
      let isFigure = page.glyphs[index].box.x0 > 80
      page.glyphs[index].box.x0 += isFigure ? -0.5 : 8.5
      page.glyphs[index].box.x1 += isFigure ? -0.5 : 10
    }
    var document = Document(source: Source(uri: "test"))
    document.pages = [page]
    let read = try await run(ReadRuledTables(options: .init()), on: document)
    #expect(read.tables?.map(\.drawing) == ["^kind|^all\n^premia|102\n^rest|12"])
  }

  @Test func `The outer border may be missing`() async throws {
    let found = try await tables { page in
      let (xs, ys) = (page.rulings.filter { $0.axis == .vertical }, page.rulings.filter { $0.axis == .horizontal })
      let (left, right) = (xs.map(\.position).min() ?? 0, xs.map(\.position).max() ?? 0)
      let (top, bottom) = (ys.map(\.position).min() ?? 0, ys.map(\.position).max() ?? 0)
      page.rulings.removeAll {
        $0.axis == .vertical ? [left, right].contains($0.position) : [top, bottom].contains($0.position)
      }
    }
    #expect(found == Self.read)
  }

  @Test func `Words may cross the rule beside them`() async throws {
    let found = try await tables(
      """
      +------+-----+-----+
      | kind | one | all |
      +------+-----+-----+
      | new  | 1   | 3   |
      +------+-----+-----+
      |      | 2   | 4   |
      +------+-----+-----+
      """
    ) { page in
      for (index, letter) in "elderly".unicodeScalars.enumerated() {
        let left = 12 + Double(index) * 10
        page.glyphs.append(Glyph(letter, box: Box(left, 61, left + 10, 71), size: 10))
      }
    }
    #expect(found == ["^kind|^one|^all\n^new|1|3\n^elderly|2|4"])
  }

  @Test(arguments: [0.0, 1, 2])
  func `Grounds of cells without rules make a grid`(apart: Double) async throws {
    let found = try await tables { page in
      let xs = Set(page.rulings.filter { $0.axis == .vertical }.map(\.position)).sorted()
      let ys = Set(page.rulings.filter { $0.axis == .horizontal }.map(\.position)).sorted()
      page.rulings = []
      for (top, bottom) in zip(ys, ys.dropFirst()) {
        for (left, right) in zip(xs, xs.dropFirst()) {
          page.fills.append(Box(left + apart / 2, top + apart / 2, right - apart / 2, bottom - apart / 2))
        }
      }
    }
    #expect(found == Self.read)
  }

  @Test func `Grounds of a header alone make no table`() async throws {
    let found = try await tables { page in
      let xs = Set(page.rulings.filter { $0.axis == .vertical }.map(\.position)).sorted()
      page.rulings = []
      for (top, bottom) in [(18.0, 30.0), (30, 42)] {
        for (left, right) in zip(xs, xs.dropFirst()) { page.fills.append(Box(left, top, right, bottom)) }
      }
    }
    #expect(found == [])
  }

  @Test func `Grounds below every line of a cell are no rows`() async throws {
    let found = try await tables(
      """
      +------+-----+-----+
      | kind | one | all |
      +------+-----+-----+
      | new  | 1   | 3   |
      +------+-----+-----+
      | text |     |     |
      +------+-----+-----+
      | old  | 2   | 4   |
      +------+-----+-----+
      """
    ) { page in
      let xs = Set(page.rulings.filter { $0.axis == .vertical }.map(\.position)).sorted()
      page.rulings = []
      for (top, bottom) in [(6.0, 30.0), (30, 54), (54, 78), (78, 102)] {
        for (left, right) in zip(xs, xs.dropFirst()) {
          if left > 5, top == 54 { continue }
          page.fills.append(Box(left, top, right, left > 5 && top == 30 ? 78 : bottom))
        }
      }
    }
    #expect(found == [])
  }

  @Test func `A form with a header above blank rows is a table`() async throws {
    let form = try await ruledTables(
      """
      +------+-----+-----+
      | kind | one | all |
      +------+-----+-----+
      |      |     |     |
      +------+-----+-----+
      |      |     |     |
      +------+-----+-----+
      |      |     |     |
      +------+-----+-----+
      |      |     |     |
      +------+-----+-----+
      |      |     |     |
      +------+-----+-----+
      | sum  |     |     |
      +------+-----+-----+
      """)
    #expect(form.map(\.rows) == [7])
    #expect(form.first.map { [$0.headerRows, $0.headerColumns] } == [1, 1])
  }

  @Test func `Squares with a few letters are no table`() async throws {
    let puzzle = try await ruledTables(
      """
      +---+---+---+---+---+
      | a |   |   | b | c |
      +---+---+---+---+---+
      |   |   |   |   |   |
      +---+---+---+---+---+
      |   | d |   |   |   |
      +---+---+---+---+---+
      |   |   |   |   |   |
      +---+---+---+---+---+
      """)
    #expect(puzzle.isEmpty)
  }

  @Test func `Fields of a form below each other are no table`() async throws {
    var drawn = document("")
    drawn.pages?[0].width = 300
    for (row, right) in [200.0, 200, 100].enumerated() {
      let (top, bottom) = (10 + 20 * Double(row), 26 + 20 * Double(row))
      drawn.pages?[0].rulings += [
        Ruling(.horizontal, at: top, from: 50, to: right), Ruling(.horizontal, at: bottom, from: 50, to: right),
        Ruling(.vertical, at: 50, from: top, to: bottom), Ruling(.vertical, at: right, from: top, to: bottom),
      ]
      for left in [52.0, 62, 72] {
        drawn.pages?[0].glyphs.append(Glyph("x", box: Box(left, top + 3, left + 9, top + 13), size: 10))
      }
    }
    let read = try await run(ReadRuledTables(options: .init()), on: drawn)
    #expect(read.tables?.map(\.drawing) == [])
  }

  @Test func `A table inside a cell is text of the cell`() async throws {
    let tables = try await ruledTables(
      """
      +------+-----------------+
      | kind | all             |
      +------+-----------------+
      |      |                 |
      | new  |  +-----+-----+  |
      |      |  | a   | 1   |  |
      |      |  +-----+-----+  |
      |      |  | b   | 2   |  |
      |      |  +-----+-----+  |
      |      |                 |
      +------+-----------------+
      | old  | 4               |
      +------+-----------------+
      """)
    #expect(tables.map(\.drawing) == ["^kind|^all\n^new|^a 1 b 2\n^old|4"])
  }

  @Test(arguments: [8.0, 14])
  func `Boxes to tick close to a rule part nothing`(width: Double) async throws {
    let found = try await tables(
      """
      +------+-----+-----+
      | kind | one | all |
      +------+-----+-----+
      | new  | 1   | 3   |
      +------+-----+-----+
      | old  |   y |   n |
      +------+-----+-----+
      """
    ) { page in
      for left in [77.0, 138] {
        let right = left + width
        page.rulings += [
          Ruling(.horizontal, at: 60, from: left, to: right), Ruling(.horizontal, at: 73, from: left, to: right),
          Ruling(.vertical, at: left, from: 60, to: 73), Ruling(.vertical, at: right, from: 60, to: 73),
        ]
      }
    }
    #expect(found == ["^kind|^one|^all\n^new|1|3\n^old|y|n"])
  }
}
