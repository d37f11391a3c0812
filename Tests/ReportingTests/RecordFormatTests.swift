import DocumentModel
import PipelineKit
import Reporting
import Testing

/// The shape that programs rely on: members, their order, and what stands for nothing.
@Suite struct `The record format` {
  private func json(_ record: Record?, diagnostics: [Diagnostic] = []) -> JSONValue {
    var document = Document(
      source: Source(uri: "report.pdf", sha256: "ab12", byteCount: 9, mediaType: "application/pdf", pageCount: 2))
    document.record = record
    document.diagnostics = diagnostics
    return RecordFormat.json(
      document,
      pipeline: PipelineIdentity(
        name: "trial", fingerprint: "sha256:cd", stages: [.init(id: "read", version: 7, settings: "ab")]),
      generator: Generator(version: "1.2.3", poppler: "22.12.0"))
  }

  private func record(_ fields: Field...) -> Record {
    var record = Record(status: .complete)
    record.fields = fields
    return record
  }

  @Test func `The members stand in their order`() {
    #expect(
      json(record()).keys == [
        "format", "generator", "pipeline", "source", "status", "data", "provenance", "checks", "repairs",
        "unexplained", "diagnostics",
      ])
  }

  @Test func `The head says what made the record, of what, and how far it got`() {
    let json = json(record())
    #expect(json["format"] == "gouji.record/1")
    #expect(json["generator"] == ["name": "gouji", "version": "1.2.3", "poppler": "22.12.0"])
    #expect(
      json["pipeline"] == [
        "name": "trial", "fingerprint": "sha256:cd", "stages": ["read": ["version": 7, "settings": "ab"]],
      ])
    #expect(
      json["source"] == [
        "uri": "report.pdf", "sha256": "ab12", "bytes": 9, "media_type": "application/pdf", "pages": 2, "member": nil,
      ])
    #expect(json["status"] == "complete")
  }

  @Test func `A source that has no pages, and one that was not looked into, say null`() {
    let source = RecordFormat.json(
      Document(source: Source(uri: "-")), pipeline: PipelineIdentity(name: "", fingerprint: "", stages: []),
      generator: Generator(version: "", poppler: "")
    )["source"]
    #expect(source?["pages"] == .null)
    #expect(source?["media_type"] == .null)
  }

  @Test func `Data are nested by their pointers, in the order of the fields`() {
    let json = json(
      record(
        Field("/year", 2024), Field("/table/row/b", 2), Field("/table/row/a", 1), Field("/table/other/a", "1.50"),
        Field("/list", ["x"])))
    #expect(
      json["data"] == [
        "year": 2024, "table": ["row": ["b": 2, "a": 1], "other": ["a": "1.50"]], "list": ["x"],
      ])
  }

  @Test func `A null keeps its place in the data and says why it is null`() {
    let json = json(record(Field("/table/row/a", .null, Provenance(.slash, raw: "/", stage: "map"))))
    #expect(json["data"] == ["table": ["row": ["a": nil]]])
    #expect(json["provenance"]?["/table/row/a"] == ["state": "slash", "raw": "/", "stage": "map", "places": []])
  }

  @Test func `A value that is not read off a place has no provenance`() {
    #expect(json(record(Field("/form", "2021")))["provenance"] == .object([]))
  }

  @Test func `Provenance says only what is known`() {
    var proven = Provenance(.derived, stage: "sums", isConfirmed: true, note: "by the row")
    let json = json(record(Field("/a", 1, proven)))
    #expect(
      json["provenance"]?["/a"]
        == ["state": "derived", "stage": "sums", "places": [], "confirmed": true, "note": "by the row"])
    proven.raw = "7"
    proven.note = nil
    proven.isConfirmed = nil
    #expect(
      self.json(record(Field("/a", 1, proven)))["provenance"]?["/a"]?.keys == ["state", "raw", "stage", "places"])
  }

  static let places: [(Place, JSONValue)] = {
    let box: JSONValue = [.number(1), .number(2.5), .number(30), .number(4.25)]
    return [
      (.page(3, Box(1, 2.5, 30, 4.25)), ["page": 3, "box": box]),
      (.line(12, columns: 3...9), ["line": 12, "columns": [3, 9]]),
      (.path("/html/body/table[2]"), ["path": "/html/body/table[2]"]),
    ]
  }()

  @Test(arguments: places)
  func `A place is a box on a page, columns of a line, or a path`(place: Place, expected: JSONValue) {
    let json = json(record(Field("/a", 1, Provenance(.printed, raw: "1", stage: "map", places: [place]))))
    #expect(json["provenance"]?["/a"]?["places"] == .array([expected]))
  }

  @Test func `A check has all of its members, and null for what cannot be computed`() {
    var record = record()
    record.checks = [
      Check(
        id: "T3-01", instance: "granted", status: .fail, severity: .error, message: "m", expression: "a + b = c",
        pointers: ["/a", "/b"], left: 3, right: 4, difference: -1, cause: .source),
      Check(id: "T3-02", instance: "total", status: .notAssessable, severity: .warning, message: "n"),
    ]
    #expect(
      json(record)["checks"] == [
        [
          "id": "T3-01", "instance": "granted", "status": "fail", "severity": "error", "message": "m",
          "expression": "a + b = c", "pointers": ["/a", "/b"], "left": 3, "right": 4, "difference": -1,
          "cause": "source",
        ],
        [
          "id": "T3-02", "instance": "total", "status": "not_assessable", "severity": "warning", "message": "n",
          "expression": "", "pointers": [], "left": nil, "right": nil, "difference": nil, "cause": nil,
        ],
      ])
  }

  @Test func `Repairs, unexplained figures and diagnostics have all of their members`() {
    var record = record()
    record.repairs = [Repair(operation: "move", from: "/a", path: "/b", before: .null, after: 2, reason: "r")]
    record.unexplained = [Unexplained("- 4 -", places: [.line(1, columns: 1...5)])]
    let json = json(record, diagnostics: [Diagnostic("pdf.no_text", .error, "m")])
    #expect(
      json["repairs"] == [["op": "move", "from": "/a", "path": "/b", "before": nil, "after": 2, "reason": "r"]])
    #expect(json["unexplained"] == [["raw": "- 4 -", "places": [["line": 1, "columns": [1, 5]]]]])
    #expect(
      json["diagnostics"] == [["code": "pdf.no_text", "severity": "error", "message": "m", "places": []]])
  }

  @Test func `A document without a record gives a partial one that is empty`() {
    let json = json(nil)
    #expect(json["status"] == "partial")
    #expect(json["data"] == .object([]))
    #expect(json["checks"] == [])
  }

  @Test func `Equal documents give equal JSON`() {
    let fields = (0..<40).map { Field("/t/r\($0 % 7)/c\($0)", .integer($0), Provenance(.printed, stage: "map")) }
    var first = Record(status: .complete)
    first.fields = fields
    #expect(json(first) == json(first))
  }
}

extension JSONValue {
  /// The keys of an object, in order.
  var keys: [String] { if case .object(let members) = self { members.map(\.key) } else { [] } }
}
