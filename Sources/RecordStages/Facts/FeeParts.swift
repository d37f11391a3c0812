import DocumentModel
import PipelineKit

/// The parts of an amount that a paragraph lists behind it: two at least, all exact.
///
/// ```
///   "In all 60 were charged, of which 40 for maps and 20 for copies."   → 60
///   "In all 60 were charged, of which 40 for maps."                     → nil, one part is no list
///   "In all 60 were charged, most of it, 40, for maps, 10 for copies."  → nil, by the words of `unless`
/// ```
struct FeeParts {
  /// What they sum up to, and what the whole is, in units of so many decimals.
  private(set) var sum: Int128
  private(set) var whole: Int128
  private(set) var places: Int

  init?(_ text: String, of total: ExactDecimal, unless: Pattern, _ vocabulary: Vocabulary) {
    let fee = vocabulary.fee
    // Over the ends of sentences; what stands in brackets says an amount again.
    let clauses = Sentence.sentences(of: text).flatMap(\.clauses).flatMap(\.parts).filter { !$0.isAside }
      .map { String(text[$0.range]) }
    guard let first = clauses.firstIndex(where: fee.parts.matches),
      clauses[..<first].flatMap({ FeeClause($0, vocabulary).amounts }).contains(where: { amount in
        amount.isExact && ExactDecimal(amount.yuan).map { Self.equal($0, total) } == true
      })
    else { return nil }
    let list = clauses[first...]
    guard !list.contains(where: { unless.matches($0) || fee.rate.matches($0) || fee.setAside.matches($0) }) else {
      return nil
    }
    let amounts = list.flatMap { FeeClause($0, vocabulary).amounts }
    guard amounts.count > 1, amounts.allSatisfy({ $0.isExact && !$0.isTotal }) else { return nil }
    let figures = amounts.compactMap { ExactDecimal($0.yuan) }
    let places = max(total.places, figures.map(\.places).max() ?? 0)
    let units = figures.compactMap { $0.units(of: places) }
    guard units.count == amounts.count, let whole = total.units(of: places) else { return nil }
    (sum, self.whole, self.places) = (units.reduce(0, +), whole, places)
  }

  private static func equal(_ one: ExactDecimal, _ other: ExactDecimal) -> Bool {
    let places = max(one.places, other.places)
    return one.units(of: places) == other.units(of: places)
  }
}
