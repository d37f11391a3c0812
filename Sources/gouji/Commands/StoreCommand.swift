import ArgumentParser
import DocumentModel
import FoundationEssentials
import Logging
import PipelineKit

/// `gouji store`: what stages made, as `gouji run --store` keeps it.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Look into a store of what stages made.",
    subcommands: [List.self, Show.self, Collect.self, Verify.self]
  ).ofGouji

  /// `gouji store ls`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ls", abstract: "List what a store has: document, stage, fingerprint, size and layers.",
      discussion: "The newest of each stage of a document bears a star. Digests are shortened unless --json is given.")

    @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir")) var folder: String
    @Flag(help: "Print JSON, an object a line.") var json = false

    func run() throws {
      try ArtefactStore(folder: folder).forEachEntry { entry in
        json ? try Output.standard.write(entry.json) : try Output.standard.say(entry.text)
      }
    }
  }

  /// `gouji store show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print what a stage made last of a document: a layer, or stage.json.")

    @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir")) var folder: String
    @Argument(help: "The document, or its SHA-256.") var document: String
    @Argument(help: "The id of the stage.") var stage: String
    @Argument(help: "pages, lines, blocks, tables or record.", transform: Show.layer) var layer: Layer?

    func run() throws {
      let digest = try documentDigest
      guard let json = try ArtefactStore(folder: folder).json(of: layer, document: digest, stage: stage) else {
        throw PipelineError(
          "input.unreadable",
          "the store '\(folder)' has no " + (layer.map { "layer '\($0.rawValue)' of a " } ?? "")
            + "stage '\(stage)' of this document; 'gouji store ls' lists what it has")
      }
      try Output.standard.write(Array(json))
    }

    private static func layer(_ name: String) throws -> Layer {
      guard let layer = Layer(rawValue: name) else {
        throw ValidationError("'\(name)' is no layer; there are pages, lines, blocks, tables and record")
      }
      return layer
    }

    private var documentDigest: String {
      get throws {
        document.count == 64 && !FileManager.default.fileExists(atPath: document)
          ? document : try NamedDocument(document).content().document().source.sha256
      }
    }
  }

  /// `gouji store gc`.
  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Remove all but the newest of each stage of each document.",
      discussion: "What a person edited is kept, and so is every file that no store writes.")

    @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir")) var folder: String
    @OptionGroup var shared: SharedOptions

    func run() throws {
      let store = ArtefactStore(folder: folder)
      var (removed, bytes) = (0, 0)
      try store.forEachEntry { entry in
        guard !entry.isLatest else { return }
        switch store.condition(of: entry) {
        case .edited: shared.logger.warning("\(entry.name): edited by hand, kept")
        case .broken(let reason): shared.logger.warning("\(entry.name): \(reason); kept, as it may be no artefact")
        case .intact where store.remove(entry): (removed, bytes) = (removed + 1, bytes + entry.bytes)
        case .intact: shared.logger.warning("\(entry.name): cannot be removed, or holds files that no store writes")
        }
      }
      if !shared.quiet { try Output.standard.write("removed: \(removed), \(bytes) bytes") }
    }
  }

  /// `gouji store verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Hold everything in a store against its digests; code 1 where something is broken.")

    @Argument(help: ArgumentHelp("The folder of the store.", valueName: "dir")) var folder: String
    @OptionGroup var shared: SharedOptions

    func run() throws {
      let store = ArtefactStore(folder: folder)
      var (count, broken) = (0, 0)
      try store.forEachEntry { entry in
        count += 1
        switch store.condition(of: entry) {
        case .intact: break
        case .edited(let layers):
          shared.logger.warning("\(entry.name): edited by hand: \(layers.map(\.rawValue).joined(separator: ", "))")
        case .broken(let reason):
          broken += 1
          shared.logger.error("\(entry.name): \(reason)")
        }
      }
      if !shared.quiet { try Output.standard.write("artefacts: \(count), broken: \(broken)") }
      if broken > 0 { throw Ended(status: .checkFailed) }
    }
  }
}

extension ArtefactStore.Entry {
  /// The folder below that of the store.
  fileprivate var name: String { "\(document)/\(stage)/\(fingerprint)" }

  fileprivate var text: String {
    let layers = files.filter { $0 != "stage.json" }.joined(separator: " ")
    return "\(document.prefix(12)) \(stage) \(fingerprint.prefix(12))\(isLatest ? "*" : "") \(bytes) \(layers)"
  }

  fileprivate var json: String {
    let value: JSONValue = [
      "document": .string(document), "stage": .string(stage), "fingerprint": .string(fingerprint),
      "latest": .bool(isLatest), "bytes": .integer(bytes), "files": .array(files.map { .string($0) }),
    ]
    return value.inOneLine
  }
}
