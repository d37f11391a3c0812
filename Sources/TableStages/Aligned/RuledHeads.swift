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
    return pieces.map(\.position).sorted().first { height in
      let level = pieces.filter { abs($0.position - height) < reach }
      return extents.allSatisfy { extent in
        level.contains { min($0.end, extent.upperBound) > max($0.start, extent.lowerBound) }
      } && rows.allSatisfy { $0.line.midY > height || $0.line.numbers == 0 || $0.line.namesYears }
    }
  }

  /// The first row below the rule of the heads, if figures stand above `body`, which would be heads.
  func rowBelowHeads(above body: Int) -> Int? {
    guard let headRule, let row = rows.firstIndex(where: { $0.line.midY > headRule }), row < body else { return nil }
    return rows[row..<body].contains { $0.line.numbers > 0 && !$0.line.namesYears } ? row : nil
  }
}
