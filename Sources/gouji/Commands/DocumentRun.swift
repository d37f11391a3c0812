import ArgumentParser
import DocumentModel
import Foundation
import Logging
import PipelineKit

/// What the commands that read one document have in common.
struct DocumentRun: ParsableArguments {
  @Argument(help: "A document, or '-' for standard input.")
  var input: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output = "-"

  @Option(help: "Read only these pages, such as 1-3,5.", transform: selection)
  var pages: PageSelection?

  @Option(help: "The password of an encrypted document.")
  var password: String?

  @OptionGroup var shared: SharedOptions

  /// The document after the last stage of the pipeline.
  func document(through pipeline: Pipeline) async throws -> Document {
    let logger = shared.logger
    let content = try SourceContent(path: input)
    let request = RunRequest(pages: pages, password: password)
    let document = try await PipelineRunner(pipeline, logger: logger).run(content, request: request)
    for diagnostic in document.diagnostics {
      let message = "\(input): \(diagnostic.message) [\(diagnostic.code)]"
      switch diagnostic.severity {
      case .error: logger.error("\(message)")
      case .warning: logger.warning("\(message)")
      case .info: logger.info("\(message)")
      }
    }
    return document
  }
}

private func selection(_ text: String) throws -> PageSelection {
  guard let selection = PageSelection(text) else {
    throw ValidationError("'\(text)' is no selection of pages; write for example 1-3,5")
  }
  return selection
}
