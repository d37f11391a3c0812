import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

/// Labels of two lines whose figures stand beside the gap between them, and heads with rules of their own.
struct BrokenLabelTests {
  private static let labelEnd = 9 * PageSketch.cell.width

  /// Labels alone in a line are moved towards a line of figures without a label, so that they overlap it.
  private func drawings(_ drawing: String) async throws -> [String] {
    var document = Document(source: Source(uri: "test"))
    var page = PageSketch(drawing).page
    func row(_ glyph: Glyph) -> Int { Int(glyph.box.midY / PageSketch.cell.height) }
    func isLabel(_ glyph: Glyph) -> Bool { glyph.box.midX < Self.labelEnd }
    let labels = Set(page.glyphs.filter(isLabel).map(row))
    let figures = Set(page.glyphs.filter { !isLabel($0) }.map(row))
    for index in page.glyphs.indices where isLabel(page.glyphs[index]) && !figures.contains(row(page.glyphs[index])) {
      let own = row(page.glyphs[index])
      let isFirst = figures.contains(own + 1) && !labels.contains(own + 1)
      page.glyphs[index].box.y0 += isFirst ? 5 : -5
      page.glyphs[index].box.y1 += isFirst ? 5 : -5
    }
    document.pages = [page]
    let read = try await run(ReadRuledTables(options: .init()), ReadAlignedTables(options: .init()), on: document)
    return (read.tables ?? []).map(\.drawing)
  }

  @Test func `Labels of which no line is as high as its figures are a column`() async throws {
    let found = try await drawings(
      """
      firm       assets    profit
      western
                1000.00     21.00
      parts
      northern
                 495.00      7.00
      works
      """)
    #expect(found == ["^firm|^assets|^profit\n^western parts|1000.00|21.00\n^northern works|495.00|7.00"])
  }

  @Test func `Lines of broken labels are no rows that stand alone`() async throws {
    let rows = ["western", "northern", "eastern", "southern", "middle"].map {
      """
      \($0)
                  100    92     yes   none
      works
      """
    }
    let found = try await drawings("firm      share  vote    mine   rest\n" + rows.joined(separator: "\n"))
    #expect(found.first?.contains("eastern works|100|92|yes|none") == true, "\(found)")
  }

  @Test func `A row below heads with rules of their own is a table`() async throws {
    let found = try await drawings(
      """
      name       assets    profit
      -------- --------- ---------
      firm        70.12     91.03
      """)
    #expect(found == ["^name|^assets|^profit\n^firm|70.12|91.03"])
  }

  @Test(arguments: ["-----------------------------", "       "])
  func `A row below heads without rules of their own is none`(rule: String) async throws {
    let found = try await drawings("name       assets    profit\n\(rule)\nfirm        70.12     91.03")
    #expect(found.isEmpty, "\(found)")
  }

  @Test func `Words below headings with rules of their own are no table`() async throws {
    let found = try await drawings(
      """
      given        ours       help
      --------- ---------- ---------
      wegive     ourteams   thisis
      """)
    #expect(found.isEmpty, "\(found)")
  }

  @Test func `Heads stay with a table whose first labels are broken`() async throws {
    let found = try await drawings(
      """
      firm         way     first      last
      --------- --------- --------- ---------
      western
                   cost     3000      3000
      parts
      eastern
                   worth    6046      2803
      works
      northern     cost      100       100
                          --------- ---------
      sum                   9146      5903
                          --------- ---------
      """)
    #expect(found.first?.hasPrefix("^firm|^way|^first|^last\n^western parts|^cost|3000|3000\n") == true, "\(found)")
  }

  @Test func `Rows below the rules of the heads are no heads`() async throws {
    let found = try await drawings(
      """
      firm        share  vote    mine   rest
      --------- ------- ------ ------- -------
      western
                  100     92    yes     none
      parts
      northern    100     80    yes     none
      eastern      60     50    no      none
      """)
    #expect(found.first?.contains("\n^western parts|100|92|yes|none\n") == true, "\(found)")
  }
}
