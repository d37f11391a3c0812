/// A value of a YAML file as it is written: what a scalar means is up to who asks for it.
package struct YAMLNode: Sendable {
  /// What stands there.
  package enum Content: Sendable {
    /// Text, and whether it stands without quotes and is no block, so that it may mean a number, a truth value or null.
    case scalar(String, isPlain: Bool)
    /// The elements of a list.
    case sequence([YAMLNode])
    /// The keys with their values, in the order of the file.
    case mapping([(key: YAMLNode, value: YAMLNode)])
  }

  /// What stands there.
  package var content: Content
  /// Where it begins, 1-based.
  package var line: Int

  /// The text of a scalar.
  package var string: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  /// The text of a scalar without quotes.
  package var plain: String? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return text
  }

  /// Whether it is written as null (YAML 1.2, core schema).
  package var isNothing: Bool { plain.map { ["", "~", "null", "Null", "NULL"].contains($0) } ?? false }

  /// The elements of a list.
  package var sequence: [YAMLNode]? {
    guard case .sequence(let elements) = content else { return nil }
    return elements
  }

  /// The keys and values of a mapping.
  package var mapping: [(key: YAMLNode, value: YAMLNode)]? {
    guard case .mapping(let pairs) = content else { return nil }
    return pairs
  }

  /// The value under a key of a mapping.
  package subscript(key: String) -> YAMLNode? { mapping?.first { $0.key.string == key }?.value }
}

extension YAMLNode: CustomStringConvertible {
  /// The value in one line, in the flow style.
  package var description: String {
    switch content {
    case .scalar(let text, let isPlain): isPlain ? text : text.quoted
    case .sequence(let elements): "[" + elements.map(\.description).joined(separator: ", ") + "]"
    case .mapping(let pairs): "{" + pairs.map { "\($0.key.name): \($0.value)" }.joined(separator: ", ") + "}"
    }
  }
}

extension YAMLNode {
  /// The value as a key: a word needs no quotes.
  private var name: String { string.flatMap { $0.allSatisfy(\.isLetter) ? $0 : nil } ?? description }
}

extension String {
  /// Between double quotes, with what may not stand there escaped.
  fileprivate var quoted: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
