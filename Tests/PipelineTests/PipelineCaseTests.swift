import Foundation
import PipelineKit
import TestSupport
import Testing

/// The cases that stand beside the shipped pipelines.
@Suite struct `The cases of a pipeline` {
  static let pipelines = ShippedPipeline.names

  static let cases: [PipelineCase] = pipelines.flatMap { (try? PipelineCase.cases(of: $0)) ?? [] }

  @Test(arguments: pipelines)
  func `A pipeline has cases that can be read, each under a name of its own`(pipeline: String) throws {
    let cases = try PipelineCase.cases(of: pipeline)
    #expect(!cases.isEmpty)
    #expect(Set(cases.map(\.name)).count == cases.count)
  }

  @Test(arguments: cases)
  func `What a case says comes out`(trial: PipelineCase) async throws {
    let content = SourceContent(uri: "case.txt", bytes: Data(trial.text.utf8))
    let document = try await ShippedPipeline.run(trial.pipeline, content)
    let faults = trial.faults(of: document)
    func report() { #expect(faults.isEmpty, "\(trial.name):\n\(faults.joined(separator: "\n"))") }
    if let reason = trial.fails {
      withKnownIssue(Comment(rawValue: reason), report)
    } else {
      report()
    }
  }
}
