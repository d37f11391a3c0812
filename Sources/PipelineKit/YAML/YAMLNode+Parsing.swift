import CYAML
package import FoundationEssentials

extension YAMLNode {
  /// The document in `bytes`, read by libyaml; `nil` for an empty one.
  ///
  /// Values that aliases repeat are shared, and count each time towards the million values that a document may have.
  ///
  /// - Throws: ``YAMLFaults``: what the parser stops at, else all keys that are written twice.
  package init?(yaml bytes: Data) throws {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw YAMLFaults(faults: [YAMLFault(line: firstLineThatIsNotUTF8(bytes), message: "the file is not UTF-8")])
    }
    // The parser keeps a pointer to itself.
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    precondition(yaml_parser_initialize(parser) == 1, "no memory for a parser of YAML")
    defer { yaml_parser_delete(parser) }
    let root = try bytes.withUnsafeBytes { buffer in
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count)
      let root = try Self.nextDocument(of: parser, bytes)
      if root != nil, let second = try Self.nextDocument(of: parser, bytes) {
        throw YAMLFaults(faults: [YAMLFault(line: second.line, message: "a second document begins here")])
      }
      return root
    }
    guard let root else { return nil }
    self = root
  }

  private static func nextDocument(of parser: UnsafeMutablePointer<yaml_parser_t>, _ bytes: Data) throws -> YAMLNode? {
    var document = yaml_document_t()
    guard yaml_parser_load(parser, &document) == 1 else {
      throw YAMLFaults(faults: [YAMLFault(parser.pointee, bytes)])
    }
    defer { yaml_document_delete(&document) }
    var reading = DocumentReading(nodes: document.nodes.start, count: document.nodes.top - document.nodes.start)
    guard reading.count > 0 else { return nil }
    let root = reading.node(1)
    if reading.values[0] > DocumentReading.mostValues {
      reading.faults.append(
        YAMLFault(
          line: root.line, message: "with its aliases the file has more than \(DocumentReading.mostValues) values"))
    }
    guard reading.faults.isEmpty else { throw YAMLFaults(faults: reading.faults) }
    return root
  }
}

/// One pass over the nodes of a document of libyaml, which refers to them by 1-based numbers.
private struct DocumentReading {
  static let mostValues = 1_000_000
  static let mostLevels = 100

  let nodes: UnsafeMutablePointer<yaml_node_t>
  let count: Int
  /// How many values each node stands for; 0 for those that are not read, -1 for those that are being read.
  var values: [Int]
  var made: [YAMLNode?]
  var faults: [YAMLFault] = []

  init(nodes: UnsafeMutablePointer<yaml_node_t>, count: Int) {
    self.nodes = nodes
    self.count = count
    values = [Int](repeating: 0, count: count)
    made = [YAMLNode?](repeating: nil, count: count)
  }

  /// The node with this number, `level` values deep.
  mutating func node(_ number: Int32, level: Int = 0) -> YAMLNode {
    let index = Int(number) - 1
    if let node = made[index] { return node }
    let raw = nodes[index]
    var node = YAMLNode(content: .scalar("", isPlain: true), line: Int(raw.start_mark.line) + 1)
    guard values[index] == 0 else {
      faults.append(YAMLFault(line: node.line, message: "what begins here holds itself"))
      return node
    }
    guard level < Self.mostLevels else {
      faults.append(YAMLFault(line: node.line, message: "what stands here is nested too deeply"))
      return node
    }
    values[index] = -1
    var total = 1
    switch raw.type {
    case YAML_SEQUENCE_NODE:
      let items = UnsafeBufferPointer(start: raw.data.sequence.items.start, end: raw.data.sequence.items.top)
      node.content = .sequence(items.map { part($0, level, &total) })
    case YAML_MAPPING_NODE:
      let pairs = UnsafeBufferPointer(start: raw.data.mapping.pairs.start, end: raw.data.mapping.pairs.top)
      let mapping = pairs.map { (key: part($0.key, level, &total), value: part($0.value, level, &total)) }
      refuseRepeatedKeys(of: mapping)
      node.content = .mapping(mapping)
    default:
      let bytes = UnsafeBufferPointer(start: raw.data.scalar.value, count: raw.data.scalar.length)
      let isPlain = raw.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
      node.content = .scalar(String(decoding: bytes, as: UTF8.self), isPlain: isPlain)
    }
    values[index] = total
    made[index] = node
    return node
  }

  /// A part of a node whose values are being counted.
  private mutating func part(_ number: Int32, _ level: Int, _ total: inout Int) -> YAMLNode {
    let part = node(number, level: level + 1)
    total = min(total + max(values[Int(number) - 1], 0), Self.mostValues + 1)
    return part
  }

  private mutating func refuseRepeatedKeys(of mapping: [(key: YAMLNode, value: YAMLNode)]) {
    var seen = Set<String>(minimumCapacity: mapping.count)
    for (index, pair) in mapping.enumerated() {
      guard let name = pair.key.string, !seen.insert(name).inserted else { continue }
      let first = mapping[..<index].first { $0.key.string == name }
      faults.append(
        YAMLFault(line: pair.key.line, message: "'\(name)' is already written in line \(first?.key.line ?? 0)"))
    }
  }
}

extension UnsafeBufferPointer {
  /// From `start` to before `end`; empty where there is nothing.
  fileprivate init(start: UnsafeMutablePointer<Element>?, end: UnsafeMutablePointer<Element>?) {
    guard let start, let end else { self.init(start: nil, count: 0); return }
    self.init(start: start, count: end - start)
  }
}

extension YAMLFault {
  /// What the parser did not like.
  fileprivate init(_ parser: yaml_parser_t, _ bytes: Data) {
    let problem = parser.problem.map { String(cString: $0) } ?? "the file cannot be read as YAML"
    let line = Int(parser.problem_mark.line) + 1
    switch parser.error {
    case YAML_READER_ERROR:
      let code = String(UInt32(bitPattern: parser.problem_value), radix: 16, uppercase: true)
      let sign = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
      let before = bytes.prefix(parser.problem_offset)
      self.init(
        line: before.count { $0 == UInt8(ascii: "\n") } + 1,
        message: parser.problem_value < 0 ? problem : "the character \(sign) may not stand in a YAML file")
    case YAML_COMPOSER_ERROR:
      self.init(line: line, message: parser.context.map { String(cString: $0) + " " } ?? "" + problem)
    default: self.init(line: line, message: problem)
    }
  }
}

private func firstLineThatIsNotUTF8(_ bytes: Data) -> Int? {
  let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }.map { $0 + 1 }
}
