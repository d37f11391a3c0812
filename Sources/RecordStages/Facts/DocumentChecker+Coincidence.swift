import DocumentModel

/// Checks on figures that are too good to be what they are called.
extension DocumentChecker {
  func coincidenceCheck() -> Check? {
    guard let rule = rules.coincidence else { return nil }
    let sums = rule.sums.compactMap { sum -> (pointers: [String], sum: Int)? in
      let values = sum.terms.map { term -> Int? in
        if case .integer(let value)? = value(term.name) { term.isSubtracted ? 0 &- value : value } else { nil }
      }
      guard !values.contains(nil), values.contains(where: { $0 != 0 }) else { return nil }
      return (sum.terms.map(\.name), values.reduce(0) { $0 &+ ($1 ?? 0) })
    }
    let isAssessable = sums.count >= max(1, rule.least)
    let holds = isAssessable && sums.allSatisfy { $0.sum == 0 }
    return Check(
      id: rule.id, instance: "document", status: !isAssessable ? .notAssessable : holds ? .fail : .pass,
      severity: rule.severity, message: rule.message, pointers: sums.flatMap(\.pointers))
  }
}
