import DocumentModel
import Foundation
import PipelineKit
import TestSupport

/// Documents of ours as they are before each stage of the shipped pipelines; each is made once.
actor StageDocuments {
  /// A ruled PDF, the same without its rules, texts that lost figures, and one that does not add up.
  static let names = ["ruled", "without rules", "lost totals", "misprint"]

  private static let shared = StageDocuments()
  private var trails: [String: Task<[String: Document], any Error>] = [:]

  /// The document before the stage with the id `id`, and what the stage is given beside it.
  static func document(_ name: String, before id: String) async throws -> (Document, StageContext) {
    let content = try SourceContent(path: try source(sources[name] ?? "").path)
    let trail = try await shared.trail(name, content)
    guard let document = trail[id] else { throw Missing(id: id) }
    return (document, .trial(stage: id, content: content))
  }

  private struct Missing: Error { var id: String }

  private static let sources = [
    "ruled": "chengchuan-2022-libreoffice", "without rules": "yunqi-2023-weasyprint",
    "lost totals": "yunqi-2023-lost-total", "misprint": "yunqi-2023-misprint",
  ]

  private func trail(_ name: String, _ content: SourceContent) async throws -> [String: Document] {
    let task = trails[name] ?? Task { try await Self.trail(name, content) }
    trails[name] = task
    return try await task.value
  }

  private static func trail(_ name: String, _ content: SourceContent) async throws -> [String: Document] {
    var before: [String: Document] = [:]
    for pipeline in ShippedPipeline.names {
      var document = content.document()
      for step in try ShippedPipeline.load(pipeline).steps {
        if before[step.id] == nil { before[step.id] = document }
        document = try await step.stage().trial(document, in: .trial(stage: step.id, content: content))
        if name == "without rules" {
          for page in document.pages?.indices ?? 0..<0 { document.pages?[page].rulings = [] }
        }
      }
    }
    return before
  }
}
