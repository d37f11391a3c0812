import DocumentModel

/// The columns of figures in a part of a table, and the words that head them.
struct FigureColumns {
  /// From left to right.
  private(set) var columns: [Column] = []
  /// Words above the labels rather than above figures.
  private(set) var labelHeads: [Head] = []
  /// Words above several columns, or above the word that heads one.
  private(set) var upperHeads: [Head] = []
  /// Whether every column is headed, and every figure stands under the head of one column only.
  private(set) var isCertain = false

  /// Where figures stand under each other.
  struct Column {
    /// Of the figures, or of the head where there are none.
    var x0: Double
    var x1: Double
    var head: Head?
    var hasFigures: Bool
    var midX: Double { (x0 + x1) / 2 }
  }

  /// Words of one header cell.
  struct Head {
    var runs: [TextRun]
    var box: Box
    /// How many words its first line has.
    var siblings: Int
    /// Whether it stands over the labels too.
    var isTitle = false
    /// Columns below.
    var columns: Range<Int> = 0..<0
    /// Rows of the header.
    var rows: Range<Int> = 0..<0
  }

  /// Extents of figures that share most of their width, the ones that only few lines cross parted.
  static func clusters(_ lines: [[TextRun]], em: Double) -> [ClosedRange<Double>] {
    func ranges(_ tolerance: Int) -> [ClosedRange<Double>] {
      var events: [(x: Double, step: Int)] = []
      for run in lines.joined() { events += [(run.box.x0, 1), (run.box.x1, -1)] }
      events.sort { ($0.x, -$0.step) < ($1.x, -$1.step) }
      var (covered, start): (Int, Double) = (0, 0)
      var result: [ClosedRange<Double>] = []
      for event in events {
        let before = covered
        covered += event.step
        if before <= tolerance, covered > tolerance { start = event.x }
        if before > tolerance, covered <= tolerance {
          if let last = result.last, start - last.upperBound < 0.1 * em {
            result[result.count - 1] = last.lowerBound...event.x
          } else {
            result.append(start...event.x)
          }
        }
      }
      return result
    }
    let all = ranges(0)
    let isBroken = lines.contains { line in
      all.contains { range in line.count { range.contains($0.box.midX) } > 1 }
    }
    return isBroken ? ranges(max(1, lines.count / 8)) : all
  }

  /// `heads` are the runs above the figures, line by line; `labels` is where the labels stand, `frame` the whole table.
  init(
    figures: [[TextRun]], heads: [[TextRun]], labels: ClosedRange<Double>?, frame: Box, em: Double,
    ruleBelow: (Box) -> ClosedRange<Double>?
  ) {
    let clusters = Self.clusters(figures, em: em)
    var blocks = Self.blocks(heads, em: em)
    if let labels {
      labelHeads = blocks.filter { $0.box.midX <= labels.upperBound }
      blocks.removeAll { $0.box.midX <= labels.upperBound }
    }
    let all = labelHeads + blocks
    let extents = blocks.map { block -> Box in
      guard let rule = ruleBelow(block.box) else { return block.box }
      // A rule below several words says nothing about one of them.
      let isShared = all.contains {
        $0.box != block.box && $0.box.overlapY(block.box) > 0.3 * em && rule.contains($0.box.midX)
      }
      return isShared ? block.box : Box(min(rule.lowerBound, block.box.x0), 0, max(rule.upperBound, block.box.x1), 0)
    }
    var isUpper = blocks.indices.map { index in
      blocks.indices.contains { other in
        blocks[other].box.y0 > blocks[index].box.y1 - 0.3 * em
          && blocks[other].box.overlapX(extents[index]) > 0.2 * em
      }
    }
    // A head over a gap between two others is above both.
    if isUpper.count(where: { !$0 }) > clusters.count {
      for index in blocks.indices where !isUpper[index] {
        let others = blocks.indices.filter { !isUpper[$0] }.map { blocks[$0] } + labelHeads
        let lower = others.filter { $0.box.y0 > blocks[index].box.y1 - 0.3 * em }
        isUpper[index] =
          lower.contains { $0.box.midX < blocks[index].box.midX }
          && lower.contains { $0.box.midX > blocks[index].box.midX }
      }
    }
    var leaves = blocks.indices.filter { !isUpper[$0] }.map { blocks[$0] }.sorted { $0.box.midX < $1.box.midX }
    if labels != nil, labelHeads.isEmpty, leaves.count == clusters.count + 1, let first = leaves.first,
      let cluster = clusters.first, first.box.x1 < cluster.lowerBound
    {
      labelHeads = [first]
      leaves.removeFirst()
    }
    match(leaves, clusters)
    if labels != nil, labelHeads.isEmpty, columns.count > 1, let first = columns.first, !first.hasFigures,
      let head = first.head
    {
      labelHeads = [head]
      columns.removeFirst()
    }
    isCertain =
      !columns.isEmpty && columns.allSatisfy { $0.head != nil }
      && (leaves.count == clusters.count
        || columns.allSatisfy { column in
          !column.hasFigures
            || leaves.count { $0.box.x0 < column.x1 && $0.box.x1 > column.x0 } == 1
              && column.head.map { $0.box.x0 < column.x1 && $0.box.x1 > column.x0 } == true
        })
    for index in blocks.indices.filter({ isUpper[$0] }).sorted(by: { blocks[$0].box.y0 < blocks[$1].box.y0 }) {
      var head = blocks[index]
      let at = nearest(to: head.box.midX)
      let parent = upperHeads.last { $0.columns.contains(at) && $0.box.y1 < head.box.midY }
      head.columns = range(
        under: head, extent: extents[index], within: parent?.columns ?? columns.indices, beside: blocks, em: em)
      head.isTitle = isTitle(head, beside: blocks + labelHeads, frame: frame, em: em)
      if head.isTitle { head.columns = columns.indices }
      upperHeads.append(head)
    }
    layer(em: em)
  }

  /// Lines of one header cell put together.
  private static func blocks(_ lines: [[TextRun]], em: Double) -> [Head] {
    var blocks: [Head] = []
    let widest = widestLeading(lines, em: em)
    for line in lines {
      func below(_ head: Head) -> [TextRun] {
        line.filter { $0.box.overlapX(head.box) > 0.1 * em && $0.box.y0 - head.box.y1 < widest }
      }
      let open = blocks.indices.filter { blocks[$0].box.midY < (line.first?.box.midY ?? 0) - 0.4 * em }
      var new: [Head] = []
      for run in line {
        let above = open.filter { index in below(blocks[index]).contains { $0.box == run.box } }
        if above.count == 1, let index = above.first, below(blocks[index]).count == 1,
          !(blocks[index].siblings < line.count && blocks[index].box.width > 1.3 * run.box.width)
        {
          blocks[index].runs.append(run)
          blocks[index].box = blocks[index].box.union(run.box)
        } else {
          new.append(Head(runs: [run], box: run.box, siblings: line.count))
        }
      }
      blocks += new
    }
    return blocks
  }

  /// The most white space between two lines of one head: little more than where lines stand closest.
  private static func widestLeading(_ lines: [[TextRun]], em: Double) -> Double {
    var least = 0.35 * em
    for (index, line) in lines.enumerated() {
      for run in line {
        for below in lines[(index + 1)...].joined() where below.box.overlapX(run.box) > 0.1 * em {
          let space = below.box.y0 - run.box.y1
          if space > -0.35 * em { least = min(least, space) }
        }
      }
    }
    return least + 0.15 * em
  }

  /// Gives each cluster the head whose middle is nearest, in order.
  private mutating func match(_ leaves: [Head], _ clusters: [ClosedRange<Double>]) {
    let (n, m) = (leaves.count, clusters.count)
    var best = Array(repeating: Array(repeating: (cost: 0.0, pairs: 0), count: m + 1), count: n + 1)
    func distance(_ leaf: Int, _ cluster: Int) -> Double {
      abs(leaves[leaf].box.midX - (clusters[cluster].lowerBound + clusters[cluster].upperBound) / 2)
    }
    func isBetter(_ left: (cost: Double, pairs: Int), _ right: (cost: Double, pairs: Int)) -> Bool {
      (-left.pairs, left.cost) < (-right.pairs, right.cost)
    }
    for i in 0..<n {
      for j in 0..<m {
        let pair = (cost: best[i][j].cost + distance(i, j), pairs: best[i][j].pairs + 1)
        let skip = isBetter(best[i][j + 1], best[i + 1][j]) ? best[i][j + 1] : best[i + 1][j]
        best[i + 1][j + 1] = isBetter(pair, skip) ? pair : skip
      }
    }
    var headOf: [Int?] = Array(repeating: nil, count: m)
    var (i, j) = (n, m)
    while i > 0, j > 0 {
      if best[i][j] == best[i - 1][j] {
        i -= 1
      } else if best[i][j] == best[i][j - 1] {
        j -= 1
      } else {
        (i, j) = (i - 1, j - 1)
        headOf[j] = i
      }
    }
    columns = clusters.indices.map { index in
      let range = clusters[index]
      return Column(
        x0: range.lowerBound, x1: range.upperBound, head: headOf[index].map { leaves[$0] }, hasFigures: true)
    }
    for (index, leaf) in leaves.enumerated() where !headOf.contains(index) {
      columns.append(Column(x0: leaf.box.x0, x1: leaf.box.x1, head: leaf, hasFigures: false))
    }
    columns.sort { $0.midX < $1.midX }
  }

  /// The columns that a head stands over: those that its rule covers, else the most whose common middle is its own.
  private func range(
    under head: Head, extent: Box, within parent: Range<Int>, beside blocks: [Head], em: Double
  )
    -> Range<Int>
  {
    let free = parent.filter { index in
      let column = columns[index]
      guard let leaf = column.head else { return true }
      return leaf.box.y0 > head.box.y1 - 0.3 * em
    }
    func middle(_ index: Int) -> Double { columns[index].head?.box.midX ?? columns[index].midX }
    if extent != head.box {
      let under = free.filter { middle($0) >= extent.x0 && middle($0) <= extent.x1 }
      if let first = under.first, let last = under.last { return first..<(last + 1) }
    }
    let besides = blocks.filter { $0.box != head.box && $0.box.overlapY(head.box) > 0.3 * em }
    let left = besides.filter { $0.box.midX < head.box.midX }.map(\.box.x1).max() ?? -.infinity
    let right = besides.filter { $0.box.midX > head.box.midX }.map(\.box.x0).min() ?? .infinity
    let open = free.filter { middle($0) > left && middle($0) < right }
    var best: (offset: Double, width: Int, range: Range<Int>)?
    for first in open {
      for last in open where last >= first && Set(first...last).isSubset(of: open) {
        let a = columns[first].head?.box.x0 ?? columns[first].x0
        let b = columns[last].head?.box.x1 ?? columns[last].x1
        let offset = min(
          abs((a + b) / 2 - head.box.midX), abs((middle(first) + middle(last)) / 2 - head.box.midX))
        let found = (offset: (offset / (0.4 * em)).rounded(.down), width: last - first, range: first..<(last + 1))
        if best.map({ (found.offset, -found.width) < ($0.offset, -$0.width) }) ?? true { best = found }
      }
    }
    if isFlushLeft(em: em), let first = open.first(where: { abs(start(of: $0) - head.box.x0) < 0.3 * em }),
      let last = open.last
    {
      return first..<(last + 1)
    }
    let at = nearest(to: head.box.midX)
    return best?.range ?? at..<min(at + 1, columns.count)
  }

  private func start(of column: Int) -> Double { columns[column].head?.box.x0 ?? columns[column].x0 }

  /// Whether figures begin where their heads begin, so that a head over several columns begins with the first of them.
  private func isFlushLeft(em: Double) -> Bool {
    let offsets = columns.compactMap { column in
      column.hasFigures
        ? column.head.map { (left: abs($0.box.x0 - column.x0), middle: abs($0.box.midX - column.midX)) } : nil
    }
    return offsets.count > 1 && offsets.allSatisfy { $0.left < 0.3 * em } && offsets.contains { $0.middle > 0.4 * em }
  }

  /// Whether it stands alone in the middle of the whole table rather than of its columns.
  private func isTitle(_ head: Head, beside blocks: [Head], frame: Box, em: Double) -> Bool {
    guard let first = columns[head.columns].first, let last = columns[head.columns].last else { return false }
    let middle = (min(first.x0, first.head?.box.x0 ?? first.x0) + max(last.x1, last.head?.box.x1 ?? last.x1)) / 2
    let offset = abs(head.box.midX - frame.midX)
    return offset < 1.5 * em && offset <= abs(head.box.midX - middle) + 0.3 * em
      && !blocks.contains { $0.box != head.box && $0.box.overlapY(head.box) > 0 }
      && !blocks.contains { $0.box.y1 <= head.box.y0 && !($0.siblings == 1) }
  }

  private func nearest(to x: Double) -> Int {
    columns.indices.min { abs(columns[$0].midX - x) < abs(columns[$1].midX - x) } ?? 0
  }

  /// White space between the columns, narrower where their heads are wider than the figures.
  var gaps: [ClosedRange<Double>] {
    zip(columns, columns.dropFirst()).map { left, right in
      let (a, b) = (max(left.x1, left.head?.box.x1 ?? left.x1), min(right.x0, right.head?.box.x0 ?? right.x0))
      if a <= b { return a...b }
      return left.x1 <= right.x0 ? left.x1...right.x0 : (left.x1 + right.x0) / 2...(left.x1 + right.x0) / 2
    }
  }

  /// How many rows the header has.
  private(set) var headerRows = 0

  /// Puts heads into rows: each one below those above it, and down to the next one.
  private mutating func layer(em: Double) {
    var all: [(head: Head, column: Int?)] = upperHeads.map { ($0, nil) }
    for index in columns.indices {
      columns[index].head?.columns = index..<(index + 1)
      if let head = columns[index].head { all.append((head, index)) }
    }
    all.sort { ($0.head.box.y0, $0.head.box.x0) < ($1.head.box.y0, $1.head.box.x0) }
    var levels: [Int] = []
    for index in all.indices {
      let above = (0..<index).filter {
        all[$0].head.columns.overlaps(all[index].head.columns) && all[$0].head.box.midY < all[index].head.box.y0
      }
      levels.append((above.map { levels[$0] }.max() ?? -1) + 1)
    }
    headerRows = (levels.max() ?? -1) + 1
    if headerRows == 0, !labelHeads.isEmpty { headerRows = 1 }
    upperHeads = []
    for index in all.indices {
      let below = all.indices.filter {
        levels[$0] > levels[index] && all[$0].head.columns.overlaps(all[index].head.columns)
      }
      var head = all[index].head
      head.rows = levels[index]..<(below.map { levels[$0] }.min() ?? headerRows)
      if let column = all[index].column { columns[column].head = head } else { upperHeads.append(head) }
    }
  }
}
