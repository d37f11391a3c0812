import ArgumentParser
import DocumentModel
import PipelineKit

/// `gouji stages`: what a pipeline file may use.
struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "List the stages, or describe one with its options and their defaults.")

  @Argument(help: "The kind of a stage.")
  var kind: String?

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let registry = SharedOptions.registry
    guard let kind else {
      let width = registry.kinds.map(\.count).max() ?? 0
      for kind in registry.kinds {
        let padding = String(repeating: " ", count: width - kind.count)
        print("\(kind)\(padding)  \(registry.contract(of: kind)?.summary ?? "")")
      }
      return
    }
    guard let contract = registry.contract(of: kind) else {
      throw PipelineError("pipeline.unknown_stage", registry.unknown(kind))
    }
    func names(_ layers: Set<Layer>) -> String {
      layers.isEmpty ? "nothing" : layers.sorted().map(\.rawValue).joined(separator: ", ")
    }
    print("\(contract.kind), version \(contract.version)\n\(contract.summary)")
    print(
      "reads:  \(names(contract.reads))" + (contract.mayRead.isEmpty ? "" : "; if there: \(names(contract.mayRead))"))
    print("writes: \(names(contract.writes))")
    let options = registry.defaultOptions(of: kind)
    print(
      options.isEmpty
        ? "options: none" : "options:\n" + options.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
  }
}
