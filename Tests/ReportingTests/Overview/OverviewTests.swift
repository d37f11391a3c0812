import DocumentModel
import Foundation
import PipelineKit
import Testing

@testable import Reporting

@Suite struct `The page on a run` {
  private func record(
    _ number: Int, organisation: String = "B", checks: JSONValue = [], diagnostics: JSONValue = []
  ) -> BulkResult {
    .record([
      "format": "gouji.record/1", "source": ["uri": .string("in/\(number).pdf"), "sha256": "00", "member": .null],
      "status": number.isMultiple(of: 4) ? "partial" : "complete",
      "data": [
        "organisation": .string(organisation), "year": .integer(2020 + number % 3), "form": "f",
        "table_forms": ["t": "f"], "t": ["r": ["a": .integer(number), "b": .null]],
      ],
      "provenance": ["/t/r/a": ["state": "printed"], "/t/r/b": ["state": "missing"]], "checks": checks,
      "diagnostics": diagnostics,
    ])
  }

  private func page(_ results: [BulkResult], run: JSONValue = .null) -> String {
    var overview = ResultsOverview()
    for result in results { overview.add(result) }
    return String(decoding: OverviewPage(overview, run: run).html, as: UTF8.self)
  }

  private static let failure: JSONValue = [
    "id": "T-01", "instance": "granted", "status": "fail", "severity": "error", "message": "sums hold", "left": 80,
    "right": 81, "cause": "source", "pointers": ["/t/r/a"],
  ]

  @Test func `What came out is counted by status, state, rule, year and reason`() {
    let html = page(
      (0..<8).map { record($0, checks: [Self.failure]) } + [
        .quarantined(["id": "x", "source": ["path": "it's.pdf"], "reason": "pdf.damaged", "stage": "read"])
      ], run: ["state": "stopped"])
    #expect(html.contains("<span lang=\"en\">9 documents</span>") && html.contains("the run is stopped"))
    #expect(
      html.contains(
        #"<b>6</b><span><span lang="en">complete</span><span lang="zh">完整</span></span><small>66.7 %</small>"#))
    #expect(html.contains(#"<b>2</b><span><span lang="en">partial</span>"#))
    #expect(html.contains("<code>pdf.damaged</code></td><td class=\"number\">1</td>"))
    #expect(html.contains("gouji inspect 'it'\\''s.pdf' -o page.html"))
    #expect(html.contains("granted: 80 ≠ 81") && html.contains("source 8"))
    #expect(html.contains("gouji explain in/0.pdf /t/r/a"))
    #expect(html.contains("<td>2021</td><td>f</td><td class=\"number\">3</td>"))
    #expect(html.contains("and 3 more"))
  }

  @Test func `The page speaks both languages, first that of the environment`() {
    var overview = ResultsOverview()
    overview.add(record(1, checks: [Self.failure]))
    for (locale, language) in [("", "en"), ("en_GB.UTF-8", "en"), ("zh_CN.UTF-8", "zh"), ("C", "en")] {
      let html = String(decoding: OverviewPage(overview, locale: locale).html, as: UTF8.self)
      #expect(html.contains("<html lang=\"\(language)\">"))
      #expect(html.contains("id=\"\(language)\" checked=\"checked\""))
      #expect(html.contains(">Checks that fail</span>") && html.contains(">未通过的校验</span>"))
    }
  }

  @Test func `Every word of the page is there in every language`() throws {
    let json = try JSONValue(json: PackageResources.overview_json)
    let words = json.members.map { Set($0.value.members.map(\.key)) }
    #expect(words.count == 2 && words[0] == words[1])
    for language in json.members {
      for word in language.value.members {
        #expect(word.value.text?.contains("{n}") == json["en"]?[word.key]?.text?.contains("{n}"), "\(word.key)")
      }
    }
  }

  @Test func `Commands find documents in archives, too`() {
    let member: JSONValue = ["container": "a b.zip#1", "entry": 3, "name": "x"]
    let html = page([
      .quarantined(["id": "1", "source": ["container": "w.warc.gz", "offset": 5, "length": 9], "reason": "crashed"]),
      .quarantined(["id": "2", "source": ["uri": "me", "member": member], "reason": "crashed"]),
      .quarantined(["id": "3", "source": ["container": ["path_bytes": "d6"], "entry": 1], "reason": "crashed"]),
    ])
    #expect(html.contains("gouji inspect 'w.warc.gz#5+9' -o page.html"))
    #expect(html.contains("gouji inspect 'a b.zip#1#3' -o page.html"))
    #expect(html.components(separatedBy: "gouji inspect").count == 3)
  }

  @Test func `Nothing of a document is markup, a class or a command that does more`() {
    let hostile = "</title><script>alert(1)</script>\" onclick=\"x"
    let html = page([
      record(
        1, organisation: hostile,
        checks: [
          [
            "id": .string(hostile), "status": "fail", "severity": .string(hostile), "message": .string(hostile),
            "pointers": [.string(hostile)], "cause": .string(hostile),
          ]
        ], diagnostics: [["code": .string(hostile), "severity": "error", "message": .string(hostile)]]),
      .quarantined([
        "id": "x", "source": ["path": .string("a\nrm -rf ~\n.pdf")], "reason": .string(hostile),
        "stage": .string(hostile),
      ]),
      .quarantined(["id": "y", "source": ["path": "\u{202E}fdp.exe"], "reason": "crashed"]),
      .quarantined(["id": "z", "source": ["path": "-o $(reboot)"], "reason": "crashed"]),
    ])
    #expect(!html.contains("<script") && !html.contains("\" onclick"))
    #expect(!html.contains("\u{202E}") && !html.contains("rm -rf ~ "))
    let commands = html.components(separatedBy: "<code class=\"command\">").dropFirst().map {
      $0.components(separatedBy: "</code>")[0]
    }
    #expect(commands.allSatisfy { !$0.contains("rm -rf") && !$0.contains("fdp.exe") })
    #expect(commands.contains("gouji inspect './-o $(reboot)' -o page.html"))
  }

  @Test func `The policy lets nothing in but the style of the page`() throws {
    let html = page([record(1)])
    let style = try #require(
      html.components(separatedBy: "<style>").last?.components(separatedBy: "</style>").first)
    #expect(
      html.contains(
        "content=\"default-src 'none'; style-src '\(policySource(of: Array(style.utf8)))'; base-uri 'none'; form-action 'none'\""
      ))
    #expect(html.range(of: #"\s(src|href|style)="#, options: .regularExpression) == nil)
  }

  @Test func `The page does not grow with the number of documents, of rules or of reasons`() {
    let many = (0..<3000).map { number -> BulkResult in
      if number.isMultiple(of: 5) {
        return .quarantined([
          "id": .string("\(number)"), "source": ["path": .string("\(number).pdf")], "reason": .string("r.\(number)"),
          "message": .string(String(repeating: "long ", count: 2000)),
        ])
      }
      var check = Self.failure
      check.set(.string("T-\(number)"), at: ["id"])
      return record(
        number, organisation: String(repeating: "body", count: 500), checks: [check],
        diagnostics: [["code": .string("d.\(number)"), "severity": "warning", "message": "m"]])
    }
    let html = page(many)
    #expect(html.utf8.count < 1_000_000)
    #expect(html.contains("of other kinds") && html.contains("3\u{202F}000 documents"))
  }

  @Test func `Of a record no more is read than is counted`() throws {
    let whole = #"""
      {"format":"gouji.record/1","data":{"year":2024,"sections":[{"text":"long"}],"t":{"a":1}},
      "provenance":{"/t/a":{"raw":"1","state":"printed","places":[{"page":1}]},"/t/b":{"state":"missing"}},
      "checks":[{"id":"T-01","instance":"x","status":"pass","pointers":["/t/a"]},
      {"id":"T-02","status":"fail","message":"no","pointers":["/t/a"]}]}
      """#.replacing("\n", with: "")
    let cut = try #require(RecordOutline.text(of: Array(whole.utf8)[...]))
    #expect(
      String(decoding: cut, as: UTF8.self)
        == #"""
        {"format":"gouji.record/1","data":{"year":2024,"t":{"a":1}},
        "provenance":{"/t/a":{"state":"printed"},"/t/b":{"state":"missing"}},
        "checks":[{"id":"T-01","status":"pass"},{"id":"T-02","status":"fail","message":"no","pointers":["/t/a"]}]}
        """#.replacing("\n", with: ""))
    // A name with an escape in it, and what is no record.
    #expect(RecordOutline.text(of: Array(#"{"\u0061":1}"#.utf8)[...]) == nil)
    #expect(RecordOutline.text(of: Array(#"{"checks":1,"provenance":"x"}"#.utf8)[...]).map { $0.count } == 29)
  }

  @Test func `A page on records that are cut down is that on whole ones`() throws {
    let checks: [JSONValue] = ["pass", "not_assessable", "fail", "uncertain"].map { status in
      var check = Self.failure
      check.set(.string(status), at: ["status"])
      return check
    }
    let records = (0..<9).map { record($0, checks: .array(Array(checks[...($0 % 4)]))) }
    let cut = try records.map { record -> BulkResult in
      guard case .record(let json) = record else { return record }
      return .record(try JSONValue(json: try #require(RecordOutline.text(of: json.encoded()[...]))))
    }
    #expect(page(cut) == page(records))
  }

  @Test func `Documents with the most errors come first, and a run without any has no such list`() throws {
    let two = page([record(1, checks: [Self.failure]), record(2, checks: [Self.failure, Self.failure])])
    let first = try #require(two.range(of: "in/2.pdf")?.lowerBound)
    #expect(try first < #require(two.range(of: "in/1.pdf")?.lowerBound))
    #expect(!page([]).contains("Look at these first"))
  }

  @Test(arguments: [
    (0, 10, "0.0 %"), (10, 10, "100.0 %"), (9999, 10000, "99.9 %"), (1, 100000, "0.1 %"), (1, 3, "33.3 %"),
  ])
  func `What is not all never looks like all`(count: Int, all: Int, share: String) {
    #expect(count.share(of: all) == share)
  }

  @Test func `The slowest are shown where the run knows them`() {
    let html = page([record(1)], run: ["state": "done", "slowest": [["id": "a<b.pdf", "seconds": .number(12.5)]]])
    #expect(html.contains("a&lt;b.pdf") && html.contains("12.5") && !html.contains("the run is"))
  }
}
