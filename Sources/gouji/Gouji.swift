import ArgumentParser
import Glibc
import PipelineKit

/// Turns documents full of figures into records that add up.
@main struct Gouji: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gouji",
    abstract: "Turns documents full of figures into records that add up.",
    discussion: """
      Data goes to standard output, everything else to standard error; '-' is standard input or output.
      Exit codes: 0 done, 1 done but a check of severity error failed, 2 usage or pipeline file, 3 a dependency is
      missing, 4 input unreadable, 5 output not writable, 8 password needed or wrong, 70 a bug of ours, 130 interrupted,
      141 nobody reads standard output any more.
      """,
    version: version,
    subcommands: [
      RunCommand.self, TablesCommand.self, BulkCommand.self, WorkerCommand.self, InspectCommand.self, AuditCommand.self,
      ExportCommand.self,
      CheckCommand.self,
      StagesCommand.self, ExplainCommand.self, DiffCommand.self, WhyCommand.self,
      StoreCommand.self, SchemaCommand.self, ListCommand.self, DoctorCommand.self,
    ])

  /// Version of the program, as results carry it.
  static let version = "0.1.0"

  /// Parses, runs, and ends with the documented exit code whatever happens.
  static func main() async {
    MemoryUse.keepOneHeap()
    signal(SIGPIPE, SIG_IGN)
    StandardStreams.holdClosed()
    let arguments = Array(CommandLine.arguments.dropFirst())
    PasswordOptions.hideArguments()
    do {
      var command = try parsed(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      Ending(of: error).exit()
    }
  }

  /// The command that the arguments ask for.
  ///
  /// One that is named first is read on its own: to build the whole tree of commands takes as long as a page. Whatever
  /// that does not understand, help and mistakes, is read by the tree, which says it in the words of the whole program.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    if let named = configuration.subcommands.first(where: { $0.configuration.commandName == arguments.first }) {
      do {
        let command = try named.parseAsRoot(Array(arguments.dropFirst()))
        if type(of: command) == named { return command }
      } catch {}
    }
    let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    if let word = arguments.first, !word.hasPrefix("-"), !names.contains(word) {
      throw ValidationError("there is no command '\(word)'" + didYouMean(word, among: names))
    }
    return try parseAsRoot(arguments)
  }
}

extension CommandConfiguration {
  /// Of a command that stands below `gouji`, also where it is read on its own: only a whole program looks whether a
  /// completion script is asked for, which takes longer than to read the arguments.
  var ofGouji: Self {
    var configuration = self
    configuration._superCommandName = "gouji"
    return configuration
  }
}
