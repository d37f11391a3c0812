import ArgumentParser
import BulkRunning
import DocumentModel
import FoundationEssentials
import Glibc
import Logging
import PipelineKit
import Reporting

/// `gouji bulk`: all documents of files, folders and archives, each once.
struct BulkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulk", abstract: "Turn all documents of files, folders and archives into records.",
    discussion: """
      DIR gets results.ndjson, a record a line, quarantine.ndjson with the documents that have none and why, run.json, and
      report.html, a page that sums them up.
      A run that was ended, in whatever way, goes on when it is started again; what is done stays done.
      """
  ).ofGouji

  @Argument(help: "Files, folders, archives, '@' and the path of a manifest, or '-'.")
  var inputs: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder for what comes out.", valueName: "dir"))
  var output: String?

  @Option(name: .shortAndLong, help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline = "annual-report"

  @Option(name: .shortAndLong, help: ArgumentHelp("Documents at a time (default: one for each core).", valueName: "n"))
  var jobs: Int?

  @OptionGroup var limits: WorkerLimits
  @OptionGroup var inputLimits: LimitOptions
  @OptionGroup var kept: KeptLayers
  @OptionGroup var password: PasswordOptions

  @Option(help: ArgumentHelp("Do only part I of N, or 'env' for the place in an array of jobs.", valueName: "i/n"))
  var shard: String?

  @Option(help: ArgumentHelp("Try documents again that failed for this reason, or 'all'.", valueName: "reason"))
  var retry: [String] = []

  @Flag(help: "Throw away what an earlier run left in the folder.")
  var fresh = false

  @Option(help: "End with code 1 when a document failed (error), or also when a record is partial (warning).")
  var failOn = RunCommand.FailOn.error

  @Option(help: ArgumentHelp("Say how far the run in this folder is, and do nothing.", valueName: "dir"))
  var status: String?

  @Option(help: .hidden)
  var workerProgram: String?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard status == nil else { return }
    if inputs.isEmpty { throw ValidationError("there is no input") }
    if output?.isEmpty != false { throw ValidationError("there is no folder for what comes out: -o DIR") }
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("-j: a number from 1 to 1024 is expected") }
  }

  func run() throws {
    if let status {
      try Output.standard.write(BulkStatus(status).json)
      return
    }
    let logger = shared.talkative
    let settings = try settings()
    let display = ProgressDisplay(isQuiet: shared.quiet, isJSON: shared.logFormat == .json, logger: logger)
    let outcome = try BulkRun(settings, folder: output ?? "", logger: display.logger).run { display.show($0) }
    display.clear()
    if !outcome.isStopped { try writeReport() }
    say(outcome, BulkRun.resultsName(of: settings.shard), logger)
    // Of this process alone.
    var usage = rusage()
    getrusage(.init(0), &usage)
    let seconds = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    logger.debug("supervisor: \(seconds) s, \(usage.ru_maxrss >> 10) MB")
    if outcome.isStopped { throw Ended(status: .interrupted) }
    if outcome.hasUnreadableInput { throw Ended(status: .inputUnreadable) }
    let isFailed =
      failOn != .never && outcome.counts.failures > 0 || failOn == .warning && outcome.counts.partial > 0
    if isFailed { throw Ended(status: .checkFailed) }
  }

  private static let report = "report.html"

  /// Refuses to write over what is read. In an input that is a folder, the list leaves out what runs have made.
  private func refuseToWriteOverInputs(_ shard: Shard?) throws {
    let named = inputs.map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }
    let place = { (path: String) in URL(filePath: path).resolvingSymlinksInPath().standardized.path }
    if let output, let same = named.first(where: { place($0) == place(output) }) {
      throw ValidationError(
        "'\(output)' is the input '\(same)'; take another folder for what comes out, also one in it")
    }
    let files = (named + [password.passwordFile].compactMap { $0 }).filter { path in
      var isFolder = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
    }
    let written = BulkRun.fileNames(of: shard) + [Self.report]
    try ReadFiles(files).refuse(writing: written.map { "\(output ?? "")/\($0)" })
  }

  /// The page for people, on all that stands in the folder.
  private func writeReport() throws {
    let folder = output ?? ""
    // What is odd about a line was said when it was written, and can be said again by `gouji export`.
    try Output(path: "\(folder)/\(Self.report)").write(
      OverviewPage.html(on: [folder], locale: SharedOptions.locale) { _ in })
  }

  private func settings() throws -> BulkSettings {
    let pipeline = try shared.pipeline(pipeline)
    var worker = limits.settings(for: pipeline, named: self.pipeline, kept, inputLimits, shared)
    worker.environment = try password.environment
    if let workerProgram { worker.command = [workerProgram] }
    var listing = limits.settings(["list"] + inputLimits.arguments + ["--"] + inputs)
    listing.environment = worker.environment
    var settings = BulkSettings(listing: listing, worker: worker)
    settings.inputs = inputLimits.limits
    settings.workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    settings.shard = try shard.map { try Shard($0, environment: ProcessInfo.processInfo.environment) }
    try refuseToWriteOverInputs(settings.shard)
    settings.retried = Set(retry)
    settings.startsAnew = fresh
    settings.readsStream = inputs.contains("-")
    var identity: JSONValue = [
      "generator": SharedOptions.generator.json,
      "pipeline": [
        "name": .string(pipeline.name), "fingerprint": .string(pipeline.fingerprint),
        "stages": .array(pipeline.steps.map(\.resolved)),
      ],
      "keep": .array(kept.layers.sorted().map { .string($0.rawValue) }),
      "inputs": .array(inputs.map { .string($0) }),
      "shard": settings.shard.map { ["index": .integer($0.index), "count": .integer($0.count)] } ?? .null,
    ]
    if case .object(let members) = identity, !manifestDigests.isEmpty {
      identity = .object(members + [.init("manifests", .array(manifestDigests))])
    }
    settings.identity = identity
    return settings
  }

  /// Of the manifests among the inputs, which may give an id to another document.
  private var manifestDigests: [JSONValue] {
    inputs.filter { $0.hasPrefix("@") }.map { input in
      // That it cannot be read, the list will say.
      do { return .string(Digest.sha256(of: try SourceContent(path: String(input.dropFirst())).bytes)) } catch {
        return .null
      }
    }
  }

  private func say(_ outcome: BulkOutcome, _ results: String, _ logger: Logger) {
    let counts = outcome.counts
    let reasons = counts.failed.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
    var text =
      "\(counted(counts.documents, "document")): \(counts.complete) complete, \(counts.partial) partial, "
      + "\(counts.failures) failed"
    if !reasons.isEmpty { text += " (\(reasons.joined(separator: ", ")))" }
    if outcome.repeated > 0 { text += "; \(outcome.repeated) came more than once" }
    text +=
      outcome.isStopped ? "; stopped, and goes on when it is started again" : "; see \(output ?? "")/\(results)"
    logger.notice("\(text)")
  }
}

extension Pipeline.Step {
  /// The stage with all its options, also those at their defaults.
  fileprivate var resolved: JSONValue {
    let recipe = recipe
    var options: JSONValue = .string(recipe.options)
    do { options = try JSONValue(json: Array(recipe.options.utf8)) } catch {}
    return [
      "id": .string(recipe.id), "use": .string(recipe.kind), "version": .integer(recipe.version), "options": options,
    ]
  }
}
