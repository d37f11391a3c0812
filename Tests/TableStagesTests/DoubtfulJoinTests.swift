import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

/// Parts at a page break that may be one table and stay two.
struct DoubtfulJoinTests {
  private static let upper = """
    head of 12
    +------+-----+-----+
    | kind | one | all |
    +------+-----+-----+
    | 1.ab | 1   | 5   |
    +------+-----+-----+
    """
  private static let lower = """
    +------+-----+-----+
    | 2.cd | 2   | 7   |
    +------+-----+-----+
    | 3.ef | 3   | 9   |
    +------+-----+-----+
    """

  private func joined(_ lower: String, below upper: String = upper) async throws -> Document {
    try await run(
      ReadRuledTables(options: .init()), JoinTablesAcrossPages(options: .init()), on: document(upper, lower))
  }

  @Test(arguments: [("", "list two\n"), ("\ngoes on", "head of 13\n"), ("\ngoes on", "list two\n")])
  func `A heading between parts with the same columns`(below: String, above: String) async throws {
    let read = try await joined(above + Self.lower, below: Self.upper + below)
    #expect(read.tables?.map(\.id) == ["t1", "t2"])
    #expect(read.diagnostics.map(\.code) == ["table.join_doubtful"])
    let found = try #require(read.diagnostics.first)
    #expect(found.severity == .info)
    #expect(found.places.map(\.page) == [1, 2])
    #expect(found.places == read.tables?.compactMap(\.regions.first))
    #expect(found.message.contains(below.isEmpty || above == "head of 13\n" ? "a line of text" : "2 lines of text"))
  }

  @Test func `A repeated header below a heading`() async throws {
    let header = Self.upper.split(separator: "\n").dropFirst().prefix(2).joined(separator: "\n")
    let read = try await joined("list two\n" + header + "\n" + Self.lower)
    #expect(read.tables?.map(\.rows) == [2, 3])
    #expect(read.diagnostics.map(\.code) == ["table.join_doubtful"])
  }

  @Test(arguments: ["+------+---+-------+", "+----+-------+-----+"])
  func `Columns that agree nearly`(rule: String) async throws {
    let lower = """
      head of 13
      \(rule)
      | 2.    2      7   |
      \(rule)
      | 3.    3      9   |
      \(rule)
      """
    var drawn = document(Self.upper, lower)
    let xs = rule.indices.filter { rule[$0] == "+" }.map {
      10 * Double(rule.distance(from: rule.startIndex, to: $0)) + 5
    }
    drawn.pages?[1].rulings.removeAll { $0.axis == .vertical }
    for x in xs { drawn.pages?[1].rulings.append(Ruling(.vertical, at: x, from: 18, to: 66)) }
    let read = try await run(
      ReadRuledTables(options: .init()), JoinTablesAcrossPages(options: .init()), on: drawn)
    #expect(read.tables?.count == 2)
    #expect(read.diagnostics.map(\.code) == ["table.join_doubtful"])
    #expect(read.diagnostics.first?.message.contains("only 3 of 4 column edges agree") == true)
  }

  @Test(arguments: [
    "a line of text that fills the page\n" + lower,  // prose
    "a\nb\nc\n" + lower,  // more than a heading
    "list two\n" + lower.replacing("2.cd | 2   | 7  ", with: "wins | men | sum"),  // a header of its own
    "head of 13\n+--+-+--------------+\n|ab|1|            2 |\n+--+-+--------------+\n|cd|3|            4 |\n+--+-+--------------+",
  ])
  func `Another table leaves no doubt`(lower: String) async throws {
    let read = try await joined(lower)
    #expect(read.tables?.count == 2)
    #expect(read.diagnostics.isEmpty)
  }

  @Test func `Parts that are joined leave no doubt`() async throws {
    let read = try await joined("head of 13\n" + Self.lower)
    #expect(read.tables?.count == 1)
    #expect(read.diagnostics.isEmpty)
  }
}
