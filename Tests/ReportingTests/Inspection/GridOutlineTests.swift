import DocumentModel
import Foundation
import PipelineKit
import Testing

@testable import Reporting

@Suite struct `Labels of a form` {
  private let header: [[String]] = [["", "People", "People"], ["", "Men", "Women"]]

  /// A table with a cell for each word; a word that stands beside itself in a header is one cell.
  private func table(_ rows: [[String]]) -> Table {
    var cells: [Cell] = []
    for (row, words) in rows.enumerated() {
      for (column, word) in words.enumerated()
      where column == 0 || word.isEmpty || words[column - 1] != word || word.allSatisfy(\.isNumber) {
        let span = word.allSatisfy(\.isNumber) ? 1 : words[column...].prefix { $0 == word }.count
        cells.append(
          Cell(
            row: row, column: column, columnSpan: span, text: PrintedText(word), isHeader: row < 2 || column == 0,
            places: [place(row, column, span)]))
      }
    }
    return Table(id: "t1", kind: .ruled, rows: rows.count, columns: 3, cells: cells, columnEvidence: .placed)
  }

  private func place(_ row: Int, _ column: Int, _ span: Int = 1) -> Place {
    .page(1, Box(Double(column) * 10, Double(row) * 10, Double(column + span) * 10, Double(row + 1) * 10))
  }

  private func outline(of tables: [Table], mapping rows: [Int?]) throws -> [String: Any] {
    var record = Record()
    let keys = ["received", "granted"].flatMap { row in ["men", "women"].map { "/requests/\(row)/\($0)" } }
    record.grids = [
      EvidenceGrid(
        form: "f", table: "requests", columns: 2, pointers: keys, signed: Array(repeating: false, count: 4),
        rows: [.absent, .absent])
    ]
    record.fields = keys.enumerated().map { index, pointer in
      let row = rows[index / 2]
      return Field(
        pointer, .integer(1), Provenance(.printed, stage: "s", places: row.map { [place($0, index % 2 + 1)] } ?? []))
    }
    let json = try #require(GridOutline.outlines(of: record, tables: tables).first?.inspected)
    return try #require(try JSONSerialization.jsonObject(with: Data(json.encoded())) as? [String: Any])
  }

  private func texts(_ value: Any?) -> [[String]] {
    (value as? [[[String: Any]]] ?? []).map { $0.compactMap { $0["text"] as? String } }
  }

  @Test func `Columns have the words above them, from the outermost in, and rows those beside them`() throws {
    let grid = try outline(of: [table(header + [["New", "3", "4"], ["Granted", "1", "2"]])], mapping: [2, 3])
    #expect(texts(grid["columns"]) == [["People", "Men"], ["People", "Women"]])
    #expect(texts(grid["rows"]) == [["New"], ["Granted"]])
    let cells = (grid["columns"] as? [[[String: Any]]])?.map { $0[0]["cell"] as? String }
    #expect(cells?[0] != nil && cells?[0] == cells?[1])
  }

  @Test func `A figure that no value uses is no label`() throws {
    let grid = try outline(
      of: [table(header + [["Other", "8", "9"], ["New", "3", "4"], ["Granted", "1", "2"]])], mapping: [3, 4])
    #expect(texts(grid["columns"]) == [["People", "Men"], ["People", "Women"]])
  }

  @Test func `Where nothing is printed the keys stand in`() throws {
    let grid = try outline(of: [table(header + [["New", "3", "4"]])], mapping: [2, nil])
    #expect(texts(grid["rows"]) == [["New"], ["granted"]])
    let without = try outline(of: [], mapping: [nil, nil])
    #expect(texts(without["rows"]) == [["received"], ["granted"]])
    #expect(texts(without["columns"]) == [["men"], ["women"]])
  }
}
