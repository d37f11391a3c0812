public import DocumentModel
public import PipelineKit

/// Puts the glyphs of each page together to lines and words.
///
/// Reads pages, writes lines; the lines of a source without pages stay as they are.
///
/// ```
///   glyphs          1 2 月 2  增 加   ²           a line: centres within 0.28 em of each other
///   words          |12|月2 |增加  |               a word ends at a gap > 0.17 em, a space, a vertical rule
///   line            12月 2增加²                   between ideographs no space, elsewhere one at a gap > 0.25 em
/// ```
/// A gap of more than 1.5 em and a vertical rule set parts of a line apart; it stays one line, with a space between
/// them. Small glyphs that overlap a line and touch it, such as notes, belong to it. Lines run from top to bottom;
/// letters printed large across smaller ones, and text that runs down, up or upside down, follow as lines of
/// their own. A glyph that repeats its neighbour within
/// 0.1 em is fake bold and is left out. Hidden glyphs count only where nothing else is to be read.
///
/// Fails on pages of several columns, whose lines it joins across the columns; their words still stand apart.
public struct GroupGlyphsIntoLines: Stage {
  /// See ``Stage/contract``.
  public static let contract = StageContract(
    "text.lines", version: 1, summary: "Groups glyphs into lines and words", reads: [], mayRead: [.pages, .lines],
    writes: [.lines])

  /// There is nothing to set.
  public init(options: NoOptions) {}

  /// See ``Stage/run(_:in:)``.
  public func run(_ document: inout Document, in context: StageContext) throws {
    guard let pages = document.pages else {
      document.lines = document.lines ?? []
      return
    }
    var lines: [Line] = []
    for page in pages {
      try Task.checkCancellation()
      lines += PageText(of: page).lines
    }
    document.lines = lines
  }
}
