import ArgumentParser
import DocumentModel
import PipelineKit
import Reading

/// `gouji why`: what moved, so that a stage would be run again?
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say why a stage would, or would not, be run again on a document."
  ).ofGouji

  @Argument(help: "A document, or '-' for standard input.") var input: String
  @Argument(help: "The id of the stage.") var stage: String
  @Option(help: ArgumentHelp("The folder that 'gouji run --store' wrote.", valueName: "dir")) var store: String
  @Option(name: .shortAndLong, help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline = "annual-report"
  @Option(help: "The pages that the run reads, such as 1-3,5.", transform: DocumentRun.selection)
  var pages: PageSelection?
  @OptionGroup var overlay: CorrectionOptions
  @OptionGroup var password: PasswordOptions
  @Flag(help: "As of gouji run.") var convert = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var shared: SharedOptions

  func run() throws {
    let pipeline = try shared.pipeline(pipeline)
    let id = try pipeline.step(stage).id
    let artefacts = ArtefactStore(folder: store)
    try artefacts.requireFolder()
    let runner = StoredRunner(pipeline, store: artefacts, logger: shared.logger)
    let content = try NamedDocument(input).content(password: password.value)
    let request = RunRequest(
      pages: pages, password: try password.value, corrections: try overlay.corrections(for: pipeline),
      converter: convert ? OfficeConverter.name(for: content) : nil)
    let reasons = try runner.reasons(forRunning: id, on: content, request: request)
    if json {
      try Output.standard.write(
        ["stage": .string(id), "would_run": .bool(!reasons.isEmpty), "reasons": .array(reasons.map { .string($0) })])
    } else if reasons.isEmpty {
      try Output.standard.say("\(id): would be taken from the store; nothing that it depends on has moved")
    } else {
      try Output.standard.say("\(id): would be run\n" + reasons.map { "  \($0)" }.joined(separator: "\n"))
    }
  }
}
