import DocumentModel
import Foundation
import PipelineKit
import Reading
import TestSupport
import Testing

struct TapTests {
  private func page(_ pdf: SmallPDF) async throws -> Page {
    try #require(try await read(pdf.data).pages?.first)
  }

  @Test func `Glyphs stand in points from the top left`() async throws {
    let page = try await page(SmallPDF("BT /F1 10 Tf 20 70 Td (AB) Tj ET"))
    #expect(page.width == 200 && page.height == 100)
    #expect(page.text == "AB")
    let (a, b) = (page.glyphs[0].box, page.glyphs[1].box)
    #expect(abs(a.x0 - 20) < 0.01 && abs(a.x1 - 26.67) < 0.01 && abs(b.x0 - a.x1) < 0.01)
    #expect(a.y0 > 19 && a.y0 < 26 && a.y1 >= 30 && a.y1 < 34)
    #expect(page.glyphs[0].size == 10 && page.glyphs[0].direction == .right)
    #expect(page.fonts == ["Helvetica"])
  }

  @Test func `Spacing between characters and words is no part of a box`() async throws {
    let plain = try await page(SmallPDF("BT /F1 10 Tf 20 70 Td (A B) Tj ET"))
    let spaced = try await page(SmallPDF("BT /F1 10 Tf 3 Tc 7 Tw 80 Tz 20 70 Td (A B) Tj ET"))
    #expect(plain.text == "A B" && spaced.text == "A B")
    for (one, other) in zip(plain.glyphs, spaced.glyphs) {
      #expect(abs(one.box.width * 0.8 - other.box.width) < 0.01)
    }
    #expect(abs(spaced.glyphs[2].box.x0 - (20 + (6.67 + 3 + 2.78 + 3 + 7) * 0.8)) < 0.01)
  }

  @Test(arguments: [
    (0, Glyph.Direction.right, 20.0, 30.0), (90, .down, 70.0, 20.0), (180, .left, 180.0, 70.0), (270, .up, 30.0, 180.0),
  ])
  func `A turned page is read as it is displayed`(
    rotation: Int, direction: Glyph.Direction, x: Double, y: Double
  ) async throws {
    var pdf = SmallPDF("BT /F1 10 Tf 20 70 Td (A) Tj ET 20 70 m 120 70 l S")
    pdf.rotation = rotation
    let page = try await page(pdf)
    let isUpright = rotation % 180 == 0
    #expect(page.width == (isUpright ? 200 : 100) && page.height == (isUpright ? 100 : 200))
    let glyph = try #require(page.glyphs.first)
    #expect(glyph.direction == direction)
    // The foot of the letter's left edge is where it was put, whichever way the page is turned.
    #expect(glyph.box.x0 - 3 < x && x < glyph.box.x1 + 3 && glyph.box.y0 - 3 < y && y < glyph.box.y1 + 3)
    let rule = try #require(page.rulings.first)
    #expect(rule.axis == (isUpright ? .horizontal : .vertical))
    #expect(abs(rule.position - (isUpright ? y : x)) < 0.01 && abs(rule.length - 100) < 0.01)
  }

  @Test func `The crop box is the page`() async throws {
    var pdf = SmallPDF("BT /F1 10 Tf 60 70 Td (A) Tj -50 0 Td (B) Tj ET 0 50 m 200 50 l S")
    pdf.pageEntries = "/CropBox [50 20 150 90]"
    let page = try await page(pdf)
    #expect(page.width == 100 && page.height == 70)
    #expect(page.text == "A", "a glyph outside the page is not on it")
    #expect(abs(page.glyphs[0].box.x0 - 10) < 0.01)
    #expect(page.rulings == [Ruling(.horizontal, at: 40, from: 0, to: 100, thickness: 1)])
  }

  @Test func `A stroked rectangle is four rules and an open path has no closing one`() async throws {
    let page = try await page(SmallPDF("0.5 w 10 20 80 30 re S 100 10 m 150 10 l 150 40 l S"))
    #expect(page.rulings.count == 6)
    #expect(page.rulings.count { $0.axis == .horizontal } == 3)
    #expect(page.rulings.allSatisfy { $0.thickness == 0.5 })
    let closed = try await self.page(SmallPDF("100 10 m 150 10 l 150 40 l 100 40 l s"))
    #expect(closed.rulings.count == 4)
  }

  @Test func `Thin filled rectangles are rules and the grounds of cells are not`() async throws {
    let page = try await page(SmallPDF("10 50 100 0.5 re 10 20 0.7 30 re f 20 20 50 20 re f"))
    #expect(page.rulings.count == 2)
    #expect(page.rulings[0].axis == .horizontal && abs(page.rulings[0].position - 49.75) < 0.01)
    #expect(page.rulings[1].axis == .vertical && abs(page.rulings[1].thickness - 0.7) < 0.01)
  }

  @Test func `A rectangle with a slightly smaller hole is a frame`() async throws {
    let page = try await page(SmallPDF("10 10 100 50 re 11 11 98 48 re f*"))
    #expect(page.rulings.count == 4)
    #expect(page.rulings.count { $0.axis == .vertical } == 2)
  }

  @Test func `Rules end where the clip ends`() async throws {
    let page = try await page(SmallPDF("q 50 0 60 100 re W n 0 50 m 200 50 l 20 10 m 20 90 l S Q"))
    #expect(page.rulings == [Ruling(.horizontal, at: 50, from: 50, to: 110, thickness: 1)])
  }

  @Test func `Slanted lines and curves are no rules`() async throws {
    #expect(try await page(SmallPDF("0 0 m 100 50 l 10 10 m 20 20 30 30 90 10 c S")).rulings.isEmpty)
  }

  @Test(arguments: ["/Filter /JPXDecode", "/ColorSpace /DeviceGray /BitsPerComponent 8", "/ImageMask true"])
  func `Pictures stand where they are drawn, clipped, and their data is not looked at`(entries: String) async throws {
    var pdf = SmallPDF(
      """
      q 50 0 0 20 10 30 cm /I1 Do Q
      q 200 0 0 20 0 70 cm q 0 0 0.5 1 re W n /I1 Do Q Q
      q 10 0 0 10 150 10 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q
      BT /F1 10 Tf 20 5 Td (AB) Tj ET
      /Pattern cs
      q 10 0 0 10 180 10 cm /I1 Do Q
      """)
    pdf.picture = ("/Width 1 /Height 1 " + entries, "not a picture of any kind")
    let page = try await page(pdf)
    let expected = [Box(10, 50, 60, 70), Box(0, 10, 100, 30), Box(150, 80, 160, 90)]
    #expect(page.images.prefix(3) == expected[...])
    #expect(page.text == "AB")
  }

  @Test func `A shading is a rule where its clip is thin, and no picture`() async throws {
    var pdf = SmallPDF("q 10 50 100 0.5 re W n /S1 sh Q")
    pdf.resources = """
      /Shading << /S1 << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 100 0] /Extend [true true]
      /Function << /FunctionType 2 /Domain [0 1] /N 1 >> >> >>
      """
    let page = try await page(pdf)
    #expect(page.images.isEmpty)
    #expect(page.rulings.count == 1)
  }

  @Test func `Imitated bold is read once, repeated letters are not touched`() async throws {
    let bold = "BT /F1 10 Tf 20 70 Td (1001) Tj 0.4 0 Td (1001) Tj ET"
    #expect(try await page(SmallPDF(bold)).text == "1001")
    #expect(try await page(SmallPDF("BT /F1 10 Tf 20 70 Td (llii..) Tj ET")).text == "llii..")
  }

  @Test func `Hidden text is kept and marked, and shows where it is drawn again`() async throws {
    let page = try await page(SmallPDF("BT /F1 10 Tf 3 Tr 20 70 Td (AB) Tj ET BT /F1 10 Tf 0 Tr 20 70 Td (A) Tj ET"))
    #expect(page.text == "AB")
    #expect(page.glyphs.map(\.isHidden) == [false, true])
  }

  @Test func `A watermark across the page is left out and reported, a slanted page is kept`() async throws {
    let watermark = "BT /F1 10 Tf 7 7 -7 7 50 20 Tm (X) Tj ET"
    let document = try await read(SmallPDF("BT /F1 10 Tf 20 70 Td (AB) Tj ET " + watermark).data)
    #expect(document.pages?.first?.text == "AB")
    #expect(document.codes == ["pdf.slanted_text"])
    #expect(try await page(SmallPDF(watermark)).text == "X")
  }

  @Test func `What a producer says a glyph means is believed where it can be placed`() async throws {
    let content =
      "BT /F1 10 Tf 20 70 Td /Span << /ActualText (XY) >> BDC (ab) Tj EMC"
      + " /Span << /ActualText (Z) >> BDC (...) Tj EMC /Span << /ActualText (12) >> BDC (c) Tj EMC ET"
    #expect(try await page(SmallPDF(content)).text == "XY...12")
  }

  @Test func `What one code stands for shares its box`() async throws {
    var pdf = SmallPDF("BT /F1 10 Tf 20 70 Td (f) Tj ET")
    // 'f' is mapped to two letters, as fonts do with ligatures.
    pdf.fontEntries = "/Encoding /WinAnsiEncoding /ToUnicode 6 0 R"
    pdf.pages.append("")
    let map =
      "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
      + "1 beginbfchar <66> <00660069> endbfchar endcmap end"
    // Object 6 is the second page: its text is replaced by the map, and the reader is asked for the first page only.
    var text = String(decoding: pdf.data, as: UTF8.self)
    let page = try #require(text.range(of: "6 0 obj\n")?.upperBound)
    let end = try #require(text.range(of: "endobj", range: page..<text.endIndex)?.lowerBound)
    text.replaceSubrange(page..<end, with: "<< /Length \(map.utf8.count) >>\nstream\n\(map)\nendstream\n")
    let document = try await read(Data(text.utf8), pages: PageSelection("1"))
    let glyphs = try #require(document.pages?.first?.glyphs)
    #expect(glyphs.map(\.scalar) == ["f", "i"])
    #expect(abs(glyphs[0].box.width - 1.39) < 0.01 && abs(glyphs[1].box.x0 - glyphs[0].box.x1) < 0.001)
  }

  @Test func `A page beyond the glyph limit is refused`() async throws {
    let error = await #expect(throws: ReadingError.self) {
      try await read(SmallPDF("BT /F1 10 Tf 20 70 Td (ABCDEF) Tj ET").data, glyphLimit: 5)
    }
    #expect(error?.code == "limit.output")
  }
}
