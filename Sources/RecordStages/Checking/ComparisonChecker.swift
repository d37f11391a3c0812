import DocumentModel

/// Checks what the text states against the tables.
struct ComparisonChecker {
  let fields: [String: Field]

  /// What is known of a figure or a sum: nil ends are open.
  private struct Interval {
    var least: Int128?
    var most: Int128?
    func meets(_ other: Interval) -> Bool {
      (least == nil || other.most == nil || least ?? 0 <= other.most ?? 0)
        && (most == nil || other.least == nil || other.least ?? 0 <= most ?? 0)
    }
  }

  /// A side of a comparison.
  private struct Side {
    var sum: Int128 = 0
    var interval = Interval(least: 0, most: 0)
    /// Whether every figure of it is printed where it stands, not worked out.
    var isPrinted = true
  }

  /// Fails where none of the accepted sums can be equal to the left side; a sum of which a figure is not known leaves it
  /// open.
  func check(_ comparison: Comparison) -> Check {
    var seen: Set<String> = []
    let pointers = (comparison.left + comparison.accepted.joined()).map(\.pointer).filter { seen.insert($0).inserted }
    let sums = comparison.accepted.map(Self.expression).joined(separator: " or ")
    var check = Check(
      id: comparison.id, instance: comparison.instance, status: .notAssessable, severity: comparison.severity,
      message: comparison.message, expression: "\(Self.expression(comparison.left)) = \(sums)", pointers: pointers)
    let accepted = comparison.accepted.map(side)
    guard let left = side(comparison.left) else { return check }
    let equal = accepted.compactMap { $0 }.first { $0.interval.meets(left.interval) }
    guard let right = equal ?? accepted[0] else { return check }
    (check.left, check.right, check.difference) = (json(left.sum), json(right.sum), json(left.sum - right.sum))
    if equal != nil {
      check.status = .pass
    } else if accepted.allSatisfy({ $0 != nil }) {
      check.status = .fail
      check.cause = left.isPrinted && accepted.allSatisfy { $0?.isPrinted == true } ? .source : .undecided
    }
    return check
  }

  /// Nil where a figure is neither printed nor proven, or only near what is meant.
  private func side(_ terms: [Comparison.Term]) -> Side? {
    var side = Side()
    for term in terms {
      guard term.bound != .open, let field = fields[term.pointer], let state = field.provenance?.state,
        field.provenance?.note != GridDecision.chosenByText, state.isPrinted || state == .derived,
        case .integer(let value) = field.value
      else { return nil }
      let (low, high) = (term.bound == .atMost ? nil : Int128(value), term.bound == .atLeast ? nil : Int128(value))
      if term.isSubtracted {
        side.sum -= Int128(value)
        side.interval.least = side.interval.least.flatMap { sum in high.map { sum - $0 } }
        side.interval.most = side.interval.most.flatMap { sum in low.map { sum - $0 } }
      } else {
        side.sum += Int128(value)
        side.interval.least = side.interval.least.flatMap { sum in low.map { sum + $0 } }
        side.interval.most = side.interval.most.flatMap { sum in high.map { sum + $0 } }
      }
      side.isPrinted = side.isPrinted && state.isPrinted
    }
    return side
  }

  /// `facts.a = new.total + old.total`.
  private static func expression(_ terms: [Comparison.Term]) -> String {
    terms.enumerated().map { index, term in
      let name = term.pointer.split(separator: "/").filter { $0 != "value" }.joined(separator: ".")
      return (term.isSubtracted ? (index == 0 ? "-" : " - ") : index == 0 ? "" : " + ") + name
    }.joined()
  }

  private func json(_ value: Int128) -> JSONValue {
    Int(exactly: value).map { .integer($0) } ?? .string("\(value)")
  }
}
