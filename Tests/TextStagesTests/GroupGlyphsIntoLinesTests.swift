import DocumentModel
import PipelineKit
import TestSupport
import Testing

@testable import TextStages

private func lines(of page: Page) async throws -> [Line] {
  try await run(GroupGlyphsIntoLines(options: .init()), on: pagedDocument([page])).lines ?? []
}

/// Glyphs of one line, each as wide as its size, or half as wide when it is ASCII.
private func glyphs(
  _ text: String, x: Double = 0, y: Double = 100, size: Double = 10, hidden: Bool = false
) -> [Glyph] {
  var left = x
  return text.unicodeScalars.map { scalar in
    let width = scalar.isASCII ? size / 2 : size
    defer { left += width }
    return Glyph(scalar, box: Box(left, y - size / 2, left + width, y + size / 2), size: size, isHidden: hidden)
  }
}

private func page(_ glyphs: [Glyph], rulings: [Ruling] = []) -> Page {
  Page(number: 1, width: 600, height: 800, glyphs: glyphs, rulings: rulings)
}

@Test func `Lines run from top to bottom and carry their words`() async throws {
  let found = try await lines(of: PageSketch("Name  Count\n\nA        12").page)
  #expect(found.map(\.text.raw) == ["Name Count", "A 12"])
  #expect(found.map { $0.words.map(\.text) } == [["Name", "Count"], ["A", "12"]])
  #expect(found[1].words[1].box == Box(90.5, 25, 109.5, 35))
  #expect(found[0].size == 10)
}

@Test func `Glyphs in any order give the same lines`() async throws {
  let sketch = PageSketch("ab cd\nef 全文").page
  var shuffled = sketch
  shuffled.glyphs.reverse()
  #expect(try await lines(of: sketch) == lines(of: shuffled))
}

@Test func `Ideographs are joined without a space, Latin words with one`() async throws {
  let found = try await lines(of: page(glyphs("截至 2024 年 底 iOS app")))
  #expect(found.map(\.text.raw) == ["截至 2024 年底 iOS app"])
  #expect(found[0].words.map(\.text) == ["截至", "2024", "年", "底", "iOS", "app"])
}

@Test func `A gap without a space glyph ends a word`() async throws {
  let found = try await lines(of: page(glyphs("ab") + glyphs("cd", x: 12) + glyphs("ef", x: 25)))
  #expect(found.map(\.text.raw) == ["abcd ef"])
  #expect(found[0].words.map(\.text) == ["ab", "cd", "ef"])
}

@Test(arguments: [96.5, 98]) func `The number of a note is no digit of the figure before it`(y: Double) async throws {
  let found = try await lines(of: page(glyphs("took 36") + glyphs("2", x: 35, y: y, size: 6)))
  #expect(found.map(\.text.raw) == ["took 36 2"])
}

@Test func `A vertical rule and a wide gap set parts apart`() async throws {
  let parts = glyphs("甲") + glyphs("乙", x: 11) + glyphs("丙", x: 40)
  let found = try await lines(of: page(parts, rulings: [Ruling(.vertical, at: 10.5, from: 0, to: 200)]))
  #expect(found.map(\.text.raw) == ["甲 乙 丙"])
  #expect(found[0].words.map(\.text) == ["甲", "乙", "丙"])
  #expect(try await lines(of: page(parts)).map(\.text.raw) == ["甲乙 丙"])
}

@Test func `A small raised note belongs to the line that it touches`() async throws {
  let found = try await lines(of: page(glyphs("面积") + glyphs("2", x: 20, y: 96, size: 6) + glyphs("下一行", y: 116)))
  #expect(found.map(\.text.raw) == ["面积2", "下一行"])
  #expect(found[0].size == 10)
  let apart = try await lines(of: page(glyphs("面积") + glyphs("2", x: 60, y: 96, size: 6)))
  #expect(apart.map(\.text.raw) == ["2", "面积"])
}

@Test func `A glyph printed twice for boldness is read once`() async throws {
  #expect(try await lines(of: page(glyphs("合计11") + glyphs("合计11", x: 0.3))).map(\.text.raw) == ["合计11"])
}

@Test func `Hidden text counts only where nothing else is to be read`() async throws {
  #expect(try await lines(of: page(glyphs("甲") + glyphs("乙", x: 50, hidden: true))).map(\.text.raw) == ["甲"])
  #expect(try await lines(of: page(glyphs("乙", hidden: true))).map(\.text.raw) == ["乙"])
}

@Test func `Text that runs upwards is a line of its own after the others`() async throws {
  let upwards = "侧边".unicodeScalars.enumerated().map { index, scalar in
    let y = 300 - Double(index) * 10
    return Glyph(scalar, box: Box(20, y - 10, 30, y), size: 10, direction: .up)
  }
  let found = try await lines(of: page(upwards + glyphs("正文", y: 500)))
  #expect(found.map(\.text.raw) == ["正文", "侧边"])
  #expect(found[1].place == .page(1, Box(20, 280, 30, 300)))
}

@Test func `Sources without pages keep their lines`() async throws {
  let document = textDocument("甲\n乙")
  #expect(try await run(GroupGlyphsIntoLines(options: .init()), on: document) == document)
  #expect(try await lines(of: page(glyphs("  "))).isEmpty)
}

@Test func `Large letters across the text do not mix with it`() async throws {
  let stamp = glyphs("样稿", x: 0, y: 105, size: 40)
  let found = try await lines(of: page(glyphs("第一行文字") + glyphs("第二行文字", y: 118) + stamp + glyphs("末行", y: 140)))
  #expect(found.map(\.text.raw) == ["第一行文字", "第二行文字", "末行", "样稿"])
}
