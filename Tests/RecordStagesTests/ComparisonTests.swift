import DocumentModel
import TestSupport
import Testing

@testable import RecordStages

/// The text against the tables, in a library: what it says was lent is what the table counts, with or without renewals.
private let fields: [Field] = [
  field("/facts/lent/value", 24), field("/loans/new/total", 20), field("/loans/renewed/total", 4),
  field("/loans/lost/total", nil, .blank), field("/loans/sent/total", 3, .derived),
]

private func field(_ pointer: String, _ value: Int?, _ state: ValueState = .printed) -> Field {
  Field(pointer, .integer(orNull: value), Provenance(state, stage: "trial"))
}

private func check(
  _ accepted: [[String]], value: Int = 24, bound: Comparison.Bound = .exact, state: ValueState = .printed
) -> Check {
  var known = Dictionary(uniqueKeysWithValues: fields.map { ($0.pointer, $0) })
  known["/facts/lent/value"] = field("/facts/lent/value", value, state)
  let comparison = Comparison(
    id: "L-9", instance: "lent", severity: .warning, message: "lent", left: [.init("/facts/lent/value", bound: bound)],
    accepted: accepted.map { terms in
      terms.map { Comparison.Term("/loans/\($0.drop { $0 == "-" })/total", isSubtracted: $0.hasPrefix("-")) }
    })
  return ComparisonChecker(fields: known).check(comparison)
}

@Suite struct `What the text states against the tables` {
  @Test func `One of several sums is enough`() {
    let passed = check([["new"], ["new", "renewed"]])
    #expect(passed.status == .pass)
    #expect(passed.right == 24)
    #expect(passed.cause == nil)
    #expect(passed.expression == "facts.lent = loans.new.total or loans.new.total + loans.renewed.total")
  }

  @Test func `Where no sum is equal the first is shown, and the source contradicts itself`() {
    let failed = check([["new"], ["new", "renewed"]], value: 23)
    #expect(failed.status == .fail)
    #expect(failed.cause == .source)
    #expect([failed.left, failed.right, failed.difference] == [23, 20, 3])
    #expect(failed.pointers == ["/facts/lent/value", "/loans/new/total", "/loans/renewed/total"])
  }

  @Test func `A sum with a blank is no other sum, so that nothing fails`() {
    #expect(check([["new"], ["new", "lost"]]).status == .notAssessable)
    #expect(check([["new"], ["new", "lost"]], value: 20).status == .pass)
    #expect(check([["lost"]]).status == .notAssessable)
  }

  @Test func `A figure that the sums proved is compared, and may be at fault itself`() {
    #expect(check([["sent"]], value: 3).status == .pass)
    #expect(check([["sent"]]).cause == .undecided)
  }

  @Test func `What is taken away is subtracted`() {
    #expect(check([["new", "-renewed"]], value: 16).status == .pass)
    #expect(check([["new", "-renewed"]], value: 24).right == 16)
  }

  @Test(arguments: [
    (Comparison.Bound.atLeast, 19, Check.Status.pass), (.atLeast, 20, .pass), (.atLeast, 21, .fail),
    (.atMost, 19, .fail), (.atMost, 21, .pass), (.open, 21, .notAssessable), (.exact, 20, .pass),
  ])
  func `A figure that is only a bound is compared as one`(
    bound: Comparison.Bound, value: Int, status: Check.Status
  ) {
    #expect(check([["new"]], value: value, bound: bound).status == status)
  }

  @Test func `A fact of which nothing is known is not assessable`() {
    #expect(check([["new"]], state: .ambiguous).status == .notAssessable)
  }
}
