import ArgumentParser
import PipelineKit

/// `gouji check`: is this pipeline file right?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a pipeline file; report all faults at once, with their lines."
  ).ofGouji

  @Argument(help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline: String

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let path = try shared.library.path(of: pipeline)
    let checked = try shared.pipeline(path)
    guard !shared.quiet else { return }
    let steps = checked.steps.map { step in
      let kind = step.id == step.contract.kind ? "" : " (\(step.contract.kind))"
      return "\n  \(step.id)\(kind): \(step.contract.summary)"
    }
    try Output.standard.say(
      """
      \(checked.name): \(path) is right
      \(checked.fingerprint)
      stages: \(checked.steps.count)\(steps.joined())
      """)
  }
}
