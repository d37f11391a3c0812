import DocumentModel
import Reporting
import TestSupport
import Testing

/// The shape of `gouji tables` that programs rely on.
@Suite struct `The tables format` {
  private func json(_ tables: [Table]?) -> JSONValue {
    var document = Document(source: Source(uri: "report.txt", sha256: "ab", byteCount: 3, mediaType: "text/plain"))
    document.tables = tables
    return TablesFormat.json(document)
  }

  private func table() -> Table {
    Table(
      drawing: """
        Name  | Figures | >
        ^     | old     | new
        books | 12      | 13
        """, columnEvidence: .placed, headerRows: 2, headerColumns: 1)
  }

  @Test func `The members stand in their order`() throws {
    let json = json([table()])
    #expect(json.keys == ["format", "source", "tables", "diagnostics"])
    #expect(json["format"] == "gouji.tables/1")
    let first = try #require(json.first)
    #expect(
      first.keys == [
        "id", "kind", "confidence", "rows", "columns", "header_rows", "header_columns", "regions", "cells",
      ])
    #expect(first["rows"] == 3)
    #expect(first["header_rows"] == 2)
    #expect(first["header_columns"] == 1)
    #expect(first["kind"] == "ruled")
  }

  @Test func `A cell is given once, with the grid positions it covers`() throws {
    guard case .array(let cells)? = json([table()]).first?["cells"] else { throw NoCells() }
    #expect(cells.count == 7)
    #expect(
      cells.first?.keys == ["row", "column", "row_span", "column_span", "text", "header", "places"])
    let spans = cells.map { [$0["row"], $0["column"], $0["row_span"], $0["column_span"]].map { $0 ?? .null } }
    #expect(spans[0] == [0, 0, 2, 1])
    #expect(spans[1] == [0, 1, 1, 2])
    #expect(spans[2] == [1, 1, 1, 1])
  }

  @Test func `A cell over a page break has two places, a table a region for each page`() throws {
    let places: [Place] = [.page(1, Box(0, 700, 90, 720)), .page(2, Box(0, 50, 90, 60))]
    let cell = Cell(row: 0, column: 0, text: PrintedText("books"), isHeader: true, places: places)
    let table = Table(
      id: "t1", kind: .aligned, confidence: 0.875, rows: 1, columns: 1, regions: places, cells: [cell],
      columnEvidence: .placed)
    let first = try #require(json([table]).first)
    let expected: JSONValue = [
      ["page": 1, "box": [.number(0), .number(700), .number(90), .number(720)]],
      ["page": 2, "box": [.number(0), .number(50), .number(90), .number(60)]],
    ]
    #expect(first["regions"] == expected)
    #expect(first["confidence"] == .number(0.875))
    guard case .array(let cells)? = first["cells"] else { throw NoCells() }
    #expect(cells.first?["places"] == expected)
    #expect(cells.first?["header"] == true)
  }

  @Test func `A cell gives the text that a person should see`() throws {
    var cell = Cell(row: 0, column: 0, text: PrintedText("１２"))
    cell.text.shown = "12"
    let table = Table(id: "t1", kind: .text, rows: 1, columns: 1, cells: [cell], columnEvidence: .ordered)
    guard case .array(let cells)? = json([table]).first?["cells"] else { throw NoCells() }
    #expect(cells.first?["text"] == "12")
  }

  @Test func `Caption and unit are members where they are printed`() throws {
    var table = table()
    table.caption = Table.Legend(PrintedText("Table 3"), places: [.line(1, columns: 1...7)])
    table.unit = Table.Legend(PrintedText("in thousands"), places: [])
    let first = try #require(json([table]).first)
    #expect(first["caption"] == ["text": "Table 3", "places": [["line": 1, "columns": [1, 7]]]])
    #expect(first["unit"]?["text"] == "in thousands")
  }

  @Test func `A document without tables has an empty list`() {
    #expect(json([])["tables"] == [])
    #expect(json(nil)["tables"] == [])
  }
}

private struct NoCells: Error {}

extension JSONValue {
  /// The first of the tables.
  fileprivate var first: JSONValue? {
    if case .array(let tables)? = self["tables"] { tables.first } else { nil }
  }
}
