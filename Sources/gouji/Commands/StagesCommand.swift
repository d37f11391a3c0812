import ArgumentParser
import DocumentModel
import PipelineKit

/// `gouji stages`: what a pipeline file may use.
struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "List the stages, or describe one with its options and their defaults."
  ).ofGouji

  @Argument(help: "The kind of a stage.")
  var kind: String?

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let registry = SharedOptions.registry
    guard let kind else {
      let width = registry.kinds.map(\.count).max() ?? 0
      let lines = registry.kinds.map { kind in
        let padding = String(repeating: " ", count: width - kind.count)
        return "\(kind)\(padding)  \(registry.contract(of: kind)?.summary ?? "")"
      }
      return try Output.standard.write(lines.joined(separator: "\n"))
    }
    guard let contract = registry.contract(of: kind) else {
      throw PipelineError("pipeline.unknown_stage", registry.unknown(kind))
    }
    func names(_ layers: Set<Layer>) -> String {
      layers.isEmpty ? "nothing" : layers.sorted().map(\.rawValue).joined(separator: ", ")
    }
    let required = contract.reads.isEmpty && !contract.mayRead.isEmpty ? [] : [names(contract.reads)]
    let reads = required + (contract.mayRead.isEmpty ? [] : ["\(names(contract.mayRead)) where it is there"])
    let options = registry.options(of: kind).map { "\n  \($0.name): \($0.standard)\n      \($0.meaning)" }.joined()
    try Output.standard.write(
      """
      \(contract.kind), version \(contract.version)
      \(contract.summary)
      reads:  \(reads.joined(separator: "; "))
      writes: \(names(contract.writes))
      options:\(options.isEmpty ? " none" : options)
      """)
  }
}
