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

  @Test func `Dashes that run into each other here and there reach as far as they are drawn`() throws {
    let ink = try page()
    // Every dash of 30 pixels and gap of 10, of which some are closed: in the middle, never at the ends.
    for x in stride(from: 100, to: 1080, by: 40) { ink.fill(PixelBox(x, 300, x + 30, 303)) }
    for x in [180, 420, 660, 860] { ink.fill(PixelBox(x, 300, x + 110, 303)) }
    #expect(try rules(of: ink) == ["- 300 100…1090"])
  }

  @Test func `The rules of two tables that touch are one`() throws {
    let ink = try page()
    ink.fill(PixelBox(100, 300, 1100, 316))
    #expect(try rules(of: ink) == ["- 310 100…1100"])
  }

  @Test func `An upright as broad as that is a stroke of something else`() throws {
    let ink = try page()
    ink.fill(PixelBox(300, 100, 316, 700))
    ink.fill(PixelBox(600, 100, 611, 700))
    #expect(try rules(of: ink) == ["| 610 100…700"])
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

  @Test func `A sheet that lies otherwise is told by a turn that the reader is sure of, and surer by far`() {
    #expect(ScanReaders.direction(upright: 35, turned: [(.up, 30), (.left, 91), (.down, 20)]) == .left)
    #expect(ScanReaders.direction(upright: nil, turned: [(.up, 30), (.down, 88)]) == .down)
    #expect(ScanReaders.direction(upright: 75, turned: [(.left, 82)]) == nil)
  }

  @Test func `A pale sheet that is read best as it stands does so, however the one before lay`() {
    #expect(ScanReaders.direction(upright: 62, turned: [(.up, 41), (.left, 55)]) == .right)
    #expect(ScanReaders.direction(upright: 62, turned: []) == .right)
  }

  @Test func `What is read of lines that run no such way turns no sheet`() {
    // Narrow columns, with labels of one character a line: no broad lines but those of the sheet on its side.
    #expect(ScanReaders.direction(upright: nil, turned: [(.up, 48), (.down, 31)]) == nil)
    #expect(ScanReaders.direction(upright: 0, turned: [(.up, 60)]) == nil)
    #expect(ScanReaders.direction(upright: nil, turned: []) == nil)
    #expect(ScanReaders.direction(upright: 0, turned: [(.left, 0)]) == nil)
  }

  // MARK: Figures

  /// Digits of 12 by 20 pixels and marks, side by side from the left; `,` hangs below the line that `.` stands on.
  private func shapes(_ figure: String) -> FigureShapes {
    var x = 0
    let boxes = figure.map { character in
      defer { x += 16 }
      return switch character {
      case ",": PixelBox(x, 17, x + 3, 24)
      case ".": PixelBox(x, 17, x + 3, 20)
      case "-": PixelBox(x, 9, x + 8, 12)
      default: PixelBox(x, 0, x + 12, 20)
      }
    }
    return FigureShapes(boxes)
  }

  private func whole(_ printed: String, _ readings: String...) -> String? {
    FigureLevels([shapes(printed)]).whole(readings)
  }

  @Test func `Marks are what their shapes say, whatever readers take them for`() {
    #expect(whole("1,234", "1.234", "1234") == "1,234")
    #expect(whole("1.234", "1.234", "1,234") == "1.234")
    #expect(whole("7,547.38", "7.547.38", "7547,38") == "7,547.38")
    #expect(whole("-12", "-12", "-12") == "-12")
  }

  @Test func `A figure that lost a digit, its sign or an end is none`() {
    #expect(whole("123", "1234", "1234") == nil)
    #expect(whole("-12", "12", "12") == nil)
    #expect(whole(",331", "331", "331") == nil)
    #expect(whole("12.5", "125", "125") == nil)
  }

  /// Digits of 10 by 20 pixels, 15 pixels from one to the next, a mark in between 9 more.
  private func printed(_ figure: String, point: PixelBox? = nil) -> FigureShapes {
    var x = 0
    var boxes: [PixelBox] = []
    for character in figure {
      if character.isNumber {
        boxes.append(PixelBox(x, 0, x + 10, 20))
        x += 15
      } else {
        if let point { boxes.append(point.moved(by: x, 0)) }
        x += 7
      }
    }
    return FigureShapes(boxes)
  }

  @Test func `A figure with room for a mark that is not there is none`() {
    #expect(FigureLevels([printed("39016.3042")]).whole(["390163042", "390163042"]) == nil)
    #expect(FigureLevels([printed("2.5")]).whole(["25", "25"]) == nil)
    #expect(FigureLevels([printed("390163042")]).whole(["390163042", "390163042"]) == "390163042")
    #expect(FigureLevels([printed("25")]).whole(["25", "25"]) == "25")
  }

  @Test func `A point is a speck, however small, only where there is no room for one`() {
    let point = PixelBox(-2, 18, 0, 20)
    #expect(FigureLevels([printed("390.42", point: point)]).whole(["390.42", "390.42"]) == "390.42")
    let between = [0, 15, 30, 45].map { PixelBox($0, 0, $0 + 10, 20) } + [PixelBox(26, 18, 28, 20)]
    #expect(FigureLevels([FigureShapes(between)]).whole(["1234", "1234"]) == "1234")
  }

  @Test func `Room for marks is told among digits that touch each other or are broken, too`() {
    let nought = [PixelBox(30, 0, 34, 20), PixelBox(37, 0, 41, 20)]
    #expect(!FigureShapes([PixelBox(0, 0, 25, 20)] + nought).lacksMark)
    #expect(FigureShapes([PixelBox(0, 0, 25, 20)] + nought.map { $0.moved(by: 9, 0) }).lacksMark)
  }

  @Test func `The strokes of an ideograph beside a column are no marks that paper belongs to`() {
    // The last character ends with a short stroke over a broad one; a comma has nothing under it.
    func regions(_ last: [PixelBox]) -> Int {
      let head = [PixelBox(100, 50, 128, 78)] + last
      let next = [PixelBox(198, 50, 226, 78)]
      return InkRegions(head + next, cells: [PixelBox(0, 0, 400, 200)], em: 28).regions.count
    }
    #expect(regions([PixelBox(152, 50, 162, 62), PixelBox(134, 66, 160, 78)]) == 2)
    #expect(regions([PixelBox(134, 50, 146, 78), PixelBox(156, 72, 162, 80)]) == 1)
  }

  @Test(.timeLimit(.minutes(1))) func `Marks without number are told from strokes in bounded time`() {
    let dots = (0..<60_000).map { PixelBox($0 % 300 * 20, $0 / 300 * 12, $0 % 300 * 20 + 9, $0 / 300 * 12 + 13) }
    let regions = InkRegions(dots, cells: [PixelBox(0, 0, 6000, 3000)], em: 28).regions
    #expect(regions.reduce(0) { $0 + $1.pieces.count } == dots.count)
  }

  @Test func `A stop behind the number of a line follows it at once`() {
    #expect("1 .属于国家秘密".joinedWords == "1.属于国家秘密")
    #expect("1 . 属于国家秘密".joinedWords == "1.属于国家秘密")
    #expect("12 34".joinedWords == "12 34")
    #expect("共计 1 ,234 .5 件".joinedWords == "共计1,234.5件")
  }

  @Test func `A stop with a space before it that parts no number keeps its space`() {
    #expect("see .gov.cn , or A .1".joinedWords == "see .gov.cn , or A .1")
    #expect("No. 12 . B".joinedWords == "No. 12 . B")
  }

  @Test func `Two narrow halves close to each other may be one nought`() {
    let halves = FigureShapes([PixelBox(0, 0, 12, 20), PixelBox(16, 0, 20, 20), PixelBox(24, 0, 28, 20)])
    #expect(halves.leastCount == 2)
    #expect(FigureLevels([halves]).whole(["10", "10"]) == "10")
  }

  @Test func `Digits as far apart as ideographs are told, and the paper between them is narrowed`() {
    let spaced = FigureShapes([0, 30, 60].map { PixelBox($0, 0, $0 + 12, 20) })
    #expect(spaced.isSpaced)
    #expect(spaced.narrowed?.count == 3)
    #expect(!shapes("123").isSpaced)
    #expect(shapes("123").narrowed == nil)
  }

  @Test func `Lines that overlap in height are followed from character to character`() {
    // Two lines at the left, one between their heights at the right.
    let left = [0, 24, 48].flatMap { [PixelBox($0, 0, $0 + 20, 20), PixelBox($0, 26, $0 + 20, 46)] }
    let right = [100, 124].map { PixelBox($0, 13, $0 + 20, 33) }
    #expect((left + right).chained(em: 20).map(\.count).sorted() == [2, 3, 3])
  }

  @Test func `A rule that touches the strokes of a heading below is no longer than it is drawn`() throws {
    let ink = try page()
    for y in [100, 400] { ink.fill(PixelBox(100, y, 1100, y + 3)) }
    for x in [100, 600, 1097] { ink.fill(PixelBox(x, 100, x + 3, 403)) }
    ink.fill(PixelBox(600, 412, 603, 440))  // a stroke in the line of the rule in the middle
    #expect(try rules(of: ink).contains("| 600 100…400"))
  }
}
