import DocumentModel
import FoundationEssentials
import SystemPackage

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
  /// - Parameter isKnown: says of a recipe that a stage has been made from it before, so that it need not be tried again.
  /// - Throws: ``Faults``, or ``PipelineError`` with code `pipeline.not_found`.
  public func load(
    _ path: String, isKnown: ((StageRecipe) -> Bool)? = nil
  ) throws -> Pipeline {
    let yaml: Data
    do { yaml = try Data(contentsOf: URL(filePath: path)) } catch {
      throw PipelineError("pipeline.not_found", "\(path): \(plainReason(error))", underlying: error)
    }
    var reading = Reading(registry: registry, path: path, isKnown: isKnown)
    let pipeline = reading.pipeline(yaml)
    let faults = reading.faults
    guard let pipeline, faults.isEmpty else {
      throw Faults(faults: faults.sorted { ($0.line ?? 0, $0.message) < ($1.line ?? 0, $1.message) })
    }
    return pipeline
  }
}

/// One pass over one file, which gathers faults as it goes.
private struct Reading {
  let registry: StageRegistry
  let path: String
  let folder: String
  let isKnown: ((StageRecipe) -> Bool)?
  var faults: [PipelineFile.Fault] = []
  private var written: Set<Layer> = []
  private var ids: [String: Int] = [:]

  init(registry: StageRegistry, path: String, isKnown: ((StageRecipe) -> Bool)?) {
    self.registry = registry
    self.path = path
    self.isKnown = isKnown
    let parent = FilePath(path).removingLastComponent()
    folder = parent.isEmpty ? "." : parent.string
  }

  private mutating func fault(_ message: String, at node: YAMLNode?) { fault(message, line: node?.line) }
  private mutating func fault(_ message: String, line: Int?) {
    let fault = PipelineFile.Fault(path: path, line: line, message: message)
    // An alias says the same many times.
    if !faults.contains(fault) { faults.append(fault) }
  }

  mutating func pipeline(_ yaml: Data) -> Pipeline? {
    let found: YAMLNode?
    do {
      found = try YAMLNode(yaml: yaml)
    } catch let error as YAMLFaults {
      for found in error.faults { fault(found.message, line: found.line) }
      return nil
    } catch {
      fault("\(error)", line: nil)
      return nil
    }
    guard let root = found, let mapping = root.mapping else {
      fault("a pipeline file is a mapping with 'pipeline', 'format' and 'stages'", line: 1)
      return nil
    }
    refuseUnknownKeys(of: mapping, known: ["pipeline", "format", "stages"])
    let name = root["pipeline"]?.string
    if name == nil { fault("'pipeline' (its name) is missing", at: root["pipeline"] ?? root) }
    if root["format"]?.plain.flatMap({ Int($0) }) != 1 { fault("'format' must be 1", at: root["format"] ?? root) }
    guard let stages = root["stages"]?.sequence, !stages.isEmpty else {
      fault("'stages' must be a list of at least one stage", at: root["stages"] ?? root)
      return nil
    }
    let steps = stages.compactMap { step($0) }
    return Pipeline(name: name ?? "", steps: steps)
  }

  private mutating func step(_ node: YAMLNode) -> Pipeline.Step? {
    guard let mapping = node.mapping, let use = node["use"], let kind = use.string else {
      fault("a stage needs 'use' with the kind of the stage", at: node)
      written = Set(Layer.allCases)
      return nil
    }
    refuseUnknownKeys(of: mapping, known: ["use", "id", "options"])
    let id = node["id"]?.string ?? kind
    if let line = ids[id] {
      fault("the id '\(id)' is already used in line \(line); give one of them another 'id'", at: node["id"] ?? use)
    }
    ids[id] = node.line
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
      let chosen = try registry.choose(kind, options: node["options"], folder: folder)
      let step = Pipeline.Step(id: id, contract: contract, options: chosen.options, make: chosen.make)
      return isKnown?(step.recipe) == true ? step : step.made(try chosen.make())
    } catch let error as YAMLFaults {
      for found in error.faults {
        fault("\(kind): " + (found.path.isEmpty ? "" : "option ") + "\(found)", line: found.line ?? use.line)
      }
    } catch {
      fault("\(kind): \(error)", at: node["options"] ?? use)
    }
    return nil
  }

  private mutating func refuseUnknownKeys(of mapping: [(key: YAMLNode, value: YAMLNode)], known: [String]) {
    for (key, _) in mapping {
      let name = key.string ?? ""
      if !known.contains(name) { fault("unknown key '\(name)'" + didYouMean(name, among: known), at: key) }
    }
  }
}
