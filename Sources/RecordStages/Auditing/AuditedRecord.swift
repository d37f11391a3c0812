import DocumentModel
import FoundationEssentials

/// What the rules need of one record.
struct AuditedRecord: Decodable, Sendable {
  var body: String?
  var year: Int?
  var uri: String
  var sha256: String
  /// For each pointer of the rules.
  var operands: [AuditOperand]

  /// A decoder that looks for what these rules need.
  static func decoder(for rules: AuditRules) -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.userInfo[.rules] = rules
    return decoder
  }

  init(from decoder: any Decoder) throws {
    let record = try decoder.container(keyedBy: Name.self)
    guard let rules = decoder.userInfo[.rules] as? AuditRules else { preconditionFailure("a decoder without rules") }
    guard try record.decode(String.self, forKey: "format") == "gouji.record/1" else {
      throw DecodingError.dataCorruptedError(forKey: "format", in: record, debugDescription: "another format")
    }
    let source = try record.nestedContainer(keyedBy: Name.self, forKey: "source")
    uri = try source.decode(String.self, forKey: "uri")
    sha256 = try source.decodeIfPresent(String.self, forKey: "sha256") ?? ""
    body = try record.scalar(at: "/data" + rules.body)?.text
    year = try record.scalar(at: "/data" + rules.year)?.count
    let states = try record.nestedContainer(keyedBy: Name.self, forKey: "provenance")
    operands = try rules.pointers.map { pointer in
      guard let value = try record.scalar(at: "/data" + pointer) else { return .absent }
      guard let figure = value.figure else { return .unknown }
      let state = try states.decodeIfPresent(State.self, forKey: Name(pointer))?.state
      switch state.flatMap(ValueState.init) {
      case .uncertain?: return .uncertain(figure)
      case let state? where state.isPrinted: return .printed(figure)
      default: return .unproven(figure)
      }
    }
  }

  private struct State: Decodable {
    var state: String
  }
}

/// A figure of a record, as far as the rules may use it.
enum AuditOperand: Hashable, Sendable {
  /// The form of the record has no such figure.
  case absent
  /// The record has no value for it.
  case unknown
  case printed(ExactDecimal)
  /// Read, but not proven.
  case uncertain(ExactDecimal)
  /// Not printed: derived, or without a state.
  case unproven(ExactDecimal)

  var figure: ExactDecimal? {
    switch self {
    case .absent, .unknown: nil
    case .printed(let figure), .uncertain(let figure), .unproven(let figure): figure
    }
  }

  var isPrinted: Bool { if case .printed = self { true } else { false } }
  var isUnproven: Bool { if case .unproven = self { true } else { false } }
}

/// A value that is no object.
private enum Scalar: Decodable {
  case nothing
  case integer(Int)
  case string(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .nothing
      return
    }
    do { self = .integer(try container.decode(Int.self)) } catch {
      do { self = .string(try container.decode(String.self)) } catch { self = .nothing }
    }
  }

  var text: String? { if case .string(let text) = self { text } else { nil } }
  var count: Int? { if case .integer(let count) = self { count } else { nil } }
  var figure: ExactDecimal? {
    switch self {
    case .nothing: nil
    case .integer(let count): ExactDecimal(units: count)
    case .string(let text): ExactDecimal(text)
    }
  }
}

/// Any name.
private struct Name: CodingKey, ExpressibleByStringLiteral {
  var stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init(stringValue name: String) { stringValue = name }
  init(stringLiteral name: String) { stringValue = name }
  init?(intValue: Int) { return nil }
}

extension KeyedDecodingContainer<Name> {
  /// The value at a pointer; nil where there is none.
  fileprivate func scalar(at pointer: String) throws -> Scalar? {
    let names = pointer.split(separator: "/").map { Name(String($0)) }
    guard let last = names.last else { return nil }
    var container = self
    for name in names.dropLast() {
      guard container.contains(name), try !container.decodeNil(forKey: name) else { return nil }
      container = try container.nestedContainer(keyedBy: Name.self, forKey: name)
    }
    return container.contains(last) ? try container.decode(Scalar.self, forKey: last) : nil
  }
}

extension CodingUserInfoKey {
  fileprivate static let rules: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "rules") else { preconditionFailure("no key") }
    return key
  }()
}
