import DocumentModel

extension Page {
  /// Hides the glyphs that a line of their own goes through: they do not hold any more.
  ///
  /// ```
  ///   1203   -----      a line as long as the text, at half the height of its figures
  ///   ----   1203       one below the text, above it, or longer than it, is an underline or a rule
  /// ```
  ///
  /// - Returns: how many lines go through a text.
  mutating func hideStruckText() -> Int {
    let lines = rulings.filter { $0.axis == .horizontal && $0.length < 0.9 * width && $0.length > 2 }
    guard !lines.isEmpty else { return 0 }
    let order = glyphs.indices.sorted { glyphs[$0].box.midY < glyphs[$1].box.midY }
    let highest = glyphs.lazy.map(\.box.height).max() ?? 0
    var count = 0
    for line in lines {
      var low = order.startIndex
      var high = order.endIndex
      while low < high {
        let middle = (low + high) / 2
        if glyphs[order[middle]].box.midY < line.position - highest { low = middle + 1 } else { high = middle }
      }
      let struck = order[low...].prefix { glyphs[$0].box.midY <= line.position + highest }
        .filter { isCrossed(glyphs[$0], by: line) }
      guard isOwn(line, of: struck) else { continue }
      for index in struck { glyphs[index].isHidden = true }
      count += 1
    }
    return count
  }

  private func isCrossed(_ glyph: Glyph, by line: Ruling) -> Bool {
    let height = (line.position - glyph.box.y0) / max(glyph.box.height, 0.1)
    return glyph.direction == .right && (0.35...0.72).contains(height) && glyph.box.midX > line.start
      && glyph.box.midX < line.end && line.thickness < 0.25 * glyph.size
  }

  /// Whether the glyphs are words or figures that begin and end where the line does, and fill it.
  private func isOwn(_ line: Ruling, of indices: [Int]) -> Bool {
    guard let first = indices.min(by: { glyphs[$0].box.x0 < glyphs[$1].box.x0 }),
      let last = indices.max(by: { glyphs[$0].box.x1 < glyphs[$1].box.x1 }),
      indices.contains(where: { glyphs[$0].scalar.properties.isAlphabetic || glyphs[$0].scalar.isDigit })
    else { return false }
    let (start, end, em) = (glyphs[first].box.x0, glyphs[last].box.x1, glyphs[first].size)
    let filled = indices.reduce(0) { $0 + glyphs[$1].box.width }
    return abs(line.start - start) < 0.35 * em && abs(line.end - end) < 0.35 * em && filled > 0.75 * line.length
  }
}

extension Unicode.Scalar {
  /// Whether it is a digit, of either width.
  var isDigit: Bool { ("0"..."9").contains(self) || (0xFF10...0xFF19).contains(value) }
}
