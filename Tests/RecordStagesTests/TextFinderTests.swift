import DocumentModel
import TestSupport
import Testing

@testable import RecordStages

@Suite struct `What is found in a paragraph` {
  private static let box = Box(10, 10, 90, 20)
  private static let below = Box(10, 25, 90, 35)

  private func found(_ part: String, in block: Block) throws -> Found {
    block.found(try #require(block.text.folded.firstRange(of: part)))
  }

  @Test func `A part of a line of a text stands in its columns`() throws {
    let block = Block(.paragraph, text: PrintedText("lent 24 books"), places: [.line(7, columns: 3...15)])
    #expect(try found("24", in: block).places == [.line(7, columns: 8...9)])
  }

  @Test func `What is left out of a text has its columns all the same`() throws {
    let text = PrintedText(
      raw: "lent  2 4", shown: "lent 24", folded: "lent24", shownOffsets: .origins([0, 1, 2, 3, 4, 6, 8]),
      foldedOffsets: .origins([0, 1, 2, 3, 6, 8]))
    let block = Block(.paragraph, text: text, places: [.line(1, columns: 1...9)])
    #expect(try found("24", in: block).places == [.line(1, columns: 7...9)])
  }

  @Test func `A part of a paragraph stands on the lines that it is printed on`() throws {
    let text = PrintedText(
      raw: "lent 24\nbooks", shown: "lent 24 books", folded: "lent24books",
      foldedOffsets: .origins([0, 1, 2, 3, 5, 6, 8, 9, 10, 11, 12]))
    let block = Block(.paragraph, text: text, places: [.page(1, Self.box), .page(1, Self.below)])
    #expect(try found("24", in: block).places == [.page(1, Self.box)])
    #expect(try found("books", in: block).places == [.page(1, Self.below)])
    #expect(try found("24books", in: block).places == block.places)
  }

  @Test func `Where lines and places are not the same the whole paragraph is named`() throws {
    let block = Block(.paragraph, text: PrintedText("lent 24"), places: [.page(1, Self.box), .page(2, Self.box)])
    #expect(try found("24", in: block).places == block.places)
  }
}
