import Foundation
import Yams

/// One thing that is wrong with a YAML file.
public struct YAMLFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// 1-based, where it is known.
  public var line: Int?
  /// The keys that lead there, from the outermost.
  public var path: [String] = []
  /// What is wrong.
  public var message: String

  /// `key.inner: message`.
  public var description: String { (path.isEmpty ? "" : "'\(path.joined(separator: "."))': ") + message }
}

/// What is wrong with a YAML file, at least one thing.
public struct YAMLFaults: Error, Sendable {
  /// In the order in which they were met.
  public var faults: [YAMLFault]
}

/// The value that the YAML file at `path` says; keys that `Value` does not ask for are refused.
///
/// - Throws: ``PipelineError`` with the code `file.unreadable`, or `file.invalid` with a line `path:line: message` for
///   each fault.
public func decodeYAML<Value: Decodable>(_ type: Value.Type = Value.self, at path: String) throws -> Value {
  guard let data = FileManager.default.contents(atPath: path) else {
    throw PipelineError("file.unreadable", "\(path): no such file")
  }
  do {
    guard let node = try Node(yaml: String(decoding: data, as: UTF8.self)) else {
      throw PipelineError("file.invalid", "\(path): the file is empty")
    }
    return try StrictDecoder.decode(type, from: node)
  } catch let error as YAMLFaults {
    let lines = error.faults.map { fault in path + (fault.line.map { ":\($0)" } ?? "") + ": \(fault)" }
    throw PipelineError("file.invalid", lines.joined(separator: "\n"), underlying: error)
  } catch let error as YamlError {
    let fault = YAMLFault(error)
    throw PipelineError(
      "file.invalid", path + (fault.line.map { ":\($0)" } ?? "") + ": \(fault.message)", underlying: error)
  }
}

extension Node {
  /// The root of a document; `nil` for an empty one. Scalars keep their text: what they mean is up to who asks.
  ///
  /// - Throws: `YamlError`.
  init?(yaml: String) throws {
    // Resolving tags by regular expressions would take longer than all the rest.
    guard let root = try Yams.compose(yaml: yaml, .basic) else { return nil }
    self = root
  }

  /// Whether it is written as null (YAML 1.2, core schema).
  var isNothing: Bool { plain.map { ["", "~", "null", "Null", "NULL"].contains($0) } ?? false }

  /// The text of a scalar without quotes.
  var plain: String? { scalar.flatMap { $0.style == .plain ? $0.string : nil } }
}

extension YAMLFault {
  /// What the parser did not like.
  init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, message: problem)
    default: self.init(line: nil, message: "\(error)")
    }
  }
}
