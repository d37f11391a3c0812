import ArgumentParser
import DocumentModel
import PipelineKit
import Reading
import Reporting

/// `gouji explain`: where does this value come from, and what is held against it?
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell the whole story of one value of a record.",
    discussion: """
      From the words on the page through the cell and the field to every repair, equation and check that touches it. The
      pointer is one of the record's 'provenance', such as /applications/granted/total.
      """
  ).ofGouji

  @Argument(help: "A document, its address in an archive, or '-' for standard input.") var input: String
  @Argument(help: "The pointer of the value.") var pointer: String
  @Option(name: .shortAndLong, help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline = "annual-report"
  @Option(
    help: ArgumentHelp("Keep what every stage makes in this folder, and run only what must be.", valueName: "dir"))
  var store: String?
  @Option(help: "Read only these pages, such as 1-3,5.", transform: DocumentRun.selection)
  var pages: PageSelection?
  @OptionGroup var overlay: CorrectionOptions
  @OptionGroup var password: PasswordOptions
  @Flag(help: "As of gouji run.") var convert = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var shared: SharedOptions

  func run() async throws {
    let artefacts = store.map { ArtefactStore(folder: $0) }
    let pipeline = try shared.pipeline(pipeline, store: artefacts)
    DocumentRun.endProgramsWhenStopped(of: pipeline)
    let content = try NamedDocument(input).content(password: password.value)
    let request = RunRequest(
      pages: pages, password: try password.value, corrections: try overlay.corrections(for: pipeline),
      converter: convert ? OfficeConverter.name(for: content) : nil)
    let logger = shared.logger
    let document =
      if let artefacts {
        try await StoredRunner(pipeline, store: artefacts, logger: logger)
          .run(content, request: request, wanted: [.lines, .tables, .record], parts: .all)
      } else { try await PipelineRunner(pipeline, logger: logger).run(content, request: request) }
    let pointer = pointer.hasPrefix("/") ? pointer : "/" + pointer
    guard let explanation = Explanation(of: pointer, in: document) else {
      throw PipelineError("record.no_value", hint(for: pointer, in: document.record))
    }
    if json {
      try Output.standard.write(explanation.json)
    } else {
      try Output.standard.say(explanation.text)
    }
  }

  private func hint(for pointer: String, in record: Record?) -> String {
    guard let record, !record.fields.isEmpty else { return "the pipeline makes no record of this document" }
    let meant = didYouMean(pointer, among: record.fields.map(\.pointer))
    let like = Explanation.pointers(like: pointer, in: record)
    let others = like.isEmpty ? "; see the record's 'provenance'" : "; there are \(like.joined(separator: ", "))"
    return "the record has nothing at '\(pointer)'" + (meant.isEmpty ? others : meant)
  }
}
