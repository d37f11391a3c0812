public import DocumentModel
public import Logging

/// Runs the stages of a pipeline over one document.
public struct PipelineRunner: Sendable {
  private let pipeline: Pipeline
  private let logger: Logger

  /// Runs `pipeline`; unless a logger is given, nothing is said of what is being done.
  public init(_ pipeline: Pipeline, logger: Logger = Logger(label: "gouji") { _ in SwiftLogNoOpLogHandler() }) {
    self.pipeline = pipeline
    self.logger = logger
  }

  /// The document after the last stage, or after the stage with the id `last`.
  ///
  /// Each stage is handed only the layers it reads, and only the layers it writes are kept.
  ///
  /// - Parameters:
  ///   - begins: is told the id of each stage before it works.
  ///   - beginsPage: is told the number of each page before a stage works on it that takes its time.
  /// - Throws: ``StageFailure`` for the stage that could not do this document, or what `begins` throws.
  public func run(
    _ content: SourceContent, request: RunRequest = RunRequest(), until last: String? = nil,
    begins: (String) throws -> Void = { _ in }, beginsPage: @escaping @Sendable (Int) throws -> Void = { _ in }
  ) async throws -> Document {
    var document = content.document()
    for step in pipeline.steps {
      logger.debug("stage \(step.id)")
      try begins(step.id)
      var context = StageContext(stage: step.id, content: content, request: request, logger: logger)
      context.beginsPage = beginsPage
      document = try await step.run(on: document, in: context)
      if step.id == last { break }
    }
    document.withdrawSettled()
    return document
  }
}

extension Pipeline.Step {
  /// The document with what the stage wrote, and what it found odd.
  ///
  /// - Throws: ``StageFailure``.
  func run(on document: Document, in context: StageContext) async throws -> Document {
    let contract = contract
    var view = Document(source: document.source)
    for layer in contract.reads.union(contract.mayRead) { view.take(layer, from: document) }
    do {
      try Task.checkCancellation()
      try await stage().run(&view, in: context)
    } catch {
      throw StageFailure(stage: id, document: document, underlying: error)
    }
    var result = document
    result.source = view.source
    for layer in contract.writes { result.take(layer, from: view) }
    result.diagnostics += view.diagnostics
    return result
  }
}

/// A stage that could not do a document, and the document as it was before.
public struct StageFailure: Error, CustomStringConvertible {
  /// The id of the stage.
  public var stage: String
  /// What the stages before it found.
  public var document: Document
  /// Why.
  public var underlying: any Error

  /// The stable code of the reason.
  public var code: String { (underlying as? any CodedError)?.code ?? "stage.failed" }
  /// One sentence for a person.
  public var description: String { "\(stage): \(underlying)" }
}
