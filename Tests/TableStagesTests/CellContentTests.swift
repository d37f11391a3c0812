import Testing

@testable import TableStages

struct CellContentTests {
  @Test(arguments: [
    "12", "1,234", "１２．５", "-3", "−3", "+4", "12%", "１２％", "12*", "5[2]", "3（注）", "(1,234)", "（1,234.5）", "(12.3%)",
    "(123)",
    "△12", "▲1,200", "$5", "-$5", "$-5", "¥1,200", "￥30", "€ 12", "12 €", "($1,234)", "-(1,200)",
  ])
  func `A figure is one with its sign, its unit or in brackets that mean a loss`(text: String) {
    #expect(CellContent(text) == .figure)
  }

  @Test(arguments: ["-", "—", "--", "/", "－", "$-", "¥—", "…"])
  func `A stroke stands for a figure, with a currency sign as well`(text: String) {
    #expect(CellContent(text) == .hole)
  }

  @Test(arguments: ["", " ", "\u{3000}"])
  func `Blank is not a stroke`(text: String) {
    #expect(CellContent(text) == .blank)
  }

  @Test(arguments: [
    "(1)", "（12）", "()", "(a)", "(1,234", "101 (20.4%)", "△", "$", "(甲)", "2.1.", "1, 2 and 3", "((1,234))x", "△甲",
  ])
  func `Numbers of columns, two figures and broken brackets are words`(text: String) {
    #expect(CellContent(text) == .words)
  }
}
