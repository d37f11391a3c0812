import ArgumentParser
import BulkRunning
import DocumentModel
import Logging
import PipelineKit
import Reading

/// What the commands that read one document have in common.
struct DocumentRun: ParsableArguments {
  @Argument(help: "A document, its address in an archive, or '-' for standard input.")
  var input: String

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output = "-"

  @Option(help: "Read only these pages, such as 1-3,5.", transform: Self.selection)
  var pages: PageSelection?

  @OptionGroup var password: PasswordOptions

  @Flag(help: "Have LibreOffice convert old Word files, RTF and ODT, which are not read else.")
  var convert = false

  @OptionGroup var shared: SharedOptions

  /// Refuses an output that is none, or that would take the place of the document.
  func validate() throws {
    if output.isEmpty { throw ValidationError("the name of the output is empty; write '-' for standard output") }
    try ReadFiles([NamedDocument(input).file]).refuse(writing: [output])
  }

  /// Refuses an output that would take the place of anything that is read besides the document.
  ///
  /// - Parameters:
  ///   - name: what the pipeline was asked for as.
  ///   - files: what is read besides the pipeline and its files.
  func refuseToWriteOver(_ pipeline: Pipeline, named name: String, _ files: [String] = []) throws {
    let named = pipeline.steps.flatMap(\.options.files).map(\.path)
    let files = files + [password.passwordFile].compactMap { $0 }
    try ReadFiles([try shared.library.path(of: name)] + named + files).refuse(writing: [output])
  }

  /// The document after the last stage of the pipeline.
  func document(through pipeline: Pipeline) async throws -> Document {
    try await document { content, request in
      try await PipelineRunner(pipeline, logger: shared.logger).run(content, request: request)
    }
  }

  /// The document that `run` makes of the input; what was odd is said.
  func document(
    corrections: [Correction] = [], _ run: (SourceContent, RunRequest) async throws -> Document
  ) async throws -> Document {
    let logger = shared.logger
    let content = try NamedDocument(input).content(password: password.value)
    let document = try await run(
      content,
      RunRequest(
        pages: pages, password: password.value, corrections: corrections,
        converter: convert ? OfficeConverter.name(for: content) : nil))
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

  /// Has programs that are stages of the pipeline end with this process, when it is asked to end.
  static func endProgramsWhenStopped(of pipeline: Pipeline) {
    guard pipeline.steps.contains(where: { $0.contract.kind == ExternalStage.contract.kind }) else { return }
    StopSignals.end { ExternalStage.endPrograms() }
  }

  /// The pages that a person wrote.
  static func selection(_ text: String) throws -> PageSelection {
    guard let selection = PageSelection(text) else {
      throw ValidationError("'\(text)' is no selection of pages; write for example 1-3,5")
    }
    return selection
  }
}
