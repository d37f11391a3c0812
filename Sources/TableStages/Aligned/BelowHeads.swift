/// Where the text of each column stands; `nil` for a column without any of its own.
struct ColumnExtents {
  private(set) var ranges: [ClosedRange<Double>?]

  init(of rows: some Sequence<AlignedRows.Row>, count: Int) {
    ranges = Array(repeating: nil, count: count)
    for row in rows { add(row) }
  }

  /// Adds the pieces of a row that stand in one column only.
  mutating func add(_ row: AlignedRows.Row) {
    for part in row.parts where !part.isSpan {
      let column = part.columns.lowerBound
      let known = ranges[column] ?? part.x0...part.x0
      ranges[column] = min(known.lowerBound, part.x0)...max(known.upperBound, part.x1)
    }
  }

  /// The columns without text as wide as in `other`.
  func filled(from other: ColumnExtents) -> ColumnExtents {
    var result = self
    for (column, range) in other.ranges.enumerated() where ranges[column] == nil { result.ranges[column] = range }
    return result
  }

  func middle(_ column: Int) -> Double? { ranges[column].map { ($0.lowerBound + $0.upperBound) / 2 } }

  /// From the left side of the first to the right side of the last of some columns.
  func range(_ columns: ClosedRange<Int>) -> ClosedRange<Double>? {
    guard let first = ranges[columns.lowerBound], let last = ranges[columns.upperBound],
      first.lowerBound <= last.upperBound
    else { return nil }
    return first.lowerBound...last.upperBound
  }
}

/// What stands below a line of heads.
struct BelowHeads {
  /// Of all rows of the table.
  let whole: ColumnExtents
  /// Of the table, in points.
  let width: Double
  /// The right end of most figures of each column.
  let figureEnds: [Double?]
  /// Of the heads below.
  private(set) var headExtents: ColumnExtents
  /// The heads of each column alone, from the lowest up.
  private(set) var heads: [[AlignedRows.Part]]
  /// Whether a head below stands over each column, alone or with others.
  private(set) var isHeaded: [Bool]
  /// The upper side of the lowest line of heads; -infinity below the last.
  private(set) var lowest = -Double.infinity
  private var own: ColumnExtents

  var columnCount: Int { isHeaded.count }
  /// Of the heads and figures below; of the whole table where there are none.
  var extents: ColumnExtents { own.filled(from: whole) }

  /// What stands below the last line of heads.
  init(body: Int, of table: AlignedRows) {
    let count = table.columnCount
    whole = ColumnExtents(of: table.rows, count: count)
    width =
      (whole.ranges.compactMap { $0?.upperBound }.max() ?? 0) - (whole.ranges.compactMap { $0?.lowerBound }.min() ?? 0)
    own = ColumnExtents(of: table.rows[body...], count: count)
    headExtents = ColumnExtents(of: [], count: count)
    heads = Array(repeating: [], count: count)
    isHeaded = Array(repeating: false, count: count)
    var ends: [[Double]] = Array(repeating: [], count: count)
    for part in table.rows[body...].lazy.flatMap(\.parts) where !part.isSpan {
      ends[part.columns.lowerBound].append(part.x1)
    }
    figureEnds = ends.map(\.median)
  }

  /// Moves up by one line of heads, which then is below.
  mutating func moveUp(over row: AlignedRows.Row) {
    own.add(row)
    headExtents.add(row)
    lowest = max(lowest, row.y0)
    for part in row.parts {
      for column in part.columns { isHeaded[column] = true }
      if !part.isSpan { heads[part.columns.lowerBound].append(part) }
    }
  }
}

/// A line of heads, with what stands below it.
struct HeadLine {
  /// From left to right.
  var parts: [AlignedRows.Part]
  let below: BelowHeads
  /// Of ``below``.
  let extents: ColumnExtents
  let midY: Double
  /// For each column, those that the nearest words above stand over, where these are several.
  private let groups: [ClosedRange<Int>?]
  /// Whether all but one of its pieces are no heads but stand over the labels.
  let isAlone: Bool

  init(_ row: AlignedRows.Row, below: BelowHeads, groups: [ClosedRange<Int>?] = []) {
    self.groups = groups
    (parts, self.below, extents, midY) = (row.parts, below, below.extents, row.line.midY)
    isAlone = parts.count { $0.columns.upperBound > 0 } == 1
  }

  /// The columns between the words on both sides, without that of the labels, as far as words above go.
  func free(_ at: Int) -> ClosedRange<Int> {
    let from = max(at > 0 ? parts[at - 1].columns.upperBound + 1 : 1, 1)
    let to = max(at + 1 < parts.count ? parts[at + 1].columns.lowerBound - 1 : below.columnCount - 1, from)
    let columns = parts[at].columns
    guard columns.lowerBound < groups.count, let group = groups[columns.lowerBound],
      group.contains(columns.upperBound), group.overlaps(from...to)
    else { return from...to }
    return (from...to).clamped(to: group)
  }

  /// Lets words stand over columns.
  mutating func take(_ columns: [Int: ClosedRange<Int>]) {
    for (at, range) in columns { parts[at].columns = range }
  }
}
