import DocumentModel

/// A piece of a label, without wide white space.
protocol LabelRun {
  /// Around its characters, in points.
  var box: Box { get }
  /// Font size, in points.
  var size: Double { get }
  /// How many characters it has.
  var length: Int { get }
  /// Whether it begins with the number of an item.
  var isEnumerated: Bool { get }
}

/// The labels left of the figures: the nearest ones name rows, those further left name groups of rows.
///
/// ```
///   |   |          | 1. ab | 3        where runs stand beside each other with white space between them, a column
///   | A | (2) some | 2. cd | 4        ends; labels that cross that place cover several columns
///   |   | (3) total        | 7
/// ```
struct LabelColumns<Run: LabelRun> {
  /// White space that parts two columns.
  private(set) var cuts: [ClosedRange<Double>] = []
  /// The runs that name rows, line by line.
  private(set) var lines: [[Run]] = []
  /// Labels of groups.
  private(set) var groups: [Group] = []

  /// A label beside several rows.
  struct Group {
    var runs: [Run]
    var box: Box
    var column: Int
  }

  /// `figures` are the heights of the lines of figures; `leading` is the most white space between the lines of one label,
  /// in font sizes.
  init(_ runs: [Run], figures: [Double], em: Double, leading: Double) {
    findCuts(runs, em: em)
    var near: [Run] = []
    for block in Self.blocks(runs, em: em, leading: leading) {
      let isOuter = runs.contains { other in
        other.box.x0 >= block.box.x1 + 0.2 * em && other.box.overlapY(block.box) > 0.25 * em
      }
      let isBeforeLast = cuts.last.map { block.box.midX < $0.lowerBound } ?? false
      let hasFigures = block.runs.contains { run in figures.contains { abs($0 - run.box.midY) < 0.3 * em } }
      if isBeforeLast, isOuter || !hasFigures {
        groups.append(Group(runs: block.runs, box: block.box, column: column(at: block.box.midX)))
      } else {
        near += block.runs
      }
    }
    near.sort { ($0.box.midY, $0.box.x0) < ($1.box.midY, $1.box.x0) }
    for run in near {
      if let last = lines.last?.first, run.box.midY - last.box.midY < 0.4 * run.size {
        lines[lines.count - 1].append(run)
      } else {
        lines.append([run])
      }
    }
  }

  /// The column that holds `x`.
  func column(at x: Double) -> Int { cuts.count { ($0.lowerBound + $0.upperBound) / 2 <= x } }

  private static var most: Int { 3 }

  private mutating func findCuts(_ runs: [Run], em: Double) {
    var gaps: [ClosedRange<Double>] = []
    for left in runs {
      // Only the nearest run to the right stands beside it.
      let beside = runs.filter {
        $0.box.x0 >= left.box.x1 + 0.3 * em && $0.box.overlapY(left.box) > 0.25 * min(left.size, $0.size)
      }
      guard let next = beside.map(\.box.x0).min() else { continue }
      gaps.append(left.box.x1...next)
    }
    while cuts.count < Self.most {
      var best: (support: Int, range: ClosedRange<Double>)?
      for gap in gaps {
        let (x, support) = (gap.lowerBound, gaps.count { $0.contains(gap.lowerBound) })
        let upper = gaps.filter { $0.contains(x) }.map(\.upperBound).min() ?? gap.upperBound
        if support > best?.support ?? 1 { best = (support, x...upper) }
      }
      guard let found = best else { break }
      cuts.append(found.range)
      gaps.removeAll { $0.contains(found.range.lowerBound) }
    }
    cuts.sort { $0.lowerBound < $1.lowerBound }
  }

  /// Runs under each other with no more white space than between the lines of one label; the number of an item begins one.
  private static func blocks(_ runs: [Run], em: Double, leading: Double) -> [Group] {
    var blocks: [Group] = []
    for run in runs.sorted(by: { ($0.box.midY, $0.box.x0) < ($1.box.midY, $1.box.x0) }) {
      let above = blocks.indices.last { index in
        let block = blocks[index]
        guard let last = block.runs.last, !run.isEnumerated else { return false }
        let isStack = last.length <= 2 && run.length <= 2
        let gap = run.box.y0 - last.box.y1
        let isAligned =
          abs(run.box.x0 - block.box.x0) < 0.8 * em || abs(run.box.midX - block.box.midX) < 0.8 * em
        return isAligned && gap < (isStack ? leading + 0.75 : leading) * em && run.box.midY > last.box.midY + 0.4 * em
          && run.box.overlapX(last.box) > 0
      }
      if let above {
        blocks[above].runs.append(run)
        blocks[above].box = blocks[above].box.union(run.box)
      } else {
        blocks.append(Group(runs: [run], box: run.box, column: 0))
      }
    }
    return blocks
  }
}
