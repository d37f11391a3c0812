import DocumentModel
import Foundation
import PipelineKit
import Testing

@testable import Reporting

@Suite struct `Results as tables` {
  private func record(_ data: JSONValue, provenance: JSONValue = [:], checks: JSONValue = []) -> ExportedResult {
    ExportedResult(
      .record([
        "format": "gouji.record/1", "source": ["uri": "a,b.pdf", "sha256": "00", "bytes": 3, "member": .null],
        "status": "partial", "data": data, "provenance": provenance, "checks": checks, "repairs": [], "unexplained": [],
        "diagnostics": [["code": "pdf.damaged"], ["code": "pdf.damaged"]],
      ]))
  }

  /// A row by the names of its columns.
  private func named(_ row: [JSONValue], _ table: ExportTable) -> [String: JSONValue] {
    #expect(row.count == table.columns.count)
    return Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), row))
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("@SUM(A1)", "'@SUM(A1)"), ("-1+2", "'-1+2"),
    ("\u{FF1D}1", "'\u{FF1D}1"), ("\t=1", "'\t=1"), ("=\"a\"", "\"'=\"\"a\"\"\""), ("-12.5", "-12.5"),
    ("-1,200", "-1,200"),
    ("+5%", "+5%"), ("-", "-"), ("--", "--"), ("a=1", "a=1"), ("", ""), ("say \"13\"", "\"say \"\"13\"\"\""),
    ("two\nlines", "\"two\nlines\""),
  ])
  func `What a spreadsheet program would run is a text, and a figure stays a figure`(text: String, field: String) {
    #expect(text.csvField == (text == "-1,200" ? "\"-1,200\"" : field))
  }

  @Test func `A null, a zero and an empty text are three things, and the state says which`() {
    let result = record(
      [
        "organisation": "B", "year": 2023, "form": "f", "table_forms": ["t": "f1"],
        "t": ["r": ["zero": 0, "blank": .null, "dash": .null, "amount": "12.50"]],
      ],
      provenance: [
        "/t/r/zero": ["state": "printed", "raw": "0", "stage": "s", "places": [["page": 2, "box": [1, 2, 3, 4]]]],
        "/t/r/blank": ["state": "blank", "raw": "", "stage": "s", "places": []],
        "/t/r/dash": ["state": "dash", "raw": "-", "stage": "s", "places": [["line": 4, "columns": [3, 9]]]],
        "/t/r/amount": ["state": "derived", "stage": "s", "places": [], "confirmed": false],
      ])
    let figures = ExportTable.figures
    let rows = result.figures(number: 7).map { String(decoding: figures.csv($0), as: UTF8.self) }
    let head = "7,\"a,b.pdf\",,00,B,2023,f1,t,r"
    #expect(
      rows == [
        "\(head),zero,/t/r/zero,0,,,printed,0,2,\"[1,2,3,4]\",,,,1,s,,0\r\n",
        "\(head),blank,/t/r/blank,,,,blank,\"\",,,,,,0,s,,0\r\n",
        "\(head),dash,/t/r/dash,,,,dash,-,,,4,\"[3,9]\",,1,s,,0\r\n",
        "\(head),amount,/t/r/amount,12.50,,,derived,,,,,,,0,s,false,0\r\n",
      ])
    let report = named(result.report(number: 7), .reports)
    #expect(report["figures"] == 4 && report["printed"] == 1 && report["blank"] == 1 && report["missing"] == 0)
    #expect(report["diagnostics"] == 2 && report["diagnostic_codes"] == ["pdf.damaged"])
  }

  @Test func `Facts, the fee and rows that the form does not know are figures, what names the report is none`() {
    let rows = record([
      "organisation": "B", "year": 2023, "form": "f", "table_forms": ["t": "f1"], "contact": ["phone": "12345"],
      "facts": ["visits": ["value": 386000, "unit": "x", "approximate": true, "quote": "q", "section": 1]],
      "processing_fee": ["charged": true, "amount_yuan": "3940", "quote": "q"],
      "extra_rows": [
        ["table": "t", "label": "=new", "values": [["column": 3, "raw": "9", "value": 9, "state": "printed"]]]
      ],
    ]).figures(number: 1).map { named($0, .figures) }
    #expect(
      rows.map { $0["pointer"] } == [
        "/facts/visits/value", "/processing_fee/amount_yuan", "/extra_rows/0/values/0/value",
      ])
    #expect(rows[0]["row_name"] == "visits" && rows[0]["approximate"] == true && rows[0]["form"] == "f")
    #expect(rows[2]["row_name"] == "=new" && rows[2]["state"] == "printed" && rows[2]["raw"] == "9")
  }

  @Test func `Checks that fail are counted at the figures that they touch`() {
    let result = record(
      ["table_forms": ["t": "f"], "t": ["a": ["b": 1, "c": 2]]],
      checks: [
        ["id": "X", "status": "fail", "severity": "error", "pointers": ["/t/a/b", "/t/a/b"]],
        ["id": "Y", "status": "fail", "severity": "warning", "pointers": ["/t/a/b"]],
        ["id": "Z", "status": "not_assessable", "severity": "error", "pointers": ["/t/a/c"]],
      ])
    #expect(result.figures(number: 1).map { $0.last } == [2, 0])
    let report = named(result.report(number: 1), .reports)
    #expect(report["checks_fail"] == 2 && report["errors"] == 1 && report["checks_not_assessable"] == 1)
    #expect(report["checks_pass"] == 0)
  }

  @Test func `A document without a record is a report without figures, with its reason and where it lies`() {
    let result = ExportedResult(
      .quarantined(["id": "7", "source": ["container": "a.zip", "entry": 3], "reason": "crashed", "stage": "read"]))
    let report = named(result.report(number: 3), .reports)
    #expect(report["status"] == "failed" && report["reason"] == "crashed" && report["stage"] == "read")
    #expect(report["source_uri"] == "a.zip" && report["source_member"] == ["container": "a.zip", "entry": 3])
    #expect(report["figures"] == .null && result.figures(number: 3).isEmpty)
  }
}
