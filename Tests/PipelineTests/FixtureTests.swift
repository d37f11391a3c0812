import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

/// The shipped pipeline over every document of ours.
@Suite struct `Every fixture` {
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
    #expect(faults.isEmpty, "\(fixture):\n\(faults.joined(separator: "\n"))")
    for field in record.fields where field.value == .null && field.provenance == nil {
      Issue.record("\(fixture): \(field.pointer) is null without a state")
    }
    let golden = Golden(fixture.folder.appending(path: "golden.txt"))
    if let difference = try golden.difference(from: document.recordLines) { Issue.record("\(difference)") }
  }
}
