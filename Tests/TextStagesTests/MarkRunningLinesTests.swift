import DocumentModel
import PipelineKit
import TestSupport
import Testing

@testable import TextStages

/// Lines of a page of 600 by 800 points, given by text and height.
private func lines(_ page: Int, _ lines: [(String, Double)]) -> [Line] {
  lines.map { Line(PrintedText($0), place: .page(page, Box(50, $1 - 5, 300, $1 + 5)), size: 10) }
}

private func roles(
  _ pages: [[(String, Double)]], options: MarkRunningLines.Options = .init(), tables: [Table]? = nil,
  rulings: [Ruling] = []
) async throws -> [[Line.Role]] {
  var document = pagedDocument(
    pages.indices.map { Page(number: $0 + 1, width: 600, height: 800, rulings: rulings) })
  document.lines = pages.enumerated().flatMap { lines($0 + 1, $1) }
  document.tables = tables
  let result = try await run(MarkRunningLines(options: options), on: document).lines ?? []
  return pages.indices.map { page in result.filter { $0.place.page == page + 1 }.map(\.role) }
}

@Test(arguments: ["- # -", "—#—", "#", "#/3", "# / 3", "·#·", "(#)", "－ # －"])
func `Figures that count with the pages are page numbers`(shape: String) async throws {
  let pages = (1...3).map { [("text", 300.0), (shape.replacing("#", with: "\($0)"), 760.0)] }
  #expect(try await roles(pages) == Array(repeating: [.body, .pageNumber], count: 3))
}

@Test func `Page numbers in words need a pattern`() async throws {
  let pages = (1...3).map { [("text", 300.0), ("第 \($0) 页 共 3 页", 760.0)] }
  var options = MarkRunningLines.Options()
  options.pageNumbers = ["第([0-9]+)页(共[0-9]+页)?"]
  #expect(try await roles(pages, options: options) == Array(repeating: [.body, .pageNumber], count: 3))
}

@Test func `The same text at the same height of most pages is a running head`() async throws {
  let pages: [[(String, Double)]] = [
    [("某市 2024 年报告", 40), ("text", 300), ("- 1 -", 770)],
    [("某市 2024 年报告", 41), ("other", 300), ("- 2 -", 770)],
    [("某市2024年报告", 40), ("more", 300), ("- 3 -", 770)],
  ]
  #expect(try await roles(pages) == Array(repeating: [.runningHead, .body, .pageNumber], count: 3))
}

@Test func `What repeats at other heights, on few pages or behind the text is text`() async throws {
  #expect(try await roles([[("甲", 40)], [("甲", 80)], [("乙", 40)]]) == [[.body], [.body], [.body]])
  let behind: [[(String, Double)]] = (0..<3).map { [("甲乙丙"[$0], 30), ("报告", 60), ("text", 300)] }
  #expect(try await roles(behind) == Array(repeating: [.body, .body, .body], count: 3))
}

@Test func `Lone figures are no page numbers`() async throws {
  #expect(try await roles([[("text", 300), ("12", 760)]]) == [[.body, .body]])
  #expect(try await roles([[("text", 300), ("-1-", 760)]]) == [[.body, .pageNumber]])
  #expect(
    try await roles([[("text", 300), ("7", 760)], [("text", 300), ("0", 760)]]) == [[.body, .body], [.body, .body]])
}

@Test func `Lines of tables are never running`() async throws {
  let pages = (1...3).map { [("项目", 60.0), ("\($0)", 760.0)] }
  let table = Table(
    id: "t1", kind: .ruled, rows: 1, columns: 1, regions: (1...3).map { .page($0, Box(0, 50, 600, 790)) },
    columnEvidence: .placed)
  #expect(try await roles(pages, tables: [table]) == Array(repeating: [.body, .body], count: 3))
  let rule = Ruling(.vertical, at: 20, from: 50, to: 300)
  #expect(try await roles(pages, rulings: [rule]) == Array(repeating: [.body, .pageNumber], count: 3))
}

/// The lines of a text that are not for reading, by number, with `#` for a page number and `^` for a head.
private func marked(_ text: String) async throws -> [String] {
  let lines = try await run(MarkRunningLines(options: .init()), on: textDocument(text)).lines ?? []
  return lines.compactMap { line in
    guard case .line(let number, _) = line.place else { return nil }
    return switch line.role {
    case .body: nil
    case .pageNumber: "\(number)#"
    case .runningHead: "\(number)^"
    }
  }
}

@Test func `Lines of a text that count with text between them are page numbers`() async throws {
  #expect(try await marked("一\n- 1 -\n二\n三\n－２－\n四\n") == ["2#", "5#"])
  #expect(try await marked("一\n\n1\n\n二\n\n2\n\n三\n\n3\n") == ["3#", "7#", "11#"])
  #expect(try await marked("一\n1/2\n二\n2/2\n") == ["2#", "4#"])
}

@Test func `A head over page numbers of a text is a running head`() async throws {
  let pages = (1...3).map { "某某市人民政府年度报告\n\($0)\n许可 7\n处罚 8\n" }
  #expect(try await marked(pages.joined()) == ["1^", "2#", "5^", "6#", "9^", "10#"])
  // Two may be two figures of one row.
  #expect(try await marked(pages.prefix(2).joined()) == [])
}

@Test func `Figures of a text are no page numbers`() async throws {
  #expect(try await marked("许可\n1\n处罚\n2\n") == [])
  #expect(try await marked("一\n\n831\n二\n\n832\n") == [])
  #expect(try await marked("1\n2\n3\n") == [])
  #expect(try await marked("- 1 -\n一\n- 3 -\n") == [])
  #expect(try await marked("许可\n\n1\n处罚\n\n2\n强制\n\n3\n") == [])
  #expect(try await marked("许可\n5*\n处罚\n6*\n") == [])
  #expect(try await marked("许可\n-5\n处罚\n-6\n") == [])
}

@Test func `Sentences and rows of figures beside page numbers are no heads`() async throws {
  #expect(try await marked("- 1 -\n本年度没有发生这样的情形。\n一\n- 2 -\n本年度没有发生这样的情形。\n") == ["1#", "4#"])
  #expect(try await marked("0 0 0 0 0 0 0 0 0 0\n- 1 -\n一\n0 0 0 0 0 0 0 0 0 0\n- 2 -\n") == ["2#", "5#"])
}

@Test func `Lines of tables of a text count no pages, nor do bars of a table`() async throws {
  #expect(try await marked("| 1 |\n| 一 |\n| 2 |\n") == [])
  var document = textDocument("- 1 -\n一\n- 2 -\n")
  document.tables = [
    Table(
      id: "t1", kind: .text, rows: 1, columns: 1,
      cells: [Cell(row: 0, column: 0, text: PrintedText("- 1 -"), places: [.line(1, columns: 1...5)])],
      columnEvidence: .ordered)
  ]
  #expect(try await run(MarkRunningLines(options: .init()), on: document) == document)
}

@Test func `A source of markup has neither`() async throws {
  var document = textDocument("- 1 -\n正文\n- 2 -")
  for index in 0..<3 { document.lines?[index].place = .path("/html/body/p[\(index + 1)]") }
  #expect(try await run(MarkRunningLines(options: .init()), on: document) == document)
}

extension String {
  fileprivate subscript(offset: Int) -> String { String(self[index(startIndex, offsetBy: offset)]) }
}
