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
    let document = try await FixtureRuns.document(of: fixture)
    let record = try #require(document.record)
    let faults = try Expectation(fixture).faults(of: record)
    #expect(faults.isEmpty, "\(fixture):\n\(faults.joined(separator: "\n"))")
    for field in record.fields where field.value == .null && field.provenance == nil {
      Issue.record("\(fixture): \(field.pointer) is null without a state")
    }
    let golden = Golden(fixture.folder.appending(path: "golden.txt"))
    if let difference = try golden.difference(from: document.recordLines) { Issue.record("\(difference)") }
  }

  @Test func `A record looks otherwise only after the version of a stage, or the data of the pipeline, has changed`()
    async throws
  {
    let pipeline = try ShippedPipeline.load("annual-report")
    let file = Golden(Checkout.root.appending(path: "Fixtures/golden-versions.txt"))
    var current = GoldenVersions(pipeline)
    for fixture in Checkout.fixtures {
      let record = try await FixtureRuns.document(of: fixture).recordLines
      current.add(fixture.id, source: try Data(contentsOf: fixture.source), golden: Data(record.utf8))
    }
    let recorded = file.recorded.map { GoldenVersions(recorded: $0) }
    if let recorded, let fault = current.fault(since: recorded) {
      Issue.record("\(fault)")
    } else if recorded?.agrees(with: current) != true, let difference = try file.difference(from: current.text) {
      Issue.record("\(difference)")
    }
  }
}
