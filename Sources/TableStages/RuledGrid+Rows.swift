import DocumentModel

extension RuledGrid {
  /// Gives the lines of text in a band rows of their own where no rule parts them.
  mutating func splitRows(by text: Text, of glyphs: [Glyph], em: Double) {}
}
