import DocumentModel
import Foundation
import PipelineKit
import Testing

@testable import RecordStages

/// A record a line, and what comes out of rules over the years of its body.
private struct Trial {
  var summary = AuditSummary()
  var findings: [AuditFinding] = []
  var notices: [Diagnostic] = []

  static let rules = """
    audit: trial
    format: 1
    body: /name
    year: /year
    rules:
      - id: C
        severity: warning
        message: what goes out comes in
        each: [a, b]
        left: [{ before: /out/* }]
        right: [{ this: /in/* }]
      - id: S
        severity: error
        message: the stock goes on
        left: [{ this: /stock }]
        right: [{ before: /stock }, { this: /new }, { this: /lost, times: -1 }]
    """

  init(_ lines: [String], rules: String = Self.rules) throws {
    try withFile(rules) { path in
      var auditor = Auditor(try AuditRules(path: path))
      try withFile(lines.joined(separator: "\n")) { try auditor.read(try SourceLines(path: $0)) { notices.append($0) } }
      auditor.audit {
        notices.append($0)
      } finding: {
        findings.append($0)
      }
      summary = auditor.summary
    }
  }

  /// `rule instance: status`, for each finding.
  var outcomes: [String] {
    findings.map { "\($0.check.id) \($0.check.instance): \($0.check.status.rawValue)" }
  }
}

private func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
  let file = FileManager.default.temporaryDirectory.appending(path: "gouji-\(UUID().uuidString)")
  try Data(text.utf8).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  return try body(file.path)
}

/// A record whose figures are printed, unless `states` says otherwise.
private func line(
  _ name: String?, _ year: Int?, _ figures: [String: String], states: [String: String] = [:], uri: String = "a.pdf"
) -> String {
  var groups: [String: [String]] = [:]
  var data = ["\"name\":" + (name.map { "\"\($0)\"" } ?? "null"), "\"year\":" + (year.map { String($0) } ?? "null")]
  for (pointer, value) in figures.sorted(by: { $0.key < $1.key }) {
    let keys = pointer.split(separator: "/").map { String($0) }
    if keys.count == 1 {
      data.append("\"\(keys[0])\":\(value)")
    } else {
      groups[keys[0], default: []].append("\"\(keys[1])\":\(value)")
    }
  }
  data += groups.sorted { $0.key < $1.key }.map { "\"\($0.key)\":{\($0.value.joined(separator: ","))}" }
  let provenance = figures.keys.sorted().map { "\"\($0)\":{\"state\":\"\(states[$0] ?? "printed")\"}" }
  return
    "{\"format\":\"gouji.record/1\",\"source\":{\"uri\":\"\(uri)\",\"sha256\":\"00\"},\"data\":{\(data.joined(separator: ","))},"
    + "\"provenance\":{\(provenance.joined(separator: ","))}}"
}

private let first = [
  "/in/a": "0", "/in/b": "1", "/out/a": "3", "/out/b": "2", "/stock": "10", "/new": "0", "/lost": "0",
]
private let second = [
  "/in/a": "3", "/in/b": "2", "/out/a": "0", "/out/b": "0", "/stock": "11", "/new": "2", "/lost": "1",
]

@Suite struct `Auditing over years` {
  @Test func `A year is held against the year before, also where the records come in another order`() throws {
    let trial = try Trial([line("East", 2022, second), line("East", 2021, first)])
    #expect(trial.outcomes == ["C a: pass", "C b: pass", "S : pass"])
    #expect(trial.summary.pairs == 1)
    #expect(trial.findings[2].check.expression == "2022/stock = 2021/stock + 2022/new - 2022/lost")
    #expect(trial.findings[2].check.left == 11)
  }

  @Test func `A difference is a failure with its figures and their records`() throws {
    var later = second
    later["/in/b"] = "4"
    let trial = try Trial([line("East", 2021, first, uri: "x"), line("East", 2022, later, uri: "y")])
    let finding = try #require(trial.findings.first { $0.check.status == .fail })
    #expect(trial.findings.count { $0.check.status == .fail } == 1)
    #expect(finding.check.id == "C" && finding.check.instance == "b" && finding.check.severity == .warning)
    #expect(finding.check.pointers == ["/out/b", "/in/b"])
    #expect(finding.check.difference == -2)
    #expect(finding.check.cause == .undecided)
    #expect(finding.figures.map(\.year) == [2021, 2022])
    #expect([finding.before.uri, finding.this.uri] == ["x", "y"])
  }

  @Test func `What is not printed is not assessed, what is uncertain is uncertain, and neither ever passes`() throws {
    var later = second
    later["/in/a"] = "null"
    let trial = try Trial([
      line("East", 2021, first, states: ["/stock": "derived"]),
      line("East", 2022, later, states: ["/in/a": "blank", "/in/b": "uncertain"]),
    ])
    #expect(trial.outcomes == ["C a: not_assessable", "C b: uncertain", "S : not_assessable"])
    #expect(trial.findings[0].check.left == .null)
  }

  @Test func `A figure without a state proves nothing`() throws {
    let bare = line("East", 2022, second).replacing(
      "\"/in/a\":{\"state\":\"printed\"}", with: "\"/x\":{\"state\":\"printed\"}")
    #expect(try Trial([line("East", 2021, first), bare]).outcomes.first == "C a: not_assessable")
  }

  @Test func `Years with a gap between them are not compared, nor are other bodies`() throws {
    let trial = try Trial([line("East", 2021, first), line("East", 2023, second), line("West", 2022, second)])
    #expect(trial.findings.isEmpty)
    #expect(trial.summary.bodies == 2 && trial.summary.pairs == 0)
  }

  @Test func `Spaces and wide letters do not make another body`() throws {
    let trial = try Trial([line("East 1", 2021, first), line("Ｅａｓｔ\u{3000}１", 2022, second)])
    #expect(trial.summary.bodies == 1)
    #expect(trial.findings.count == 3)
  }

  @Test func `Records that say the same count once`() throws {
    let trial = try Trial([
      line("East", 2021, first, uri: "x"), line("East", 2021, first, states: ["/out/a": "derived"], uri: "y"),
      line("East", 2022, second),
    ])
    #expect(trial.outcomes == ["C a: pass", "C b: pass", "S : pass"])
    #expect(trial.summary.repeatedRecords == 1)
    #expect(trial.notices.isEmpty)
  }

  @Test func `Of records that contradict each other none is used, and that is said`() throws {
    var other = first
    other["/out/b"] = "7"
    let trial = try Trial([
      line("East", 2021, first, uri: "x"), line("East", 2021, other, uri: "y"), line("East", 2022, second),
    ])
    #expect(trial.findings.isEmpty)
    #expect(trial.summary.contradictedRecords == 2)
    #expect(trial.notices.map(\.code) == ["audit.records_differ"])
    #expect(trial.notices.first?.message.contains("/out/b") == true)
  }

  @Test func `A rule of which neither record has a figure is left out, one of which some are there is not assessed`()
    throws
  {
    let trial = try Trial([
      line("East", 2021, ["/out/a": "3"]), line("East", 2022, ["/in/a": "3", "/stock": "1"]),
    ])
    #expect(trial.outcomes == ["C a: pass", "S : not_assessable"])
  }

  @Test func `Decimals are compared without rounding`() throws {
    var (earlier, later) = (first, second)
    (earlier["/stock"], later["/stock"], later["/new"], later["/lost"]) = ("\"0.1\"", "\"0.30\"", "\"0.2\"", "0")
    #expect(try Trial([line("East", 2021, earlier), line("East", 2022, later)]).findings[2].check.status == .pass)
    later["/new"] = "\"0.2000001\""
    let check = try Trial([line("East", 2021, earlier), line("East", 2022, later)]).findings[2].check
    #expect(check.status == .fail)
    #expect(check.difference == "-0.0000001")
  }

  @Test func `Figures beyond 64 bits are no reason to trap or to pass`() throws {
    var (earlier, later) = (first, second)
    earlier["/out/a"] = "1" + String(repeating: "0", count: 40)
    later["/in/a"] = String(Int.max)
    (earlier["/stock"], later["/stock"], later["/new"]) = (String(Int.max), String(Int.max), String(Int.max))
    let trial = try Trial([line("East", 2021, earlier), line("East", 2022, later), line("East", Int.min, later)])
    #expect(trial.outcomes == ["C a: not_assessable", "C b: pass", "S : fail"])
    #expect(trial.findings[2].check.right == .string("\(Int128(Int.max) * 2 - 1)"))
  }

  @Test func `Torn and foreign lines are said with their numbers, and nothing else is lost`() throws {
    let whole = line("East", 2021, first)
    let trial = try Trial([
      String(whole.prefix(40)), "", #"{"format":"gouji.tables/1","tables":[]}"#, whole, "[]", "words",
      line("East", 2022, second),
      String(whole.dropLast(1)),
    ])
    #expect(trial.summary.records == 2 && trial.summary.skippedLines == 5)
    #expect(trial.findings.count == 3)
    #expect(trial.notices.map { $0.message.split(separator: ":")[1] } == ["1", "3", "5", "6", "8"])
  }

  @Test func `A record printed over several lines is one, also behind one that is torn`() throws {
    let whole = line("East", 2021, first)
    let pretty = "{\n  " + whole.dropFirst().dropLast() + "\n}"
    let trial = try Trial(["{", "  \"format\": \"gouji.record/1\",", pretty + "\r", line("East", 2022, second)])
    #expect(trial.summary.records == 2 && trial.summary.skippedLines == 1)
    #expect(trial.findings.count == 3)
  }

  @Test func `A record that names no body or no year is said and not used`() throws {
    let trial = try Trial([line(nil, 2021, first), line("East", nil, first), line(" \u{200B}", 2021, first)])
    #expect(trial.summary.namelessRecords == 3)
    #expect(trial.notices.map(\.code) == Array(repeating: "audit.record_nameless", count: 3))
  }

  @Test(arguments: [
    ("format: 1", "format: 2", "'format' must be 1"),
    ("severity: error", "severity: bad", "severity 'bad'"),
    ("id: S", "id: C", "two rules have the id 'C'"),
    ("left: [{ this: /stock }]", "left: [{ this: stock }]", "'stock' is no pointer"),
    ("left: [{ this: /stock }]", "left: [{ this: /*/stock }]", "no 'each' says"),
    ("each: [a, b]", "each: [a, b]\n    eech: 1", "eech"),
    ("right: [{ this: /in/* }]", "right: [{ before: /in/* }]", "of this year and of the year before"),
    ("{ this: /new }", "{ times: 2 }", "either 'this' or 'before'"),
  ])
  func `A rule that cannot be meant is refused`(part: String, instead: String, fault: String) throws {
    let error = try #require(throws: RecordError.self) {
      try Trial([], rules: Trial.rules.replacing(part, with: instead))
    }
    #expect(error.code == "schema.invalid")
    #expect(error.description.contains(fault), "\(error)")
  }
}

@Suite struct `Exact decimals` {
  @Test func `What records write is read without loss, anything else is refused`() {
    #expect(ExactDecimal("-12.50") == ExactDecimal(units: -1250, places: 2))
    #expect(ExactDecimal(.integer(7)) == ExactDecimal(units: 7))
    for text in ["", "-", ".5", "5.", "1.2.3", "1e3", "+1", "１", "99999999999999999999"] {
      #expect(ExactDecimal(text) == nil)
    }
  }

  @Test func `Units are written as records write them`() {
    #expect(ExactDecimal.json(-1250, places: 2, isCount: false) == "-12.5")
    #expect(ExactDecimal.json(5, places: 2, isCount: false) == "0.05")
    #expect(ExactDecimal.json(300, places: 2, isCount: false) == "3")
    #expect(ExactDecimal.json(300, places: 0, isCount: true) == 300)
  }
}
