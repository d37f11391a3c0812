import DocumentModel

/// Linear equations between the figures of a body's record and those of its record on the year before.
public struct AuditRules: Sendable {
  let body: String
  let year: String
  /// One for each check that a pair of years gets.
  let equations: [Equation]
  /// Every figure that the equations need.
  let pointers: [String]

  /// One equation: the terms of both sides sum up to the same.
  struct Equation: Sendable {
    var id: String
    var instance: String
    var severity: Severity
    var message: String
    var left: [Term]
    var right: [Term]
  }

  /// A figure, so many times.
  struct Term: Hashable, Sendable {
    /// Index among the pointers.
    var operand: Int
    var isOfYearBefore: Bool
    var times: Int
  }

  /// Reads the rules in the file at `path`:
  ///
  /// ```yaml
  /// rules:
  ///   - id: Y-02
  ///     each: [regulations]                                 # stands for * in the pointers
  ///     left: [{ this: /disclosure/*/in_force }]
  ///     right: [{ before: /disclosure/*/in_force }, { this: /disclosure/*/repealed_this_year, times: -1 }]
  /// ```
  ///
  /// - Throws: ``RecordError`` that names the file and what is wrong with it.
  public init(path: String) throws {
    let file: AuditFile = try schemaFile(path)
    func invalid(_ reason: String) -> RecordError { RecordError("schema.invalid", "\(path): \(reason)") }
    guard file.format == 1 else { throw invalid("'format' must be 1") }
    for pointer in [file.body, file.year] where !pointer.hasPrefix("/") {
      throw invalid("'\(pointer)' is no pointer; it has to begin with /")
    }
    var pointers: [String] = []
    var equations: [Equation] = []
    for (index, rule) in file.rules.enumerated() {
      if file.rules[..<index].contains(where: { $0.id == rule.id }) {
        throw invalid("two rules have the id '\(rule.id)'")
      }
      guard let severity = Severity(rawValue: rule.severity) else {
        throw invalid("rule \(rule.id) has the severity '\(rule.severity)', which is not error, warning or info")
      }
      if let fault = rule.fault { throw invalid("rule \(rule.id): \(fault)") }
      for instance in rule.each ?? [""] {
        func terms(_ terms: [AuditFile.Term]) -> [Term] {
          terms.map { term in
            let pointer = (term.this ?? term.before ?? "").replacing("*", with: instance)
            let operand = pointers.firstIndex(of: pointer) ?? pointers.count
            if operand == pointers.count { pointers.append(pointer) }
            return Term(operand: operand, isOfYearBefore: term.before != nil, times: term.times ?? 1)
          }
        }
        equations.append(
          Equation(
            id: rule.id, instance: instance, severity: severity, message: rule.message, left: terms(rule.left),
            right: terms(rule.right)))
      }
    }
    (body, year, self.equations, self.pointers) = (file.body, file.year, equations, pointers)
  }
}

extension AuditFile.Rule {
  /// Why it cannot be used.
  fileprivate var fault: String? {
    let terms = left + right
    if terms.contains(where: { ($0.this == nil) == ($0.before == nil) }) {
      return "a term has either 'this' or 'before', the pointer of a figure"
    }
    if terms.allSatisfy({ $0.this == nil }) || terms.allSatisfy({ $0.before == nil }) {
      return "its terms have to be of this year and of the year before"
    }
    for pointer in terms.compactMap({ $0.this ?? $0.before }) {
      if !pointer.hasPrefix("/") { return "'\(pointer)' is no pointer; it has to begin with /" }
      if pointer.contains("*") != (each != nil) {
        return each == nil ? "'\(pointer)' has a *, and no 'each' says what it stands for" : "'\(pointer)' has no *"
      }
    }
    let isLarge = terms.contains { ($0.times ?? 1).magnitude > 1_000_000 }
    return isLarge ? "'times' is beyond a million" : nil
  }
}
