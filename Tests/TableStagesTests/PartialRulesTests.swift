import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

/// Rules that run over some of the columns only, as in accounts.
struct PartialRulesTests {
  private func drawings(_ drawing: String, drawn: (inout Page) -> Void = { _ in }) async throws -> [String] {
    var document = Document(source: Source(uri: "test"))
    var page = PageSketch(drawing).page
    drawn(&page)
    document.pages = [page]
    let read = try await run(ReadRuledTables(options: .init()), ReadAlignedTables(options: .init()), on: document)
    return (read.tables ?? []).map(\.drawing)
  }

  @Test func `A column that only its head and single rows show is one where rules say so`() async throws {
    let found = try await drawings(
      """
      firm          head    trade    funds    left
      ----------- ------- --------- -------- -----
      western              parts
      one          Gao                  300      7
      northern     Li                   150     12
      eastern      Zhao                  20     30
      """)
    #expect(found.first?.split(separator: "\n").first.map { $0.split(separator: "|").count } == 5, "\(found)")
  }

  @Test func `Headings behind the rules of a sum end the table`() async throws {
    let found = try await drawings(
      """
      kind            one     two
      ---------------------------
      new               1      10
      older            22     200
                  ---------------
      sum              23     210
                  ---------------


      4.Others
      (1)Byage
      kind            one     two
                  ---------------
      young            31      40
      old               7      70
                  ---------------
      sum              38     110
                  ---------------
      """)
    #expect(found.count == 2, "\(found)")
    #expect(found.allSatisfy { !$0.contains("Others") && !$0.contains("Byage") }, "\(found)")
    #expect(found.last?.contains("young|31|40") == true, "\(found)")
  }

  @Test func `A head over a rule that does not reach over the labels is of the table`() async throws {
    let found = try await drawings(
      """
                      endoftheyear
                ------------------------
      kind         sum   share    loss
      ----------------------------------
      new          120      60      12
      older         80      40       7
                ------------------------
      all          200     100      19
                ------------------------
      """)
    #expect(found.first?.contains("endoftheyear") == true, "\(found)")
  }

  @Test func `Rules under sums only do not cut the labels off`() async throws {
    let found = try await drawings(
      """
      result              100     200
                        ------  ------
      ofwhichprofit        90     150
      losses               10      50
      old                  12      13
      muchlongername       14      15
      sum                 126     228
                        ------  ------
      """)
    #expect(found.joined().contains("muchlongername|14|15"), "\(found)")
  }

  @Test func `A head above the rules is of the table where the first label is broken`() async throws {
    var document = Document(source: Source(uri: "test"))
    var page = PageSketch(
      """
      kind              before   after
      thefirstofall
                            12      13
      rows
      old                    4       5
      other                  6       7
      """
    ).page
    page.rulings = [12.0, 72].map { Ruling(.horizontal, at: $0, from: 0, to: 320) }
    document.pages = [page]
    let read = try await run(ReadAlignedTables(options: .init()), on: document)
    let found = (read.tables ?? []).map(\.drawing)
    #expect(found.first?.contains("before") == true, "\(found)")
  }

  @Test func `The rule of a running head is not the upper border of a table`() async throws {
    var document = Document(source: Source(uri: "test"))
    document.pages = [
      PageSketch(
        """
        --------------------------------


        kind              before   after
        --------------------------------
        young                 12      13
        old                    4       5
        other                  6       7
        --------------------------------
        """
      ).page
    ]
    let read = try await run(ReadAlignedTables(options: .init()), on: document)
    #expect(read.tables?.first?.regions.first?.box?.y0 ?? 0 > 30)
  }

  @Test func `Sentences are cells where rules part the rows, and their lines are one row where they are few`()
    async throws
  {
    let found = try await drawings(
      """
      ------------------------------------------------------------------
      where      what~is~said~of~it~by~those~who~know~it~from~the~inside

      western    this~is~a~place~of~many~words~and~of~no~figures~at~all
                 that~anybody~has~ever~seen~in~it
      ------------------------------------------------------------------
      eastern    this~one~is~said~to~be~as~old~as~the~other~one~is~here
                 but~nobody~who~knows~both~would~say~so
      ------------------------------------------------------------------
      northern   there~is~nothing~to~say~of~it~that~has~not~been~said~of
                 all~others~by~many~people
      ------------------------------------------------------------------
      """, drawn: narrowBlanks)
    #expect(found.first?.contains("western|this is a place of many words") == true, "\(found)")
    #expect(
      found.first?.split(separator: "\n").filter { $0.contains("has ever") || $0.contains("would say") }.count == 2)
  }

  @Test func `Lines whose figures stand below those of the line above are rows, also between rules`() async throws {
    let found = try await drawings(
      """
      -----------------------------
      kind           one       all
      -----------------------------
      new             12        44
      older           13        35
      -----------------------------
      men             14        36
      women           15        27
      -----------------------------
      sum             54       142
      -----------------------------
      """)
    #expect(
      found.first?.hasSuffix("new|12|44\n^older|13|35\n^men|14|36\n^women|15|27\n^sum|54|142") == true, "\(found)")
  }
}
