import DocumentModel
import TableStages
import Testing

@testable import TableStages

struct CellTextTests {
  /// Places each line of `lines` in steps of `advance` points, 10 points high, 15 from line to line.
  private func read(_ lines: String..., advance: Double = 10, room: Double = 200) -> String {
    var glyphs: [Glyph] = []
    for (y, line) in lines.enumerated() {
      for (x, scalar) in line.unicodeScalars.enumerated() {
        let (left, top) = (Double(x) * advance, Double(y) * 15)
        glyphs.append(Glyph(scalar, box: Box(left, top, left + min(advance, 10), top + 10), size: 10))
      }
    }
    return CellText(CellLines(Array(glyphs.indices), of: glyphs), room: room).raw
  }

  @Test func `Ideographic lines join without a space, others with one`() {
    #expect(read("花园", "小路") == "花园小路")
    #expect(read("other", "bodies") == "other bodies")
    #expect(read("第", "2", "条") == "第2条")
  }

  @Test func `A word goes on behind the hyphen at the end of a line, which stays; a dash is none`() {
    #expect(read("agricul-", "tural land") == "agricul-tural land")
    #expect(read("well-", "known") == "well-known")
    #expect(read("loss -", "total") == "loss - total")
    #expect(read("2019-", "2020") == "2019- 2020")
    #expect("agricul\u{AD}".joined(with: "tural") == "agricultural")
    #expect("other".joined(with: "bodies") == "other bodies" && "".joined(with: "bodies") == "bodies")
  }

  @Test func `Letters that are spaced out belong together`() {
    #expect(read("总计", advance: 25) == "总计")
    #expect(read("总 计") == "总计")
    #expect(read("第二 第三") == "第二 第三")
  }

  @Test func `A stacked label is read downwards`() {
    #expect(read("东", "南", "西", "北") == "东南西北")
  }

  @Test func `A figure broken by a full cell is whole`() {
    #expect(read("8305", "2.4", advance: 5, room: 22) == "83052.4")
    #expect(read("2019", "2020", advance: 5, room: 25) == "2019 2020")
    #expect(read("２２", "６９", room: 25) == "２２６９")
    #expect(read("２２", "６９") == "２２ ６９")
    #expect(read("２２", advance: 20) == "２ ２")
    #expect(read("２ ２") == "２ ２")
    #expect(read("共 ２ ２ 件") == "共２ ２件")
  }

  @Test func `A mark without width parts no figure`() {
    let glyphs = zip([0.0, 9, 9], "7\u{200B}9".unicodeScalars).map { x, scalar in
      Glyph(scalar, box: Box(x, 0, x + (scalar == "\u{200B}" ? 0 : 9), 10), size: 10)
    }
    #expect(CellText(CellLines(Array(glyphs.indices), of: glyphs)).raw == "79")
  }

  @Test func `A letter drawn twice is one`() {
    let glyphs = [0.0, 0.4].map { Glyph("7", box: Box($0, 0, $0 + 5, 10), size: 10) }
    #expect(CellText(CellLines([0, 1], of: glyphs)).raw == "7")
  }

  @Test(arguments: [("362", "362"), ("at 5", "at 5 1")])
  func `The number of a note is no digit of the figure`(figure: String, text: String) {
    var glyphs = figure.unicodeScalars.enumerated().map { index, scalar in
      Glyph(scalar, box: Box(Double(index) * 6, 0, Double(index) * 6 + 6, 10), size: 10)
    }
    let end = Double(glyphs.count) * 6
    glyphs.append(Glyph("1", box: Box(end, -1, end + 3.5, 5), size: 6))
    glyphs.removeAll { $0.scalar == " " }
    #expect(CellText(CellLines(Array(glyphs.indices), of: glyphs)).raw == text)
    // A small digit that is not raised is nobody knows what: it is not fused to the figure.
    glyphs[glyphs.count - 1].box = Box(end, 4, end + 3.5, 10)
    #expect(CellText(CellLines(Array(glyphs.indices), of: glyphs)).raw == figure + " 1")
  }

  @Test func `Turned text is read along its direction`() {
    let up = "Total".unicodeScalars.enumerated().map { index, scalar in
      Glyph(scalar, box: Box(0, 100 - Double(index) * 6, 10, 106 - Double(index) * 6), size: 10, direction: .up)
    }
    #expect(CellText(CellLines(Array(up.indices), of: up)).raw == "Total")
  }

  @Test(arguments: [
    ("12", CellContent.figure), ("-3", .figure), ("+1", .figure), ("1,234.5", .figure), ("１２", .figure),
    ("12.5万元", .figure),
    ("85%", .figure), ("/", .hole), ("—", .hole), ("--", .hole), (" ", .blank), ("　", .blank), ("3.青山", .words),
    ("1.红花", .words), ("总计", .words), ("12.", .words), ("3青山", .words),
  ])
  func `A cell's content is told from its characters`(text: String, content: CellContent) {
    #expect(CellContent(text) == content)
  }
}
