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
  public func unknown(_ kind: String) -> String { "unknown stage '\(kind)'" + didYouMean(kind, among: kinds) }

  /// The default options of a kind as YAML; empty where it has none.
  public func defaultOptions(of kind: String) -> String {
    guard let type = types[kind] else { return "" }
    func encoded<S: Stage>(_: S.Type) -> String {
      let yaml: String
      do { yaml = try YAMLEncoder().encode(S.Options()) } catch { preconditionFailure("\(kind): \(error)") }
      return yaml.trimmingCharacters(in: .whitespacesAndNewlines) == "{}" ? "" : yaml
    }
    return encoded(type)
  }

  /// A stage of a kind that exists, with `node` laid over its default options.
  ///
  /// - Throws: ``OptionFaults``.
  func make(_ kind: String, options node: Node?, folder: String) throws -> (stage: any Stage, files: [OptionFile]) {
    guard let type = types[kind] else { preconditionFailure("unknown kind \(kind)") }
    func opened<S: Stage>(_: S.Type) throws -> (any Stage, [OptionFile]) {
      let options = try decodeOptions(S.Options.self, over: node, folder: folder)
      let missing = options.files.filter { !FileManager.default.fileExists(atPath: $0.path) }
      if !missing.isEmpty {
        throw OptionFaults(
          faults: missing.map { file in
            (line: node.flatMap { line(of: file.name, in: $0) }, message: "no such file: \(file.name)")
          })
      }
      return (try S(options: options), options.files)
    }
    return try opened(type)
  }
}

/// What is wrong with the options of one stage, with the lines of the file where it is known.
struct OptionFaults: Error {
  var faults: [(line: Int?, message: String)]
}

/// Decodes options over their defaults, and refuses a key that the defaults do not have.
private func decodeOptions<O: StageOptions>(_: O.Type, over node: Node?, folder: String) throws -> O {
  guard let node, node.null == nil || node.mapping != nil else { return O() }
  guard let given = node.mapping else {
    throw OptionFaults(faults: [(node.mark?.line, "options must be a mapping of names to values")])
  }
  let encoded = try YAMLEncoder().encode(O())
  var merged = try Yams.compose(yaml: encoded)?.mapping ?? [:]
  // A property that is nil by default is not encoded, but may be given.
  let known = Mirror(reflecting: O()).children.compactMap(\.label)
  var faults: [(line: Int?, message: String)] = []
  for (key, value) in given {
    let name = key.string ?? ""
    if known.contains(name) {
      merged[key] = value
    } else {
      faults.append((key.mark?.line, "unknown option '\(name)'" + didYouMean(name, among: known)))
    }
  }
  guard faults.isEmpty else { throw OptionFaults(faults: faults) }
  do {
    return try YAMLDecoder().decode(O.self, from: .mapping(merged), userInfo: [.pipelineFolder: folder])
  } catch let error as DecodingError {
    let (name, reason) = plain(error)
    let key = given.keys.first { $0.string == name }
    throw OptionFaults(faults: [((key ?? node).mark?.line, "option '\(name)': \(reason)")])
  }
}

/// `; did you mean 'x'?`, or nothing.
public func didYouMean(_ word: String, among candidates: [String]) -> String {
  suggestion(for: word, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
}

private func plain(_ error: DecodingError) -> (option: String, reason: String) {
  switch error {
  case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
    (context.codingPath.first?.stringValue ?? "", "a value of type \(type) is expected")
  case .keyNotFound(let key, let context):
    (context.codingPath.first?.stringValue ?? "", "'\(key.stringValue)' is missing")
  case .dataCorrupted(let context):
    (context.codingPath.first?.stringValue ?? "", context.debugDescription)
  @unknown default: ("", "\(error)")
  }
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
