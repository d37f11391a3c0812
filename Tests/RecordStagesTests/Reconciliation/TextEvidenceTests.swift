import DocumentModel
import PipelineKit
import TestSupport
import Testing

@testable import RecordStages

/// The trial grid with one fact of the text, which is said to be equal to the sum of some cells.
private func record(
  _ rows: [EvidenceGrid.Row], states value: Int, of cells: [String], bound: Comparison.Bound = .exact
) async throws -> Record {
  let grid = grid(rows)
  var document = Document(source: Source(uri: "trial"))
  var record = Record(status: .complete)
  record.grids = [grid]
  record.fields = grid.fields(stage: "record.map")
  record.fields.append(Field("/facts/f/value", .integer(value), Provenance(.printed, raw: "f", stage: "record.facts")))
  record.comparisons = [
    Comparison(
      id: "N", instance: "f", severity: .warning, message: "agree",
      left: [Comparison.Term("/facts/f/value", bound: bound)], accepted: [cells.map { Comparison.Term($0) }])
  ]
  document.record = record
  let decided = try await ReconcileRecord(options: NoOptions()).trial(document, in: .trial(stage: "record.reconcile"))
  return try await CheckRecord(options: NoOptions()).trial(decided).record ?? Record()
}

private func check(_ id: String, in record: Record) -> Check? { record.checks.first { $0.id == id } }

@Suite struct `What the text states as evidence` {
  private let rows: [EvidenceGrid.Row] = [.ordered(figures(1, 1)), .absent, .absent]

  @Test func `The text chooses between readings that the sums leave`() async throws {
    let record = try await record(rows, states: 0, of: ["/t/x/b"])
    #expect(cells(record).prefix(3) == ["1 printed", "0 uncertain", "1 printed"])
    let note = record.fields.first { $0.pointer == "/t/x/b" }?.provenance?.note
    #expect(note == GridDecision.chosenByText)
    #expect(check("H", in: record)?.status == .fail)
    #expect(check("H", in: record)?.pointers.contains("/t/x/b") == true)
  }

  @Test func `What the text chose proves nothing about the text`() async throws {
    let record = try await record(rows, states: 0, of: ["/t/x/b"])
    #expect(check("N", in: record)?.status == .notAssessable)
  }

  @Test func `A figure that is only a bound chooses nothing`() async throws {
    let record = try await record(rows, states: 1, of: ["/t/x/a"], bound: .atLeast)
    #expect(cells(record).prefix(2) == ["- ambiguous", "- ambiguous"])
  }

  @Test func `A text that no reading agrees with changes nothing`() async throws {
    let record = try await record(rows, states: 7, of: ["/t/x/a"])
    #expect(cells(record).prefix(3) == ["- ambiguous", "- ambiguous", "- ambiguous"])
  }

  @Test func `A text that contradicts what is printed is said, and nothing is changed`() async throws {
    let whole: [EvidenceGrid.Row] = [
      .placed(figures(1, 2, 3)), .placed([blank] + figures(1, 1)), .placed(figures(1, 3, 4)),
    ]
    let record = try await record(whole, states: 9, of: ["/t/x/total"])
    #expect(cells(record).prefix(3) == ["1 printed", "2 printed", "3 printed"])
    #expect(check("N", in: record)?.status == .fail)
  }

  @Test func `What the sums leave for a row in no known order is given only if the row prints it`() async throws {
    let others: [EvidenceGrid.Row] = [.placed(figures(1, 2, 3)), .placed(figures(5, 3, 8))]
    let same = try await record([others[0], .unordered(figures(5, 1, 4)), others[1]], states: 1, of: ["/t/x/a"])
    #expect(cells(same)[3..<6] == ["4 derived", "1 derived", "5 derived"])
    #expect(check("F", in: same)?.status == .pass)
    let other = try await record([others[0], .unordered(figures(6, 1, 4)), others[1]], states: 1, of: ["/t/x/a"])
    #expect(cells(other)[3..<6] == ["- ambiguous", "- ambiguous", "- ambiguous"])
    #expect(check("F", in: other)?.status == .uncertain)
    #expect(other.unexplained.map(\.raw) == ["6", "1", "4"])
  }
}
