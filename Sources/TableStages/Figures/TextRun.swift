import DocumentModel

/// Glyphs of one line that stand together: a cell, or a part of one.
struct TextRun: LabelRun {
  /// Indices among the glyphs of the page, from left to right.
  var glyphs: [Int]
  var box: Box
  /// Font size, in points.
  var size: Double
  /// Whether a figure, or a stroke in place of one, is printed.
  var isValue: Bool

  /// Whether it begins with the number of an item.
  var isEnumerated: Bool

  var length: Int { glyphs.count }

  /// Both as one run.
  func joined(with next: TextRun, of all: [Glyph]) -> TextRun {
    TextRun(glyphs + next.glyphs, of: all)
  }

  /// The run parted where white space stands between ideographs that else touch, or before the number of an item: cells of
  /// narrow columns. One whose letters are spaced out stays whole.
  func words(of all: [Glyph]) -> [TextRun] {
    let least = Self.wordGap * size
    let gaps = glyphs.indices.dropFirst().map { index -> Double in
      let (left, right) = (all[glyphs[index - 1]], all[glyphs[index]])
      let gap = right.box.x0 - left.box.x1
      guard gap > least, left.scalar.isIdeographic else { return 0 }
      let isCell =
        right.scalar.isIdeographic || Enumerator.begins(glyphs[index...].lazy.map { all[$0].scalar })
      return isCell ? gap : 0
    }
    guard gaps.contains(where: { $0 > 0 }), 2 * gaps.count(where: { $0 == 0 }) >= gaps.count else { return [self] }
    var parts: [[Int]] = [[glyphs[0]]]
    for (gap, next) in zip(gaps, glyphs.dropFirst()) {
      if gap > 0 { parts.append([next]) } else { parts[parts.count - 1].append(next) }
    }
    return parts.map { TextRun($0, of: all) }
  }

  /// The least white space between such words, in font sizes.
  private static let wordGap = 0.2

  init(_ glyphs: [Int], of all: [Glyph]) {
    self.glyphs = glyphs
    var (box, size): (Box?, Double) = (nil, 0)
    for index in glyphs {
      box = box?.union(all[index].box) ?? all[index].box
      size = max(size, all[index].size)
    }
    self.box = box ?? Box(0, 0, 0, 0)
    self.size = size
    isValue = printsValue(glyphs.map { all[$0].scalar })
    isEnumerated = !isValue && Enumerator.begins(glyphs.lazy.map { all[$0].scalar })
  }
}

extension [TextRun] {
  /// Whether each stands right below a figure of a row that reaches lower: the rest of one that a full cell broke.
  func isRest(of row: [TextRun], em: Double) -> Bool {
    guard let top = map(\.box.y0).min(), let bottom = row.map(\.box.y1).max(), top < bottom - 0.15 * em else {
      return false
    }
    return count < row.count && allSatisfy { run in row.contains { $0.isValue && $0.box.overlapX(run.box) > 0 } }
  }

  /// Whether a figure has more characters than the one of `row` above it: a full cell breaks off no more than it holds.
  func isLonger(than row: [TextRun]) -> Bool {
    contains { run in
      let above = row.filter { $0.box.overlapX(run.box) > 0 }
      return run.isValue && !above.isEmpty && above.allSatisfy { $0.isValue && $0.length < run.length }
    }
  }
}

/// Figures as ``CellContent`` knows them, and what is mostly digits: years, ranges, figures with a note.
private func printsValue(_ scalars: [Unicode.Scalar]) -> Bool {
  if CellContent(scalars).isValue { return true }
  let digits = scalars.count(where: \.isDigit)
  return 5 * digits >= 3 * scalars.count && digits > 0 && !scalars.contains { $0.isIdeographic && !$0.isDigit }
}

/// One line of a page.
struct RunLine {
  /// Runs with little white space between them.
  var runs: [TextRun]
  /// The same where only white space as wide as between columns parts them.
  var segments: [TextRun]
  /// How many words it has, of those that white space of any width parts, and the box of the last one.
  var wordCount: Int
  var lastWord: Box
  var box: Box
  var size: Double

  var values: Int { segments.count(where: \.isValue) }

  /// `line` from left to right.
  fileprivate init?(_ line: [Int], of glyphs: [Glyph]) {
    guard let first = line.first else { return nil }
    var parts: [[Int]] = [[first]]
    for (left, right) in zip(line, line.dropFirst()) {
      let size = min(glyphs[left].size, glyphs[right].size)
      let gap = glyphs[right].box.x0 - glyphs[left].box.x1
      let isDouble =
        glyphs[left].scalar == glyphs[right].scalar && glyphs[right].box.x0 - glyphs[left].box.x0 < 0.25 * size
      if isDouble { continue }
      if gap > RunLine.runGap * size { parts.append([right]) } else { parts[parts.count - 1].append(right) }
    }
    runs = parts.map { TextRun($0, of: glyphs) }
    let words = runs.flatMap { $0.words(of: glyphs) }
    (wordCount, lastWord) = (words.count, words.last?.box ?? glyphs[first].box)
    segments = []
    for run in runs {
      if let last = segments.last {
        let gap = (run.box.x0 - last.box.x1) / min(run.size, last.size)
        if gap <= (run.isValue ? RunLine.valueGap : RunLine.segmentGap) {
          segments[segments.count - 1] = last.joined(with: run, of: glyphs)
          continue
        }
      }
      segments.append(run)
    }
    box = runs.dropFirst().reduce(runs[0].box) { $0.union($1.box) }
    size = runs.map(\.size).max() ?? 0
  }

  // The least white space around runs, before figures and around segments, in font sizes.
  private static let (runGap, valueGap, segmentGap) = (0.45, 0.6, 1.0)

  /// The upright, visible text of a page outside some regions, from top to bottom.
  static func lines(on index: Int, of pages: [Page], outside regions: [Box]) -> [RunLine] {
    let page = pages[index]
    guard let em = page.glyphs.filter({ !$0.isHidden && !$0.scalar.isBlank }).map(\.size).median else { return [] }
    let hidden = watermark(on: index, of: pages, em: em)
    var marks = page.glyphs.indices.filter { at in
      let glyph = page.glyphs[at]
      return glyph.direction == .right && !glyph.isHidden && !glyph.scalar.isBlank && !hidden.contains(at)
        && glyph.box.midX > 0 && glyph.box.midX < page.width && glyph.box.midY > 0 && glyph.box.midY < page.height
        && glyph.size > 0
        && !regions.contains { $0.contains(x: glyph.box.midX, y: glyph.box.midY) }
    }
    marks.sort { left, right in
      let (one, two) = (page.glyphs[left].box, page.glyphs[right].box)
      return (one.midY, one.x0, left) < (two.midY, two.x0, right)
    }
    var result: [RunLine] = []
    var line: [Int] = []
    var middle = 0.0
    func close() {
      line.sort { (page.glyphs[$0].box.x0, $0) < (page.glyphs[$1].box.x0, $1) }
      if let read = RunLine(line, of: page.glyphs) { result.append(read) }
      line = []
    }
    for mark in marks {
      let glyph = page.glyphs[mark]
      if !line.isEmpty, glyph.box.midY - middle > 0.35 * glyph.size { close() }
      middle = line.isEmpty ? glyph.box.midY : middle + (glyph.box.midY - middle) / Double(line.count + 1)
      line.append(mark)
    }
    close()
    return result
  }
}
