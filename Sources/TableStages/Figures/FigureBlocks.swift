import DocumentModel

/// Lines of a page that may be a table: lines of several segments and the short ones between them.
struct FigureBlocks {
  private let lines: [RunLine]
  /// From the leftmost to the rightmost text, in points.
  private let textWidth: Double
  /// Ranges of the lines, ascending.
  private(set) var ranges: [Range<Int>] = []

  /// Looks through the lines of a page or a part of it.
  init(in lines: [RunLine]) {
    self.lines = lines
    let box = lines.dropFirst().reduce(lines.first?.box) { $0?.union($1.box) }
    textWidth = box?.width ?? 0
    find()
  }

  // Lengths in font sizes.
  private static let (gap, widestGap, wide, title) = (2.1, 4.6, 12.0, 1.5)
  /// How much larger a heading is printed than a table.
  private static let larger = 1.2
  /// How many lines of one segment may follow one another; more when they are labels.
  private static let (mostSingle, mostNarrow) = (3, 8)
  private static let mostHeads = 4

  private mutating func find() {
    var open: (first: Int, last: Int)?
    for index in lines.indices {
      if isCandidate(lines[index]) {
        if let block = open, isNear(index, to: block) {
          open = (block.first, index)
        } else {
          if let block = open { close(block, before: index) }
          open = (index, index)
        }
      } else if let block = open, ends(block, at: index) {
        close(block, before: index)
        open = nil
      }
    }
    if let block = open { close(block, before: lines.count) }
  }

  /// Several segments that are neither a numbered paragraph nor two columns of prose.
  private func isCandidate(_ line: RunLine) -> Bool {
    guard line.segments.count >= 2 else { return false }
    guard line.segments.count == 2, line.values == 0, let first = line.segments.first, let last = line.segments.last
    else { return true }
    let isNumbered = first.glyphs.count <= 4 && last.box.width > 8 * line.size
    return !isNumbered && max(first.box.width, last.box.width) < Self.wide * line.size
  }

  private func isProse(_ line: RunLine) -> Bool {
    line.segments.count == 1 && line.values == 0 && line.box.width > 0.7 * textWidth && line.box.width > 15 * line.size
  }

  private func space(above index: Int) -> Double {
    let top = lines[..<index].suffix(3).map(\.box.y1).max() ?? 0
    return max(0, lines[index].box.y0 - top)
  }

  private func usualSpace(in block: (first: Int, last: Int)) -> Double {
    let spaces = (block.first..<block.last).map { space(above: $0 + 1) }.sorted()
    return spaces.isEmpty ? 0 : spaces[spaces.count / 2]
  }

  private func isNear(_ index: Int, to block: (first: Int, last: Int)) -> Bool {
    let space = space(above: index)
    let size = lines[index].size
    return space <= Self.gap * size
      || (block.last - block.first >= 2 && space <= 1.4 * usualSpace(in: block) && space <= Self.widestGap * size)
  }

  private func ends(_ block: (first: Int, last: Int), at index: Int) -> Bool {
    let line = lines[index]
    let size = lines[block.last].size
    guard isNear(index, to: block), !isProse(line), line.size <= Self.larger * size else { return true }
    let single = index - block.last
    if single > Self.mostSingle, line.box.x1 > labelEnd(of: block) + size || single > Self.mostNarrow { return true }
    return block.last - block.first >= 2 && isTitle(index, after: block)
  }

  /// A line that stands apart and is indented, unless the table goes on below it with figures.
  private func isTitle(_ index: Int, after block: (first: Int, last: Int)) -> Bool {
    let line = lines[index]
    let left = lines[block.first...block.last].map(\.box.x0).min() ?? 0
    guard line.box.x0 > left + Self.title * line.size,
      space(above: index) > max(1.6 * usualSpace(in: block), 0.63 * line.size)
    else { return false }
    let next = lines[(index + 1)...].prefix(3).first { $0.segments.count >= 2 }
    return next.map { 2 * $0.values < $0.segments.count - 1 } ?? true
  }

  /// Where the first segments end.
  private func labelEnd(of block: (first: Int, last: Int)) -> Double {
    lines[block.first...block.last].filter { $0.segments.count >= 2 }.compactMap(\.segments.first?.box.x1).max() ?? 0
  }

  /// Ends a block, with what belongs to it above and below.
  private mutating func close(_ block: (first: Int, last: Int), before end: Int) {
    let free = ranges.last?.upperBound ?? 0
    var (first, last) = block
    let box = lines[first...last].dropFirst().reduce(lines[first].box) { $0.union($1.box) }
    let figures = lines[first...last].joinedValues.map(\.box.x0).min() ?? box.x1
    var (above, floor) = (first - 1, lines[first].box.y0)
    while above >= free, block.first - above <= Self.mostHeads, isNear(above, under: above + 1),
      lines[above].size <= Self.larger * lines[block.first].size
    {
      // Words above the labels count where others above the figures reach as high.
      if isHead(lines[above], over: box, figures: figures) {
        first = above
      } else if lines[above].box.width > 0.5 * box.width || floor - lines[above].box.y1 > 0.45 * lines[above].size {
        break
      }
      floor = min(floor, lines[above].box.y0)
      above -= 1
    }
    // The rest of a label that ends below its figures.
    while last + 1 < min(end, lines.count), last - block.last < 2, lines[last + 1].segments.count == 1,
      lines[last + 1].box.y0 - lines[last].box.y1 < 0.45 * lines[last].size,
      lines[last + 1].size <= 1.05 * lines[block.last].size, lines[last + 1].box.x1 <= labelEnd(of: block)
    {
      last += 1
    }
    ranges.append(first..<(last + 1))
  }

  private func isNear(_ index: Int, under next: Int) -> Bool {
    lines[next].box.y0 - lines[index].box.y1 <= Self.gap * lines[next].size
  }

  /// A short line in the middle of the columns, or over those on the right.
  private func isHead(_ line: RunLine, over box: Box, figures: Double) -> Bool {
    guard let last = line.segments.last?.box, last.x0 > box.x0 + Self.title * line.size,
      last.x1 <= box.x1 + line.size, !isProse(line)
    else { return false }
    return line.segments.count >= 2 || abs(last.midX - box.midX) <= 2 * line.size
      || last.x0 > min(box.midX, figures - 2 * line.size)
  }
}
