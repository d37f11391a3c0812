import DocumentModel
import Foundation
import PipelineKit
import TestSupport

@testable import gouji

/// The pipelines under `Pipelines/`, run in this process.
enum ShippedPipeline {
  /// The document after the last stage.
  static func run(_ name: String, _ content: SourceContent) async throws -> Document {
    let path = Checkout.root.appending(path: "Pipelines/\(name)/pipeline.yaml").path
    let pipeline = try PipelineFile(registry: SharedOptions.registry).load(path)
    return try await PipelineRunner.trial(pipeline).run(content)
  }
}
