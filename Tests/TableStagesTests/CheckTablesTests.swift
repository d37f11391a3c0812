import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

struct CheckTablesTests {
  private func checked(_ table: Table, _ page: Page...) async throws -> Document {
    var document = Document(source: Source(uri: "test"))
    document.pages = page
    document.tables = [table]
    return try await run(CheckTables(options: NoOptions()), on: document)
  }

  /// The ruled table of a drawing, and its page.
  private func ruled(_ drawing: String) async throws -> (table: Table, page: Page) {
    (try #require(try await ruledTables(drawing).first), PageSketch(drawing).page)
  }

  private let plain = """
    +------+-----+-----+
    | kind | one | all |
    +------+-----+-----+
    | ab   | 1   | 5   |
    +------+-----+-----+
    | cd   | 2   | 7   |
    +------+-----+-----+
    """

  @Test func `Nothing is said of a table that is as it should be`() async throws {
    let (table, page) = try await ruled(plain)
    let document = try await checked(table, page)
    #expect(document.diagnostics.isEmpty)
    #expect(document.tables == [table])
  }

  @Test func `Characters that are in no cell are counted`() async throws {
    var (table, page) = try await ruled(plain)
    table.cells.removeAll { $0.row == 2 && $0.column == 2 }
    let document = try await checked(table, page)
    #expect(document.diagnostics.map(\.code) == ["table.glyphs_outside_cells"])
    #expect(document.diagnostics.first?.severity == .warning)
    #expect(document.diagnostics.first?.message == "table t1: characters in none of its cells: 1")
    #expect(try #require(document.tables?.first).confidence < table.confidence)
  }

  @Test func `Cells that share a place of the grid or of the page overlap`() async throws {
    var (table, page) = try await ruled(plain)
    table.cells[0].columnSpan = 2
    #expect(try await checked(table, page).diagnostics.map(\.code) == ["table.cells_overlap"])
    (table, page) = try await ruled(plain)
    table.cells[4].places = table.cells[5].places
    let codes = try await checked(table, page).diagnostics.map(\.code)
    #expect(codes == ["table.glyphs_outside_cells", "table.cells_overlap"])
  }

  @Test func `A figure that goes on in the next cell is split`() async throws {
    let drawing = """
      +------+---+---+
      | kind |one|all|
      +------+---+---+
      | ab   | 12|34 |
      +------+---+---+
      """
    var (table, page) = try await ruled(drawing)
    #expect(try await checked(table, page).diagnostics.isEmpty)
    // A wrong border between glyphs that touch.
    for index in page.glyphs.indices where page.glyphs[index].scalar == "3" || page.glyphs[index].scalar == "4" {
      page.glyphs[index].box.x0 -= 10
      page.glyphs[index].box.x1 -= 10
    }
    let place = try #require(table.cells[5].places.first?.box)
    table.cells[5].places = [.page(1, Box(place.x0 - 10, place.y0, place.x1 - 10, place.y1))]
    let document = try await checked(table, page)
    #expect(document.diagnostics.map(\.code) == ["table.figure_split"])
    #expect(document.diagnostics.first?.places == table.cells[4].places)
  }

  @Test(arguments: [
    ("12 34", true), ("1 4.862", true), ("9,123,456202", true), ("12 345 678", false), ("12 June", false),
    ("1234", false), ("9,123,456", false), ("9,123,456.2024", false), ("0,1234", false),
  ])
  func `Two figures in a cell of a column of figures are told from one with spaces`(
    _ text: String, isDouble: Bool
  )
    async throws
  {
    var (table, page) = try await ruled(
      plain + "\n" + plain.split(separator: "\n").dropFirst(3).joined(separator: "\n"))
    page.glyphs = []
    let last = try #require(table.cells.indices.last)
    table.cells[last].text = PrintedText(text)
    #expect(try await checked(table, page).diagnostics.map(\.code) == (isDouble ? ["table.figures_in_one_cell"] : []))
  }

  @Test func `A column in which all cells hold two figures may be two columns`() async throws {
    var (table, page) = try await ruled(
      plain + "\n" + plain.split(separator: "\n").dropFirst(3).joined(separator: "\n"))
    page.glyphs = []
    for index in table.cells.indices where table.cells[index].column == 2 && table.cells[index].row > 0 {
      table.cells[index].text = PrintedText("12 34")
    }
    #expect(try await checked(table, page).diagnostics.map(\.code) == ["table.figures_in_one_cell"])
  }

  @Test func `Columns that stand under others after a page break have drifted`() async throws {
    let (upper, lower) = ("kind  one   all\nab    11    5\ncd    12    7", "ef          13    9\ngh          14    8")
    let pages = [PageSketch(upper).page, PageSketch(lower, number: 2).page]
    func table(shift: Double) -> Table {
      let texts = [["ab", "11", "5"], ["cd", "12", "7"], ["ef", "13", "9"], ["gh", "14", "8"]]
      var cells: [Cell] = []
      for (row, line) in texts.enumerated() {
        for (column, text) in line.enumerated() {
          let x = Double(column) * 60 + (row > 1 && column > 0 ? shift : 0)
          let y = Double(row % 2) * 12
          cells.append(
            Cell(
              row: row, column: column, text: PrintedText(text),
              places: [.page(row / 2 + 1, Box(x, y, x + 10 * Double(text.count), y + 10))]))
        }
      }
      return Table(
        id: "t1", kind: .ruled, rows: 4, columns: 3,
        regions: [.page(1, Box(0, 0, 160, 36)), .page(2, Box(0, 0, 160, 24))],
        cells: cells, columnEvidence: .placed)
    }
    var bare = pages
    for index in bare.indices { bare[index].glyphs = [] }
    #expect(try await checked(table(shift: 0), bare[0], bare[1]).diagnostics.isEmpty)
    #expect(try await checked(table(shift: 60), bare[0], bare[1]).diagnostics.map(\.code) == ["table.column_drift"])
  }

  @Test func `A grid by alignment that looks like no table is less sure`() async throws {
    func confidence(_ drawing: String, headerRows: Int) async throws -> Double {
      var table = Table(drawing: drawing, columnEvidence: .placed)
      (table.kind, table.headerRows) = (.aligned, headerRows)
      var document = Document(source: Source(uri: "test"))
      document.tables = [table]
      return try #require(try await run(CheckTables(options: NoOptions()), on: document).tables?.first).confidence
    }
    let good = try await confidence("kind | all\nab | 1\ncd | 2", headerRows: 1)
    #expect(good == 1)
    #expect(try await confidence("kind | all\nab | 1\ncd | 2", headerRows: 0) < good)
    #expect(try await confidence("kind | all\nab | \ncd | \nef | \ngh | 2", headerRows: 1) < good)
    #expect(try await confidence("kind | all\nab | 1\n12 | cd\nef | gh", headerRows: 1) < good)
  }
}
