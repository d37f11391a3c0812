import DocumentModel

/// Whether text runs down the page in columns from right to left, as in East Asian books and gazettes (JLREQ, 2.3).
///
/// ```
///  ｜｜｜     each letter stands upright below the one before it: what aligns in such columns is letters of different
///  ｜｜｜     sentences, and no table
/// ```
/// Looks at ideographs that follow one another in the file: where one goes on below far more often than beside, the page is
/// written downwards. Labels of a letter a line are too few to decide a page.
///
/// - Parameter marks: indices of the glyphs that stand upright.
func isWrittenDownwards(_ marks: [Int], of glyphs: [Glyph]) -> Bool {
  let (fewest, share) = (50, 2)
  var (down, across) = (0, 0)
  for (one, next) in zip(marks, marks.dropFirst()) {
    let (first, second) = (glyphs[one], glyphs[next])
    guard first.scalar.isIdeographic, second.scalar.isIdeographic else { continue }
    let (dx, dy) = (second.box.midX - first.box.midX, second.box.midY - first.box.midY)
    let size = first.size
    if abs(dx) < 0.3 * size, dy > 0.5 * size, dy < 2.5 * size { down += 1 }
    if abs(dy) < 0.3 * size, dx > 0.5 * size, dx < 2.5 * size { across += 1 }
  }
  return down >= fewest && down > share * across
}
