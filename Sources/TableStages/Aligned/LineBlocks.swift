import DocumentModel

/// Neighbouring lines with recurring white space in them: what may be a table without rules around it.
///
/// A line of several segments opens a block; others join while the white space between them goes on in at least one
/// place. Lines of one segment wait until such a line follows: they may be labels, the rest of a broken cell, or a title
/// over several columns. Prose, captions, titles that stand apart and wide gaps end a block.
struct LineBlocks {
  private(set) var blocks: [Block] = []

  /// Neighbouring lines.
  struct Block {
    var lines: [WordLine]
    /// Whether the last line may be the rest of a label, and is no row of its own.
    var endsWithRest = false
  }

  private let lines: [WordLine]
  private let lineHeight: Double
  private let captions: TableCaptions
  /// From the leftmost to the rightmost text of the stream.
  private let width: Double
  private let right: Double

  private var block: [WordLine] = []
  private var pending: [WordLine] = []

  // In line heights.
  private static let (gap, widestGap, alignedGap, alignment, indent) = (1.8, 4.0, 2.6, 0.5, 1.5)
  private static let (mostPending, mostNarrow, proseWords) = (3, 8, 9)

  init(_ lines: [WordLine], em: Double, streamWidth: Double, captions: TableCaptions) {
    self.lines = lines
    self.captions = captions
    lineHeight = 1.15 * em
    width = streamWidth
    right = lines.map(\.x1).max() ?? 0
    var caption = false
    for (index, line) in lines.enumerated() {
      if line.numbers == 0, captions.isNumbered(line) {
        flush()
        caption = true
        continue
      }
      if caption, goesOnAsCaption(index) { continue }
      caption = false
      take(index)
    }
    flush()
    blocks = blocks.flatMap(parted)
  }

  /// Parted where heads follow figures and more columns than before stand below them: another table begins.
  private func parted(_ block: Block) -> [Block] {
    func columns(_ lines: ArraySlice<WordLine>) -> Int {
      let counts = lines.filter { 2 * $0.numbers >= $0.segments.count }.map(\.segments.count).sorted()
      return counts.count < 2 ? 0 : counts[counts.count / 2]
    }
    let lines = block.lines
    let usual = zip(lines, lines.dropFirst()).map { $1.y0 - $0.y1 }.median ?? 0
    let start = lines.indices.first { index in
      guard lines[index].segments.count >= 2, lines[index].numbers == 0 else { return false }
      if index >= 3, lines[index].y0 - lines[index - 1].y1 > max(1.6 * usual, 0.6 * lineHeight) {
        let (figures, all) = (columns(lines[..<index]), lines[index...].map(\.segments.count).filter { $0 >= 2 })
        if figures >= 2, all.count >= 3, let other = all.median, abs(other - figures) >= 2 { return true }
      }
      let (above, below) = (columns(lines[..<index]), lines[index...].map(\.segments.count).max() ?? 0)
      return above >= 2 && 10 * below >= 13 * above
        && lines[index...].contains { 2 * $0.numbers >= $0.segments.count && 10 * $0.segments.count >= 13 * above }
    }
    guard let start else { return [block] }
    let above = lines[..<start].lastIndex { $0.segments.count >= 2 } ?? start - 1
    let rest = Block(lines: Array(lines[start...]), endsWithRest: block.endsWithRest)
    return [Block(lines: Array(lines[...above]))] + parted(rest)
  }

  /// The next line of a caption whose line above is full.
  private func goesOnAsCaption(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let (line, above) = (lines[index], lines[index - 1])
    return line.y0 - above.y1 < 0.6 * lineHeight && above.x1 >= right - 0.15 * width
      && line.words.first?.font == above.words.last?.font && line.numbers <= 1 && line.segments.count <= 2
  }

  private func isCandidate(_ line: WordLine) -> Bool {
    guard line.segments.count >= 2, !line.isItem else { return false }
    return line.segments.count > 2 || line.numbers > 0
      || (line.segments.map(\.count).max() ?? 0) < Self.proseWords
  }

  private mutating func take(_ index: Int) {
    let line = lines[index]
    if isCandidate(line) {
      if !block.isEmpty, isNear(line), sharesColumns(line) {
        block += pending + [line]
        pending = []
      } else {
        flush()
        block = [line]
      }
    } else if !block.isEmpty {
      if ends(at: index) { flush() } else { pending.append(line) }
    }
  }

  private mutating func flush() {
    if !block.isEmpty {
      if let rest = pending.first, isRest(rest) {
        blocks.append(Block(lines: block + [rest], endsWithRest: true))
      } else {
        blocks.append(Block(lines: block))
      }
    }
    (block, pending) = ([], [])
  }

  /// The rest of the label in the last row.
  private func isRest(_ line: WordLine) -> Bool {
    guard let last = block.last, line.segments.count == 1, line.numbers == 0 else { return false }
    return line.y0 - last.y1 <= 0.4 * lineHeight && !captions.isNote(line) && line.size >= 0.95 * last.size
      && line.x1 <= labelEnd + 0.5 * lineHeight
  }

  /// Where the first segments end.
  private var labelEnd: Double {
    block.filter { $0.segments.count >= 2 }.map { $0.segments[0].x1 }.max() ?? -.infinity
  }

  /// White space above the lines of the block, ascending.
  private var spaces: [Double] { zip(block, block.dropFirst()).map { max(0, $1.y0 - $0.y1) }.sorted() }

  private func isNear(_ line: WordLine) -> Bool {
    guard let last = pending.last ?? block.last else { return false }
    let space = line.y0 - last.y1
    if space <= Self.gap * lineHeight { return true }
    let usual = spaces
    if usual.count >= 2, space <= 1.4 * usual[usual.count / 2], space <= Self.widestGap * lineHeight { return true }
    guard pending.isEmpty, space <= Self.alignedGap * lineHeight, line.segments.count >= 3, last.segments.count >= 3
    else { return false }
    let aligned = line.segments.count { own in
      last.segments.contains { other in
        abs(own.x0 - other.x0) < Self.alignment * lineHeight || abs(own.x1 - other.x1) < Self.alignment * lineHeight
          || abs(own.midX - other.midX) < Self.alignment * lineHeight
      }
    }
    return 10 * aligned >= 6 * max(line.segments.count, last.segments.count)
  }

  /// Whether white space of the line goes on above it, or white space above goes on in it.
  private func sharesColumns(_ line: WordLine) -> Bool {
    let above = block.filter { $0.segments.count >= 2 }.suffix(6)
    func covers(_ segment: WordLine.Segment, _ x: Double) -> Bool {
      segment.x0 - 0.1 * lineHeight < x && x < segment.x1 + 0.1 * lineHeight
    }
    let isOpen = line.gaps.contains { x in
      let crossing = above.reduce(0) { $0 + $1.segments.count { covers($0, x) } }
      return Double(crossing) <= 0.34 * Double(above.count)
    }
    if isOpen { return true }
    return !above.flatMap(\.gaps).allSatisfy { x in line.segments.contains { covers($0, x) } }
  }

  private func ends(at index: Int) -> Bool {
    let line = lines[index]
    guard let last = pending.last ?? block.last else { return true }
    let space = line.y0 - last.y1
    let isProse =
      line.segments.count == 1 && line.count >= Self.proseWords && line.width > 0.75 * width && !line.isMostlyFigures
    if space > Self.gap * lineHeight || isProse || captions.isCaption(line) || isTitle(index, space: space) {
      return true
    }
    let isNarrow = line.segments.count == 1 && line.x1 <= labelEnd + 0.5 * lineHeight
    return pending.count >= (isNarrow ? Self.mostNarrow : Self.mostPending)
  }

  /// A line that stands apart and is indented, unless a row of the body follows.
  private func isTitle(_ index: Int, space: Double) -> Bool {
    let line = lines[index]
    let left = block.map(\.x0).min() ?? 0
    let usual = spaces.isEmpty ? 0.3 * lineHeight : spaces[spaces.count / 2]
    guard line.segments.count == 1, block.count >= 3, line.x0 > left + Self.indent * lineHeight,
      line.x1 > labelEnd + 0.5 * lineHeight, space > max(1.6 * usual, 0.55 * lineHeight)
    else { return false }
    guard let next = lines[(index + 1)...].prefix(3).first(where: { $0.segments.count >= 2 }) else { return true }
    let counts = block.map(\.segments.count).filter { $0 >= 2 }.sorted()
    let isRow =
      2 * next.numbers >= next.segments.count - 1
      && next.x0 < max(left + Self.indent * lineHeight, line.x0 + lineHeight)
      && 10 * next.segments.count >= 6 * counts[counts.count / 2]
    return !isRow
  }
}
