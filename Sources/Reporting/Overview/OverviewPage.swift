public import DocumentModel
import PipelineKit

/// One HTML page that says what came out of a run, for people: it needs no network, no server and no script, and shows what
/// documents say as text only. Its size does not grow with the number of documents.
public struct OverviewPage {
  private let overview: ResultsOverview
  private let run: JSONValue
  private let language: String

  /// Shows what has been counted.
  ///
  /// - Parameters:
  ///   - run: `run.json` of the folder, where there is one.
  ///   - locale: the language that is shown first, as `LANG` has it; all are in the page, and the reader can choose.
  public init(_ overview: ResultsOverview, run: JSONValue = .null, locale: String = "") {
    (self.overview, self.run) = (overview, run)
    language = OverviewLabels.languages.first { locale.hasPrefix($0) } ?? OverviewLabels.languages.first ?? ""
  }

  /// The page on the results of files and bulk folders, in one pass over them.
  ///
  /// - Parameters:
  ///   - locale: the language that is shown first, as `LANG` has it.
  ///   - notice: what is odd about a line that is skipped.
  /// - Throws: ``PipelineError`` with the code `input.unreadable`.
  public static func html(
    on paths: [String], locale: String = "", notice: (Diagnostic) -> Void
  ) throws -> [UInt8] {
    var results = try BulkResults(paths: paths, cutBy: RecordOutline.text)
    var overview = ResultsOverview()
    while let result = try results.next(notice: notice) { overview.add(result) }
    guard results.count > 0 || results.skippedLines == 0 else {
      throw PipelineError("input.unreadable", "\(paths.joined(separator: ", ")): no line is a record")
    }
    return OverviewPage(overview, run: results.run, locale: locale).html
  }

  /// The page as UTF-8.
  public var html: [UInt8] {
    let style = PackageResources.overview_css
    let policy = "default-src 'none'; style-src '\(policySource(of: style))'; base-uri 'none'; form-action 'none'"
    var page: [UInt8] = Array("<!DOCTYPE html>\n<html lang=\"\(language)\">\n<head>\n<meta charset=\"utf-8\">\n".utf8)
    for (name, value) in [
      ("viewport", "width=device-width, initial-scale=1"), ("color-scheme", "light dark"), ("referrer", "no-referrer"),
    ] { Markup.of("meta", ["name": name, "content": value], []).write(to: &page) }
    Markup.of("meta", ["http-equiv": "Content-Security-Policy", "content": policy], []).write(to: &page)
    Markup.of("title", "Gouji: " + OverviewLabels.word("documents", in: language, "\(overview.documents)")).write(
      to: &page)
    page += "<style>".utf8 + style + "</style>\n</head>\n<body>\n".utf8
    for choice in choices { choice.write(to: &page) }
    for section in sections { section.write(to: &page) }
    page += "</body>\n</html>\n".utf8
    return page
  }

  /// The languages to choose from; the style shows the chosen one.
  private var choices: [Markup] {
    OverviewLabels.languages.flatMap { code -> [Markup] in
      let input = Markup.element(
        "input",
        [("type", "radio"), ("name", "language"), ("id", code)].map { (name: $0.0, value: $0.1) }
          + (code == language ? [(name: "checked", value: "checked")] : []), [])
      return [input, .of("label", ["for": code], OverviewLabels.word("language", in: code))]
    }
  }

  private var sections: [Markup] {
    [head, tiles, .of("main", [doubtful, reasons, rules, yields, states, diagnostics, slowest].compactMap { $0 })]
  }

  private var head: Markup {
    let state = run["state"]?.text
    let pipelines = overview.pipelines.sorted { $0 }.map { "\($0.key) (\($0.value.grouped))" }
    var about: [Markup] = [.text(pipelines.joined(separator: " · "))]
    if let state, ["running", "stopped"].contains(state) {
      about += (pipelines.isEmpty ? [] : [.text(" · ")]) + [.word("run.\(state)")]
    }
    return .of(
      "header",
      [
        .of("h1", [.word("documents", overview.documents)]), .of("p", ["class": "about"], about),
        .of("p", ["class": "about"], [.word("commands")]),
      ])
  }

  private var tiles: Markup {
    func tile(_ kind: String, _ count: Int, of all: Int?) -> Markup {
      let share = all.map { $0 == 0 ? "" : count.share(of: $0) } ?? ""
      return .of(
        "div", ["class": "tile \(kind)"],
        [.of("b", count.grouped), .of("span", [.word(kind)]), .of("small", share)])
    }
    let asked = overview.figures - overview.silentFacts
    let known = asked - overview.lost
    return .of(
      "div", ["class": "tiles"],
      [
        tile("complete", overview.statuses["complete"] ?? 0, of: overview.documents),
        tile("partial", overview.statuses["partial"] ?? 0, of: overview.documents),
        tile("failed", overview.statuses["failed"] ?? 0, of: overview.documents),
        tile("known", known, of: asked),
        tile("pass", overview.outcomes["pass"] ?? 0, of: overview.allChecks),
        tile("fail", overview.outcomes["fail"] ?? 0, of: overview.allChecks),
        tile("none", overview.outcomes["not_assessable"] ?? 0, of: overview.allChecks),
      ])
  }

  private var doubtful: Markup? {
    let examples = overview.doubtful.elements.map(\.element)
    return section(
      "doubtful", examples.isEmpty ? nil : .of("ul", ["class": "examples"], examples.map { $0.item }))
  }

  private var reasons: Markup? {
    let rows = overview.reasons.sorted { $0.examples.count }.map { reason -> [Markup] in
      let stages = reason.value.stages.sorted { $0 }.map { "\($0.key) \($0.value.grouped)" }.joined(separator: ", ")
      return [
        .of("code", reason.key.shortened(to: 80)), .count(reason.value.examples.count),
        .share(reason.value.examples.count, of: overview.documents), .text(stages), reason.value.examples.details,
      ]
    }
    return section(
      "reasons",
      table(["reason", "#documents", "%of all", "stage", "examples"], rows, others: overview.reasons.others))
  }

  private var rules: Markup? {
    let failed = overview.rules.sorted { $0.failures.count }.filter { $0.value.failures.count > 0 }
    let rows = failed.prefix(100).map { rule -> [Markup] in
      let assessed = (rule.value.statuses["pass"] ?? 0) + rule.value.failures.count
      let causes = ["source", "extraction", "undecided"].compactMap { cause in
        rule.value.causes[cause].map { Markup.word("cause.\(cause)", $0) }
      }
      return [
        .of("code", rule.key.shortened(to: 80)),
        .of(
          "span", ["class": rule.value.severity.severityClass], [.word("severity.\(rule.value.severity.severityClass)")]
        ),
        .text(rule.value.message.shortened(to: 300)), .count(rule.value.failures.count),
        .share(rule.value.failures.count, of: assessed), .count(rule.value.statuses["not_assessable"] ?? 0),
        .list(causes), rule.value.failures.details,
      ]
    }
    return section(
      "rules",
      table(
        ["rule", "severity", "what", "#fail", "%share", "#not assessable", "cause", "examples"], rows,
        others: overview.rules.others + failed.dropFirst(100).reduce(0) { $0 + $1.value.failures.count }))
  }

  private var yields: Markup? {
    let rows = overview.yields.entries.sorted { $0.key < $1.key }.map { entry -> [Markup] in
      let names = entry.key.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let yield = entry.value
      return [
        (names.first ?? "").orNone, (names.last ?? "").orNone, .count(yield.documents),
        .share(yield.complete, of: yield.documents), .share(yield.known, of: yield.figures), .count(yield.uncertain),
        .count(yield.withErrors),
      ]
    }
    return section(
      "yields",
      table(
        ["year", "form", "#reports", "%complete", "%figures known", "#uncertain", "#reports with errors"], rows,
        others: overview.yields.others))
  }

  private var states: Markup? {
    let rows = ValueState.allCases.compactMap { state -> [Markup]? in
      guard let count = overview.states[state.rawValue], count > 0 else { return nil }
      return [
        .group([.of("code", state.rawValue), .text(" "), .word("state.\(state.rawValue)")]), .count(count),
        .share(count, of: overview.figures),
        .bar(count, of: overview.figures),
      ]
    }
    return section(
      "states",
      table(["state", "#figures", "%share", ""], rows))
  }

  private var diagnostics: Markup? {
    let rows = overview.diagnostics.sorted { $0.count }.prefix(100).map { entry -> [Markup] in
      [
        .of("code", entry.key.shortened(to: 80)), .count(entry.value.count),
        .share(entry.value.count, of: overview.documents), entry.value.details,
      ]
    }
    return section(
      "diagnostics",
      table(["code", "#documents", "%of all", "examples"], Array(rows), others: overview.diagnostics.others))
  }

  private var slowest: Markup? {
    let rows = (run["slowest"]?.elements ?? []).prefix(50).compactMap { entry -> [Markup]? in
      guard let id = entry["id"]?.text, let seconds = entry["seconds"] else { return nil }
      return [.text(id.shortened(to: 300)), .of("span", ["class": "number"], seconds.inOneLine)]
    }
    return section(
      "slowest", table(["document", "#seconds"], rows))
  }

  private func section(_ name: String, _ content: Markup?) -> Markup? {
    content.map {
      .of("section", [.of("h2", [.word(name)]), .of("p", ["class": "about"], [.word("\(name).about")]), $0])
    }
  }

  /// - Parameter heads: `#` and `%` before a name stand for columns of numbers.
  private func table(_ heads: [String], _ rows: [[Markup]], others: Int = 0) -> Markup? {
    guard !rows.isEmpty else { return nil }
    let isNumber = heads.map { $0.hasPrefix("#") || $0.hasPrefix("%") }
    func kind(_ index: Int) -> KeyValuePairs<String, String> { isNumber[index] ? ["class": "number"] : [:] }
    let head = heads.enumerated().map { index, name in
      Markup.of(
        "th", kind(index), name.isEmpty ? [] : [.word("head." + (isNumber[index] ? name.dropFirst() : name[...]))])
    }
    let body = rows.map { row in Markup.of("tr", row.enumerated().map { .of("td", kind($0), [$1]) }) }
    let rest =
      others > 0
      ? [Markup.of("tr", [.of("td", ["colspan": "\(heads.count)"], [.word("others", others)])])] : []
    return .of(
      "div", ["class": "scroll"],
      [.of("table", [.of("thead", [.of("tr", head)]), .of("tbody", body + rest)])])
  }
}

extension ResultsOverview {
  /// Figures of which it is not known what the document prints.
  fileprivate var lost: Int {
    [ValueState.missing, .unreadable, .ambiguous].reduce(-silentFacts) { $0 + (states[$1.rawValue] ?? 0) }
  }
  fileprivate var allChecks: Int { outcomes.values.reduce(0, +) }
}
