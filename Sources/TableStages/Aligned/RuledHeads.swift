import DocumentModel

extension AlignedRows {
  /// The height of the rules below the heads where each head has one of its own: they cross no cut, there is one for each
  /// column, and no figures stand above them.
  ///
  /// ```
  ///   name      assets      profit
  ///  ──────   ──────────   ────────      so few rows are a table, too
  ///   abc         1.00        -2.00
  /// ```
  static func headRule(
    of rows: [Row], cuts: [ColumnProfile.Cut], extents: [ClosedRange<Double>], rules: [Ruling]
  )
    -> Double?
  {
    guard cuts.count >= 2, let first = rows.first, let last = rows.last else { return nil }
    let reach = 0.3 * first.line.size
    let pieces = rules.filter { rule in
      rule.position > first.line.midY && rule.position < last.line.midY
        && !cuts.contains { rule.start < $0.position - reach && rule.end > $0.position + reach }
    }
    .sorted { $0.position < $1.position }
    let figures = rows.filter { $0.line.numbers > 0 && !$0.line.namesYears }.map(\.line.midY).min() ?? .infinity
    // From height to height, rules come into reach and go out of it: how many are there for each column.
    var counts = extents.map { _ in 0 }
    func count(_ rule: Ruling, _ step: Int) {
      for (index, extent) in extents.enumerated()
      where min(rule.end, extent.upperBound) > max(rule.start, extent.lowerBound) { counts[index] += step }
    }
    var level = 0..<0
    for height in pieces.lazy.map(\.position) where height < figures {
      while level.upperBound < pieces.count, pieces[level.upperBound].position - height < reach {
        count(pieces[level.upperBound], 1)
        level = level.lowerBound..<(level.upperBound + 1)
      }
      while let rule = level.first.map({ pieces[$0] }), height - rule.position >= reach {
        count(rule, -1)
        level = (level.lowerBound + 1)..<level.upperBound
      }
      if !counts.contains(0) { return height }
    }
    return nil
  }

  /// The first row below the rule of the heads, if figures stand above `body`, which would be heads.
  func rowBelowHeads(above body: Int) -> Int? {
    guard let headRule, let row = rows.firstIndex(where: { $0.line.midY > headRule }), row < body else { return nil }
    return rows[row..<body].contains { $0.line.numbers > 0 && !$0.line.namesYears } ? row : nil
  }
}
