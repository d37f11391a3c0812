import DocumentModel

/// The lines of a table with every piece of text under its columns.
struct AlignedRows {
  /// From top to bottom.
  var rows: [Row] = []
  /// White space between the columns.
  let cuts: [ColumnProfile.Cut]
  /// What the lines that show the columns cover of each.
  let extents: [ClosedRange<Double>]
  /// Pieces that stand under no column, or were moved to a free one.
  private(set) var misfits = 0
  /// The height of rules below the heads, one for each column, if there are any.
  private(set) var headRule: Double?
  /// The heights of the rules inside that run over all columns.
  private var wideRules: [Double] = []

  /// One line of text.
  struct Row {
    /// From left to right, disjoint.
    var parts: [Part]
    var line: WordLine
    /// The rest of the label above, if it turns out to be one.
    var y0: Double { line.y0 }
    var y1: Double { line.y1 }
  }

  /// Words under one column, or over several.
  struct Part {
    var columns: ClosedRange<Int>
    var words: [TextWord]
    var x0: Double { words[0].box.x0 }
    var x1: Double { words.map(\.box.x1).max() ?? x0 }
    var midX: Double { (x0 + x1) / 2 }
    var isNumber: Bool { words.isNumber }
    var isSpan: Bool { columns.count > 1 }
    /// Two figures with a word between them, the lower one first: `18 to 24`, but not `12 ± 3` or `30 of 40`.
    var range: ClosedRange<Double>? {
      guard words.count == 3, words[0].isNumber, words[2].isNumber,
        words[1].scalars.allSatisfy(\.properties.isAlphabetic),
        let from = words[0].scalars.amount, let to = words[2].scalars.amount, from <= to
      else { return nil }
      return from...to
    }
  }

  var columnCount: Int { cuts.count + 1 }

  /// Font size of most of its words, in points: tables are often smaller than the text around them.
  let em: Double
  private let numeric: [Bool]

  /// `nil` where no white space parts the lines; `rules` are the horizontal ones of the page.
  init?(_ lines: [WordLine], rules: [Ruling]) {
    guard let size = lines.flatMap(\.words).map(\.size).median else { return nil }
    em = size
    let counts = lines.map(\.segments.count)
    var frequencies: [Int: Int] = [:]
    for count in counts where count >= 2 { frequencies[count, default: 0] += 1 }
    guard let mode = frequencies.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) })?.key else { return nil }
    let high = counts.sorted()[Int(0.8 * Double(counts.count - 1))]
    var body = lines.filter { 10 * $0.segments.count >= max(20, 6 * max(mode, high)) }
    if body.count < 2 { body = lines.filter { $0.segments.count >= 2 } }
    guard body.count >= 2 else { return nil }
    // Headers are often wider than what stands below them: columns are those of the figures, where there are enough.
    // Lines of years are headers too, where other figures stand below them.
    let all = body.filter { Double($0.numbers) >= max(1, 0.4 * Double($0.segments.count - 1)) }
    let figures = all.contains { !$0.namesYears } ? all.filter { !$0.namesYears } : all
    let shown = figures.count >= 2 && 10 * figures.count >= 4 * body.count ? figures : body
    let (top, bottom) = (lines.map(\.y0).min() ?? 0, lines.map(\.y1).max() ?? 0)
    let seams = RuleSeams(rules, between: top, and: bottom, em: em).gaps
    let labels = Self.labels(beside: shown, among: lines, em: em)
    let beside = labels.isEmpty ? [] : [ColumnProfile.Cut(between: labels, and: shown)]
    let found = beside + ColumnProfile(shown, em: em, seams: seams, all: lines).cuts
    cuts = found.joiningHalves(of: labels + shown, below: lines, seams: seams)
    guard !cuts.isEmpty else { return nil }
    let positions = cuts.map(\.position)
    var (covered, words) = (Array(repeating: (Double.infinity, -Double.infinity), count: positions.count + 1), [Int]())
    var numbers = Array(repeating: 0, count: positions.count + 1)
    words = numbers
    for word in (labels + shown).flatMap(\.words) {
      let column = positions.count { word.box.midX > $0 }
      let low = column > 0 ? positions[column - 1] : -.infinity
      let high = column < positions.count ? positions[column] : .infinity
      covered[column] = (min(covered[column].0, max(word.box.x0, low)), max(covered[column].1, min(word.box.x1, high)))
      words[column] += 1
      if word.isNumber { numbers[column] += 1 }
    }
    extents = covered.enumerated().map { index, range in
      if range.0 <= range.1 { return range.0...range.1 }
      // Only rules and other lines show the column.
      let (low, high) = (
        index > 0 ? positions[index - 1] : -.infinity, index < positions.count ? positions[index] : .infinity
      )
      let inside = lines.flatMap(\.words).map(\.box).filter { $0.x0 >= low && $0.x1 <= high }
      if let x0 = inside.map(\.x0).min(), let x1 = inside.map(\.x1).max() { return x0...x1 }
      let at = index < positions.count ? positions[index] : positions[index - 1]
      return at...at
    }
    numeric = zip(words, numbers).map { $0 > 0 && 10 * $1 >= 6 * $0 }
    rows = lines.map { line in
      let parts = line.segments.flatMap { self.parts(of: $0) }
      return Row(parts: merged(spread(parts)), line: line)
    }
    headRule = Self.headRule(of: rows, cuts: cuts, extents: extents, rules: rules)
    let (x0, x1) = (lines.map(\.x0).min() ?? 0, lines.map(\.x1).max() ?? 0)
    wideRules = rules.filter { $0.position > top && $0.position < bottom }.joiningTouching
      .filter { min($0.end, x1) - max($0.start, x0) > 0.9 * (x1 - x0) }.map(\.position)
  }

  // MARK: Columns of a piece

  /// The columns that share a good part of their width with a piece; else the nearest one.
  private func columns(_ x0: Double, _ x1: Double) -> ClosedRange<Int> {
    var (first, last): (Int?, Int?) = (nil, nil)
    for (index, extent) in extents.enumerated() {
      let shared = min(x1, extent.upperBound) - max(x0, extent.lowerBound)
      if shared > 0.35 * min(x1 - x0, extent.upperBound - extent.lowerBound) {
        first = first ?? index
        last = index
      }
    }
    if let first, let last { return first...last }
    let nearest = extents.indices.max { left, right in
      func key(_ index: Int) -> (Double, Double) {
        let extent = extents[index]
        let shared = min(x1, extent.upperBound) - max(x0, extent.lowerBound)
        return (shared, -max(extent.lowerBound - x1, x0 - extent.upperBound, 0))
      }
      return key(left) < key(right)
    }
    return (nearest ?? 0)...(nearest ?? 0)
  }

  /// A segment, broken where its words stand under different columns.
  private func parts(of segment: WordLine.Segment) -> [Part] {
    let all = columns(segment.x0, segment.x1)
    guard all.count > 1 else { return [Part(columns: all, words: segment.words)] }
    if let pieces = parted(segment.words, under: all) { return pieces }
    let usual = zip(segment.words, segment.words.dropFirst()).map { $1.box.x0 - $0.box.x1 }.median ?? 0
    var pieces: [[TextWord]] = [[segment.words[0]]]
    for (left, right) in zip(segment.words, segment.words.dropFirst()) {
      if isBreak(left, right, under: all, usual: segment.words.count > 2 ? usual : 0) {
        pieces.append([right])
      } else {
        pieces[pieces.count - 1].append(right)
      }
    }
    return pieces.map { words in
      let part = Part(columns: 0...0, words: words)
      return Part(columns: columns(part.x0, part.x1), words: words)
    }
  }

  /// Words over as many columns as pieces that white space much wider than between their words parts, each over its own.
  private func parted(_ words: [TextWord], under all: ClosedRange<Int>) -> [Part]? {
    guard words.count > all.count else { return nil }
    let gaps = zip(words, words.dropFirst()).map { $1.box.x0 - $0.box.x1 }
    let order = gaps.indices.sorted { (-gaps[$0], $0) < (-gaps[$1], $1) }
    let (wide, narrow) = (order.prefix(all.count - 1).sorted(), gaps[order[all.count - 1]])
    guard let least = wide.map({ gaps[$0] }).min(), least >= 0.55 * em, least >= 2 * narrow else { return nil }
    let edges = [0] + wide.map { $0 + 1 } + [words.count]
    let parts = zip(edges, edges.dropFirst()).map { from, to in
      let part = Part(columns: 0...0, words: Array(words[from..<to]))
      return Part(columns: columns(part.x0, part.x1), words: part.words)
    }
    return zip(parts, parts.dropFirst()).allSatisfy { $0.columns.upperBound < $1.columns.lowerBound } ? parts : nil
  }

  /// `usual` is the white space between most of the words.
  private func isBreak(
    _ left: TextWord, _ right: TextWord, under all: ClosedRange<Int>, usual: Double
  ) -> Bool {
    let (before, after) = (columns(left.box.x0, left.box.x1), columns(right.box.x0, right.box.x1))
    let gap = (right.box.x0 - left.box.x1) / em
    if before.upperBound < after.lowerBound,
      gap > 0.45
        || (gap > 0.15 && numeric[after.lowerBound] && right.isNumber
          && (left.isNumber || !numeric[before.upperBound] && !NumberShape.isYear(right.scalars)))
    {
      return true
    }
    // Heads close to each other, each where its column stands.
    if gap > 0.2, gap * em > 1.3 * usual, before.upperBound + 1 == after.lowerBound, before.count == 1,
      after.count == 1,
      isFlush(left, with: before.lowerBound), isFlush(right, with: after.lowerBound)
    {
      return true
    }
    // A long label running into its figure: the figure ends where the others of its column do.
    return right.isNumber && !left.isNumber && gap > 0.15 && numeric[all.upperBound] && after.lowerBound > 0
      && numeric[after.lowerBound] && abs(right.box.x1 - extents[after.lowerBound].upperBound) < 0.6 * em
      && before.lowerBound < after.lowerBound
  }

  /// Whether a word begins, ends or has its middle where the words do that show the column.
  private func isFlush(_ word: TextWord, with column: Int) -> Bool {
    let extent = extents[column]
    let reach = 0.35 * em
    return abs(word.box.x0 - extent.lowerBound) < reach || abs(word.box.x1 - extent.upperBound) < reach
      || abs(word.box.midX - (extent.lowerBound + extent.upperBound) / 2) < reach
  }

  // MARK: Several pieces in one column

  /// Moves one of two pieces that stand apart in one column to a free column beside it.
  private mutating func spread(_ parts: [Part]) -> [Part] {
    var parts = parts.sorted { $0.x0 < $1.x0 }
    for _ in 0..<2 {
      for index in parts.indices.dropLast() {
        let (left, right) = (parts[index], parts[index + 1])
        let column = left.columns.upperBound
        guard column >= right.columns.lowerBound, right.x0 - left.x1 >= 0.9 * em else { continue }
        if left.isSpan {
          parts[index].columns = left.columns.lowerBound...(column - 1)
        } else if right.isSpan {
          parts[index + 1].columns = (right.columns.lowerBound + 1)...right.columns.upperBound
        } else {
          let before = index > 0 ? parts[index - 1].columns.upperBound : -1
          let after = index + 2 < parts.count ? parts[index + 2].columns.lowerBound : columnCount
          let middle = (extents[column].lowerBound + extents[column].upperBound) / 2
          misfits += 1
          if before < column - 1, abs(left.midX - middle) >= abs(right.midX - middle) {
            parts[index].columns = (column - 1)...(column - 1)
          } else if after > column + 1 {
            parts[index + 1].columns = (column + 1)...(column + 1)
          }
        }
      }
    }
    return parts
  }

  private mutating func merged(_ parts: [Part]) -> [Part] {
    var result: [Part] = []
    for part in parts {
      if let last = result.last, part.columns.lowerBound <= last.columns.upperBound {
        if part.isNumber, last.isNumber { misfits += 1 }
        result[result.count - 1].columns =
          last.columns.lowerBound...max(last.columns.upperBound, part.columns.upperBound)
        result[result.count - 1].words += part.words
      } else {
        result.append(part)
      }
    }
    return result
  }

  // MARK: Header and body

  /// The index of the first row with a label and, beside it, mostly figures that are no years; 0 where there is none.
  var firstBodyRow: Int {
    let unlabelled = rows.count { $0.parts[0].columns.lowerBound > 0 }
    let hasLabels = 10 * unlabelled <= 6 * rows.count
    /// Whether half of what stands beside the label are figures; ranges that go on from column to column name these.
    func isBody(_ row: Row, countsRanges: Bool) -> Bool {
      if hasLabels, row.parts[0].columns.lowerBound > 0 { return false }
      let values = row.parts.filter { $0.columns.lowerBound > 0 }
      let years = values.count { NumberShape.isYear($0.words.flatMap(\.scalars)) }
      let ranges = values.compactMap(\.range)
      // They begin anew under each of several heads.
      let areHeads = zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound || $1 == ranges[0] }
      let figures = values.count { $0.isNumber && (countsRanges || !areHeads || $0.range == nil) }
      return !values.isEmpty && 2 * figures >= values.count && 10 * years < 6 * values.count
    }
    let first =
      rows.firstIndex { isBody($0, countsRanges: false) } ?? rows.firstIndex { isBody($0, countsRanges: true) }
    guard let first else { return 0 }
    if let row = rowBelowHeads(above: first) { return row }
    let start = firstLabel(above: first)
    return start > max(4, 4 * rows.count / 10) ? 1 : start
  }

  /// Whether words or years stand over the columns above the body, and not only lines of its first label and its figures.
  var hasHeads: Bool {
    func isFigure(_ part: Part) -> Bool { part.isNumber && !NumberShape.isYear(part.words.flatMap(\.scalars)) }
    return rows[..<firstBodyRow].contains { row in
      let heads = row.parts.filter { $0.columns.upperBound > 0 }
      return !heads.isEmpty && !heads.contains(where: isFigure)
    }
  }

  /// The first of the labels alone that lead to row `first`: they are part of the body where the labels have a head above,
  /// a rule parts them from the heads, or the row is indented below them.
  private func firstLabel(above first: Int) -> Int {
    func isLabel(_ index: Int) -> Bool { rows[index].parts.count == 1 && rows[index].parts[0].columns == 0...0 }
    func pitch(_ index: Int) -> Double { rows[index].line.midY - rows[index - 1].line.midY }
    func isRuledOff(_ index: Int) -> Bool {
      wideRules.contains { $0 > rows[index - 1].line.midY && $0 < rows[index].line.midY }
    }
    var start = first
    while start > 1, isLabel(start - 1) {
      let isIndented = rows[first].parts[0].x0 > rows[start - 1].parts[0].x0 + 0.5 * em
      let isRow =
        isIndented || rows[..<(start - 1)].contains { $0.parts[0].columns.lowerBound == 0 }
      guard isRuledOff(start - 1) || isRow && pitch(start - 1) >= 0.95 * pitch(start) else { break }
      start -= 1
    }
    return start
  }

  /// Pieces right of the labels.
  var values: [Part] { rows.flatMap { $0.parts.filter { $0.columns.lowerBound > 0 } } }
  /// The part of them that are figures.
  var numberShare: Double {
    let values = values
    return values.isEmpty ? 0 : Double(values.count(where: \.isNumber)) / Double(values.count)
  }
  /// How many words they have on average, as a reader counts them.
  var wordsPerValue: Double {
    let values = values
    return Double(values.reduce(0) { $0 + $1.words.reduce(0) { $0 + $1.count } }) / Double(max(1, values.count))
  }

  /// The left end of the pieces in a column, if there are any.
  func leftStart(of column: Int) -> Double? {
    rows.flatMap(\.parts).filter { $0.columns == column...column }.map(\.x0).min()
  }

  /// The right end of the widest piece in a column.
  func rightEnd(of column: Int) -> Double {
    rows.flatMap(\.parts).filter { $0.columns == column...column }.map(\.x1).max() ?? 0
  }
}
