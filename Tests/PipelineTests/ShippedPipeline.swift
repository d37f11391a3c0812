import DocumentModel
import Foundation
import PipelineKit
import TestSupport

@testable import gouji

/// The pipelines under `Pipelines/`, run in this process.
enum ShippedPipeline {
  /// Those there are.
  static let names = ["annual-report", "tables", "external-example"]

  /// The pipeline under this name, checked.
  static func load(_ name: String) throws -> Pipeline {
    let path = Checkout.root.appending(path: "Pipelines/\(name)/pipeline.yaml").path
    return try PipelineFile(registry: SharedOptions.registry).load(path)
  }

  /// The document after the last stage.
  static func run(_ name: String, _ content: SourceContent) async throws -> Document {
    try await PipelineRunner.trial(try load(name)).run(content)
  }
}
