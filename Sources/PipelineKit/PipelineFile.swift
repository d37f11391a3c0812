import DocumentModel
import Foundation
import Yams

/// Reads pipeline files and reports everything that is wrong with one at once.
public struct PipelineFile: Sendable {
  private let registry: StageRegistry

  /// Reads pipelines of the stages in `registry`.
  public init(registry: StageRegistry) {
    self.registry = registry
  }

  /// One thing that is wrong with a pipeline file.
  public struct Fault: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// 1-based.
    public var line: Int?
    /// What is wrong, and what was probably meant.
    public var message: String

    /// `path:line: message`, as compilers write it.
    public var description: String { path + (line.map { ":\($0)" } ?? "") + ": " + message }
  }

  /// All faults of one file, in the order of its lines.
  public struct Faults: CodedError {
    /// `pipeline.invalid`.
    public var code: String { "pipeline.invalid" }
    /// At least one.
    public var faults: [Fault]
    /// A line for each.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
  }

  /// The pipeline in the file at `path`.
  ///
  /// - Throws: ``Faults``, or ``PipelineError`` with code `pipeline.not_found`.
  public func load(_ path: String) throws -> Pipeline {
    let yaml: Data
    do { yaml = try Data(contentsOf: URL(filePath: path)) } catch {
      throw PipelineError("pipeline.not_found", "\(path): \(plainReason(error))", underlying: error)
    }
    var reading = Reading(registry: registry, path: path)
    let pipeline = reading.pipeline(yaml)
    guard let pipeline, reading.faults.isEmpty else {
      throw Faults(faults: reading.faults.sorted { ($0.line ?? 0, $0.message) < ($1.line ?? 0, $1.message) })
    }
    return pipeline
  }
}

/// One pass over one file, which gathers faults as it goes.
private struct Reading {
  let registry: StageRegistry
  let path: String
  var faults: [PipelineFile.Fault] = []
  private var written: Set<Layer> = []
  private var ids: [String: Int] = [:]
  private var fingerprintParts: [String] = []

  init(registry: StageRegistry, path: String) {
    self.registry = registry
    self.path = path
  }

  private var folder: String { URL(filePath: path).deletingLastPathComponent().path }

  private mutating func fault(_ message: String, at node: Node?) { fault(message, line: node?.mark?.line) }
  private mutating func fault(_ message: String, line: Int?) {
    let fault = PipelineFile.Fault(path: path, line: line, message: message)
    // An alias says the same many times.
    if !faults.contains(fault) { faults.append(fault) }
  }

  mutating func pipeline(_ yaml: Data) -> Pipeline? {
    let root: Node?
    do {
      root = try Node(yaml: yaml)
    } catch let error as YAMLFaults {
      for found in error.faults { fault(found.message, line: found.line) }
      return nil
    } catch {
      fault("\(error)", line: nil)
      return nil
    }
    guard let mapping = root?.mapping else {
      fault("a pipeline file is a mapping with 'pipeline', 'format' and 'stages'", line: 1)
      return nil
    }
    refuseUnknownKeys(of: mapping, known: ["pipeline", "format", "stages"])
    let name = mapping["pipeline"]?.string
    if name == nil { fault("'pipeline' (its name) is missing", at: mapping["pipeline"] ?? root) }
    if mapping["format"]?.int != 1 { fault("'format' must be 1", at: mapping["format"] ?? root) }
    guard let stages = mapping["stages"]?.sequence, !stages.isEmpty else {
      fault("'stages' must be a list of at least one stage", at: mapping["stages"] ?? root)
      return nil
    }
    let steps = stages.compactMap { step($0) }
    let fingerprint = "sha256:" + Digest.sha256(of: Data(fingerprintParts.joined(separator: "\n").utf8))
    return Pipeline(name: name ?? "", fingerprint: fingerprint, steps: steps)
  }

  private mutating func step(_ node: Node) -> Pipeline.Step? {
    guard let mapping = node.mapping, let use = mapping["use"], let kind = use.string else {
      fault("a stage needs 'use' with the kind of the stage", at: node)
      written = Set(Layer.allCases)
      return nil
    }
    refuseUnknownKeys(of: mapping, known: ["use", "id", "options"])
    let id = mapping["id"]?.string ?? kind
    if let line = ids[id] {
      fault("the id '\(id)' is already used in line \(line); give one of them another 'id'", at: mapping["id"] ?? use)
    }
    ids[id] = node.mark?.line ?? 0
    guard let contract = registry.contract(of: kind) else {
      fault(registry.unknown(kind), at: use)
      // It may write whatever the stages after it read.
      written = Set(Layer.allCases)
      return nil
    }
    for layer in contract.reads.subtracting(written).sorted() {
      fault("'\(kind)' reads '\(layer.rawValue)', which no stage before it writes", at: use)
    }
    written.formUnion(contract.writes)
    do {
      let made = try registry.make(kind, options: mapping["options"], folder: folder)
      fingerprintParts += ["\(id) \(kind) \(contract.version)", made.options]
      fingerprintParts += made.files.map { file in
        "\(file.name) " + Digest.sha256(of: FileManager.default.contents(atPath: file.path) ?? Data())
      }
      return Pipeline.Step(id: id, stage: made.stage, options: made.options)
    } catch let error as YAMLFaults {
      for found in error.faults {
        fault("\(kind): " + (found.path.isEmpty ? "" : "option ") + "\(found)", line: found.line ?? use.mark?.line)
      }
    } catch {
      fault("\(kind): \(error)", at: mapping["options"] ?? use)
    }
    return nil
  }

  private mutating func refuseUnknownKeys(of mapping: Node.Mapping, known: [String]) {
    for (key, _) in mapping {
      let name = key.string ?? ""
      if !known.contains(name) { fault("unknown key '\(name)'" + didYouMean(name, among: known), at: key) }
    }
  }
}
