import ArgumentParser
import FoundationEssentials
import Logging
import PipelineKit
import Reading
import RecordStages
import Reporting
import SystemPackage
import TableStages
import TextStages

/// Options that all commands have.
struct SharedOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Look for pipelines in this folder.", valueName: "dir"))
  var pipelines: String?

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say what is being done.")
  var verbose = false

  @Option(help: "How messages on standard error are written.")
  var logFormat = LogFormat.text

  /// Built-in stages, by kind.
  static let registry = StageRegistry(
    ReadingStageList.all + TextStageList.all + TableStageList.all + RecordStageList.all
      + [ExternalStage.self])

  /// The versions that results carry.
  static var generator: Generator { Generator(version: Gouji.version, poppler: PopplerVersion.installed.version) }

  /// The language of messages that the environment asks for, such as `zh_CN.UTF-8`; empty where it asks for none.
  static var locale: String {
    let environment = ProcessInfo.processInfo.environment
    return ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
  }

  var logger: Logger {
    var logger = Logger(label: "gouji") { _ in StandardErrorLog(format: logFormat) }
    logger.logLevel = quiet ? .error : verbose ? .debug : .warning
    return logger
  }

  /// Of commands that take long, and say how far they are.
  var talkative: Logger {
    var logger = logger
    if !quiet, !verbose { logger.logLevel = .notice }
    return logger
  }

  /// The pipeline that `name` means, checked; a store remembers what has been checked before.
  func pipeline(_ name: String, store: ArtefactStore? = nil) throws -> Pipeline {
    let path = try library.path(of: name)
    if let pipelines, !name.contains("/"), !path.hasPrefix(pipelines) {
      logger.warning("there is no \(pipelines)/\(name)/pipeline.yaml; \(path) is used")
    }
    guard let store else { return try PipelineFile(registry: Self.registry).load(path) }
    var isNew = false
    let pipeline = try PipelineFile(registry: Self.registry).load(path) { recipe in
      let isKnown = store.knows(recipe)
      isNew = isNew || !isKnown
      return isKnown
    }
    if isNew { store.learn(pipeline) }
    return pipeline
  }

  /// Where pipelines are looked for: the option, the environment, here, beside the program, in the checkout.
  ///
  /// - Throws: ``PipelineError`` where a folder that a person named is none.
  var library: PipelineLibrary {
    get throws {
      // An empty variable is as good as none.
      let named = ProcessInfo.processInfo.environment["GOUJI_PIPELINES"].flatMap { $0.isEmpty ? nil : $0 }
      for case (let source, let folder?) in [("--pipelines", pipelines), ("GOUJI_PIPELINES", named)] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
          throw PipelineError("pipeline.not_found", "\(source): there is no folder '\(folder)'")
        }
      }
      let program = FilePath(ProgramFile.path).removingLastComponent().removingLastComponent()
      var checkout = FilePath(#filePath)
      for _ in 1...3 { checkout.removeLastComponent() }
      let folders: [String?] = [
        pipelines, named, "Pipelines", program.appending("share/gouji/Pipelines").string,
        checkout.appending("Pipelines").string,
      ]
      return PipelineLibrary(folders: folders.compactMap { $0 })
    }
  }
}
