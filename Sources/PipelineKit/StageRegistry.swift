import Foundation
import Yams

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

  /// The default options of a kind as YAML; empty where it has none.
  public func defaultOptions(of kind: String) -> String {
    guard let type = types[kind] else { return "" }
    func encoded<S: Stage>(_: S.Type) -> String {
      let yaml: String
      do { yaml = try YAMLEncoder().encode(S.Options()) } catch { preconditionFailure("\(kind): \(error)") }
      var lines = yaml.split(separator: "\n").map { String($0) }.filter { $0 != "{}" }
      // What has no value by default is left out by an encoder.
      for name in Mirror(reflecting: S.Options()).children.compactMap(\.label)
      where !lines.contains(where: { $0.hasPrefix("\(name):") }) {
        lines.append("\(name): null")
      }
      return lines.map { $0 + "\n" }.joined()
    }
    return encoded(type)
  }

  /// A stage that is ready, and what its results depend on.
  struct Made {
    var stage: any Stage
    /// All options as JSON with sorted keys.
    var options: String
    /// The files that the options name.
    var files: [OptionFile]
  }

  /// A stage of a kind that exists, with `node` laid over its default options.
  ///
  /// - Throws: ``YAMLFaults``.
  func make(_ kind: String, options node: Node?, folder: String) throws -> Made {
    guard let type = types[kind] else { preconditionFailure("unknown kind \(kind)") }
    func opened<S: Stage>(_: S.Type) throws -> Made {
      let read =
        node.flatMap { $0.isNothing ? nil : $0 }.map { node in
          StrictDecoder.read(
            S.Options.self, from: node, over: S.Options(), noun: "option", userInfo: [.pipelineFolder: folder])
        } ?? (S.Options(), [])
      let missing = (read.value?.files ?? []).compactMap { file in
        file.fault.map { YAMLFault(line: node.flatMap { line(of: file.name, in: $0) }, message: $0) }
      }
      guard let options = read.value, read.faults.isEmpty, missing.isEmpty else {
        throw YAMLFaults(faults: read.faults + missing)
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let json = String(decoding: try encoder.encode(options), as: UTF8.self)
      return Made(stage: try S(options: options), options: json, files: options.files)
    }
    return try opened(type)
  }
}

/// `; did you mean 'x'?`, or nothing.
public func didYouMean(_ word: String, among candidates: [String]) -> String {
  suggestion(for: word, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
}

/// The line of the scalar `text` somewhere below `node`.
private func line(of text: String, in node: Node) -> Int? {
  switch node {
  case .scalar(let scalar): scalar.string == text ? scalar.mark?.line : nil
  case .mapping(let mapping): mapping.lazy.compactMap { line(of: text, in: $0.value) }.first
  case .sequence(let sequence): sequence.lazy.compactMap { line(of: text, in: $0) }.first
  case .alias: nil
  }
}
