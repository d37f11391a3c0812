public import DocumentModel

/// What one document is exported as: a row of ``ExportTable/reports`` and rows of ``ExportTable/figures``, without the
/// number of the report, which comes first in all of them.
public struct ExportedResult: Sendable {
  private let report: [JSONValue]
  private let figures: [[JSONValue]]

  /// The row of the table of reports.
  public func report(number: Int) -> [JSONValue] { [.integer(number)] + report }

  /// The rows of the table of figures.
  public func figures(number: Int) -> [[JSONValue]] { figures.map { [.integer(number)] + $0 } }

  /// The rows of a result.
  public init(_ result: BulkResult) {
    switch result {
    case .record(let json): self.init(record: json)
    case .quarantined(let json): self.init(quarantined: json)
    }
  }

  private init(quarantined json: JSONValue) {
    let source = ResultSource(json)
    let nothing = Array(repeating: JSONValue.null, count: ExportTable.reports.columns.count - 10)
    report = source.columns + ["failed", json["reason"] ?? .null, json["stage"] ?? .null] + nothing
    figures = []
  }

  private init(record json: JSONValue) {
    let source = ResultSource(json)
    let data = json["data"] ?? .null
    let failures = Self.failures(json["checks"]?.elements ?? [])
    var rows: [[JSONValue]] = []
    var states: [String: Int] = [:]
    let provenance = Dictionary(
      (json["provenance"]?.members ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    for figure in RecordFigures(data) {
      let known = provenance[figure.pointer] ?? figure.provenance
      if let state = known["state"]?.text { states[state, default: 0] += 1 }
      let places = known["places"]?.elements ?? []
      let place = places.first ?? .null
      // What is no figure is at least printed.
      let isFigure = figure.value.text.map(\.isDecimal) ?? true
      rows.append([
        .string(source.uri), source.member, source.digest, data["organisation"] ?? .null, data["year"] ?? .null,
        data["table_forms"]?[figure.table] ?? data["form"] ?? .null, .string(figure.table),
        .string(orNull: figure.row), .string(orNull: figure.column), .string(figure.pointer),
        isFigure ? figure.value : .null, figure.unit, figure.isApproximate, known["state"] ?? .null,
        known["raw"] ?? (isFigure ? .null : figure.value), place["page"] ?? .null, place["box"] ?? .null,
        place["line"] ?? .null, place["columns"] ?? .null, place["path"] ?? .null, .integer(places.count),
        known["stage"] ?? .null, known["confirmed"] ?? .null, .integer(failures[figure.pointer] ?? 0),
      ])
    }
    figures = rows
    let checks = json["checks"]?.elements ?? []
    func count(_ status: Check.Status) -> JSONValue {
      .integer(checks.count { $0["status"]?.text == status.rawValue })
    }
    let diagnostics = json["diagnostics"]?.elements ?? []
    let codes = Set(diagnostics.compactMap { $0["code"]?.text }).sorted()
    report =
      source.columns + [json["status"] ?? .null, .null, .null] + [
        data["organisation"] ?? .null, data["year"] ?? .null, data["form"] ?? .null, data["title"] ?? .null,
        .integer(rows.count),
      ] + ValueState.allCases.map { .integer(states[$0.rawValue] ?? 0) } + [
        count(.pass), count(.fail), count(.uncertain), count(.notAssessable),
        .integer(checks.count { $0["status"]?.text == "fail" && $0["severity"]?.text == "error" }),
        .integer(json["repairs"]?.elements.count ?? 0), .integer(json["unexplained"]?.elements.count ?? 0),
        .integer(diagnostics.count), .array(codes.map { .string($0) }), json["pipeline"]?["fingerprint"] ?? .null,
        json["generator"]?["version"] ?? .null,
      ]
  }

  /// How many failed checks touch a pointer.
  private static func failures(_ checks: [JSONValue]) -> [String: Int] {
    checks.reduce(into: [:]) { counts, check in
      guard check["status"]?.text == "fail" else { return }
      for pointer in Set((check["pointers"]?.elements ?? []).compactMap(\.text)) { counts[pointer, default: 0] += 1 }
    }
  }
}

/// The document that a result is about.
struct ResultSource {
  let uri: String
  let member: JSONValue
  let digest: JSONValue
  /// The columns of ``ExportTable/reports`` up to the status.
  let columns: [JSONValue]

  /// Reads records, and the lines of a quarantine, whose source is the address that the document was asked for by.
  init(_ json: JSONValue) {
    let source = json["source"] ?? .null
    uri = (source["uri"] ?? source["path"] ?? source["container"])?.text ?? json["id"]?.text ?? ""
    let isAddress = source["uri"] == nil && source["container"] != nil
    member = source["member"] ?? (isAddress ? source : .null)
    digest = source["sha256"] ?? .null
    columns = [
      .string(uri), member, digest, source["bytes"] ?? .null, source["media_type"] ?? .null, source["pages"] ?? .null,
    ]
  }
}
