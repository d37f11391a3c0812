import DocumentModel

/// The lines of a table between rules that run over it.
///
/// ```
///  name      what is said of it
/// ──────────────────────────────
///  western   a sentence that goes      nearly each band has something in two columns, so that rules part rows: cells may
///            on in the next line       hold sentences, and the lines of a band are one row where they are few
/// ──────────────────────────────
///  eastern   another one
/// ```
struct RuleBands {
  /// Whether rules part rows: three bands at least, nearly all of them with something in two columns and more.
  private(set) var partRows = false
  /// Whether they part all rows: there are four bands at least, with so few lines as broken cells have.
  private(set) var areRows = false

  /// Rules closer than this to the one above, in lines, are the strokes of one.
  private static let doubleRule = 0.42
  /// Of one row, on average.
  private static let mostLines = 3

  /// `rules` are horizontal, their pieces put together; those that run over less than half of the rows do not count.
  init(_ rows: [AlignedRows.Row], rules: [Ruling], em: Double) {
    guard let top = rows.first?.line.midY, let bottom = rows.last?.line.midY, let x0 = rows.map(\.line.x0).min(),
      let x1 = rows.map(\.line.x1).max()
    else { return }
    var heights: [Double] = []
    for rule in rules.sorted(by: { $0.position < $1.position }) where rule.position > top && rule.position < bottom {
      guard min(rule.end, x1) - max(rule.start, x0) > 0.5 * (x1 - x0) else { continue }
      if let last = heights.last, rule.position - last <= Self.doubleRule * 1.15 * em { continue }
      heights.append(rule.position)
    }
    let bands = Dictionary(grouping: rows) { row in heights.partitioningIndex { $0 > row.line.midY } }.values
    let full = bands.count { rows in
      Set(rows.lazy.flatMap(\.parts).filter { !$0.isSpan }.map(\.columns.lowerBound)).count >= 2
    }
    partRows = bands.count >= 3 && 10 * full >= 8 * bands.count
    areRows = partRows && bands.count >= 4 && rows.count <= Self.mostLines * bands.count
  }
}
