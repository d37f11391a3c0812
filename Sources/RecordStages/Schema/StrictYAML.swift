import Foundation
import PipelineKit
import Yams

/// Decodes a YAML file into a value, and refuses keys that the value does not have.
///
/// - Throws: ``RecordError`` that names the file, and the line and what was meant where they are known.
func decodeYAML<Value: Codable>(_ path: String) throws -> Value {
  guard let data = FileManager.default.contents(atPath: path) else {
    throw RecordError("schema.unreadable", "\(path): no such file")
  }
  let text = String(decoding: data, as: UTF8.self)
  do {
    let value = try YAMLDecoder().decode(Value.self, from: text)
    // What the value does not know is not there when it is written again.
    if let written = try Yams.compose(yaml: text), let known = try Yams.compose(yaml: YAMLEncoder().encode(value)),
      let (key, keys) = unknownKey(in: written, known: known)
    {
      let line = key.mark.map { ":\($0.line)" } ?? ""
      let name = key.string ?? ""
      throw RecordError("schema.invalid", "\(path)\(line): unknown key '\(name)'" + didYouMean(name, among: keys))
    }
    return value
  } catch let error as DecodingError {
    throw RecordError("schema.invalid", "\(path): \(plain(error))", underlying: error)
  } catch let error as YamlError {
    throw RecordError("schema.invalid", "\(path): \(error)", underlying: error)
  }
}

/// The first key of `written` that `known` lacks, with the keys that it has there.
private func unknownKey(in written: Node, known: Node) -> (key: Node, keys: [String])? {
  switch (written, known) {
  case (.mapping(let written), .mapping(let known)):
    for (key, value) in written where value.null == nil || value.mapping != nil {
      guard let match = known[key] else { return (key, known.keys.compactMap(\.string)) }
      if let found = unknownKey(in: value, known: match) { return found }
    }
  case (.sequence(let written), .sequence(let known)):
    for (value, match) in zip(written, known) {
      if let found = unknownKey(in: value, known: match) { return found }
    }
  default: break
  }
  return nil
}

private func plain(_ error: DecodingError) -> String {
  func place(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
  }
  switch error {
  case .keyNotFound(let key, let context): return "'\(key.stringValue)' is missing in \(place(context.codingPath))"
  case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
    return "\(place(context.codingPath)) must be of type \(type)"
  case .dataCorrupted(let context): return "\(place(context.codingPath)): \(context.debugDescription)"
  @unknown default: return "\(error)"
  }
}
