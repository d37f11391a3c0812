public import DocumentModel
import FoundationEssentials

extension StageRegistry {
  /// JSON Schema (2020-12) of a pipeline file that uses these stages: kinds, and the names, types, defaults and meanings
  /// of their options, so that editors complete and explain them.
  ///
  /// It cannot say that what a stage reads must have been written before it, nor that ids are unique: `gouji check` does.
  public var pipelineSchema: JSONValue {
    let stages = kinds.compactMap { kind in contract(of: kind).map { ($0, shapes(of: kind)) } }
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "pipeline file, format 1",
      "description": "A list of stages; 'gouji check' says also whether they fit together.",
      "type": "object",
      "additionalProperties": false,
      "required": ["pipeline", "format", "stages"],
      "properties": [
        "pipeline": Self.described("Its name.", OptionShape.text),
        "format": ["const": 1],
        "stages": ["type": "array", "minItems": 1, "items": ["$ref": "#/$defs/stage"]],
      ],
      "$defs": .object(
        [
          .init("stage", ["oneOf": .array(stages.map { ["$ref": .string("#/$defs/\($0.0.kind)")] })])
        ] + stages.map { contract, options in .init(contract.kind, Self.schema(of: contract, options)) }),
    ]
  }

  private static func described(_ words: String, _ schema: JSONValue) -> JSONValue {
    guard case .object(let members) = schema, !words.isEmpty else { return schema }
    return .object([.init("description", .string(words))] + members)
  }

  private static func schema(of contract: StageContract, _ options: JSONValue) -> JSONValue {
    [
      "description": .string(contract.summary), "type": "object", "additionalProperties": false, "required": ["use"],
      "properties": [
        "use": ["const": .string(contract.kind)],
        "id": described("Needed only where a kind occurs twice.", OptionShape.text),
        "options": options,
      ],
    ]
  }

  /// The schema of the options of a kind that exists.
  private func shapes(of kind: String) -> JSONValue {
    let (values, written) = defaults(of: kind)
    let meanings = Dictionary(uniqueKeysWithValues: options(of: kind).map { ($0.name, $0.meaning) })
    let all = values.map { name, value in
      var option = Self.described(meanings[name] ?? "", OptionShape.of(value))
      if let standard = written[name], standard.isExact { option.set(standard, at: ["default"]) }
      return JSONValue.Member(name, option)
    }
    return ["type": ["object", "null"], "additionalProperties": false, "properties": .object(all)]
  }
}

/// What may be written for a value of a type, as JSON Schema.
enum OptionShape {
  /// A text need not stand in quotes, so that it may look like a number to others.
  static let text: JSONValue = ["type": ["string", "number", "boolean"]]

  /// The shape of values like this one; of one whose type says nothing, that it has these members.
  static func of(_ value: Any) -> JSONValue {
    if let shape = of(type(of: value)) { return shape }
    let members = Mirror(reflecting: value).children.compactMap { child in child.label.map { ($0, child.value) } }
    guard !members.isEmpty else { return [:] }
    let required = members.filter { !isOptional(type(of: $0.1)) }.map { JSONValue.string($0.0) }
    return [
      "type": "object", "additionalProperties": false, "required": .array(required),
      "properties": .object(members.map { JSONValue.Member($0, of($1)) }),
    ]
  }

  /// The shape of the values of a type; nil where the type does not say it.
  static func of(_ type: Any.Type) -> JSONValue? {
    if let type = type as? any Shaped.Type { return type.shape }
    return (type as? any CaseIterable.Type).flatMap { $0.rawNames }.map { ["enum": .array($0.map { .string($0) })] }
  }
}

private func isOptional(_ type: Any.Type) -> Bool { type is any ExpressibleByNilLiteral.Type }

/// A type whose values are all written in one way.
private protocol Shaped {
  static var shape: JSONValue { get }
}

extension Int: Shaped { static var shape: JSONValue { ["type": "integer"] } }
extension Double: Shaped { static var shape: JSONValue { ["type": "number"] } }
extension Bool: Shaped { static var shape: JSONValue { ["type": "boolean"] } }
extension String: Shaped { static var shape: JSONValue { OptionShape.text } }
extension Pattern: Shaped {
  static var shape: JSONValue { ["type": ["string", "number", "boolean"], "format": "regex"] }
}
extension OptionFile: Shaped { static var shape: JSONValue { OptionShape.text } }
extension Array: Shaped {
  static var shape: JSONValue { ["type": "array", "items": OptionShape.of(Element.self) ?? [:]] }
}
extension Dictionary: Shaped {
  static var shape: JSONValue { ["type": "object", "additionalProperties": OptionShape.of(Value.self) ?? [:]] }
}
extension Optional: Shaped {
  static var shape: JSONValue { ["anyOf": [OptionShape.of(Wrapped.self) ?? [:], ["type": "null"]]] }
}

extension CaseIterable {
  /// The raw values of all cases; nil where they are no texts.
  fileprivate static var rawNames: [String]? {
    let names = allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    return names.count == allCases.count ? names : nil
  }
}

extension JSONValue {
  /// Whether it is written with all its digits.
  fileprivate var isExact: Bool {
    switch self {
    case .number(let number): (number * 100).rounded() / 100 == number
    case .array(let elements): elements.allSatisfy(\.isExact)
    case .object(let members): members.allSatisfy(\.value.isExact)
    default: true
    }
  }
}
