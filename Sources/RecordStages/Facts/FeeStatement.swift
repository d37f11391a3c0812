import DocumentModel
import PipelineKit

/// What one sentence says of the fee.
enum FeeStatement: Hashable {
  /// A fee was charged: the amount, or amounts of which none is known to be the whole.
  case charged([FeeClause.Amount])
  /// None was charged.
  case denied
  /// It speaks of amounts, but not of what was charged, or of both.
  case unclear

  /// The amounts that were charged.
  var amounts: [FeeClause.Amount] {
    if case .charged(let amounts) = self { amounts } else { [] }
  }

  /// Reads a sentence clause by clause; nil where it says nothing of the fee of `year`.
  ///
  /// Left out are clauses about another year or another fee, with the price of one request, with what was refunded or
  /// waived, and the parts of a sum. Of what was due only what was paid counts.
  init?(_ sentence: String, year: String?, _ vocabulary: Vocabulary) {
    let fee = vocabulary.fee
    var clauses = FeeClause.clauses(of: sentence).filter { clause in
      guard let other = fee.namedYear.firstMatch(in: clause)?.firstGroup else { return true }
      return year == nil || String(clause[other]) == year ?? ""
    }
    if let parts = clauses.firstIndex(where: fee.parts.matches) { clauses.removeSubrange(parts...) }
    clauses.removeAll { fee.rate.matches($0) || fee.setAside.matches($0) }
    clauses = Self.ofThisFee(Self.ofThisYear(clauses, fee), fee)
    let left = clauses.joined(separator: ",")
    guard fee.about.matches(left), !fee.otherYear.matches(left),
      fee.exact.matches(left) || !fee.unrelated.matches(left)
    else { return nil }
    self.init(clauses.map { FeeClause($0, vocabulary) })
  }

  /// Without the amounts of another year. What stands behind them is theirs too, unless it names this year.
  private static func ofThisYear(_ clauses: [String], _ fee: Vocabulary.Fee) -> [String] {
    var isOther = false
    return clauses.filter { clause in
      if fee.otherYear.matches(clause), fee.amount.matches(clause) {
        isOther = true
        return false
      }
      if fee.thisYear.matches(clause) { isOther = false }
      return !isOther || !fee.amount.matches(clause)
    }
  }

  /// Without the clauses about another fee. An amount behind them is theirs too, unless it names this fee.
  private static func ofThisFee(_ clauses: [String], _ fee: Vocabulary.Fee) -> [String] {
    var isOther = false
    return clauses.filter { clause in
      if fee.own.matches(clause) {
        isOther = false
      } else if fee.otherFee.matches(clause) {
        isOther = true
        return false
      }
      return !isOther || !fee.amount.matches(clause)
    }
  }

  private init?(_ clauses: [FeeClause]) {
    let isDenied = clauses.contains { $0.isDenied && !$0.isDue }
    let charged = clauses.filter { $0.isCharge && !$0.isDenied && !$0.isDue }.flatMap(\.amounts)
    let all = clauses.flatMap(\.amounts).filter { !$0.isZero }
    let paid = clauses.drop { !$0.isPaid }.filter { !$0.isDue }.flatMap(\.amounts)
    if clauses.contains(where: \.isOdd) {
      self = .unclear
    } else if all.isEmpty {
      guard isDenied || clauses.contains(where: { $0.isCharge && !$0.amounts.isEmpty }) else { return nil }
      self = .denied
    } else if !clauses.contains(where: \.isCharge) {
      return nil
    } else if clauses.contains(where: \.isUnpaid) {
      self = .unclear
    } else if !paid.isEmpty {
      let sums = paid.filter { !$0.isZero }
      self = sums.isEmpty ? .denied : .charged(Self.total(of: sums, sums).map { [$0] } ?? sums)
    } else if clauses.contains(where: { $0.isDue && !$0.amounts.isEmpty }) {
      self = .unclear
    } else if let total = Self.total(of: all, charged) {
      self = isDenied && !charged.contains(total) ? .unclear : .charged([total])
    } else {
      // What was not charged is no part of it.
      guard !isDenied || charged.contains(where: { !$0.isZero }) else {
        self = .unclear
        return
      }
      self = .charged((isDenied ? charged : all).filter { !$0.isZero })
    }
  }

  /// The one amount that is called the sum, and is the sum of the others if others were charged too.
  private static func total(of all: [FeeClause.Amount], _ charged: [FeeClause.Amount]) -> FeeClause.Amount? {
    let totals = all.filter(\.isTotal)
    guard let total = totals.first, Set(totals.map(\.yuan)).count == 1 else { return nil }
    let others = charged.filter { !$0.isTotal && !$0.isZero }
    return others.isEmpty || isSum(total, of: others) ? total : nil
  }

  /// The only amount, or the first if it is called a sum and is the sum of the others; else nil.
  ///
  /// Amounts that are equal may well be two, and the first of several may happen to be the sum of the others.
  static func whole(_ amounts: [FeeClause.Amount]) -> String? {
    guard let first = amounts.first, amounts.allSatisfy(\.isExact) else { return nil }
    guard amounts.count > 1 else { return first.yuan }
    return first.isTotal && isSum(first, of: Array(amounts.dropFirst())) ? first.yuan : nil
  }

  private static func isSum(_ total: FeeClause.Amount, of parts: [FeeClause.Amount]) -> Bool {
    let cents = parts.compactMap { Self.cents($0.yuan) }
    return parts.count > 1 && cents.count == parts.count && Self.cents(total.yuan) == cents.reduce(0, +)
  }

  fileprivate static func isEqual(_ one: String, _ other: String) -> Bool {
    one == other || cents(one).map { $0 == cents(other) } == true
  }

  /// `120.5` → 12050; nil for fractions of a cent and what cannot be counted.
  private static func cents(_ yuan: String) -> Int128? {
    let parts = yuan.split(separator: ".", maxSplits: 1)
    let fraction = parts.count == 2 ? parts[1] : ""
    guard let whole = parts.first, whole.count < 20, fraction.count <= 2 else { return nil }
    return Int128(String(whole) + fraction + String(repeating: "0", count: 2 - fraction.count))
  }
}

/// One clause of a sentence about the fee.
struct FeeClause {
  /// Nothing was charged.
  var isDenied: Bool
  /// It speaks of charging.
  var isCharge: Bool
  /// Its amount was due, which does not say that it was paid.
  var isDue: Bool
  /// Its amount was paid, of what was due.
  var isPaid: Bool
  /// It says that an amount was not paid.
  var isUnpaid: Bool
  /// An amount is below zero, or in the money of another country.
  var isOdd = false
  var amounts: [Amount]

  struct Amount: Hashable {
    /// In yuan.
    var yuan: String
    /// Whether it is called a sum.
    var isTotal: Bool
    /// Whether it is the fee to the yuan: neither rounded nor together with another fee.
    var isExact = true
    var isZero: Bool { yuan.allSatisfy { $0 == "0" || $0 == "." } }
  }

  init(_ text: String, _ vocabulary: Vocabulary) {
    let fee = vocabulary.fee
    isDenied = fee.notCharged.contains { $0.matches(text) }
    isCharge = fee.charge.matches(text)
    (isDue, isPaid) = (fee.due.matches(text), fee.paid.matches(text))
    isUnpaid = fee.unpaid.matches(text)
    amounts = []
    let isShared = fee.otherFee.matches(text)
    var rest = text
    while let match = fee.amount.firstMatch(in: rest), let group = match["amount"] {
      let (before, after) = (String(rest[..<match.range.lowerBound]), String(rest[match.range.upperBound...]))
      if let yuan = Self.yuan(String(rest[group]), vocabulary.numerals) {
        var amount = Amount(yuan: yuan, isTotal: fee.total.matches(before))
        let isCounted = (yuan.split(separator: ".").dropFirst().first?.count ?? 0) <= 2
        amount.isExact =
          isCounted && !isShared && !fee.roundedBefore.matches(before) && !fee.roundedAfter.matches(after)
        isOdd = isOdd || fee.foreign.matches(before)
        let isSame = amounts.last.map { FeeStatement.isEqual($0.yuan, yuan) } == true && fee.restated.matches(before)
        if !isSame { amounts.append(amount) }
      }
      rest = after
    }
  }

  /// The parts of a sentence between commas; those within a figure are none.
  static func clauses(of sentence: String) -> [String] {
    var clauses = [""]
    for (index, character) in zip(sentence.indices, sentence) {
      let next = sentence.index(after: index)
      let isSeparator = clauses[clauses.count - 1].last?.isDigit == true && sentence[next...].first?.isDigit == true
      if character == ",", !isSeparator { clauses.append("") } else { clauses[clauses.count - 1].append(character) }
    }
    return clauses
  }

  /// `2.5万` → `25000`, `叁仟` → `3000`, `3,940` → `3940`.
  private static func yuan(_ text: String, _ numerals: Numerals) -> String? {
    if let number = numerals.integer(text.filter { $0 != "," }) { return String(number) }
    let digits = text.prefix { $0.isDigit || $0 == "." || $0 == "," }.filter { $0 != "," }
    let parts = digits.split(separator: ".")
    guard let whole = parts.first else { return nil }
    var reading = FigureReader.Reading(sign: "", whole: String(whole), fraction: "", unit: "", note: "")
    if parts.count == 2 { reading.fraction = String(parts[1]) }
    let unit = text.drop { $0.isDigit || $0 == "." || $0 == "," }
    guard !unit.isEmpty else { return reading.decimal }
    guard let factor = numerals.units[String(unit)] else { return nil }
    return reading.shifted(by: String(factor).count - 1)
  }
}
