public import DocumentModel
import FoundationEssentials
public import Logging

/// Runs the stages of a pipeline over one document, and keeps what each of them makes.
///
/// A stage whose inputs stand is not run: what it made is taken from the store, and read only when a later stage, or who
/// asked for the run, needs it. A layer that a person has edited counts as what the stage made, and that is said.
public struct StoredRunner: Sendable {
  private let pipeline: Pipeline
  private let store: ArtefactStore
  private let logger: Logger

  /// Runs `pipeline` with what `store` has.
  public init(_ pipeline: Pipeline, store: ArtefactStore, logger: Logger) {
    self.pipeline = pipeline
    self.store = store
    self.logger = logger
  }

  /// Which stages are run, whatever the store has.
  public struct Plan: Sendable {
    /// The first stage that is run again; `nil` where only what must be is.
    public var first: String?
    /// The last stage; `nil` for all.
    public var last: String?
    /// Whether the stages before `first` must be in the store.
    public var isOnlyThat = false

    /// Creates a plan.
    public init(first: String? = nil, last: String? = nil, isOnlyThat: Bool = false) {
      self.first = first
      self.last = last
      self.isOnlyThat = isOnlyThat
    }
  }

  /// The document after the last stage of the plan, with those of its layers that are `wanted`; of a record that is taken
  /// from the store, those `parts`.
  ///
  /// - Throws: ``StageFailure``, or ``PipelineError`` with code `store.missing`.
  public func run(
    _ content: SourceContent, request: RunRequest = RunRequest(), plan: Plan = Plan(), wanted: Set<Layer>,
    parts: RecordParts = .results
  ) async throws -> Document {
    do { return try await run(content, request, plan, wanted, parts, isTrusted: true) } catch let fault
      as BrokenArtefact
    {
      logger.warning("\(fault); the store is gone through again")
      return try await run(content, request, plan, wanted, parts, isTrusted: false)
    }
  }

  /// - Parameter isTrusted: whether files that nobody touched are taken to be as they were written, until they are read.
  private func run(
    _ content: SourceContent, _ request: RunRequest, _ plan: Plan, _ wanted: Set<Layer>, _ parts: RecordParts,
    isTrusted: Bool
  ) async throws -> Document {
    var shelf = Shelf(document: content.document(), store: store, logger: logger, isTrusted: isTrusted)
    var isForced = false
    for step in pipeline.steps {
      isForced = isForced || step.id == plan.first
      let inputs = shelf.inputs(of: step, request: request)
      if isForced || !shelf.take(step, inputs) {
        guard isForced || !plan.isOnlyThat else {
          throw PipelineError(
            "store.missing", "the store has nothing of the stage '\(step.id)' as the pipeline now is; run it first")
        }
        logger.debug("stage \(step.id): is run")
        try shelf.load(step.contract.reads.union(step.contract.mayRead))
        let context = StageContext(stage: step.id, content: content, request: request, logger: logger)
        let result = try await step.run(on: shelf.document, in: context)
        // A stage reads its files when it is made, which may be after they were hashed.
        let isSettled = step.isSettled
        if !isSettled { logger.warning("stage \(step.id): its files changed during the run; what it made is not kept") }
        shelf.put(result, of: step, inputs, isKept: isSettled)
      }
      if step.id == plan.last { break }
    }
    try shelf.load(wanted, parts: parts)
    var document = shelf.document
    document.withdrawSettled()
    return document
  }

  /// Why the store has nothing to take for the stage with the id `stage`.
  ///
  /// - Returns: what moved since the stage was last run, a line each; empty where nothing did.
  /// - Throws: ``PipelineError`` with code `store.missing`.
  public func reasons(
    forRunning stage: String, on content: SourceContent, request: RunRequest = RunRequest()
  ) throws -> [String] {
    var shelf = Shelf(document: content.document(), store: store, logger: logger, isTrusted: true)
    for step in pipeline.steps {
      let inputs = shelf.inputs(of: step, request: request)
      if step.id != stage {
        if shelf.take(step, inputs) { continue }
        let latest = store.latest(document: shelf.document.source.sha256, stage: step.id)
        let changes =
          latest.map { inputs.changes(since: $0.artefact.inputs, writers: shelf.writers) } ?? ["it is not in the store"]
        return ["'\(step.id)', which comes before it, would be run first:"] + changes.map { "  \($0)" }
      }
      let latest = store.latest(document: shelf.document.source.sha256, stage: stage)
      if shelf.take(step, inputs) { return [] }
      guard let latest else { return ["it is not in the store"] }
      let changes = inputs.changes(since: latest.artefact.inputs, writers: shelf.writers)
      return changes.isEmpty ? ["what the store has of it cannot be used"] : changes
    }
    preconditionFailure("no stage \(stage)")
  }
}

/// The document as far as it is known: its layers are read, or it is known where they lie.
private struct Shelf {
  var document: Document
  let store: ArtefactStore
  let logger: Logger
  let isTrusted: Bool
  /// The layers that have been written.
  private var current: [Layer: Current] = [:]
  /// Those of them that have not been read.
  private var isUnread: Set<Layer> = []
  private var isWritable = true

  /// A layer as JSON.
  private struct Current {
    /// Nil until it is needed, of one that lies untouched in the folder.
    var json: Data?
    var digest: String
    var folder = ""
    /// The stage that wrote it, and whether a person has edited it since.
    var writer = ""
    var isEdited = false
  }

  /// Where each layer comes from, in words.
  var writers: [String: String] {
    Dictionary(
      current.filter { !$0.value.writer.isEmpty }.map { layer, now in
        (layer.rawValue, "of the stage '\(now.writer)'\(now.isEdited ? " and edited by hand" : "")")
      }, uniquingKeysWith: { first, _ in first })
  }

  init(document: Document, store: ArtefactStore, logger: Logger, isTrusted: Bool) {
    self.document = document
    self.store = store
    self.logger = logger
    self.isTrusted = isTrusted
  }

  /// What `step` would be given.
  func inputs(of step: Pipeline.Step, request: RunRequest) -> StageInputs {
    let contract = step.contract
    let layers = contract.reads.union(contract.mayRead).compactMap { layer in
      current[layer].map { (layer.rawValue, $0.digest) }
    }
    let source = document.source
    let corrections = contract.takesCorrections ? request.corrections.filter { $0.document == source.sha256 } : []
    return StageInputs(
      recipe: step.recipe, layers: Dictionary(uniqueKeysWithValues: layers),
      source: source.mediaType + (source.pageCount.map { ", \($0) pages" } ?? ""),
      pages: contract.readsSource ? request.pages?.description : nil,
      password: contract.readsSource
        ? request.password.map { Digest.sha256(of: Data("\(source.sha256) \($0)".utf8)) } : nil,
      converter: contract.readsSource ? request.converter : nil,
      corrections: corrections.isEmpty ? nil : Digest.sha256(of: LayerFormat.compact(corrections)))
  }

  /// Takes what the store has for these inputs; false where it has nothing that can be used.
  mutating func take(_ step: Pipeline.Step, _ inputs: StageInputs) -> Bool {
    let fingerprint = inputs.fingerprint
    let folder = store.folder(document: document.source.sha256, stage: step.id, fingerprint: fingerprint)
    do {
      guard
        let artefact = try store.artefact(in: folder, document: document.source.sha256, fingerprint: fingerprint)
      else { return false }
      var found: [Layer: ArtefactStore.Content] = [:]
      for layer in step.contract.writes {
        guard let written = artefact.layers[layer.rawValue] else { continue }
        found[layer] = try store.content(of: layer, in: folder, writtenAs: written, isTrusted: isTrusted)
      }
      accept(artefact, found, from: folder, by: step)
      for layer in found.keys.sorted() where found[layer]?.isEdited == true { noteEdit(of: layer, stage: step.id) }
      store.renew(fingerprint, document: document.source.sha256, stage: step.id)
      logger.debug("stage \(step.id): taken from the store")
      return true
    } catch {
      logger.warning("stage \(step.id): \(error); it is run again")
      return false
    }
  }

  private mutating func accept(
    _ artefact: Artefact, _ found: [Layer: ArtefactStore.Content], from folder: String, by step: Pipeline.Step
  ) {
    for layer in step.contract.writes {
      document.take(layer, from: Document(source: document.source))
      current[layer] = found[layer].map {
        Current(json: $0.json, digest: $0.digest, folder: folder, writer: step.id, isEdited: $0.isEdited)
      }
      isUnread.insert(layer)
    }
    document.source.mediaType = artefact.mediaType
    document.source.pageCount = artefact.pageCount
    document.diagnostics += artefact.diagnostics
  }

  private mutating func noteEdit(of layer: Layer, stage: String) {
    let message = "the layer '\(layer.rawValue)' of the stage '\(stage)' was edited by hand, and is taken as it is"
    document.diagnostics.append(Diagnostic("store.edited", .warning, message))
  }

  /// Reads those of the layers that have been written.
  ///
  /// - Throws: ``BrokenArtefact`` where one is not what it was trusted to be, or ``PipelineError`` with code
  ///   `store.damaged`: a layer whose digest is right, and that is none.
  mutating func load(_ layers: Set<Layer>, parts: RecordParts = .all) throws {
    for layer in layers.sorted() {
      guard isUnread.remove(layer) != nil, let known = current[layer] else { continue }
      let json = try known.json ?? store.untouched(layer, in: known.folder, digest: known.digest)
      current[layer]?.json = json
      do { try LayerFormat.decode(layer, from: json, into: &document, parts: parts) } catch {
        throw PipelineError("store.damaged", "the layer '\(layer.rawValue)' in the store is none", underlying: error)
      }
    }
  }

  /// Takes over what a stage made, and keeps it.
  mutating func put(_ result: Document, of step: Pipeline.Step, _ inputs: StageInputs, isKept: Bool) {
    var layers: [Layer: Data] = [:]
    var written: [String: Artefact.StoredLayer] = [:]
    for layer in step.contract.writes {
      isUnread.remove(layer)
      // A stage that had nothing to do leaves the very same layer.
      if current[layer] == nil || !result.shares(layer, with: document) {
        current[layer] = LayerFormat.encoded(layer, of: result).map { Current(json: $0, digest: Digest.sha256(of: $0)) }
      }
      guard let now = current[layer], let json = now.json else { continue }
      layers[layer] = json
      written[layer.rawValue] = Artefact.StoredLayer(sha256: now.digest, bytes: json.count)
    }
    let news = Array(result.diagnostics.dropFirst(document.diagnostics.count))
    document = result
    guard isWritable, isKept else { return }
    let artefact = Artefact(document: result, inputs: inputs, layers: written, diagnostics: news)
    do {
      for name in try store.write(artefact, layers: layers) {
        logger.warning("stage \(step.id): what had been edited by hand is kept as \(name)")
      }
    } catch {
      isWritable = false
      logger.warning("the store \(store.folder) cannot be written (\(plainReason(error))); nothing more is kept")
    }
  }
}
