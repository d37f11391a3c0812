import ArgumentParser
import DocumentModel
import PipelineKit

/// What people corrected, of commands that make a record.
struct CorrectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Apply what people corrected: a JSON object a line, as 'gouji inspect' writes them; may be given several times.",
      valueName: "file"))
  var corrections: [String] = []

  /// What the files say, in their order.
  ///
  /// - Throws: ``PipelineError`` for a line that is no correction, or where no stage of `pipeline` applies them.
  func corrections(for pipeline: Pipeline) throws -> [Correction] {
    let all = try corrections.flatMap { try Correction.read($0) }
    if !all.isEmpty, !pipeline.steps.contains(where: \.contract.takesCorrections) {
      throw PipelineError(
        "pipeline.invalid", "no stage of the pipeline '\(pipeline.name)' applies corrections; 'record.correct' does")
    }
    return all
  }
}
