import DocumentModel
import Testing

@testable import Reading

/// Rules, lines and tilt of drawn pictures; a page of 300 pixels an inch has 11.8 a millimetre.
struct ScanTests {
  private static let millimetre = 300 / 25.4

  private func page() throws -> Raster { try Raster(width: 1200, height: 900, depth: 1) }

  /// The rules as `axis at start…end`, rounded to 10 pixels.
  private func rules(of ink: borrowing Raster) throws -> Set<String> {
    let found = try ScanRules(
      of: ink, millimetre: Self.millimetre, Raster(width: ink.width, height: ink.height, depth: 1))
    func round(_ value: Double) -> Int { Int((value / 10).rounded()) * 10 }
    return Set(
      found.rules.map {
        "\($0.axis == .horizontal ? "-" : "|") \(round($0.position)) \(round(Double($0.start)))…\(round(Double($0.end)))"
      })
  }

  @Test func `A grid is found with its short rules between long ones`() throws {
    let ink = try page()
    for y in [100, 180, 260] { ink.fill(PixelBox(100, y, 1100, y + 3)) }
    for x in [100, 1097] { ink.fill(PixelBox(x, 100, x + 3, 263)) }
    ink.fill(PixelBox(600, 180, 603, 260))
    #expect(
      try rules(of: ink) == [
        "- 100 100…1100", "- 180 100…1100", "- 260 100…1100", "| 100 100…260", "| 1100 100…260", "| 600 180…260",
      ])
  }

  @Test func `Dashes are one rule, and a dash alone in a cell is none`() throws {
    let ink = try page()
    for x in stride(from: 100, to: 1100, by: 40) { ink.fill(PixelBox(x, 300, x + 28, 303)) }
    ink.fill(PixelBox(500, 400, 530, 404))
    #expect(try rules(of: ink) == ["- 300 100…1090"])
  }

  @Test func `Strokes of characters in a row are no rule`() throws {
    let ink = try page()
    for x in stride(from: 100, to: 600, by: 48) {
      for y in [400, 412, 424] { ink.fill(PixelBox(x, y, x + 42, y + 4)) }
      ink.fill(PixelBox(x + 18, 395, x + 22, 436))
    }
    #expect(try rules(of: ink).isEmpty)
  }

  @Test(arguments: [-0.8, 0.5]) func `A page that lies askew is made level`(tilt: Double) throws {
    let ink = try page()
    for y in stride(from: 60, to: 860, by: 40) {
      for x in stride(from: 60, to: 1140, by: 14) { ink.fill(PixelBox(x, y, x + 8, y + 18)) }
    }
    let tilted = try ink.shaded().rotated(degrees: tilt).ink(below: 128)
    let found = tilted.skew
    let skew = try #require(found)
    #expect(abs(skew + tilt) < 0.1)
  }

  @Test func `Columns are parted where they stand a character apart, digits as broad as ideographs are not`() {
    // 12 px digits in cells of 30 px, then another column.
    let wide = [0, 30, 60].map { PixelBox(100 + $0, 50, 112 + $0, 72) }
    let other = PixelBox(260, 50, 272, 72)
    let page = PixelBox(0, 0, 400, 200)
    let regions = InkRegions(wide + [other], cells: [page], em: 30).regions
    #expect(regions.map(\.pieces.count).sorted() == [1, 3])
  }

  @Test func `Every piece of ink is in one region, the strokes of one character in the same`() {
    let three = [PixelBox(100, 50, 130, 53), PixelBox(103, 62, 127, 65), PixelBox(98, 76, 132, 79)]
    let below = [PixelBox(100, 100, 130, 128)]
    let regions = InkRegions(three + below, cells: [PixelBox(0, 0, 400, 200)], em: 30).regions
    #expect(regions.map(\.pieces.count).sorted() == [1, 3])
  }
}
