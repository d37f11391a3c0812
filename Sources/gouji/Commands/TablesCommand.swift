import ArgumentParser
import DocumentModel
import Logging
import PipelineKit
import Reporting

/// `gouji tables`: every table of one document.
struct TablesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables", abstract: "Print every table of a document."
  ).ofGouji

  @OptionGroup var run: DocumentRun

  @Option(name: .shortAndLong, help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline = "tables"

  @Option(help: "How to write them.")
  var format = Format.json

  @Option(help: "What csv and markdown write where a merged cell goes on.")
  var spans = Spans.blank

  /// The formats of tables.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case json, csv, html, markdown
  }

  /// What stands where a merged cell goes on.
  enum Spans: String, ExpressibleByArgument, CaseIterable {
    case blank, `repeat`
  }

  func run() async throws {
    let pipeline = try run.shared.pipeline(pipeline)
    try run.refuseToWriteOver(pipeline, named: self.pipeline)
    DocumentRun.endProgramsWhenStopped(of: pipeline)
    let document = try await run.document(through: pipeline)
    let hasText = !document.diagnostics.contains { $0.code == "pdf.no_text" }
    if hasText, document.tables?.isEmpty != false {
      run.shared.logger.warning("\(run.input): there is no table in what was read")
    }
    let output = Output(path: run.output)
    if let format = TablesText.Format(rawValue: format.rawValue) {
      let spans = TablesText.Spans(rawValue: spans.rawValue) ?? .blank
      // Lines of CSV and Markdown have their ends; another one would be a row.
      try output.write(TablesText(spans: spans).text(document, as: format), ending: format == .html ? "\n" : "")
    } else {
      try output.write(TablesFormat.json(document))
    }
    // Nothing could be looked at.
    if !hasText { throw Ended(status: .inputUnreadable) }
  }
}
