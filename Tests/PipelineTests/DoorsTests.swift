import DocumentModel
import Foundation
import TestSupport
import Testing

/// One report as PDF, page, Word file and text.
@Suite struct `Every door` {
  /// The fixtures that print all of a truth where it belongs, by the truth.
  private static var reports: [String: [Fixture]] {
    let whole = Checkout.fixtures.filter { fixture in
      let about = FileManager.default.contents(atPath: fixture.folder.appending(path: "about.yaml").path) ?? Data()
      let words = String(decoding: about, as: UTF8.self)
      return !["damage:", "misprint:", "unplaced:", "front:"].contains { words.contains("  " + $0) }
    }
    return Dictionary(grouping: whole) { $0.id.split(separator: "-").prefix(2).joined(separator: "-") }
      .filter { $0.value.count > 1 }
  }

  @Test func `There are reports that come through all doors`() {
    let kinds = Self.reports.mapValues { Set($0.map(\.source.pathExtension)) }
    #expect(kinds.count { $0.value.isSuperset(of: ["pdf", "html", "docx", "txt"]) } >= 2)
  }

  @Test(arguments: reports.keys.sorted())
  func `The same report through all doors gives the same data`(report: String) async throws {
    var first: (id: String, data: [String: JSONValue])?
    for fixture in try #require(Self.reports[report]) {
      let record = try #require(try await FixtureRuns.document(of: fixture).record)
      let data = Dictionary(record.fields.map { ($0.pointer, $0.value) }) { $1 }
      guard let known = first else {
        first = (fixture.id, data)
        continue
      }
      // Of a scan the figures; its words may be misread.
      let isScan = [known.id, fixture.id].contains { $0.hasSuffix("-scan") }
      let isFigure = { (pointer: String) in
        ["/disclosure/", "/applications/", "/proceedings/"].contains { pointer.hasPrefix($0) }
      }
      for pointer in Set(data.keys).union(known.data.keys).sorted() {
        let values = [known.data[pointer] ?? .null, data[pointer] ?? .null]
        // What stands around the report on a page, and nowhere in it.
        let isOfPage = pointer == "/published" || pointer.hasPrefix("/document_numbers")
        if isOfPage, values.contains(.null) { continue }
        if isScan, !isFigure(pointer) { continue }
        #expect(values[0] == values[1], "\(pointer) of \(known.id) and \(fixture.id)")
      }
    }
  }
}
