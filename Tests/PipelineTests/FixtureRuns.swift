import DocumentModel
import Foundation
import PipelineKit
import TestSupport

/// What the shipped pipeline makes of each fixture; each is run once, however many tests look at it.
actor FixtureRuns {
  private static let shared = FixtureRuns()
  private var runs: [String: Task<Document, any Error>] = [:]

  /// The document after the last stage.
  static func document(of fixture: Fixture) async throws -> Document { try await shared.document(of: fixture) }

  private func document(of fixture: Fixture) async throws -> Document {
    let run =
      runs[fixture.id]
      ?? Task { try await ShippedPipeline.run("annual-report", try SourceContent(path: fixture.source.path)) }
    runs[fixture.id] = run
    return try await run.value
  }
}
