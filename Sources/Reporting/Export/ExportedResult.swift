public import DocumentModel

/// What one document is exported as: a row of ``ExportTable/reports`` and rows of ``ExportTable/figures``.
public struct ExportedResult: Sendable {
  private let json: JSONValue
  private let source: ResultSource
  private let provenance: [String: JSONValue]
  /// The columns of ``ExportTable/reports`` behind those of the source.
  private let outcome: [JSONValue]

  /// Reads a result.
  public init(_ result: BulkResult) {
    switch result {
    case .record(let json):
      self.json = json
      source = ResultSource(json)
      provenance = Dictionary(
        (json["provenance"]?.members ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
      outcome = Self.outcome(of: json, provenance)
    case .tables(let json):
      (self.json, source, provenance) = (json, ResultSource(json), [:])
      outcome = Self.outcome("complete")
    case .quarantined(let json):
      (self.json, source, provenance) = (json, ResultSource(json), [:])
      outcome = Self.outcome("failed", reason: json["reason"] ?? .null, stage: json["stage"] ?? .null)
    }
  }

  /// The row of the table of reports.
  ///
  /// - Parameter number: of the report.
  public func report(number: Int) -> [JSONValue] { [.integer(number)] + source.columns + outcome }

  /// The rows of the table of figures.
  ///
  /// - Parameter number: of the report.
  public func figures(number: Int) -> [[JSONValue]] {
    let data = json["data"] ?? .null
    let failures = Self.failures(json["checks"]?.elements ?? [])
    let uri = JSONValue.string(source.uri)
    let (organisation, year) = (data["organisation"] ?? .null, data["year"] ?? .null)
    return RecordFigures(data).map { figure in
      let known = provenance[figure.pointer] ?? figure.provenance
      let places = known["places"]?.elements ?? []
      let place = places.first ?? .null
      // What is no figure is at least printed.
      let isFigure = figure.value.text.map(\.isDecimal) ?? true
      return [
        .integer(number), uri, source.member, source.digest, organisation, year,
        data["table_forms"]?[figure.table] ?? data["form"] ?? .null, .string(figure.table),
        .string(orNull: figure.row), .string(orNull: figure.column), .string(figure.pointer),
        isFigure ? figure.value : .null, figure.unit, figure.isApproximate, known["state"] ?? .null,
        known["raw"] ?? (isFigure ? .null : figure.value), place["page"] ?? .null, place["box"] ?? .null,
        place["line"] ?? .null, place["columns"] ?? .null, place["path"] ?? .null, .integer(places.count),
        known["stage"] ?? .null, known["confirmed"] ?? .null, .integer(failures[figure.pointer] ?? 0),
      ]
    }
  }

  /// The values of the row of the table of reports by the names of its columns.
  var named: [String: JSONValue] {
    Dictionary(
      zip(ExportTable.reports.columns.map(\.name), report(number: 0)), uniquingKeysWith: { first, _ in first })
  }

  /// Of a document without a record.
  private static func outcome(
    _ status: JSONValue, reason: JSONValue = .null, stage: JSONValue = .null
  ) -> [JSONValue] {
    let known = 1 + ResultSource.columnCount + 3
    return [status, reason, stage] + Array(repeating: .null, count: ExportTable.reports.columns.count - known)
  }

  private static func outcome(of json: JSONValue, _ provenance: [String: JSONValue]) -> [JSONValue] {
    let data = json["data"] ?? .null
    var (figures, states) = (0, [String: Int]())
    for figure in RecordFigures(data) {
      figures += 1
      let known = provenance[figure.pointer] ?? figure.provenance
      if let state = known["state"]?.text { states[state, default: 0] += 1 }
    }
    let checks = json["checks"]?.elements ?? []
    let outcomes = checks.reduce(into: [String: Int]()) { $0[$1["status"]?.text ?? "", default: 0] += 1 }
    func count(_ status: Check.Status) -> JSONValue { .integer(outcomes[status.rawValue] ?? 0) }
    let errors = checks.count { $0["status"]?.text == "fail" && $0["severity"]?.text == "error" }
    let diagnostics = json["diagnostics"]?.elements ?? []
    let codes = Set(diagnostics.compactMap { $0["code"]?.text }).sorted()
    let identity = ["organisation", "year", "form", "title"].map { data[$0] ?? .null }
    return [json["status"] ?? .null, .null, .null] + identity + [.integer(figures)]
      + ValueState.allCases.map { .integer(states[$0.rawValue] ?? 0) } + [
        count(.pass), count(.fail), count(.uncertain), count(.notAssessable), .integer(errors),
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
  /// The columns of ``ExportTable/reports`` between the number and the status.
  let columns: [JSONValue]

  /// How many these are.
  static let columnCount = 6

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
