import ArgumentParser
import BulkRunning
import DocumentModel
import FoundationEssentials
import Glibc
import Logging
import PipelineKit

/// `gouji worker`: documents for an engine that asks for them line by line.
struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Answer requests from standard input, a line each.",
    discussion: """
      A request is {"v":1,"id":"…","source":{"path":"…"}}, an answer {"v":1,"id":"…","status":"complete|partial|failed",
      "reason":…,"record":{…}}, in the same order. Whatever a document does, it is answered: the code is not 0 only where
      no document could be done.
      """
  ).ofGouji

  @Option(name: .shortAndLong, help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline = "annual-report"

  @OptionGroup var limits: WorkerLimits
  @OptionGroup var inputLimits: LimitOptions
  @OptionGroup var kept: KeptLayers
  @OptionGroup var password: PasswordOptions
  @OptionGroup var shared: SharedOptions

  @Flag(help: .hidden)
  var jailed = false

  @Option(help: .hidden)
  var fingerprint: String?

  func run() async throws {
    let pipeline = try shared.pipeline(pipeline)
    if jailed {
      try await open(pipeline)
    } else {
      var settings = limits.settings(for: pipeline, named: self.pipeline, kept, inputLimits, shared)
      settings.environment = try password.environment
      StopSignals.end {}
      // This thread starts the worker, and the worker ends with it: it may not be given to others meanwhile.
      try WorkerStream(settings, logger: shared.logger)
        .run(try SourceLines(path: "-", longest: BulkRequest.mostBytesRead)) { line in
          do { try StandardStreams.write(line + [UInt8(ascii: "\n")], to: STDOUT_FILENO) } catch {
            throw OutputError.of(error, at: "-")
          }
        }
    }
  }

  /// What the process does that opens the documents.
  private func open(_ pipeline: Pipeline) async throws {
    if let fingerprint, pipeline.fingerprint != fingerprint {
      throw PipelineError("pipeline.invalid", "the pipeline '\(pipeline.name)' has changed while the run is under way")
    }
    let password = try password.value
    let work = DocumentWork(pipeline, kept: kept.layers, password: password, logger: shared.logger)
    try await JailedWorker(limits: inputLimits.limits, password: password).run { try await work.reply(to: $0, on: $1) }
  }
}

/// Which layers go with results.
struct KeptLayers: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Put these layers into results, too, as a member 'document': pages, lines, blocks, tables, record.",
      valueName: "layers"))
  var keep: String?

  /// The layers that are named.
  var layers: Set<Layer> { Set(names.compactMap { Layer(rawValue: $0) }) }
  private var names: [String] { keep?.split(separator: ",").map(String.init) ?? [] }

  func validate() throws {
    for name in names where Layer(rawValue: name) == nil {
      throw ValidationError(
        "--keep: there is no layer '\(name)'" + didYouMean(name, among: Layer.allCases.map(\.rawValue)))
    }
  }
}

/// What workers may use.
struct WorkerLimits: ParsableArguments {
  @Option(help: ArgumentHelp("The most seconds for a document.", valueName: "seconds"))
  var timeout = 120.0

  @Option(help: ArgumentHelp("The most seconds for a page.", valueName: "seconds"))
  var pageTimeout = 30.0

  @Option(help: ArgumentHelp("The most memory of a worker.", valueName: "MB"))
  var memory = 1500

  @Flag(help: "Do not open documents where this system does not offer all parts of the jail.")
  var requireSandbox = false

  func validate() throws {
    for (name, seconds) in [("--timeout", timeout), ("--page-timeout", pageTimeout)] {
      guard seconds > 0, seconds < 1e6 else {
        throw ValidationError("\(name): a number of seconds above 0 is expected")
      }
    }
    guard memory >= Self.leastMemory, memory < 1 << 24 else {
      throw ValidationError(
        "--memory: a number of MB from \(Self.leastMemory) on is expected: a worker takes as much to start")
    }
  }

  /// The megabytes of address space without which this program does not come as far as to say what it lacks: what it has
  /// now, and some for threads and the first document.
  private static var leastMemory: Int {
    do {
      let line = try SourceLines(path: "/proc/self/statm").next() ?? []
      let pages = Int(String(decoding: line.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)) ?? 0
      return (pages * Int(getpagesize())) >> 20 + 192
    } catch { return 256 }
  }

  /// How workers for a pipeline are started.
  func settings(
    for pipeline: Pipeline, named name: String, _ kept: KeptLayers, _ inputs: LimitOptions,
    _ shared: SharedOptions
  ) -> WorkerSettings {
    let folders = (shared.pipelines.map { ["--pipelines", $0] } ?? []) + (kept.keep.map { ["--keep", $0] } ?? [])
    var settings = settings(
      ["worker", "--jailed", "--fingerprint", pipeline.fingerprint, "--pipeline", name] + folders
        + inputs.arguments)
    settings.mayStartPrograms = pipeline.steps.contains { $0.contract.kind == ExternalStage.contract.kind }
    return settings
  }

  /// How a process of this program is started that opens what strangers made.
  func settings(_ arguments: [String]) -> WorkerSettings {
    var settings = WorkerSettings(command: [ProgramFile.path] + arguments)
    settings.timeout = timeout
    settings.pageTimeout = pageTimeout
    settings.memory = memory << 20
    settings.requiresSandbox = requireSandbox
    return settings
  }
}
