import DocumentModel
import Testing

@Suite struct `Texts in three forms` {
  private let text = PrintedText(
    raw: "2024 年 ４ 件", shown: "2024年4件", folded: "2024年4件",
    shownOffsets: .origins([0, 1, 2, 3, 5, 7, 9]), foldedOffsets: .origins([0, 1, 2, 3, 5, 7, 9]))

  @Test func `A range of a rewritten text leads back to the raw text`() {
    #expect(text.foldedOffsets.origins(of: 4..<6) == 5..<8)
    #expect(text.foldedOffsets.origins(of: 7..<7) == 10..<10)
  }

  @Test func `What is shown for a folded range is found through the raw text`() {
    #expect(text.shown(atFolded: 4..<7) == "年4件")
  }

  @Test func `A text that was never rewritten maps to itself`() {
    #expect(PrintedText("ab").shown(atFolded: 1..<2) == "b")
  }

  @Test func `Spaces alone are blank`() {
    #expect(PrintedText(" \u{3000}").isBlank)
  }
}

@Suite struct Boxes {
  @Test func `A union holds both and overlaps are never negative`() {
    let (left, right) = (Box(0, 0, 10, 10), Box(20, 5, 30, 15))
    #expect(left.union(right) == Box(0, 0, 30, 15))
    #expect(left.overlapX(right) == 0)
    #expect(left.overlapY(right) == 5)
  }
}
