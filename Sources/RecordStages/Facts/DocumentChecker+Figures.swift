import DocumentModel
import PipelineKit

extension DocumentChecker {
  /// Amounts behind the one that was charged are its parts, where the text says so and lists all of them; nothing is asked
  /// where no amount is known.
  func partsCheck() -> Check? {
    guard let rule = rules.parts else { return nil }
    var check = Check(
      id: rule.id, instance: "document", status: .notAssessable, severity: rule.severity,
      message: "the parts of an amount that are listed add up to it", pointers: [rule.pointer])
    guard case .string(let amount)? = value(rule.pointer), let total = ExactDecimal(amount) else {
      return check
    }
    let lists = passages.compactMap { passage in
      FeeParts(passage.block.text.folded, of: total, unless: rule.unless, vocabulary)
    }
    guard let list = lists.first, lists.count == 1 else { return check }
    func json(_ units: Int128) -> JSONValue { ExactDecimal.json(units, places: list.places, isCount: false) }
    (check.left, check.right, check.difference) = (json(list.whole), json(list.sum), json(list.whole - list.sum))
    check.status = list.whole == list.sum ? .pass : .fail
    return check
  }

  /// A share fails where it is that of none of the wholes that are stated.
  func shareChecks() -> [Check] {
    guard let rule = rules.shares else { return [] }
    let wholes = rule.of.compactMap { sum in
      sum.terms.reduce(Int?.some(0)) { total, term in
        guard let total, let fact = facts.first(where: { $0.key == term.name })?.statement, fact.bound == .exact else {
          return nil
        }
        let (sum, isTooLarge) =
          term.isSubtracted
          ? total.subtractingReportingOverflow(fact.value) : total.addingReportingOverflow(fact.value)
        return isTooLarge ? nil : sum
      }
    }.filter { 1..<1_000_000_000 ~= $0 }
    return facts.filter { rule.facts.contains($0.key) }.compactMap { fact in
      guard let statement = fact.statement, statement.bound == .exact, statement.value < 1_000_000_000,
        let printed = statement.share(rule.pattern)
      else { return nil }
      var check = Check(
        id: rule.id, instance: fact.key + " share", status: .notAssessable, severity: rule.severity,
        message: "the share that the text gives is that of the figure before it", pointers: [Fact.pointer(fact.key)])
      // In hundredths of a per cent.
      let shares = wholes.map { (statement.value * 20_000 / $0 + 1) / 2 }
      guard let nearest = shares.min(by: { abs($0 - printed.share) < abs($1 - printed.share) }) else { return check }
      (check.left, check.right) = (.string(Self.percent(printed.share)), .string(Self.percent(nearest)))
      check.status = abs(nearest - printed.share) * 2 <= rule.tolerance * 2 + printed.unit ? .pass : .fail
      return check
    }
  }

  private static func percent(_ hundredths: Int) -> String {
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) %"
  }

  /// No figures that bodies of this kind cannot have; nothing is asked of others.
  func unableCheck() -> Check? {
    guard let rule = rules.unable, let organisation, rule.bodies.matches(organisation) else { return nil }
    let figures = rule.pointers.compactMap { pointer -> (String, Int)? in
      guard case .integer(let figure)? = value(pointer) else { return nil }
      return (pointer, figure)
    }
    let odd = figures.filter { $0.1 != 0 }.map(\.0)
    return Check(
      id: rule.id, instance: "document", status: figures.isEmpty ? .notAssessable : odd.isEmpty ? .pass : .fail,
      severity: rule.severity, message: rule.message, pointers: odd.isEmpty ? figures.map(\.0) : odd)
  }

  /// No rows that the form does not know.
  func extrasCheck() -> Check? {
    guard let rule = rules.extras, case .array(let rows)? = value(rule.pointer) else { return nil }
    return Check(
      id: rule.id, instance: "document", status: rows.isEmpty ? .pass : .fail, severity: rule.severity,
      message: "the tables have no rows beside those of the form", pointers: [rule.pointer], left: .integer(rows.count),
      right: 0)
  }
}

extension FactStatement {
  /// The share that stands right behind the figure, and the unit that it is rounded to, in hundredths of a per cent; nil
  /// where none does.
  fileprivate func share(_ pattern: Pattern) -> (share: Int, unit: Int)? {
    let text = passage.block.text.folded
    let rest = String(text[raw.upperBound...].prefix(40))
    guard let range = pattern.prefixMatch(of: rest)?["share"], let printed = ExactDecimal(String(rest[range])),
      printed.places <= 2, let share = printed.units(of: 2), share <= 10_000
    else { return nil }
    return (Int(share), [100, 10, 1][printed.places])
  }
}
