import DocumentModel

/// Why two parts that a page break parts may be one table after all.
///
/// ```
///   | A |  1.x  | 5 |
///   +---+-------+---+        the columns of both agree
///   List (continued)         a heading stands between
///   +---+-------+---+
///   | B |  2.y  | 7 |
///   +---+-------+---+
/// ```
enum JoinDoubt {
  /// So many lines of text stand between parts with the same columns.
  case headings(Int)
  /// Nothing stands between, and so many of the edges of the narrower part are edges of the other.
  case columns(agreeing: Int, of: Int)

  /// More lines than these are no heading.
  fileprivate static let mostHeadings = 2
  /// The widest heading, as a part of the width of the narrower table.
  fileprivate static let headingWidth = 0.6
  /// How much farther apart than joined columns those that agree nearly may lie.
  private static let farther = 2.0
  /// The part of the edges that must agree nearly.
  private static let shared = 0.7

  /// The doubt about parts with `lines` lines of text between them that are not joined; `fits` says whether columns and
  /// header would allow it. `nil` if there is none.
  init?(lines: Int, fits: Bool, above: ColumnEdges, below: ColumnEdges, options: JoinOptions) {
    if fits {
      guard lines > 0 else { return nil }
      self = .headings(lines)
      return
    }
    // The white space between aligned columns leaves room enough.
    guard lines == 0, above.slack.isEmpty, below.slack.isEmpty else { return nil }
    var near = options
    near.columnTolerance *= Self.farther
    near.sharedEdges = Self.shared
    guard below.laid(over: above, options: options) == nil, below.laid(over: above, options: near) != nil else {
      return nil
    }
    let agreeing = below.xs.count { own in
      above.xs.contains {
        abs($0 - above.xs[0] - own + below.xs[0]) <= options.columnTolerance * min(above.em, below.em)
      }
    }
    self = .columns(agreeing: min(agreeing, above.xs.count), of: min(above.xs.count, below.xs.count))
  }

  /// What it says about the two parts.
  func diagnostic(_ upper: Table, _ lower: Table) -> Diagnostic {
    let reason =
      switch self {
      case .headings(let count):
        "their columns agree, but \(count == 1 ? "a line of text stands" : "\(count) lines of text stand") between them"
      case .columns(let agreeing, let count):
        "nothing stands between them, but only \(agreeing) of \(count) column edges agree"
      }
    return Diagnostic(
      "table.join_doubtful", .info, "two parts at a page break may be one table: \(reason)",
      places: [upper.regions.last, lower.regions.first].compactMap { $0 })
  }
}

extension PageMargins {
  /// How many lines, other than running matter, stand between two tables at a break; `nil` if these are more than a
  /// heading. `last` and `first` are the indices of the pages before and after the break.
  func headings(between upper: Table, on last: Int, and lower: Table, on first: Int) -> Int? {
    guard let above = upper.regions.last?.box, let below = lower.regions.first?.box else { return nil }
    let width = JoinDoubt.headingWidth * min(above.width, below.width)
    guard let foot = headings(last, from: above.y1, to: pages[last].height, width: width),
      let head = headings(first, from: 0, to: below.y0, width: width), foot + head <= JoinDoubt.mostHeadings
    else { return nil }
    return foot + head
  }
}
