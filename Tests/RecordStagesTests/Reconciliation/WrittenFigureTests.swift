import Testing

@testable import RecordStages

/// Figures as their digits are written.
@Suite struct `The digits of a figure` {
  @Test func `A whole number is cut between any two digits, never before a nought that leads`() {
    #expect(WrittenFigure.partitions(of: 1204, decimals: 0, into: 2) == [[120, 4], [1, 204]])
    #expect(WrittenFigure.partitions(of: 1204, decimals: 0, into: 3) == [[12, 0, 4], [1, 20, 4]])
    #expect(WrittenFigure.partitions(of: 7, decimals: 0, into: 2).isEmpty)
  }

  @Test func `Decimals are cut on either side of their point, with the noughts that may be printed`() {
    #expect(
      Set(WrittenFigure.partitions(of: 12_340, decimals: 2, into: 2)) == [[1200, 340], [100, 2340], [12_340, 0]])
    #expect(Set(WrittenFigure.partitions(of: 1257, decimals: 2, into: 2)) == [[1250, 700], [100, 257]])
    #expect(WrittenFigure.partitions(of: 50, decimals: 2, into: 2) == [[50, 0]])
  }

  @Test func `Two figures are one where their digits make one`() {
    #expect(WrittenFigure.joined(90, 3, decimals: 0) == [903])
    #expect(WrittenFigure.joined(0, 3, decimals: 0).isEmpty)
    #expect(WrittenFigure.joined(1200, 340, decimals: 2).contains(12_340))
    #expect(WrittenFigure.joined(1250, 700, decimals: 2) == [1257])
    #expect(WrittenFigure.joined(1257, 257, decimals: 2).isEmpty)
  }

  @Test func `Digits beyond what can be counted are neither cut nor joined wrongly`() {
    #expect(WrittenFigure.joined(Int.max, Int.max, decimals: 0).isEmpty)
    #expect(WrittenFigure.partitions(of: Int.max, decimals: 2, into: 2).allSatisfy { $0.allSatisfy { $0 >= 0 } })
    #expect(WrittenFigure.partitions(of: -12, decimals: 0, into: 2).isEmpty)
  }
}
