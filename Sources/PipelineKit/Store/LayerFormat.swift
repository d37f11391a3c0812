public import DocumentModel
public import FoundationEssentials

/// Layers of a document as JSON, an element of a list, and of a list in it, on a line of its own; `gouji schema document` describes it.
///
/// Nothing is rounded: what is read back is what was written, to the last bit of a coordinate.
public enum LayerFormat {
  /// The layer as UTF-8 JSON; `nil` where it has not been written. Same layer, same bytes.
  public static func encoded(_ layer: Layer, of document: Document) -> Data? {
    switch layer {
    case .pages: document.pages.map { encoded($0) }
    case .lines: document.lines.map { encoded($0) }
    case .blocks: document.blocks.map { encoded($0) }
    case .tables: document.tables.map { encoded($0) }
    case .record: document.record.map { encoded($0) }
    }
  }

  /// Puts the layer that `json` says into `document`.
  ///
  /// - Parameter parts: what of a record is needed.
  /// - Throws: `DecodingError`.
  public static func decode(
    _ layer: Layer, from json: Data, into document: inout Document, parts: RecordParts = .all
  ) throws {
    switch layer {
    case .pages: document.pages = try decoded(json)
    case .lines: document.lines = try decoded(json)
    case .blocks: document.blocks = try decoded(json)
    case .tables: document.tables = try sound(try decoded(json))
    case .record: document.record = try decoded(json, parts: parts)
    }
  }

  /// The tables, if each of them can be one.
  ///
  /// - Throws: `DecodingError`.
  static func sound(_ tables: [Table]) throws -> [Table] {
    if let fault = tables.lazy.compactMap(\.fault).first {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: fault))
    }
    return tables
  }

  /// The record, if its pointers are pointers (RFC 6901), each of them once.
  ///
  /// - Throws: `DecodingError`.
  static func sound(_ record: Record) throws -> Record {
    var pointers: Set<Substring> = []
    func refuse(_ pointer: some StringProtocol) -> DecodingError {
      .dataCorrupted(.init(codingPath: [], debugDescription: "the record cannot have a value at '\(pointer)'"))
    }
    for field in record.fields {
      guard field.pointer.hasPrefix("/"), pointers.insert(field.pointer[...]).inserted else {
        throw refuse(field.pointer)
      }
    }
    return record
  }

  /// What the encoder and the decoder write for numbers that JSON does not have.
  private static let (infinity, minusInfinity, notANumber) = ("Infinity", "-Infinity", "NaN")

  /// `value` as JSON with sorted keys and without spaces, for digests.
  static func compact(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: infinity, negativeInfinity: minusInfinity, nan: notANumber)
    do { return try encoder.encode(value) } catch { preconditionFailure("a layer that cannot be written: \(error)") }
  }

  /// `value` as JSON with sorted keys, in lines.
  static func encoded(_ value: some Encodable) -> Data { oneObjectALine(compact(value)) }

  /// The value that `json` says.
  static func decoded<Value: Decodable>(_ json: Data, parts: RecordParts = .all) throws -> Value {
    let decoder = JSONDecoder()
    decoder.userInfo[.recordParts] = parts
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: infinity, negativeInfinity: minusInfinity, nan: notANumber)
    return try decoder.decode(Value.self, from: json)
  }

  /// Compact JSON with a line break before each object in a list that is in no more than one other, for editors and `diff`.
  private static func oneObjectALine(_ json: Data) -> Data {
    var lines: [UInt8] = []
    lines.reserveCapacity(json.count + json.count / 16)
    json.withUnsafeBytes { json in
      var isInString = false
      var lists = 0
      var index = 0
      while index < json.count {
        let byte = json[index]
        switch byte {
        case UInt8(ascii: "\""): isInString.toggle()
        case UInt8(ascii: "\\") where isInString:
          lines.append(byte)
          index += 1
        case UInt8(ascii: "[") where !isInString: lists += 1
        case UInt8(ascii: "]") where !isInString: lists -= 1
        case UInt8(ascii: "{") where !isInString && lists <= 2:
          if let last = lines.last, last == UInt8(ascii: "[") || last == UInt8(ascii: ",") {
            lines.append(UInt8(ascii: "\n"))
          }
        default: break
        }
        lines.append(json[index])
        index += 1
      }
    }
    lines.append(UInt8(ascii: "\n"))
    return Data(lines)
  }
}
