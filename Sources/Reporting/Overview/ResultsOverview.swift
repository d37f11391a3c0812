import PipelineKit
import DocumentModel

/// What came out of many documents, counted in one pass: what a person wants to know, in bounded memory.
public struct ResultsOverview {
  /// A document that is named as an example.
  struct Example {
    var uri: String
    /// By what commands find it; nil where that is not known.
    var address: String?
    /// Where it lies in an archive, in one line.
    var member: String?
    /// Who reports, and on which year.
    var about: String?
    /// The value to look at.
    var pointer: String?
    /// What is to be seen there.
    var remark: Remark?
  }

  /// What is to be seen in an example.
  enum Remark {
    /// As a document or the program said it.
    case text(String)
    /// How many are `failed`, `lost` or `uncertain`.
    case lacks([(count: Int, what: String)])
  }

  /// Documents without a record, for one reason.
  struct Reason {
    var stages = Tally<Int>(most: 20) { _ in 0 }
    var examples = Examples<Example>()
  }

  /// A rule, over all reports.
  struct Rule {
    var message = ""
    var severity = ""
    var statuses: [String: Int] = [:]
    var causes: [String: Int] = [:]
    var failures = Examples<Example>()
  }

  /// Reports on one year after one form.
  struct Yield {
    var documents = 0
    var complete = 0
    var figures = 0
    var known = 0
    var uncertain = 0
    var withErrors = 0
  }

  private(set) var documents = 0
  private(set) var statuses: [String: Int] = [:]
  private(set) var states: [String: Int] = [:]
  private(set) var figures = 0
  /// Facts that the texts do not state.
  private(set) var silentFacts = 0
  private(set) var outcomes: [String: Int] = [:]
  private(set) var kinds = Tally<Int>(most: 50) { _ in 0 }
  private(set) var reasons = Tally<Reason> { _ in Reason() }
  private(set) var rules = Tally<Rule> { _ in Rule() }
  private(set) var yields = Tally<Yield>(most: 200) { _ in Yield() }
  private(set) var diagnostics = Tally<Examples<Example>> { _ in Examples() }
  /// Reports that need a person first: those with the most errors, then those that lack the most.
  private(set) var doubtful = Greatest<Example>(most: 20)
  private(set) var pipelines = Tally<Int>(most: 5) { _ in 0 }

  /// Nothing yet.
  public init() {}

  /// Counts the result of a document.
  public mutating func add(_ result: BulkResult) {
    let exported = ExportedResult(result)
    let row = exported.named
    documents += 1
    statuses[row["status"]?.text ?? "", default: 0] += 1
    kinds.update(row["media_type"]?.text ?? "") { $0 += 1 }
    let uri = row["source_uri"]?.text ?? ""
    var example = Example(uri: uri, address: uri)
    if let member = row["source_member"], member != .null {
      (example.address, example.member) = (Self.address(of: member), member.inOneLine)
    }
    switch result {
    case .quarantined(let json):
      example.remark = json["message"]?.text.map { .text($0) }
      reasons.update(row["reason"]?.text ?? "") { reason in
        reason.examples.add { example }
        if let stage = row["stage"]?.text { reason.stages.update(stage) { $0 += 1 } }
      }
    case .tables(let json): addDiagnostics(json, example)
    case .record(let json):
      let words = [row["organisation"]?.text, row["year"]?.count.map { String($0) }].compactMap { $0 }
      example.about = words.isEmpty ? nil : words.joined(separator: " ")
      add(json, row, example)
    }
  }

  /// Where a member of an archive is, as `gouji list` writes it; nil for what has no such place.
  private static func address(of member: JSONValue) -> String? {
    guard let container = member["container"]?.text else { return nil }
    if let entry = member["entry"]?.count { return "\(container)#\(entry)" }
    guard let offset = member["offset"]?.count, let length = member["length"]?.count else { return nil }
    return "\(container)#\(offset)+\(length)"
  }

  private mutating func add(_ json: JSONValue, _ row: [String: JSONValue], _ example: Example) {
    for state in ValueState.allCases { states[state.rawValue, default: 0] += row[state.rawValue]?.count ?? 0 }
    let silent = Self.silentFacts(json)
    silentFacts += silent
    let all = (row["figures"]?.count ?? 0) - silent
    figures += all + silent
    let lost = [ValueState.missing, .unreadable, .ambiguous].reduce(-silent) { $0 + (row[$1.rawValue]?.count ?? 0) }
    let uncertain = row["uncertain"]?.count ?? 0
    let errors = row["errors"]?.count ?? 0
    let year = row["year"]?.count.map { String($0) } ?? ""
    yields.update("\(year)\t\(row["form"]?.text ?? "")") { yield in
      yield.documents += 1
      yield.complete += row["status"] == "complete" ? 1 : 0
      yield.figures += all
      yield.known += all - lost
      yield.uncertain += uncertain
      yield.withErrors += errors > 0 ? 1 : 0
    }
    pipelines.update(
      [json["pipeline"]?["name"]?.text, row["pipeline"]?.text, row["generator"]?.text.map { "gouji \($0)" }]
        .compactMap { $0 }.joined(separator: ", ")
    ) { $0 += 1 }
    for check in json["checks"]?.elements ?? [] { add(check: check, example) }
    addDiagnostics(json, example)
    doubtful.add(errors * 1000 + min(lost, 998) + (uncertain > 0 ? 1 : 0)) {
      var example = example
      example.remark = .lacks(
        [(errors, "failed"), (lost, "lost"), (uncertain, "uncertain")].filter { $0.0 > 0 }.map {
          (count: $0.0, what: $0.1)
        })
      return example
    }
  }

  /// How many facts the text of a report does not state; nothing is lost by that.
  private static func silentFacts(_ json: JSONValue) -> Int {
    (json["data"]?["facts"]?.members ?? []).count { fact in
      fact.value["value"] == .null
        && json["provenance"]?["/facts/\(fact.key.pointerName)/value"]?["state"]?.text == ValueState.missing.rawValue
    }
  }

  private mutating func add(check: JSONValue, _ example: Example) {
    let status = check["status"]?.text ?? ""
    outcomes[status, default: 0] += 1
    rules.update(check["id"]?.text ?? "") { rule in
      rule.statuses[status, default: 0] += 1
      guard status == "fail" else { return }
      if rule.failures.count == 0 {
        rule.message = check["message"]?.text ?? ""
        rule.severity = check["severity"]?.text ?? ""
      }
      rule.causes[check["cause"]?.text ?? "", default: 0] += 1
      rule.failures.add {
        var example = example
        example.pointer = check["pointers"]?.elements.first?.text
        let sides = [check["left"], check["right"]].compactMap {
          $0 == .null ? nil : $0.map { $0.text ?? $0.inOneLine }
        }
        example.remark = .text(
          ([check["instance"]?.text ?? ""] + (sides.isEmpty ? [] : [sides.joined(separator: " ≠ ")]))
            .filter { !$0.isEmpty }.joined(separator: ": "))
        return example
      }
    }
  }

  private mutating func addDiagnostics(_ json: JSONValue, _ example: Example) {
    var seen: Set<String> = []
    for diagnostic in json["diagnostics"]?.elements ?? [] {
      let code = diagnostic["code"]?.text ?? ""
      // How much could be checked stands elsewhere; what is no more than information is of no use in such numbers.
      guard diagnostic["severity"]?.text != "info", seen.insert(code).inserted else { continue }
      diagnostics.update(code) { examples in
        examples.add {
          var example = example
          example.remark = diagnostic["message"]?.text.map { .text($0) }
          return example
        }
      }
    }
  }
}
