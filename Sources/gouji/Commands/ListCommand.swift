import ArgumentParser
import BulkRunning
import DocumentModel
import Logging
import PipelineKit

/// `gouji list`: which documents are in files, folders and archives?
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the documents in files, folders and archives, a JSON object a line.",
    discussion: """
      An input is a file, a folder, an archive (zip, tar, 7z, also compressed, and single compressed files), '@' and the
      path of a manifest, or '-' for a manifest on standard input; what an archive is, is told by its content. The lines
      are a manifest again. Of a folder, what is hidden and what this program has made, results and stores, is left out
      unless it is named itself. What is there and cannot be a document has a 'reason'. Nothing is unpacked to disk.
      """
  ).ofGouji

  @Argument(help: "Files, folders, archives, '@' and the path of a manifest, or '-'.")
  var inputs: [String]

  @OptionGroup var limits: LimitOptions
  @OptionGroup var password: PasswordOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    let output = Lines(try LineOutput(path: "-"))
    let faults = Faults(shared.logger)
    // Only a manifest gives documents other ids than their addresses.
    let comparesIDs = inputs.contains { $0 == "-" || $0.hasPrefix("@") }
    let listing = InputListing(limits: limits.limits, password: try password.value, comparesIDs: comparesIDs) { line in
      try output.lines.write(line.json)
    } fault: { error in
      faults.count += 1
      faults.logger.error("\(error.message) [\(error.code)]")
    } notice: { diagnostic in
      faults.logger.warning("\(diagnostic.message) [\(diagnostic.code)]")
    }
    for input in inputs { try listing.list(input) }
    try output.lines.finish()
    if faults.count > 0 { throw Ended(status: .inputUnreadable) }
  }

  private final class Lines {
    var lines: LineOutput
    init(_ lines: LineOutput) { self.lines = lines }
  }

  private final class Faults {
    let logger: Logger
    var count = 0
    init(_ logger: Logger) { self.logger = logger }
  }
}

/// What is taken out of archives at most.
struct LimitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The most bytes of one document.", valueName: "n"))
  var entryBytes = InputLimits().entryBytes

  @Option(help: ArgumentHelp("The most bytes that are unpacked from one file.", valueName: "n"))
  var archiveBytes = InputLimits().archiveBytes

  @Option(help: ArgumentHelp("The most entries of one file.", valueName: "n"))
  var entries = InputLimits().entries

  @Option(help: ArgumentHelp("The most bytes that may come out of one byte.", valueName: "n"))
  var ratio = InputLimits().ratio

  @Option(help: ArgumentHelp("The most archives in archives, the outermost counted.", valueName: "n"))
  var depth = InputLimits().depth

  private var all: [(name: String, limit: Int)] {
    [
      ("--entry-bytes", entryBytes), ("--archive-bytes", archiveBytes), ("--entries", entries), ("--ratio", ratio),
      ("--depth", depth),
    ]
  }

  /// The options for another process of this program.
  var arguments: [String] { all.flatMap { [$0.name, String($0.limit)] } }

  func validate() throws {
    for (name, limit) in all where limit <= 0 { throw ValidationError("\(name): a number above 0 is expected") }
    if depth > 32 { throw ValidationError("--depth: at most 32") }
  }

  /// As the reader of archives takes them.
  var limits: InputLimits {
    var limits = InputLimits()
    limits.entryBytes = entryBytes
    limits.archiveBytes = archiveBytes
    limits.entries = entries
    limits.ratio = ratio
    limits.depth = depth
    return limits
  }
}
