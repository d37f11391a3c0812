import DocumentModel
import Foundation
import Testing

@testable import PipelineKit

@Suite struct `Layers as JSON` {
  /// What is read back of `document` after its layers have been written.
  private func restored(_ document: Document) throws -> Document {
    var restored = document
    for layer in Layer.allCases {
      restored.take(layer, from: Document(source: document.source))
      if let json = LayerFormat.encoded(layer, of: document) {
        try LayerFormat.decode(layer, from: json, into: &restored)
      }
    }
    return restored
  }

  private func json(_ layer: Layer, _ change: (inout Document) -> Void) -> String {
    var document = Document(source: Source(uri: ""))
    change(&document)
    return LayerFormat.encoded(layer, of: document).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  @Test func `Glyphs are columns, and come back with every bit of their coordinates`() throws {
    let odd = Box(0.1 + 0.2, -1e-300, 1.0 / 3, .greatestFiniteMagnitude)
    var document = Document(source: Source(uri: "a"))
    document.pages = [
      Page(
        number: 3, width: 595.276, height: 841.89,
        glyphs: [
          Glyph("1", box: odd, size: 10.5), Glyph("\u{FFFD}", box: odd, size: 10.5),
          Glyph("\u{301}", box: Box(.infinity, -.infinity, 0, 1), size: 9, font: 1, direction: .up, isHidden: true),
          Glyph("\u{0}", box: odd, size: 9, font: 1, direction: .up, isHidden: true), Glyph("\"", box: odd, size: 0),
        ],
        rulings: [
          Ruling(.vertical, at: 1.5, from: 9, to: 2, thickness: 0.25), Ruling(.horizontal, at: 2, from: 0, to: 7),
        ],
        images: [odd], fills: [odd, odd], drawings: [Box(1, 2, 3, 4)], fonts: ["Song", "黑体"]),
      Page(number: 4, width: 1, height: 2),
    ]
    #expect(try restored(document) == document)
  }

  @Test func `A text that is the same in all forms is one string`() {
    #expect(
      json(.lines) { $0.lines = [Line(PrintedText("12"), place: .line(3, columns: 1...2))] }.contains(#""text":"12""#))
  }

  @Test func `Texts keep their three forms and the ways between them`() throws {
    var document = Document(source: Source(uri: "a"))
    document.blocks = [
      Block(
        .heading(level: 2),
        text: PrintedText(
          raw: "ｅ\u{301} 1", shown: "é 1", folded: "é1", shownOffsets: .origins([0, 2, 3]),
          foldedOffsets: .origins([0, 3])), places: [.page(1, Box(1, 2, 3, 4)), .path("/html/body/p[2]")]),
      Block(.title, text: PrintedText("e\u{301}"), places: []),
      Block(.paragraph, text: PrintedText(raw: "e\u{301}", shown: "\u{e9}", folded: "e\u{301}"), places: []),
      Block(.table(id: "t1"), text: PrintedText(""), places: []),
    ]
    let restored = try restored(document)
    #expect(restored == document)
    #expect(restored.blocks?[2].text.shown.unicodeScalars.count == 1)
  }

  @Test func `Values keep the order of their members`() throws {
    var record = Record(status: .partial)
    record.fields = [
      Field("/a", [["number": 1, "heading": "x", "at": nil], [true, 2, "3", .number(0.25), [:], []]]),
      Field("/b", nil, Provenance(.blank, raw: "", stage: "map", isConfirmed: false, note: "n")),
    ]
    record.checks = [
      Check(id: "T", instance: "a", status: .notAssessable, severity: .info, message: "m", cause: .undecided)
    ]
    record.repairs = [Repair(operation: "move", from: "/a", path: "/b", before: nil, after: 2, reason: "r")]
    record.unexplained = [Unexplained("- 4 -", places: [.line(1, columns: 2...2)])]
    record.comparisons = [
      Comparison(
        id: "N", instance: "i", severity: .warning, message: "m",
        left: [.init("/f", isSubtracted: true, bound: .atMost)],
        accepted: [[.init("/a")], []])
    ]
    var grid = EvidenceGrid(
      form: "f", table: "t", columns: 2, pointers: ["/a"], signed: [true],
      rows: [
        .absent, .placed([Token(raw: "1", value: 1, state: .printed)]), .ordered([]),
        .unordered([Token(raw: "x", value: nil, state: .text, places: [.path("/a")], note: "n")]),
      ], headedColumns: [true, false],
      equations: [
        Equation(id: "e", instance: "i", severity: .error, expression: "a", message: "m", left: [1], right: [])
      ],
      rules: [GridRule(.feasible, id: "r", severity: .error)])
    grid.doubtfulRows = [3, 1, 2]
    grid.placement = .header
    grid.suspect = .init(row: 1, cause: .source)
    record.grids = [grid]
    var document = Document(source: Source(uri: "a"))
    document.record = record
    #expect(try restored(document) == document)
    #expect(json(.record) { $0.record = record }.contains(#""doubtful_rows":[1,2,3]"#))
  }

  @Test func `An element of a list stands on a line of its own`() {
    let json = json(.tables) { document in
      let cell = { Cell(row: 0, column: $0, text: PrintedText("[{\\\"{"), places: [.line(1, columns: 1...1)]) }
      document.tables = [
        Table(id: "t1", kind: .text, rows: 1, columns: 2, cells: [cell(0), cell(1)], columnEvidence: .placed)
      ]
    }
    #expect(json.split(separator: "\n").count == 4)
  }

  @Test(arguments: [
    #"{"number":1,"width":1,"height":1,"fonts":[],"glyphs":{"text":"ab","x0":[1],"y0":[1],"x1":[1],"y1":[1],"styles":[]}}"#,
    #"{"number":1,"width":1,"height":1,"fonts":[],"glyphs":{"text":"a","x0":[1],"y0":[1],"x1":[1],"y1":[1],"styles":[{"count":-9,"size":1,"font":0,"direction":0,"hidden":false}]}}"#,
    #"{"number":1,"width":1,"height":1,"fonts":[],"glyphs":{"text":"a","x0":[1],"y0":[1],"x1":[1],"y1":[1],"styles":[{"count":9000000000000000000,"size":1,"font":0,"direction":0,"hidden":false}]}}"#,
    #"{"number":1}"#, "7", "[",
  ])
  func `Columns that do not fit are refused`(page: String) {
    let ends = #","rulings":[],"images":[],"fills":[],"drawings":[]}"#
    let page = page.hasSuffix("}}") ? page.dropLast() + ends : Substring(page)
    var document = Document(source: Source(uri: "a"))
    #expect(throws: DecodingError.self) {
      try LayerFormat.decode(.pages, from: Data("[\(page)]".utf8), into: &document)
    }
    #expect(document.pages == nil)
  }
}
