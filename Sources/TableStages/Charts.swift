import DocumentModel

/// Charts and drawings on a page: regions in which words are labels, not cells.
///
/// ```
///  Spain   |=======        bars: filled boxes without words that begin at one line
///  Italy   |====           curves and slanted lines, close to each other
///  France  |==             labels: words close by, with what stands close to them on their line
///          0   50  100
/// ```
struct Charts {
  /// Around what is drawn, without the labels.
  private(set) var regions: [Box] = []

  private let em: Double
  private let turned: [Box]

  // In font sizes: the space between pieces of one drawing, the smallest drawing, the space to its labels.
  private static let (near, least, labels) = (2.0, 4.0, 2.0)
  private static let leastBars = 2.5
  /// A page with more pieces is one drawing; the rest would only cost time.
  private static let mostPieces = 2000

  /// `words` are all of the page.
  init(on page: Page, em: Double, words: [TextWord]) {
    self.em = em
    turned = page.glyphs.filter { $0.direction != .right && !$0.isHidden && !$0.scalar.isBlank }.map(\.box)
    var pieces = page.drawings.filter { piece in
      let (short, long) = (min(piece.width, piece.height), max(piece.width, piece.height))
      guard short > 0.5, long < 20 * short, long < 0.7 * page.width else { return false }
      // The rounded ground of a line of words is no drawing.
      return piece.height > 3 * em || !words.contains { piece.contains(x: $0.box.midX, y: $0.box.midY) }
    }
    let bars = bars(of: page, words: words)
    pieces += bars
    regions = joined(Array(pieces.prefix(Self.mostPieces)), least: Self.least, reach: Self.near * em)
    // Bars stand as far from each other as they are thick, or further.
    let thickness = bars.map { min($0.width, $0.height) }.median ?? 0
    regions += joined(
      Array(bars.prefix(Self.mostPieces)), least: Self.leastBars, reach: max(Self.near * em, 2 * thickness))
  }

  /// Filled boxes without words that begin or end at one line, at least three of different lengths; and such ones upon
  /// each other, which may hold figures.
  private func bars(of page: Page, words: [TextWord]) -> [Box] {
    let narrow = page.fills.filter { fill in
      fill.width < 0.7 * page.width && min(fill.width, fill.height) < 4 * em && max(fill.width, fill.height) > 0.3 * em
    }
    guard narrow.count >= 3, narrow.count <= Self.mostPieces else { return [] }
    let figures = narrow.filter { fill in
      words.allSatisfy { !fill.contains(x: $0.box.midX, y: $0.box.midY) || $0.isNumber }
    }
    let fills = figures.filter { fill in !words.contains { fill.contains(x: $0.box.midX, y: $0.box.midY) } }
    return stacks(of: figures)
      + fills.filter { fill in
        let across = fills.filter { abs($0.x0 - fill.x0) < 0.1 * em && abs($0.height - fill.height) < 0.1 * em }
        let down = fills.filter { abs($0.y1 - fill.y1) < 0.1 * em && abs($0.width - fill.width) < 0.1 * em }
        return Set(across.map { Int($0.width) }).count >= 3 || Set(down.map { Int($0.height) }).count >= 3
      }
  }

  /// Boxes upon each other in columns of one width that stand on one line and end at three heights at least.
  private func stacks(of fills: [Box]) -> [Box] {
    let order = fills.sorted { ($0.x0, $1.y1) < ($1.x0, $0.y1) }
    var stacks: [[Box]] = []
    for fill in order {
      if let below = stacks.last?.last, abs(below.x0 - fill.x0) < 0.5, abs(below.width - fill.width) < 0.5,
        abs(below.y0 - fill.y1) < 1
      {
        stacks[stacks.count - 1].append(fill)
      } else {
        stacks.append([fill])
      }
    }
    let high = stacks.filter { $0.count > 1 }
    return high.filter { stack in
      let beside = high.filter { abs($0[0].y1 - stack[0].y1) < 0.5 && abs($0[0].width - stack[0].width) < 0.5 }
      // Cells that are shaded begin and end where rows do, in all columns alike.
      let edges = Set(beside.joined().map { Int($0.y0.rounded()) }).count
      guard 2 * edges > 3 * (beside.map(\.count).max() ?? 0) else { return false }
      return Set(beside.compactMap { $0.last.map { Int($0.y0) } }).count >= 3
    }.flatMap(\.self)
  }

  /// At least three boxes that lie close to each other as one, if it is wide and high enough, in font sizes.
  private func joined(_ pieces: [Box], least: Double, reach: Double) -> [Box] {
    let order = pieces.indices.sorted { (pieces[$0].y0, pieces[$0].x0) < (pieces[$1].y0, pieces[$1].x0) }
    var sets = DisjointSets(count: pieces.count)
    for (at, index) in order.enumerated() {
      for other in order.dropFirst(at + 1) {
        if pieces[other].y0 > pieces[index].y1 + reach { break }
        if pieces[other].x0 < pieces[index].x1 + reach, pieces[other].x1 > pieces[index].x0 - reach {
          sets.union(index, other)
        }
      }
    }
    var result: [Int: (box: Box, count: Int)] = [:]
    for index in pieces.indices {
      let root = sets.root(index)
      let known = result[root]
      result[root] = (known?.box.union(pieces[index]) ?? pieces[index], (known?.count ?? 0) + 1)
    }
    return result.sorted { $0.key < $1.key }.map(\.value).filter {
      $0.count >= 3 && $0.box.width >= least * em && $0.box.height >= least * em
    }.map(\.box)
  }

  /// Whether words in this box are labels of a chart.
  func hold(_ box: Box) -> Bool {
    let reach = Self.labels * max(em, box.height)
    return regions.contains {
      box.x1 > $0.x0 - reach && box.x0 < $0.x1 + reach && box.y1 > $0.y0 - reach && box.y0 < $0.y1 + reach
    }
  }

  /// Whether a table with these lines is a part of a chart: turned words beside it, or a line of numbers as along an axis.
  func holdTable(of lines: [WordLine], in box: Box) -> Bool {
    if lines.contains(where: \.isAxis) { return true }
    let reach = 1.7 * em
    // Turned heads stand inside of a table, turned running heads further away.
    let beside = turned.count {
      $0.x0 > box.x0 - 3 * reach && $0.x1 < box.x1 + 3 * reach && $0.y1 > box.y0 - reach && $0.y0 < box.y1 + reach
        && ($0.midX < box.x0 + em || $0.midX > box.x1 - em)
    }
    return beside >= 8
  }
}

extension WordLine {
  /// Whether it holds only numbers that rise from 0 in equal steps at equal distances, as along the axis of a chart.
  fileprivate var isAxis: Bool {
    guard segments.count >= 4, numbers == segments.count else { return false }
    let numbers = segments.compactMap { $0.words.flatMap(\.scalars).amount }
    guard numbers.count == segments.count, numbers[0] == 0, numbers[1] > 0 else { return false }
    let step = numbers[1]
    let distance = (segments[segments.count - 1].midX - segments[0].midX) / Double(segments.count - 1)
    return numbers.indices.allSatisfy { index in
      abs(numbers[index] - Double(index) * step) < 0.01 * step
        && abs(segments[index].midX - segments[0].midX - Double(index) * distance) < 0.5 * size
    }
  }
}
