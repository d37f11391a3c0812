import DocumentModel
import Foundation
import TestSupport

/// What a fixture is known to print: its `expected.json`.
struct Expectation: Decodable {
  var form: String?
  var title: String?
  var organisation: String?
  var year: Int?
  var disclosure: Part?
  var applications: Part?
  var proceedings: Part?
  /// Pointers of figures that are not printed, or in no certain place.
  var acceptNull: Set<String>
  var processingFee: Fee?

  typealias Part = [String: [String: Figure]]

  struct Fee: Decodable {
    var charged: Bool?
    var amountYuan: String?
  }

  /// A count or an amount, or nothing printed.
  enum Figure: Decodable {
    case none
    case count(Int)
    case amount(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .none
      } else if let count = try? container.decode(Int.self) {
        self = .count(count)
      } else {
        self = .amount(try container.decode(String.self))
      }
    }

    var json: JSONValue {
      switch self {
      case .none: .null
      case .count(let count): .integer(count)
      case .amount(let amount): .string(amount)
      }
    }
  }

  init(_ fixture: Fixture) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Expectation.self, from: try Data(contentsOf: fixture.expected))
  }

  /// Every figure with its pointer, sorted.
  var figures: [(pointer: String, value: JSONValue)] {
    let parts = [("disclosure", disclosure), ("applications", applications), ("proceedings", proceedings)]
    return parts.flatMap { name, part in
      (part ?? [:]).flatMap { row, columns in columns.map { ("/\(name)/\(row)/\($0)", $1.json) } }
    }.sorted { $0.0 < $1.0 }
  }

  /// One line for everything in which the record is not what is expected.
  func faults(of record: Record) -> [String] {
    let fields = Dictionary(record.fields.map { ($0.pointer, $0) }) { $1 }
    return headFaults(record) + figures.compactMap { fault(at: $0.pointer, wanted: $0.value, fields[$0.pointer]) }
  }

  private func headFaults(_ record: Record) -> [String] {
    let head: [(String, JSONValue?)] = [
      ("/form", form.map { .string($0) }), ("/title", title.map { .string($0) }),
      ("/organisation", organisation.map { .string($0) }), ("/year", year.map { .integer($0) }),
      ("/processing_fee/charged", processingFee?.charged.map { .bool($0) }),
      ("/processing_fee/amount_yuan", processingFee?.amountYuan.map { .string($0) }),
    ]
    return head.compactMap { pointer, wanted in
      let have = record.value(at: pointer)
      guard let wanted, have != wanted else { return nil }
      return "\(pointer) is \(have.map { "\($0)" } ?? "not there"), expected \(wanted)"
    }
  }

  /// A printed figure has to be there; one that is not may be proven or left open, but never passed off as printed.
  private func fault(at pointer: String, wanted: JSONValue, _ field: Field?) -> String? {
    guard let field else { return "\(pointer) is not there" }
    guard let state = field.provenance?.state else { return "\(pointer) has no state" }
    let isOpen = acceptNull.contains(pointer)
    let isRight = field.value.amount == wanted.amount && field.value.amount != nil
    if isRight || field.value == wanted { return isOpen && state == .printed ? "\(pointer) is not printed" : nil }
    if field.value == .null, isOpen { return nil }
    return "\(pointer) is \(field.value) (\(state.rawValue)), expected \(wanted)"
  }
}

extension JSONValue {
  /// The number of a count or of an amount.
  fileprivate var amount: Decimal? {
    switch self {
    case .integer(let count): Decimal(count)
    case .string(let text): Decimal(string: text)
    default: nil
    }
  }
}
