import FoundationEssentials

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
    guard let node = try YAMLNode(yaml: data) else {
      throw PipelineError("file.invalid", "\(path): the file is empty")
    }
    return try StrictDecoder.decode(type, from: node)
  } catch let error as YAMLFaults {
    let lines = error.faults.map { fault in path + (fault.line.map { ":\($0)" } ?? "") + ": \(fault)" }
    throw PipelineError("file.invalid", lines.joined(separator: "\n"), underlying: error)
  }
}
