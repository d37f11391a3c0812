public import DocumentModel
public import Logging

/// A document after each stage of a pipeline.
public struct StageTrace: Sendable {
  /// In the order of the stages; at least one.
  public var states: [State]

  /// The document after one stage.
  public struct State: Sendable {
    /// Its id in the pipeline.
    public var stage: String
    /// What it is.
    public var contract: StageContract
    /// The document; layers that the stage did not write are those of the state before.
    public var document: Document

    /// Names a state.
    public init(stage: String, contract: StageContract, document: Document) {
      (self.stage, self.contract, self.document) = (stage, contract, document)
    }
  }

  /// Takes states that are at hand.
  public init(_ states: [State]) { self.states = states }

  /// Runs all stages of `pipeline` over one document.
  ///
  /// - Throws: ``StageFailure`` for the stage that could not do this document.
  public init(
    of pipeline: Pipeline, over content: SourceContent, request: RunRequest = RunRequest(), logger: Logger
  ) async throws {
    var document = content.document()
    states = []
    for step in pipeline.steps {
      let context = StageContext(stage: step.id, content: content, request: request, logger: logger)
      document = try await step.run(on: document, in: context)
      states.append(State(stage: step.id, contract: step.contract, document: document))
    }
    if !states.isEmpty { states[states.count - 1].document.withdrawSettled() }
  }
}
