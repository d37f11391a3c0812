import ArgumentParser
import DocumentModel
import Logging
import PipelineKit
import Reporting

/// `gouji run`: one document, one record.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Turn one document into one record (JSON)."
  ).ofGouji

  @OptionGroup var run: DocumentRun

  @Option(name: .shortAndLong, help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline = "annual-report"

  @OptionGroup var overlay: CorrectionOptions

  @OptionGroup var range: StageRange

  @Option(help: "End with code 1 when a check of this severity failed.")
  var failOn = FailOn.error

  /// The mildest failed check that makes the exit code 1.
  enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case error, warning, never

    /// Whether a failed check of this severity counts.
    func counts(_ severity: Severity) -> Bool {
      switch self {
      case .error: severity == .error
      case .warning: severity != .info
      case .never: false
      }
    }
  }

  func run() async throws {
    let pipeline = try run.shared.pipeline(pipeline, store: range.artefacts)
    try run.refuseToWriteOver(pipeline, named: self.pipeline, overlay.corrections)
    DocumentRun.endProgramsWhenStopped(of: pipeline)
    let last = try range.last(of: pipeline)
    let steps = pipeline.steps.prefix { $0.id != last?.id } + [last].compactMap { $0 }
    if let last, range.until != nil || range.only != nil,
      !steps.contains(where: { $0.contract.writes.contains(.record) })
    {
      let layers = last.contract.writes
      let document = try await document(through: pipeline, wanted: layers)
      try Output(path: run.output).write(DocumentFormat(document, layers: layers, after: last.id).json)
      return
    }
    if !steps.contains(where: { $0.contract.writes.contains(.record) }) {
      run.shared.logger.warning(
        "no stage of the pipeline '\(pipeline.name)' writes a record: it will be empty; 'gouji tables -p' prints tables"
      )
    }
    // Of the files as they were read, also if they change while the document is.
    let identity = pipeline.identity
    let document = try await document(through: pipeline, wanted: [.record])
    let json = RecordFormat.json(
      document, pipeline: identity, generator: SharedOptions.generator)
    try Output(path: run.output).write(json)
    if document.holdsNothingOfTheRecord {
      run.shared.logger.warning("\(run.input): \(pipeline.findsNothing)")
    }
    guard let record = document.record else { return }
    FailedChecks(input: run.input, record: record, isVerbose: run.shared.verbose).say(to: run.shared.logger)
    let isFailed = record.checks.contains { $0.status == .fail && failOn.counts($0.severity) }
    if isFailed { throw Ended(status: .checkFailed) }
  }

  /// The document after the stages that were asked for.
  private func document(through pipeline: Pipeline, wanted: Set<Layer>) async throws -> Document {
    let logger = run.shared.logger
    let corrections = try overlay.corrections(for: pipeline)
    return try await run.document(corrections: corrections) { content, request in
      guard let store = range.artefacts else {
        return try await PipelineRunner(pipeline, logger: logger).run(content, request: request, until: range.until)
      }
      return try await StoredRunner(pipeline, store: store, logger: logger)
        .run(content, request: request, plan: range.plan, wanted: wanted)
    }
  }
}

extension Document {
  /// Whether there is text, and nothing of the record in it.
  var holdsNothingOfTheRecord: Bool {
    guard let record, !record.fields.isEmpty, !diagnostics.contains(where: { $0.code == "pdf.no_text" }) else {
      return false
    }
    let isFound = { (state: ValueState?) in state.map { $0 != .missing } ?? false }
    return !record.fields.contains { isFound($0.provenance?.state) }
  }
}

extension Pipeline {
  /// What is said of a document of another kind.
  var findsNothing: String {
    "nothing that the pipeline '\(name)' knows was found; 'gouji tables' prints the tables of any document"
  }
}
