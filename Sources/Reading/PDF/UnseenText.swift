import DocumentModel

extension Page {
  /// Hides the glyphs that a line of their own goes through, and figures of which a part is struck: they do not hold any
  /// more.
  ///
  /// ```
  ///   1203   -----      a line as long as the text, at half the height of its figures
  ///   ----   1203       one below the text, above it, or longer than it, is an underline or a rule
  ///   |----             one that meets a vertical rule is a side of a frame, which may lie over any text
  /// ```
  ///
  /// - Returns: how many lines go through a text.
  mutating func hideStruckText() -> Int {
    let lines = rulings.filter { $0.axis == .horizontal && $0.length < 0.9 * width && $0.length > 2 }
      .sorted { $0.position < $1.position }
    // So many are a drawing.
    guard !lines.isEmpty, lines.count <= Self.mostLines else { return 0 }
    var struck: [Int: [Int]] = [:]
    for (index, glyph) in glyphs.enumerated() where glyph.direction == .right {
      let (top, bottom) = (glyph.box.y0 + 0.35 * glyph.box.height, glyph.box.y0 + 0.72 * glyph.box.height)
      var line = lines.partitioningIndex { $0.position >= top }
      while line < lines.count, lines[line].position <= bottom {
        if isCrossed(glyph, by: lines[line]) { struck[line, default: []].append(index) }
        line += 1
      }
    }
    let own = struck.filter { isOwn(lines[$0.key], of: $0.value) && !isFramed(lines[$0.key]) }.values
    for indices in own {
      for index in indices { glyphs[index].isHidden = true }
    }
    // Of a page that strikes so much, nobody expects what is left to hold.
    if own.count * glyphs.count <= Self.mostLooks { own.forEach { hideRest(ofFiguresWith: $0) } }
    return own.count
  }

  /// Bounds of the work on pages that are drawn to take long; the longest figures have fewer digits.
  private static var mostLines: Int { 4096 }
  private static var mostLooks: Int { 1 << 24 }
  private static var mostDigits: Int { 32 }

  /// Hides the digits that stand against the first and the last of `indices`, and those against them.
  private mutating func hideRest(ofFiguresWith indices: [Int]) {
    let digits = indices.map { glyphs[$0] }.filter(\.scalar.isDigit).map(\.box)
    var ends = [digits.min { $0.x0 < $1.x0 }, digits.max { $0.x1 < $1.x1 }].compactMap { $0 }
    var steps = 0
    while steps < Self.mostDigits, let end = ends.popLast() {
      steps += 1
      for (index, glyph) in glyphs.enumerated() where !glyph.isHidden && glyph.scalar.isDigit {
        let gap = max(glyph.box.x0 - end.x1, end.x0 - glyph.box.x1)
        guard gap < 0.2 * glyph.size, abs(glyph.box.midY - end.midY) < 0.5 * end.height else { continue }
        glyphs[index].isHidden = true
        ends.append(glyph.box)
      }
    }
  }

  private func isCrossed(_ glyph: Glyph, by line: Ruling) -> Bool {
    glyph.box.midX > line.start && glyph.box.midX < line.end && line.thickness < 0.25 * glyph.size
  }

  private func isFramed(_ line: Ruling) -> Bool {
    rulings.contains { other in
      other.axis == .vertical && other.start - 1 <= line.position && line.position <= other.end + 1
        && min(abs(other.position - line.start), abs(other.position - line.end)) <= 1 + other.thickness
    }
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
