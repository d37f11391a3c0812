import DocumentModel

/// Which lines of labels and which line of figures make a row.
///
/// ```
///   1. a label so long          figures stand beside the middle of their label, so a partition of the label lines
///   that it is broken    3 7    is looked for whose middles are nearest to the figures (dynamic programming)
///   2. short             1 2
/// ```
/// Where all figures stand beside a line of labels, every line is a row unless it goes on where the one above is full.
/// Figures as high as a line of labels are in the row of that line, whatever that costs.
struct LabelRows {
  /// One row: a range of label lines, which may be empty, and the line of figures, if there are any.
  struct Row {
    var labels: Range<Int>
    var figures: Int?
  }

  /// From top to bottom.
  private(set) var rows: [Row] = []

  private let labels: [Box]
  private let items: [Bool]
  private let figures: [Box]
  private let em: Double
  private let leading: Double
  /// The least white space between two lines: within a label there is no more.
  private let tightest: Double
  private let isParted: (Double, Double) -> Bool
  private let isCentred: Bool
  /// For each line of figures, the line of labels that is as high and nearer to no other figures.
  private var beside: [Int?]

  /// Both from top to bottom; `items` says which lines begin with the number of an item, and so a row, `isParted` whether a
  /// rule runs between two heights.
  ///
  /// `leading` is the most white space between the lines of one label, in font sizes.
  init(
    labels: [Box], items: [Bool], figures: [Box], em: Double, leading: Double,
    isParted: @escaping (Double, Double) -> Bool
  ) {
    self.labels = labels
    self.items = items
    self.figures = figures
    self.em = em
    self.leading = leading
    self.isParted = isParted
    tightest = zip(labels, labels.dropFirst()).map { $1.y0 - $0.y1 }.min() ?? 0
    beside = Self.lines(of: labels, asHighAs: figures, em: em)
    isCentred =
      figures.contains { figure in
        !labels.contains { abs($0.midY - figure.midY) < Self.sameHeight * em }
          && labels.contains { abs($0.midY - figure.midY) < 1.2 * em }
      } || Self.hasInnerFigures(labels, items: items, figures: figures, em: em, leading: leading)
    if !align() {
      beside = figures.map { _ in nil }
      _ = align()
    }
    if !isCentred { joinFull() }
  }

  private static func lines(of labels: [Box], asHighAs figures: [Box], em: Double) -> [Int?] {
    func distance(_ line: Int, _ figure: Int) -> Double { abs(labels[line].midY - figures[figure].midY) }
    let nearest = figures.indices.map { figure in
      labels.indices.filter { distance($0, figure) < sameHeight * em }
        .min { distance($0, figure) < distance($1, figure) }
    }
    return figures.indices.map { figure in
      nearest[figure].flatMap { line in
        let isNearest = figures.indices.allSatisfy {
          $0 == figure || nearest[$0] != line || distance(line, $0) > distance(line, figure)
        }
        return isNearest ? line : nil
      }
    }
  }

  /// Whether figures stand beside a line that goes on from the one above, which begins an item and has none.
  private static func hasInnerFigures(
    _ labels: [Box], items: [Bool], figures: [Box], em: Double, leading: Double
  ) -> Bool {
    func hasFigures(_ line: Int) -> Bool { figures.contains { abs($0.midY - labels[line].midY) < sameHeight * em } }
    return labels.indices.contains { line in
      guard !items[line], hasFigures(line) else { return false }
      var above = line
      while above > 0, !items[above], labels[above].y0 - labels[above - 1].y1 < leading * em, !hasFigures(above - 1) {
        above -= 1
      }
      return items[above]
    }
  }

  private static let (longest, loneLabel, loneFigures) = (8, 0.9, 3.0)
  /// How far apart, in font sizes, the middles of lines of one height are.
  private static let sameHeight = 0.3

  private func cost(_ range: Range<Int>, _ figure: Int?) -> Double? {
    var cost = 0.0
    for (above, below) in zip(range, range.dropFirst()) {
      let gap = labels[below].y0 - labels[above].y1
      if !isCentred || items[below] || isParted(labels[above].midY, labels[below].midY) { return nil }
      if gap > (leading + 0.15) * em || gap > tightest + 0.35 * em { cost += 3 }
    }
    guard let figure else { return cost + Self.loneLabel }
    if let line = beside[figure], !range.contains(line) { return nil }
    guard let first = range.first, let last = range.last else { return Self.loneFigures }
    let middle = (labels[first].y0 + labels[last].y1) / 2
    let distance = abs(middle - figures[figure].midY)
    if isParted(middle, figures[figure].midY) || distance > 2 * em { return nil }
    if !isCentred, distance > 0.5 * em { return nil }
    // Figures as high as a line stand beside it and not beside the gap to the next one.
    return cost + (beside[figure] == nil ? 1 : 2) * distance / em
  }

  /// Finds the rows of least cost; false where figures can not be in the rows of the lines as high.
  private mutating func align() -> Bool {
    let (n, m) = (labels.count, figures.count)
    var best = Array(repeating: Array(repeating: Double.infinity, count: m + 1), count: n + 1)
    var step: [[(Int, Int)]] = Array(repeating: Array(repeating: (0, 0), count: m + 1), count: n + 1)
    best[0][0] = 0
    for i in 0...n {
      for j in 0...m where best[i][j].isFinite {
        func take(_ count: Int, _ figure: Int?) {
          guard let cost = cost(i..<(i + count), figure) else { return }
          let used = figure == nil ? 0 : 1
          if best[i][j] + cost < best[i + count][j + used] - 1e-9 {
            best[i + count][j + used] = best[i][j] + cost
            step[i + count][j + used] = (count, used)
          }
        }
        if j < m { take(0, j) }
        for count in 1...Self.longest where i + count <= n {
          take(count, nil)
          if j < m { take(count, j) }
        }
      }
    }
    guard best[n][m].isFinite else { return false }
    var (i, j) = (n, m)
    while i > 0 || j > 0 {
      let (count, used) = step[i][j]
      rows.append(Row(labels: (i - count)..<i, figures: used == 1 ? j - 1 : nil))
      (i, j) = (i - count, j - used)
    }
    rows.reverse()
    return true
  }

  /// Puts a line without figures to the row above when that had no room for its first letters.
  private mutating func joinFull() {
    let right = labels.map(\.x1).max() ?? 0
    for index in rows.indices.dropFirst().reversed() where rows[index].figures == nil {
      guard let line = rows[index].labels.first, let above = rows[index - 1].labels.last,
        rows[index - 1].figures != nil,
        labels[line].y0 - labels[above].y1 < leading * em, labels[above].x1 > right - 1.5 * em,
        labels[above].width > 6 * em, !isParted(labels[above].midY, labels[line].midY)
      else { continue }
      rows[index - 1].labels = rows[index - 1].labels.lowerBound..<rows[index].labels.upperBound
      rows.remove(at: index)
    }
  }
}
