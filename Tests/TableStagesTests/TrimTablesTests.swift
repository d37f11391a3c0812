import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

struct TrimTablesTests {
  private func trimmed(_ drawing: String) async throws -> [String] {
    var options = TrimTables.Options()
    options.captions.captions = ["Table"]
    options.captions.notes = ["Source"]
    var document = Document(source: Source(uri: "test"))
    document.tables = [Table(drawing: drawing, columnEvidence: .placed)]
    return try await run(TrimTables(options: options), on: document).tables?.map(\.drawing) ?? []
  }

  @Test func `A caption in the first row and a source in the last one are no rows`() async throws {
    #expect(
      try await trimmed("Table 3: loans | >\nkind | all\nbooks | 12\nSource: the library | >") == [
        "^kind|^all\n^books|12"
      ])
  }

  @Test func `A row that names what is below it stays`() async throws {
    #expect(try await trimmed("loans | >\nkind | all\nbooks | 12") == ["loans[1x2]\nkind|all\nbooks|12"])
  }

  @Test func `A row of several cells stays, whatever it begins with`() async throws {
    #expect(
      try await trimmed("Table | all\nchairs | 3\nSource | 12").first?.hasPrefix("Table|all") == true)
  }
}
