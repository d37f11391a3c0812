import DocumentModel

extension RuledGrid {
  /// Puts words that a rule cuts through into one cell.
  ///
  /// ```
  /// | long wo|d   | 3 |       a rule through a letter: the word is too long for its cell
  /// ```
  /// `indices` are the cells of the glyphs of `text`, which stand in the order in which they were drawn. A word that one
  /// rule cuts belongs where its middle is; one that runs over whole cells belongs where it begins.
  func mendCutWords(in indices: inout [Int], of text: Text, owners: [Int], glyphs: [Glyph]) {
    var start = 0
    while start < text.count {
      var end = start + 1
      while end < text.count, glyphs[text[end - 1].index].isFollowed(by: glyphs[text[end].index]) { end += 1 }
      let run = start..<end
      start = end
      guard Set(indices[run]).count > 1,
        run.contains(where: { glyphs[text[$0].index].isCut(by: box(of: cells[indices[$0]])) })
      else { continue }
      let (first, last) = (text[run.lowerBound], text[run.upperBound - 1])
      let middle = (glyphs[first.index].box.x0 + glyphs[last.index].box.x1) / 2
      let from = unit(x: Set(indices[run]).count > 2 ? first.x : middle, y: first.y)
      for index in run { indices[index] = owners[from.row * (xs.count - 1) + from.column] }
    }
  }
}

extension Glyph {
  /// Whether `next` goes on a word in the same line, with no white space between. A figure goes on no word: it may be that
  /// of the next cell.
  fileprivate func isFollowed(by next: Glyph) -> Bool {
    direction == .right && next.direction == .right && !scalar.isBlank
      && !next.scalar.isBlank
      && !(scalar.properties.isAlphabetic && next.scalar.isDigit
        || scalar.isDigit && next.scalar.properties.isAlphabetic)
      && abs(next.box.midY - box.midY) < 0.2 * size && abs(next.box.x0 - box.x1) < 0.1 * size
  }

  /// Whether a side of a cell runs through it.
  fileprivate func isCut(by cell: Box) -> Bool {
    let inside = 0.2 * size
    return (box.x0 < cell.x0 - inside && box.x1 > cell.x0 + inside)
      || (box.x0 < cell.x1 - inside && box.x1 > cell.x1 + inside)
  }
}
