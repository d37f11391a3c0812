import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

/// Reports that are no single whole report: nothing may be mixed, made up, or passed over in silence.
@Suite struct `Hostile reports` {
  private static let fixture = "yunqi-2023-tab"

  private func report() throws -> String { String(decoding: try Data(contentsOf: source(Self.fixture)), as: UTF8.self) }

  private func expectation() throws -> Expectation {
    let fixture = try #require(Checkout.fixtures.first { $0.id == Self.fixture })
    return try Expectation(fixture)
  }

  private func run(_ text: String) async throws -> (document: Document, record: Record) {
    let content = SourceContent(uri: "hostile.txt", bytes: Data(text.utf8))
    let document = try await ShippedPipeline.run("annual-report", content)
    return (document, try #require(document.record))
  }

  /// The figures that differ from those of the report that the text was made of; nulls do not.
  private func inventions(_ record: Record) throws -> [String] {
    try expectation().figures.compactMap { pointer, wanted in
      let have = record.fields.first { $0.pointer == pointer }?.value ?? .null
      return have == .null || have == wanted ? nil : "\(pointer) is \(have), printed is \(wanted)"
    }
  }

  /// The rows of a table with figures, each changed.
  private func changingRows(_ text: String, _ change: ([Substring]) -> [Substring]) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      let figures = cells.count { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
      return figures == 7 ? change(cells).joined(separator: "\t") : String(line)
    }.joined(separator: "\n")
  }

  @Test(arguments: [("云栖区", "望山县", "2023"), ("云栖区", "云栖区", "2024"), ("云栖区", "云栖区", "2023")])
  func `Of two reports in one file the first is read alone, and that there is another is said`(
    body: String, other: String, year: String
  ) async throws {
    let first = try report()
    // The second prints other figures throughout.
    let second = changingRows(first.replacing(body, with: other).replacing("2023", with: year)) { cells in
      cells.map { Int($0).map { "\($0 * 2 + 1)"[...] } ?? $0 }
    }
    let (document, record) = try await run(first + "\n\n" + second)
    #expect(try expectation().faults(of: record).isEmpty)
    #expect(document.diagnostics.contains { $0.code == "record.table_repeated" && $0.severity == .warning })
    #expect(record.status == .partial)
    #expect(!record.checks.contains { $0.status == .fail && $0.severity == .error })
  }

  @Test(arguments: ["<td rowspan=2>规章<td>3<td>1<td>8", "<td>规章<td>3<td rowspan=2>1<td>8"])
  func `A cell that is said to cover a row too many leaves the figures that it moves uncertain`(
    row: String
  ) async throws {
    let (_, record) = try await run(
      """
      <!doctype html><meta charset=utf-8><h1>澄川市临溪镇人民政府2023年政府信息公开工作年度报告</h1>
      <h2>二、主动公开政府信息情况</h2><table border=1><tr><td colspan=4>第二十条第（一）项
      <tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数<tr>\(row)
      <tr><td>行政规范性文件<td>17<td>5<td>239</table>
      """)
    let states = record.fields.filter { $0.pointer.hasPrefix("/disclosure/normative_documents/") }.compactMap {
      $0.value == .null ? nil : $0.provenance?.state
    }
    #expect(!states.isEmpty && states.allSatisfy { $0 == .uncertain })
  }

  @Test func `A table without a single label lends no figure to a wrong row`() async throws {
    let text = changingRows(try report()) { cells in cells.map { Int($0) == nil ? "" : $0 } }
    let (_, record) = try await run(text)
    #expect(try inventions(record).isEmpty)
  }

  @Test func `A hundred rows that no form has are no reason for a wrong figure, or for calling the record whole`()
    async throws
  {
    let text = try report()
    let row = try #require(text.range(of: "（一）予以公开"))
    let extra = (0..<100).map { "其他事项第\($0)类\t\($0)\t0\t0\t0\t0\t0\t\($0)\n" }.joined()
    let (_, record) = try await run(String(text[..<row.lowerBound]) + extra + text[row.lowerBound...])
    #expect(try inventions(record).isEmpty)
    let extras = if case .array(let rows)? = record.value(at: "/extra_rows") { rows.count } else { 0 }
    #expect(extras + record.unexplained.count >= 100)
    #expect(record.value(at: "/applications/granted/total") != .null)
  }

  @Test(arguments: [
    ("1000000000000000000", "T3-01"), ("-80", "T3-04"), ("1" + String(repeating: "0", count: 40), "T3-04"),
  ])
  func `A figure that cannot be true is kept or called unreadable, and fails its checks`(
    figure: String, rule: String
  ) async throws {
    let (_, record) = try await run(try report().replacing("\t80\n", with: "\t\(figure)\n"))
    let field = try #require(record.fields.first { $0.pointer == "/applications/granted/total" })
    #expect(field.value == (Int(figure).map { .integer($0) } ?? .null))
    #expect(field.provenance?.state == (Int(figure) == nil ? .unreadable : .printed))
    #expect(field.provenance?.raw == figure)
    #expect(record.checks.contains { $0.id == rule && $0.status == .fail })
    #expect(record.fields.count { $0.provenance?.state == .derived && $0.pointer.hasPrefix("/applications") } == 0)
  }

  @Test func `A table that contradicts itself everywhere stays as it is printed`() async throws {
    var number = 0
    let text = changingRows(try report()) { cells in
      cells.map { cell in
        number += 1
        return Int(cell).map { "\($0 + number % 5)"[...] } ?? cell
      }
    }
    let (_, record) = try await run(text)
    let states = record.fields.filter { $0.pointer.hasPrefix("/applications/") }.map { $0.provenance?.state }
    #expect(states.count == 175 && states.allSatisfy { $0 == .printed })
    let failed = record.checks.filter { $0.status == .fail && $0.id.hasPrefix("T3-0") }
    #expect(failed.count > 20)
    #expect(failed.allSatisfy { $0.cause != .source })
  }
}
