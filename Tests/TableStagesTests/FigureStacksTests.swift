import DocumentModel
import TableStages
import TestSupport
import Testing

/// What stands in the rows of a drawn table.
private func rows(_ drawing: String) async throws -> [String] {
  let read = try await run(ReadRuledTables(options: .init()), on: document(drawing))
  return read.tables?.first?.drawing.split(separator: "\n").dropFirst().map { String($0) } ?? []
}

@Suite struct `Figures below figures in one row` {
  @Test func `They are broken where another cell has its figure between the lines`() async throws {
    let rows = try await rows(
      """
      +----------+--+--+--+
      |kind      |a |b |c |
      +----------+--+--+--+
      |received  |22|  |24|
      |          |  |0 |  |
      |this year |69|  |1 |
      +----------+--+--+--+
      |new       |1 |2 |3 |
      +----------+--+--+--+
      """)
    #expect(rows == ["^received this year|2269|0|241", "^new|1|2|3"])
  }

  @Test func `They are broken where one goes on with a nought`() async throws {
    let rows = try await rows(
      """
      +----------+--+--+
      |kind      |a |b |
      +----------+--+--+
      |received  |20|24|
      |this year |09|1 |
      +----------+--+--+
      """)
    #expect(rows == ["^received this year|2009|241"])
  }

  @Test func `They are broken where no words stand beside a line of them`() async throws {
    let rows = try await rows(
      """
      +-------+----------+--+--+
      | part  |kind      |a |b |
      +-------+----------+--+--+
      | of us |received  |11|14|
      | all   |          |2 |6 |
      +-------+----------+--+--+
      """)
    #expect(rows == ["^of us all|^received|112|146"])
  }

  @Test(arguments: [
    ("new       ", "old       "), ("1.new land", "2.old land"),
  ])
  func `They are rows where each label is whole`(first: String, second: String) async throws {
    let rows = try await rows(
      """
      +----------+--+--+
      |kind      |a |b |
      +----------+--+--+
      |\(first)|22|24|
      |\(second)|69|19|
      +----------+--+--+
      """)
    #expect(rows.map { $0.split(separator: "|").dropFirst().joined(separator: "|") } == ["22|24", "69|19"])
  }

  @Test func `A single one is of another row where each label begins an item`() async throws {
    let rows = try await rows(
      """
      +----------+--+--+
      |kind      |a |b |
      +----------+--+--+
      |1.new land|22|1 |
      |2.old land|69|  |
      +----------+--+--+
      """)
    #expect(rows == ["^1.new land|22|1", "^2.old land|69|"])
  }

  @Test func `A digit with white space beside it is not broken off`() async throws {
    let rows = try await rows(
      """
      +----------+--+--+
      |kind      |a |b |
      +----------+--+--+
      |long label|5 |1 |
      |of one row|3 |2 |
      +----------+--+--+
      """)
    #expect(rows == ["^long label|5|1", "^of one row|3|2"])
  }

  @Test func `A figure beside several rows tells nothing of one of them`() async throws {
    let rows = try await rows(
      """
      +----------+--+--+--+
      |kind      |a |b |c |
      +----------+--+--+--+
      |long label|22|24|  |
      |of one row|69|19|  |
      +----------+--+--+91|
      |new       |1 |2 |  |
      +----------+--+--+--+
      """)
    #expect(rows.first == "^long label of one row|22 69|24 19|91[2x1]")
  }

  @Test func `They are rows where a line has room for another digit`() async throws {
    let rows = try await rows(
      """
      +----------+--+------+
      |kind      |a |b     |
      +----------+--+------+
      |new houses|22|24    |
      |old houses|69|19    |
      +----------+--+------+
      """)
    #expect(rows == ["^new houses|22|24", "^old houses|69|19"])
  }

  @Test func `They are not joined where nothing tells what they are`() async throws {
    let rows = try await rows(
      """
      +----------+--+--+
      |kind      |a |b |
      +----------+--+--+
      |long label|22|24|
      |of one row|69|19|
      +----------+--+--+
      """)
    #expect(rows == ["^long label of one row|22 69|24 19"])
  }
}
