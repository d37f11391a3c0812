import DocumentModel
import FoundationEssentials

/// The stages that a pipeline file may name.
public struct StageRegistry: Sendable {
  private var types: [String: any Stage.Type] = [:]

  /// Knows these stages; no two may have the same kind.
  public init(_ stages: [any Stage.Type]) {
    for stage in stages {
      precondition(
        types.updateValue(stage, forKey: stage.contract.kind) == nil, "two stages of kind \(stage.contract.kind)")
    }
  }

  /// The kinds, sorted.
  public var kinds: [String] { types.keys.sorted() }

  /// What the stage of this kind is, if there is one.
  public func contract(of kind: String) -> StageContract? { types[kind]?.contract }

  /// Says that there is no such kind, and which one was probably meant.
  public func unknown(_ kind: String) -> String {
    let meant = didYouMean(kind, among: kinds)
    return "unknown stage '\(kind)'" + (meant.isEmpty ? "; 'gouji stages' lists those there are" : meant)
  }

  /// An option of a stage.
  public struct Option: Hashable, Sendable {
    /// As a pipeline file names it.
    public var name: String
    /// As YAML in one line; `null` where it has no value by default.
    public var standard: String
    /// For people who write pipeline files; empty where nobody said it.
    public var meaning: String
  }

  /// The options of a kind with their defaults, in the order of their declaration; none of a kind that is unknown.
  public func options(of kind: String) -> [Option] {
    guard let type = types[kind] else { return [] }
    func read<S: Stage>(_: S.Type) -> [Option] {
      do {
        // JSON is YAML.
        let options = try YAMLNode(yaml: Data(S.Options().canonical.utf8))
        // What has no value by default is left out by an encoder.
        return Mirror(reflecting: S.Options()).children.compactMap(\.label).map { name in
          Option(
            name: name, standard: options?[name]?.description ?? "null", meaning: S.Options.meanings[name] ?? "")
        }
      } catch {
        preconditionFailure("\(kind): \(error)")
      }
    }
    return read(type)
  }

  /// The defaults of a kind that exists: the values in the order of their declaration, and how they are written.
  func defaults(of kind: String) -> (values: [(name: String, value: Any)], written: JSONValue) {
    guard let type = types[kind] else { preconditionFailure("unknown kind \(kind)") }
    func read<S: Stage>(_: S.Type) -> ([(name: String, value: Any)], JSONValue) {
      let options = S.Options()
      let values = Mirror(reflecting: options).children.compactMap { child in child.label.map { ($0, child.value) } }
      do { return (values, try JSONValue(json: Data(options.canonical.utf8))) } catch {
        preconditionFailure("\(kind): \(error)")
      }
    }
    return read(type)
  }

  /// Options that have been read, and the stage that they are for.
  struct Chosen {
    var options: any StageOptions
    var make: @Sendable () throws -> any Stage
  }

  /// The options of a kind that exists, with `node` laid over the defaults.
  ///
  /// - Throws: ``YAMLFaults``.
  func choose(_ kind: String, options node: YAMLNode?, folder: String) throws -> Chosen {
    guard let type = types[kind] else { preconditionFailure("unknown kind \(kind)") }
    func opened<S: Stage>(_: S.Type) throws -> Chosen {
      var read: (value: S.Options?, faults: [YAMLFault]) = (S.Options(), [])
      if let node, !node.isNothing {
        read = StrictDecoder.read(
          S.Options.self, from: node, over: S.Options(), noun: "option", userInfo: [.pipelineFolder: folder])
      }
      let missing = (read.value?.files ?? []).compactMap { file in
        file.fault.map { YAMLFault(line: node.flatMap { line(of: file.name, in: $0) }, message: $0) }
      }
      guard let options = read.value, read.faults.isEmpty, missing.isEmpty else {
        throw YAMLFaults(faults: read.faults + missing)
      }
      return Chosen(options: options) { try S(options: options) }
    }
    return try opened(type)
  }
}

/// `; did you mean 'x'?`, or nothing.
public func didYouMean(_ word: String, among candidates: [String]) -> String {
  suggestion(for: word, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
}

/// The line of the scalar `text` somewhere below `node`.
private func line(of text: String, in node: YAMLNode) -> Int? {
  switch node.content {
  case .scalar(let scalar, _): scalar == text ? node.line : nil
  case .mapping(let pairs): pairs.lazy.compactMap { line(of: text, in: $0.value) }.first
  case .sequence(let elements): elements.lazy.compactMap { line(of: text, in: $0) }.first
  }
}
