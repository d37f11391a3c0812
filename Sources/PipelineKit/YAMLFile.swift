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
  let data: Data
  do { data = try Data(contentsOf: URL(filePath: path)) } catch {
    throw PipelineError("file.unreadable", "\(path): \(plainReason(error))", underlying: error)
  }
  do {
    guard let node = try Node(yaml: data) else {
      throw PipelineError("file.invalid", "\(path): the file is empty")
    }
    return try StrictDecoder.decode(type, from: node)
  } catch let error as YAMLFaults {
    let lines = error.faults.map { fault in path + (fault.line.map { ":\($0)" } ?? "") + ": \(fault)" }
    throw PipelineError("file.invalid", lines.joined(separator: "\n"), underlying: error)
  }
}

extension Node {
  /// The root of a document; `nil` for an empty one. Scalars keep their text: what they mean is up to who asks.
  ///
  /// - Throws: ``YAMLFaults``.
  init?(yaml bytes: Data) throws {
    guard let yaml = String(validating: bytes, as: UTF8.self) else {
      throw YAMLFaults(faults: [YAMLFault(line: firstLineThatIsNotUTF8(bytes), message: "the file is not UTF-8")])
    }
    do {
      // Resolving tags by regular expressions would take longer than all the rest.
      guard let root = try Yams.compose(yaml: yaml, .basic) else { return nil }
      self = root
    } catch let error as YamlError {
      throw YAMLFaults(faults: [YAMLFault(error)])
    }
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
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      let isDeep = problem.hasPrefix("Maximum nesting level")
      self.init(line: mark.line, message: isDeep ? "what stands here is nested too deeply" : problem)
    case .composer(let context, let problem, let mark, _):
      self.init(line: mark.line, message: (context.map { $0.text + " " } ?? "") + problem)
    case .reader(_, _, let value, let yaml):
      let scalars = yaml.unicodeScalars
      let place = scalars.firstIndex { $0.value == UInt32(bitPattern: value) }
      let sign = "U+" + String(format: "%04X", UInt32(bitPattern: value))
      self.init(
        line: place.map { end in scalars[..<end].count { $0 == "\n" } + 1 },
        message: value < 0 ? "the file is no text" : "the character \(sign) may not stand in a YAML file")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "'\($0)'" }.joined(separator: ", ")
      self.init(line: context.mark.line, message: "\(names) is written more than once among the keys that begin here")
    default: self.init(line: nil, message: "the file cannot be read as YAML")
    }
  }
}

private func firstLineThatIsNotUTF8(_ bytes: Data) -> Int? {
  let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }.map { $0 + 1 }
}
