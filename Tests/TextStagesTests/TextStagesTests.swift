import DocumentModel
import Foundation
import Logging
import PipelineKit
import Testing

@testable import TextStages

/// Runs a stage over a document.
func run(_ stage: some Stage, on document: Document) async throws -> Document {
  var result = document
  let content = SourceContent(uri: "test", bytes: .init())
  try await stage.run(&result, in: StageContext(stage: "test", content: content, logger: Logger(label: "test")))
  return result
}

/// A document of the lines of a plain text; blank lines are left out, as line numbers show them anyway.
func textDocument(_ text: String) -> Document {
  var document = Document(source: Source(uri: "test.txt", mediaType: "text/plain"))
  document.lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
    $1.isEmpty ? nil : Line(PrintedText(String($1)), place: .line($0 + 1, columns: 1...$1.unicodeScalars.count))
  }
  return document
}

/// A document of these pages.
func pagedDocument(_ pages: [Page]) -> Document {
  var document = Document(source: Source(uri: "test.pdf", mediaType: "application/pdf", pageCount: pages.count))
  document.pages = pages
  return document
}

@Test func `Every stage of the module has its own kind`() {
  #expect(Set(TextStageList.all.map { $0.contract.kind }).count == TextStageList.all.count)
}
