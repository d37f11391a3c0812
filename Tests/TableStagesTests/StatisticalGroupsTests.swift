import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

/// Names of groups of rows and of columns, as offices of statistics print them.
struct StatisticalGroupsTests {
  private func drawings(_ drawing: String, drawn: (inout Page) -> Void = { _ in }) async throws -> [String] {
    var document = Document(source: Source(uri: "test"))
    var page = PageSketch(drawing).page
    drawn(&page)
    document.pages = [page]
    let read = try await run(ReadRuledTables(options: .init()), ReadAlignedTables(options: .init()), on: document)
    return (read.tables ?? []).map(\.drawing)
  }

  @Test func `Words above the middle one of some years stand over all of them`() async throws {
    let found = try await drawings(
      """
                       period
      kind      1998    1999    2000

      new         11      22      33
      older       12      23      34
      oldest      13      24      35
      """)
    #expect(found.first?.contains("period[1x3]") == true, "\(found)")
  }

  @Test func `A name in the middle of the table stands over all columns, whichever it is above`() async throws {
    let found = try await drawings(
      """
      kind        one     two     all

      new          11      22      33
      older        12      23      34

             some~of~other~kinds

      new          15      25      35
      older        16      26      36
      """,
      drawn: narrowBlanks)
    #expect(found.first?.contains("some of other kinds[1x4]") == true, "\(found)")
  }

  @Test func `A long name that begins where the labels do stands over no figures`() async throws {
    let found = try await drawings(
      """
      kind        one     two     all

      new          11      22      33
      older        12      23      34

      some~of~the~other~kinds

      newer        15      25      35
      oldest       16      26      36
      """,
      drawn: narrowBlanks)
    #expect(found.first?.contains("some of the other kinds||") == true, "\(found)")
  }

  @Test func `A name with indented labels below it is a row where the labels have no head`() async throws {
    let found = try await drawings(
      """
                  one     two     all

      People

        New        11      22      33

        Older      12      23      34

        Oldest     15      25      35
      """)
    #expect(found.first?.contains("People|") == true, "\(found)")
  }
}
