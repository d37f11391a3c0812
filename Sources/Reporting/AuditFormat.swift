public import DocumentModel

/// The format `gouji.audit/1`: what came out of rules over years and bodies, an object a line.
///
/// A finding has the members of a record's check and `body`, `years`, `records`, `figures`; the last line is the summary.
public enum AuditFormat {
  /// One finding.
  public static func json(_ finding: AuditFinding) -> JSONValue {
    guard case .object(let check) = finding.check.json else { return .null }
    let origins = [finding.before, finding.this]
    let members: [JSONValue.Member] = [
      .init("format", "gouji.audit/1"), .init("body", .string(finding.body)),
      .init("years", .array(origins.map { .integer($0.year) })),
    ]
    return .object(
      members + check + [
        .init(
          "records",
          .array(origins.map { ["year": .integer($0.year), "uri": .string($0.uri), "sha256": .string($0.sha256)] })),
        .init(
          "figures",
          .array(
            finding.figures.map { figure in
              [
                "year": .integer(figure.year), "pointer": .string(figure.pointer), "value": figure.value,
                "times": .integer(figure.times),
              ]
            })),
      ])
  }

  /// Something odd about the records.
  public static func json(_ diagnostic: Diagnostic) -> JSONValue {
    [
      "format": "gouji.audit/1",
      "diagnostic": [
        "code": .string(diagnostic.code), "severity": .string(diagnostic.severity.rawValue),
        "message": .string(diagnostic.message),
      ],
    ]
  }

  /// What was looked at.
  public static func json(_ summary: AuditSummary) -> JSONValue {
    let rules = summary.rules.map { rule in
      JSONValue.Member(
        rule.id,
        [
          "pass": .integer(rule.pass), "fail": .integer(rule.fail), "uncertain": .integer(rule.uncertain),
          "not_assessable": .integer(rule.notAssessable),
        ])
    }
    return [
      "format": "gouji.audit/1",
      "summary": [
        "records": .integer(summary.records), "skipped_lines": .integer(summary.skippedLines),
        "nameless_records": .integer(summary.namelessRecords), "repeated_records": .integer(summary.repeatedRecords),
        "contradicted_records": .integer(summary.contradictedRecords), "bodies": .integer(summary.bodies),
        "pairs": .integer(summary.pairs), "rules": .object(rules),
      ],
    ]
  }

  // MARK: For people

  /// A finding in a few lines, with every figure and where it is from.
  public static func text(_ finding: AuditFinding) -> String {
    let check = finding.check
    let what = check.status == .fail ? "not so" : check.status.rawValue
    let instance = check.instance.isEmpty ? "" : " \(check.instance)"
    var lines = [
      "\(finding.body), \(finding.before.year) and \(finding.this.year)",
      "  \(check.id)\(instance), \(check.severity.rawValue): \(what): \(check.message)",
    ]
    if check.left != .null {
      lines.append("    \(plain(check.left)) against \(plain(check.right)), difference \(plain(check.difference))")
    }
    lines += finding.figures.map { figure in
      let uri = figure.year == finding.this.year ? finding.this.uri : finding.before.uri
      return "    \(figure.year)  \(plain(figure.value))  \(figure.pointer)  (\(uri))"
    }
    return lines.joined(separator: "\n")
  }

  /// What was looked at, a line for each rule.
  public static func text(_ summary: AuditSummary) -> String {
    let left = [
      counted(summary.skippedLines, "line skipped", "lines skipped"),
      counted(summary.namelessRecords, "record without a body or a year", "records without a body or a year"),
      counted(summary.repeatedRecords, "repeated", "repeated"),
      counted(
        summary.contradictedRecords, "contradicted by another and not used", "contradicted by others and not used"),
    ].filter { !$0.hasPrefix("0 ") }.map { ", " + $0 }.joined()
    let head =
      counted(summary.records, "record", "records") + " of " + counted(summary.bodies, "body", "bodies") + left + "; "
      + counted(summary.pairs, "pair of a year and the next", "pairs of a year and the next")
    let rules = summary.rules.map { rule in
      "\(rule.id)  pass \(rule.pass), fail \(rule.fail), uncertain \(rule.uncertain), not assessable \(rule.notAssessable)"
    }
    return ([head] + rules).joined(separator: "\n")
  }

  private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  private static func plain(_ value: JSONValue) -> String {
    switch value {
    case .integer(let count): String(count)
    case .string(let text): text
    case .null, .bool, .number, .array, .object: "not printed"
    }
  }
}
