import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

/// The shipped pipeline over every document of ours.
@Suite struct `Every fixture` {
  /// Fixtures whose record is not yet what is expected, and why; one that begins to be has to leave this list.
  static let open = [
    "chengchuan-2022-weasyprint":
      "a paragraph whose last line holds two characters is cut in two, and with it an amount"
  ]

  @Test func `There are fixtures, each with its answer`() {
    #expect(Checkout.fixtures.count > 10)
    for fixture in Checkout.fixtures {
      #expect(FileManager.default.fileExists(atPath: fixture.expected.path), "\(fixture) has no expected.json")
    }
  }

  @Test(arguments: Checkout.fixtures)
  func `A record states what the document prints and looks as a person agreed`(fixture: Fixture) async throws {
    let content = try SourceContent(path: fixture.source.path)
    let document = try await ShippedPipeline.run("annual-report", content)
    let record = try #require(document.record)
    let faults = try Expectation(fixture).faults(of: record)
    func report() { #expect(faults.isEmpty, "\(fixture):\n\(faults.joined(separator: "\n"))") }
    if let reason = Self.open[fixture.id] {
      withKnownIssue(Comment(rawValue: reason), report)
    } else {
      report()
    }
    for field in record.fields where field.value == .null && field.provenance == nil {
      Issue.record("\(fixture): \(field.pointer) is null without a state")
    }
    let golden = Golden(fixture.folder.appending(path: "golden.txt"))
    if let difference = try golden.difference(from: document.recordLines) { Issue.record("\(difference)") }
  }
}
