public import DocumentModel
import FoundationEssentials
public import PipelineKit

/// Holds the records of each body against those on the year before.
///
/// ```
///   a body   2022 ── 2023 ── 2024            2026
///                 rules    rules     a gap: none
/// ```
///
/// Of a record only the figures are kept that the rules need, a few hundred bytes; bodies are matched by their names
/// without spaces. Records on one year that say the same count once; of those that do not, none is used. A figure that is
/// not printed makes a check not assessable, one that is uncertain makes it uncertain.
///
/// Cost: one pass over the records, most of it reading JSON; then bodies × years × rules.
public struct Auditor {
  private let rules: AuditRules
  private var records: [Entry] = []
  private var bodies: [String: Int] = [:]
  private var recordsOfBody: [[Int32]] = []
  /// What was looked at so far.
  public private(set) var summary = AuditSummary()

  fileprivate struct Entry {
    var body: String
    var origin: AuditFinding.Origin
    var operands: [AuditOperand]
  }

  /// Audits by these rules.
  public init(_ rules: AuditRules) {
    self.rules = rules
    for equation in rules.equations where summary.rules.last?.id != equation.id {
      summary.rules.append(AuditSummary.Counts(id: equation.id))
    }
  }

  /// Takes in the records of a bulk result.
  ///
  /// - Parameter notice: hears of every line that is no record, and of records that name no body or year.
  /// - Throws: ``PipelineError`` with the code `input.unreadable` where the lines cannot be read.
  public mutating func read(_ lines: SourceLines, notice: (Diagnostic) -> Void) throws {
    let decoder = AuditedRecord.decoder(for: rules)
    var texts = JSONTexts(lines)
    while let text = try texts.next() {
      let place = "\(lines.path):\(text.line)"
      let record: AuditedRecord
      do { record = try decoder.decode(AuditedRecord.self, from: Data(text.bytes)) } catch {
        summary.skippedLines += 1
        let reason = error.isAboutSyntax ? "what stands here is torn, or no JSON" : "what stands here is no record"
        notice(Diagnostic("audit.line_unreadable", .warning, "\(place): \(reason); it is skipped"))
        continue
      }
      summary.records += 1
      guard let body = record.body, !body.bodyKey.isEmpty, let year = record.year else {
        summary.namelessRecords += 1
        let lack = record.year == nil ? "year" : "body"
        notice(
          Diagnostic("audit.record_nameless", .warning, "\(place): the record of \(record.uri) names no \(lack)"))
        continue
      }
      add(
        Entry(
          body: body, origin: AuditFinding.Origin(year: year, uri: record.uri, sha256: record.sha256),
          operands: record.operands))
    }
  }

  private mutating func add(_ entry: Entry) {
    let key = entry.body.bodyKey
    let body = bodies[key] ?? recordsOfBody.count
    if body == recordsOfBody.count {
      bodies[key] = body
      recordsOfBody.append([])
    }
    recordsOfBody[body].append(Int32(truncatingIfNeeded: records.count))
    records.append(entry)
  }

  /// Looks at all pairs of years, body by body in the order of their names.
  ///
  /// - Parameters:
  ///   - notice: hears of records on one year that contradict each other.
  ///   - finding: takes every check, whatever came out.
  public mutating func audit(
    notice: (Diagnostic) throws -> Void, finding: (AuditFinding) throws -> Void
  ) rethrows {
    summary.bodies = recordsOfBody.count
    for (_, body) in bodies.sorted(by: { $0.key < $1.key }) {
      var before: Entry?
      for entry in try usable(recordsOfBody[body].map { records[Int($0)] }, notice: notice) {
        if let before, before.origin.year == entry.origin.year &- 1 {
          summary.pairs += 1
          for equation in rules.equations {
            guard let found = equation.finding(rules, before, entry) else { continue }
            summary.count(found.check)
            try finding(found)
          }
        }
        before = entry
      }
    }
  }

  /// One record for each year of a body of which the records agree, by year.
  private mutating func usable(_ entries: [Entry], notice: (Diagnostic) throws -> Void) rethrows -> [Entry] {
    var usable: [Entry] = []
    let years = Dictionary(grouping: entries, by: \.origin.year).sorted { $0.key < $1.key }
    for (year, same) in years {
      let inOrder = same.sorted { ($0.origin.uri, $0.origin.sha256) < ($1.origin.uri, $1.origin.sha256) }
      guard let first = inOrder.first else { continue }
      if let other = inOrder.first(where: { $0.operands.map(\.figure) != first.operands.map(\.figure) }) {
        summary.contradictedRecords += inOrder.count
        let pointer = zip(rules.pointers, zip(first.operands, other.operands)).first { $1.0.figure != $1.1.figure }?.0
        try notice(
          Diagnostic(
            "audit.records_differ", .warning,
            "\(first.body) \(year): \(inOrder.count) records, of which \(first.origin.uri) and \(other.origin.uri) differ"
              + " in \(pointer ?? "a figure"); none of them is used"))
        continue
      }
      summary.repeatedRecords += inOrder.count - 1
      // What any of them prints is printed.
      var merged = first
      for (index, operand) in merged.operands.enumerated() where !operand.isPrinted {
        if let printed = inOrder.map({ $0.operands[index] }).first(where: \.isPrinted) {
          merged.operands[index] = printed
        }
      }
      usable.append(merged)
    }
    return usable
  }
}

extension Error {
  /// Whether the text was no JSON at all, rather than JSON of another kind.
  fileprivate var isAboutSyntax: Bool {
    if case DecodingError.dataCorrupted(let context)? = self as? DecodingError {
      context.codingPath.isEmpty
    } else {
      false
    }
  }
}

extension AuditSummary {
  fileprivate mutating func count(_ check: Check) {
    guard let index = rules.firstIndex(where: { $0.id == check.id }) else { return }
    rules[index].count(check.status)
  }
}

extension AuditRules.Equation {
  /// What comes out for two records; nil where neither has any of its figures, as in records that follow another form.
  fileprivate func finding(_ rules: AuditRules, _ before: Auditor.Entry, _ this: Auditor.Entry) -> AuditFinding? {
    func operand(_ term: AuditRules.Term) -> AuditOperand {
      (term.isOfYearBefore ? before : this).operands[term.operand]
    }
    func year(_ term: AuditRules.Term) -> Int { (term.isOfYearBefore ? before : this).origin.year }
    let terms = left + right
    let operands = terms.map(operand)
    if operands.allSatisfy({ $0 == .absent }) { return nil }
    func side(_ terms: [AuditRules.Term]) -> String {
      terms.map { term in
        let sign = term.times < 0 ? "- " : term == terms[0] ? "" : "+ "
        let factor = term.times.magnitude == 1 ? "" : "\(term.times.magnitude) × "
        return "\(sign)\(factor)\(year(term))\(rules.pointers[term.operand])"
      }.joined(separator: " ")
    }
    var check = Check(
      id: id, instance: instance, status: .notAssessable, severity: severity, message: message,
      expression: "\(side(left)) = \(side(right))", pointers: terms.map { rules.pointers[$0.operand] })
    let places = operands.compactMap(\.figure?.places).max() ?? 0
    let isCount = operands.allSatisfy { $0.figure?.places ?? 0 == 0 }
    func sum(_ terms: [AuditRules.Term]) -> Int128? {
      terms.reduce(0 as Int128?) { sum, term in
        guard let sum, let units = operand(term).figure?.units(of: places) else { return nil }
        let (product, overflow) = units.multipliedReportingOverflow(by: Int128(term.times))
        let (next, carry) = sum.addingReportingOverflow(product)
        return overflow || carry ? nil : next
      }
    }
    if let left = sum(left), let right = sum(right) {
      func json(_ units: Int128) -> JSONValue { ExactDecimal.json(units, places: places, isCount: isCount) }
      let (difference, overflow) = left.subtractingReportingOverflow(right)
      (check.left, check.right, check.difference) = (json(left), json(right), overflow ? nil : json(difference))
      if operands.allSatisfy(\.isPrinted) {
        check.status = left == right ? .pass : .fail
        // A re-organised body or a corrected report is as likely as an error of either reading.
        if check.status == .fail { check.cause = .undecided }
      } else if !operands.contains(where: \.isUnproven) {
        check.status = .uncertain
      }
    }
    return AuditFinding(
      body: this.body, before: before.origin, this: this.origin, check: check,
      figures: zip(terms, operands).map { term, operand in
        AuditFinding.Figure(
          year: year(term), pointer: rules.pointers[term.operand],
          value: operand.figure.map {
            ExactDecimal.json(Int128($0.units), places: $0.places, isCount: $0.places == 0)
          } ?? .null, times: term.times)
      })
  }
}

extension String {
  /// The name of a body as it is compared: without spaces and signs that are not seen, wide letters as narrow ones.
  fileprivate var bodyKey: String {
    var key = String.UnicodeScalarView()
    for scalar in unicodeScalars where !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
    {
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      key.append(isWide ? Unicode.Scalar(UInt8(scalar.value - 0xFEE0)) : scalar)
    }
    return String(key)
  }
}
