import ArgumentParser
import PipelineKit
import Reporting

/// `gouji tables`: every table of one document.
struct TablesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables", abstract: "Print every table of a document (JSON).")

  @OptionGroup var run: DocumentRun

  func run() async throws {
    let document = try await run.document(through: try run.shared.pipeline("tables"))
    try Output(path: run.output).write(TablesFormat.json(document))
  }
}
