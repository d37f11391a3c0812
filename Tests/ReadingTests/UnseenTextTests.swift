import DocumentModel
import Foundation
import Reading
import TestSupport
import Testing

struct UnseenTextTests {
  private func reading(_ content: String) async throws -> (seen: String, codes: [String]) {
    let document = try await read(SmallPDF(content).data)
    let glyphs = try #require(document.pages?.first).glyphs.filter { !$0.isHidden }
    return (String(String.UnicodeScalarView(glyphs.map(\.scalar))), document.codes)
  }

  @Test(arguments: ["0.5 w 20 73 m 42 73 l S", "20 72.8 22.3 0.5 re f"])
  func `A figure with a line of its own through it is not read, and it is said`(line: String) async throws {
    let page = try await reading("BT /F1 10 Tf 20 70 Td (1203) Tj 30 0 Td (1204) Tj ET \(line)")
    #expect(page.seen == "1204" && page.codes == ["text.struck"])
  }

  @Test func `A figure of which a part is struck is not read at all`() async throws {
    let page = try await reading("BT /F1 10 Tf 20 70 Td (1203) Tj 40 0 Td (1204) Tj ET 0.5 w 20 73 m 31 73 l S")
    #expect(page.seen == "1204" && page.codes == ["text.struck"])
  }

  @Test(arguments: [
    "20 68.5 m 42 68.5 l S", "20 79 m 42 79 l S", "5 73 m 150 73 l S", "20 73 m 42 73 l 42 20 l 20 20 l s",
  ])
  func `A line below a figure or above it, a longer one, or a side of a frame, strikes nothing`(
    line: String
  ) async throws {
    let page = try await reading("BT /F1 10 Tf 20 70 Td (1203) Tj ET 0.5 w \(line)")
    #expect(page.seen == "1203" && page.codes.isEmpty)
  }

  @Test(arguments: ["1 g", "1 1 1 rg", "0 0 0 0 k", "1 1 1 rg 10 60 60 30 re f"])
  func `White figures on nothing but white are not read, and it is said`(colour: String) async throws {
    let page = try await reading("\(colour) BT /F1 10 Tf 20 70 Td (9) Tj 0 g 10 0 Td (12) Tj ET")
    #expect(page.seen == "12" && page.codes == ["text.hidden"])
  }

  @Test func `White figures on a ground of colour are read`() async throws {
    let page = try await reading("0 0 1 rg 10 60 60 30 re f 1 g BT /F1 10 Tf 20 70 Td (12) Tj ET")
    #expect(page.seen == "12" && page.codes.isEmpty)
  }
}
