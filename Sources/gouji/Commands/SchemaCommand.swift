import ArgumentParser
import PipelineKit
import Reporting

/// `gouji schema`: what a file must be like.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema (2020-12) of a format.",
    discussion: """
      record: what 'gouji run' prints. tables: what 'gouji tables' prints. pipeline: a pipeline file of the stages that there are; editors complete kinds and \
      options with it. manifest: a line of a list of inputs. document: layers between two stages, and in a store.
      """
  ).ofGouji

  @Argument(help: "The format.")
  var format: Format

  @OptionGroup var shared: SharedOptions

  /// What there is a schema of.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case record, tables, pipeline, manifest, document
  }

  func run() throws {
    guard let format = FormatSchema(rawValue: format.rawValue) else {
      return try Output.standard.write(SharedOptions.registry.pipelineSchema)
    }
    try Output.standard.write(format.json)
  }
}
