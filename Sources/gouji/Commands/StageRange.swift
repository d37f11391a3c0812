import ArgumentParser
import DocumentModel
import PipelineKit

/// Which stages of a pipeline are run, and where what they make is kept.
struct StageRange: ParsableArguments {
  @Option(
    help: ArgumentHelp("Keep what every stage makes in this folder, and run only what must be.", valueName: "dir"))
  var store: String?

  @Option(help: ArgumentHelp("Run this stage and all after it again.", valueName: "stage"))
  var from: String?

  @Option(help: ArgumentHelp("Stop after this stage.", valueName: "stage"))
  var until: String?

  @Option(help: ArgumentHelp("Run this stage alone, on what the store has for it.", valueName: "stage"))
  var only: String?

  func validate() throws {
    if store?.isEmpty == true { throw ValidationError("the name of the store is empty") }
    if store == nil, let option = from.map({ _ in "--from" }) ?? only.map({ _ in "--only" }) {
      throw ValidationError("'\(option)' needs '--store' with the folder that has what the stages before it made")
    }
    if only != nil, from != nil || until != nil {
      throw ValidationError("'--only' runs one stage; '--from' and '--until' cannot be given with it")
    }
  }

  /// The last stage that is run.
  ///
  /// - Throws: ``PipelineError`` for a stage that the pipeline does not have, or a first one that comes after the last.
  func last(of pipeline: Pipeline) throws -> Pipeline.Step? {
    let first = try (from ?? only).map { try pipeline.step($0) }
    let last = try (until ?? only).map { try pipeline.step($0) }
    let order = pipeline.steps.map(\.id)
    if let first, let last, let from = order.firstIndex(of: first.id), let until = order.firstIndex(of: last.id),
      until < from
    {
      throw PipelineError("pipeline.invalid", "the stage '\(last.id)' comes before '\(first.id)'")
    }
    return last ?? pipeline.steps.last
  }

  /// The store that was named.
  var artefacts: ArtefactStore? { store.map { ArtefactStore(folder: $0) } }

  /// What of the range the store must know.
  var plan: StoredRunner.Plan {
    StoredRunner.Plan(first: from ?? only, last: until ?? only, isOnlyThat: only != nil)
  }
}
