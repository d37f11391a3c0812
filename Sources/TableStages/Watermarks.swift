import DocumentModel

extension Glyph {
  /// Whether it is the same character of the same size at the same place, to half a point.
  func isRepeated(as other: Glyph) -> Bool {
    scalar == other.scalar && abs(box.x0 - other.box.x0) < 0.5 && abs(box.y0 - other.box.y0) < 0.5
      && abs(size - other.size) < 0.1
  }
}

/// Whether a page beside page `index` has this glyph at the same place.
func isOnNeighbour(_ glyph: Glyph, of index: Int, in pages: [Page]) -> Bool {
  (index > 0 && pages[index - 1].glyphs.contains { $0.isRepeated(as: glyph) })
    || (index + 1 < pages.count && pages[index + 1].glyphs.contains { $0.isRepeated(as: glyph) })
}

/// The glyphs of a page that are printed across all pages, twice as large as its text or larger.
func watermark(on index: Int, of pages: [Page], em: Double) -> Set<Int> {
  let glyphs = pages[index].glyphs
  return Set(glyphs.indices.filter { glyphs[$0].size > 2 * em && isOnNeighbour(glyphs[$0], of: index, in: pages) })
}
