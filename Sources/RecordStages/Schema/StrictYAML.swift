import Foundation
import PipelineKit
import Yams

/// Decodes a YAML file into a value, and refuses keys that the value does not have.
///
/// - Throws: ``RecordError`` that names the file, and the line and what was meant where they are known.
func decodeYAML<Value: Decodable>(_ path: String) throws -> Value {
  guard let data = FileManager.default.contents(atPath: path) else {
    throw RecordError("schema.unreadable", "\(path): no such file")
  }
  do {
    guard let written = try Yams.compose(yaml: String(decoding: data, as: UTF8.self)) else {
      throw RecordError("schema.invalid", "\(path): the file is empty")
    }
    let value = try YAMLDecoder().decode(Value.self, from: written)
    if let (key, keys) = unknownKey(in: written, of: value) {
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

/// The first key of a node for which the value decoded from it has no property, with the properties that it has.
///
/// Decoding passes over such keys, so the properties are looked up in a mirror: they bear the names of the keys.
private func unknownKey(in node: Node, of value: Any) -> (key: Node, keys: [String])? {
  var mirror = Mirror(reflecting: value)
  if mirror.displayStyle == .optional, let some = mirror.children.first { mirror = Mirror(reflecting: some.value) }
  switch node {
  case .mapping(let mapping) where mirror.displayStyle == .struct:
    for (key, field) in mapping {
      guard let property = mirror.children.first(where: { $0.label == key.string }) else {
        return (key, mirror.children.compactMap(\.label))
      }
      if let found = unknownKey(in: field, of: property.value) { return found }
    }
  case .sequence(let sequence) where mirror.displayStyle == .collection:
    for (element, child) in zip(sequence, mirror.children) {
      if let found = unknownKey(in: element, of: child.value) { return found }
    }
  case .mapping, .sequence, .scalar, .alias: break
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
