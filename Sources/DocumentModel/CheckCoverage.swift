/// How many checks came out how: that nothing was found does not say that everything was looked at.
public struct CheckCoverage: Hashable, Sendable, CustomStringConvertible {
  /// How many checks came out as each status; none is left out.
  public var counts: [Check.Status: Int] = [:]
  /// The rules with checks that could not be assessed, in the order of the checks, and how many.
  public var unassessed: [Rule] = []

  /// A rule and how many of its checks are meant.
  public struct Rule: Hashable, Sendable {
    /// The rule.
    public var id: String
    /// At least 1.
    public var count: Int
  }

  /// Counts.
  public init(_ checks: [Check]) {
    var places: [String: Int] = [:]
    for check in checks {
      counts[check.status, default: 0] += 1
      guard check.status == .notAssessable else { continue }
      if let place = places[check.id] {
        unassessed[place].count += 1
      } else {
        places[check.id] = unassessed.count
        unassessed.append(Rule(id: check.id, count: 1))
      }
    }
  }

  /// How many checks there are.
  public var total: Int { counts.values.reduce(0, +) }

  /// `5 checks: 2 pass, 1 fail, 2 not assessable (N-01 1, N-05 1)`.
  public var description: String {
    let named: [(Check.Status, String)] = [
      (.pass, "pass"), (.fail, "fail"), (.uncertain, "uncertain"), (.notAssessable, "not assessable"),
    ]
    let parts = named.compactMap { status, name in counts[status].map { "\($0) \(name)" } }
    let rules = unassessed.map { "\($0.id) \($0.count)" }.joined(separator: ", ")
    let head = "\(total) \(total == 1 ? "check" : "checks"): " + parts.joined(separator: ", ")
    return rules.isEmpty ? head : head + " (\(rules))"
  }
}
