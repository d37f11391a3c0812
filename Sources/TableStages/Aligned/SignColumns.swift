import DocumentModel

/// Which columns of a page stand between a currency sign and the figure that follows it, far to the right.
///
/// ```
/// Revenue  $   1,100   $ 1,000       one column each: the sign stands at its left side
/// Cost           310       290
/// Goodwill $                75       of the second column: figures of the first end between
///
/// Loan A   $     200                 a column of currencies: another one begins where the sign does
/// Loan B   EUR   800
/// ```
struct SignColumns {
  /// Where figures end, other than years, which are heads, and where short words begin that are no signs: from left to
  /// right, with the heights of their middles.
  private let ends: [(x: Double, y: Double)]
  private let units: [(x: Double, y: Double)]

  // In font sizes: how far above and below a line a column shows, and how exactly words begin at one place.
  private static let (reach, aligned) = (18.0, 0.5)
  private static let longestUnit = 4

  init(of words: [TextWord]) {
    ends = words.filter { $0.isNumber && !NumberShape.isYear($0.scalars) }.map { ($0.box.x1, $0.box.midY) }.sorted {
      $0.0 < $1.0
    }
    units = words.filter { !$0.isNumber && !$0.isCurrencySign && $0.scalars.count <= Self.longestUnit }
      .map { ($0.box.x0, $0.box.midY) }.sorted { $0.0 < $1.0 }
  }

  /// Whether the sign is no part of the figure behind it: two figures, or words, show a column.
  func part(_ sign: TextWord, from figure: TextWord) -> Bool {
    let (near, size) = (Self.aligned * sign.size, figure.size)
    return Self.hasTwo(of: ends, from: sign.box.x1 + near, to: figure.box.x0 - near, near: figure.box.midY, size)
      || Self.hasTwo(of: units, from: sign.box.x0 - near, to: sign.box.x0 + near, near: figure.box.midY, size)
  }

  private static func hasTwo(
    of places: [(x: Double, y: Double)], from: Double, to: Double, near y: Double, _ size: Double
  ) -> Bool {
    let low = places.partitioningIndex { $0.x >= from }
    return places[low...].prefix { $0.x <= to }.lazy.filter { abs($0.y - y) < reach * size }.prefix(2).count == 2
  }
}
