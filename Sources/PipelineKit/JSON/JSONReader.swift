import CJSON
public import DocumentModel
import FoundationEssentials

extension JSONValue {
  /// The value that UTF-8 JSON says (RFC 8259), read by Jansson; objects keep the order of their members.
  ///
  /// - Throws: ``PipelineError`` with code `json.invalid`, with the line and column of the fault; also for keys that are
  ///   written twice, numbers that do not fit, and values nested more than 2,048 deep.
  public init(json bytes: some Sequence<UInt8>) throws {
    var error = json_error_t()
    let text = Array(bytes)
    let root = text.withUnsafeBytes { buffer in
      json_loadb(
        buffer.baseAddress, buffer.count, Int(JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL), &error)
    }
    guard let root else {
      let reason = withUnsafeBytes(of: error.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw PipelineError("json.invalid", "line \(error.line), column \(error.column): \(reason)")
    }
    defer { gouji_json_free(root) }
    self.init(root)
  }

  private init(_ value: OpaqueJSON) {
    switch json_type(rawValue: UInt32(gouji_json_type(value))) {
    case JSON_OBJECT:
      var members: [Member] = []
      var next = json_object_iter(value)
      while let member = next {
        let key = String(
          decoding: UnsafeRawBufferPointer(
            start: json_object_iter_key(member), count: json_object_iter_key_len(member)),
          as: UTF8.self)
        members.append(Member(key, json_object_iter_value(member).map { JSONValue($0) } ?? .null))
        next = json_object_iter_next(value, member)
      }
      self = .object(members)
    case JSON_ARRAY:
      self = .array((0..<json_array_size(value)).map { json_array_get(value, $0).map { JSONValue($0) } ?? .null })
    case JSON_STRING:
      let bytes = UnsafeRawBufferPointer(start: json_string_value(value), count: json_string_length(value))
      self = .string(String(decoding: bytes, as: UTF8.self))
    case JSON_INTEGER: self = .integer(Int(json_integer_value(value)))
    case JSON_REAL: self = .number(json_real_value(value))
    case JSON_TRUE: self = .bool(true)
    case JSON_FALSE: self = .bool(false)
    default: self = .null
    }
  }

  private typealias OpaqueJSON = UnsafeMutablePointer<json_t>
}
