import DocumentModel
import PipelineKit
import TestSupport
import Testing

@testable import RecordStages

/// Figures that were recognised in a picture.
struct RecognitionTests {
  /// The record that the sums and checks make of figures that were recognised.
  private func settled(_ rows: [EvidenceGrid.Row]) async throws -> Record {
    var recognised = grid(rows)
    recognised.isRecognised = true
    var record = Record(status: .complete)
    record.grids = [recognised]
    record.fields = recognised.fields(stage: "record.map")
    for index in record.fields.indices { record.fields[index].doubtRecognition() }
    var document = Document(source: Source(uri: "trial"))
    document.record = record
    document = try await ReconcileRecord(options: .init()).trial(document)
    document = try await CheckRecord(options: .init()).trial(document)
    return try #require(document.record)
  }

  private func states(_ record: Record) -> [ValueState] { record.fields.compactMap { $0.provenance?.state } }

  @Test func `Figures are printed where the sums of their row and of their column hold`() async throws {
    let record = try await settled([.placed(figures(1, 2, 3)), .placed(figures(4, 4, 8)), .placed(figures(5, 6, 11))])
    #expect(states(record) == Array(repeating: .printed, count: 9))
    #expect(record.checks.filter { $0.id == "R" || $0.id == "C" }.allSatisfy { $0.status == .pass })
  }

  @Test func `A figure that breaks a sum leaves its row and its column uncertain, and no check fails`() async throws {
    let record = try await settled([.placed(figures(1, 2, 3)), .placed(figures(4, 9, 8)), .placed(figures(5, 6, 11))])
    let doubted = Set([1, 3, 4, 5, 7])
    #expect(states(record).enumerated().allSatisfy { ($0.element == .uncertain) == doubted.contains($0.offset) })
    #expect(record.checks.contains { $0.status == .uncertain && $0.id == "R" })
    #expect(!record.checks.contains { $0.status == .fail && $0.severity == .error })
  }

  @Test func `One sum alone proves nothing`() async throws {
    let record = try await settled([.placed(figures(1, 2, 3)), .absent, .absent])
    #expect(states(record).prefix(3) == [.uncertain, .uncertain, .uncertain])
  }

  @Test func `What the sums fill in beside figures that were recognised is uncertain`() async throws {
    let record = try await settled([
      .placed(figures(1, 2, 3)), .placed(figures(4) + [blank] + figures(8)), .placed(figures(5, 6, 11)),
    ])
    let derived = try #require(record.fields.first { $0.pointer == "/t/y/b" })
    #expect(derived.value == .integer(4) && derived.provenance?.state == .uncertain)
  }
}
