import DocumentModel

/// Lines of a page that may be a table: lines of several segments and the short ones between them.
struct FigureBlocks {
  private let lines: [RunLine]
  /// From the leftmost to the rightmost text, in points.
  private let textWidth: Double
  /// The usual white space between rows whose figures stand under each other, in points; 0 where there are none.
  let rowSpace: Double
  /// Ranges of the lines, ascending.
  private(set) var ranges: [Range<Int>] = []

  /// Looks through the lines of a page or a part of it; `usual` is the white space between rows of the pages before.
  init(in lines: [RunLine], usual: Double = 0) {
    self.lines = lines
    let box = lines.dropFirst().reduce(lines.first?.box) { $0?.union($1.box) }
    textWidth = box?.width ?? 0
    rowSpace = Self.rowSpace(in: lines) ?? usual
    find()
  }

  // Lengths in font sizes.
  private static let (gap, widestGap, wide, title) = (2.1, 4.6, 12.0, 1.5)
  /// How much larger a heading is printed than a table.
  private static let larger = 1.2
  /// How many lines of one segment may follow one another; more when they are labels.
  private static let (mostSingle, mostNarrow) = (3, 8)
  private static let mostHeads = 4
  /// As many words, though they nearly touch, are heads of columns rather than a line of prose.
  private static let fewestHeads = 4

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
    line.segments.count == 1 && line.values == 0 && line.wordCount < Self.fewestHeads
      && line.box.width > 0.7 * textWidth && line.box.width > 15 * line.size
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
    return space <= max(Self.gap * size, spacing(of: size))
      || (block.last - block.first >= 2 && space <= 1.4 * usualSpace(in: block) && space <= Self.widestGap * size)
  }

  /// The most white space between lines of this size that rows of the page have.
  private func spacing(of size: Double) -> Double { min(1.2 * rowSpace, Self.widestGap * size) }

  /// The median white space between a line of figures and the next one, where these stand under each other.
  private static func rowSpace(in lines: [RunLine]) -> Double? {
    let rows = lines.filter { $0.values >= leastAligned }
    return zip(rows, rows.dropFirst()).filter { $1.hasFigures(under: $0) }.map { max(0, $1.box.y0 - $0.box.y1) }.median
  }

  /// How many figures have to stand under others to make rows of two lines.
  private static let leastAligned = 3

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
    let values = lines[first...last].joinedValues.map(\.box)
    let figures = Extent(
      start: values.map(\.x0).min() ?? box.x1, last: values.max { $0.midX < $1.midX } ?? box)
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
    // Where a page begins with a row: the part of its label that begins above its figures.
    if first == block.first, lines[first].values > 0, block.first - free <= Self.mostSingle, block.first > free,
      (free..<block.first).allSatisfy({ isLabel($0, above: $0 + 1, until: labelEnd(of: block)) })
    {
      first = free
    }
    // The rest of a label that ends below its figures.
    while last + 1 < min(end, lines.count), last - block.last < 2, lines[last + 1].segments.count == 1,
      lines[last + 1].box.y0 - lines[last].box.y1 < 0.45 * lines[last].size,
      lines[last + 1].size <= 1.05 * lines[block.last].size, lines[last + 1].box.x1 <= labelEnd(of: block)
    {
      last += 1
    }
    // The rest of figures that full cells broke.
    while last + 1 < min(end, lines.count), last - block.last < 2,
      lines[max(first, block.last - 1)...block.last].contains(where: lines[last + 1].isRest)
    {
      last += 1
    }
    ranges.append(first..<(last + 1))
  }

  /// Whether nothing but the words of a label stand on a line right above the next one.
  private func isLabel(_ index: Int, above next: Int, until end: Double) -> Bool {
    let line = lines[index]
    return line.segments.count == 1 && line.values == 0 && line.box.x1 <= end + 0.5 * line.size
      && lines[next].box.y0 - line.box.y1 < max(0.45 * line.size, spacing(of: line.size))
  }

  /// Whether no more white space is below a line than a head has, or than is between rows.
  private func isNear(_ index: Int, under next: Int) -> Bool {
    let size = lines[next].size
    return lines[next].box.y0 - lines[index].box.y1 <= max(Self.gap * size, spacing(of: size))
  }

  /// Where the figures of a block begin, and the box of one of the last column.
  private struct Extent {
    var start: Double
    var last: Box
  }

  /// A short line in the middle of the columns, or over those on the right.
  private func isHead(_ line: RunLine, over box: Box, figures: Extent) -> Bool {
    let last = line.lastWord
    guard last.x1 <= box.x1 + line.size || last.overlapX(figures.last) > 0, !isProse(line) else { return false }
    // Where no labels stand on the left, heads begin there.
    guard last.x0 > box.x0 + Self.title * line.size else {
      return figures.start < box.x0 + line.size && line.segments.count == 1 && line.box.width < 0.5 * box.width
    }
    return line.segments.count >= 2 || abs(last.midX - box.midX) <= 2 * line.size
      || last.x0 > min(box.midX, figures.start - 2 * line.size)
  }
}

extension RunLine {
  /// Whether nothing but digits stands right below figures of `other`, no further than the next line of a cell.
  fileprivate func isRest(of other: RunLine) -> Bool {
    let space = box.y0 - other.box.y1
    return space < FigureSection.leading * size && box.midY > other.box.midY
      && segments.allSatisfy { segment in
        segment.isValue && other.segments.contains { $0.isValue && $0.box.overlapX(segment.box) > 0 }
      }
  }

  /// Whether nearly all figures of one line stand under figures of the other: rows of one table, however far apart.
  fileprivate func hasFigures(under other: RunLine) -> Bool {
    let (own, above) = (segments.filter(\.isValue), other.segments.filter(\.isValue))
    let shared = own.count { value in above.contains { $0.box.overlapX(value.box) > 0 } }
    return 4 * shared >= 3 * max(own.count, above.count)
  }
}
