public import DocumentModel
import PipelineKit

/// A document that is asked for: a line of a manifest, or of the standard input of `gouji worker`.
///
/// `{"v":1,"id":"a.pdf","source":{"path":"a.pdf"}}`, with more members that only the one who opens the document needs.
public struct BulkRequest: Sendable {
  /// What the document is known by in all that comes out.
  public var id: String
  /// Where it lies.
  public var source: JSONValue
  /// Why it cannot be opened at all, where that is known already.
  public var reason: String?
  /// Other members, for people.
  public var message: String?
  /// The line as it came, without its end.
  public var line: [UInt8]

  /// The most bytes of a line. A line that is sent has to fit into an empty pipe.
  public static let mostBytes = 1 << 15

  /// The most bytes of a line of a stream that are read, so that one that is too long can be answered by its id.
  public static let mostBytesRead = 1 << 20

  /// Reads a line.
  ///
  /// - Throws: ``BulkError`` with code `request.malformed`.
  public init(line: some Sequence<UInt8>) throws {
    self.line = Array(line)
    guard self.line.count <= Self.mostBytes else { throw Self.malformed("longer than \(Self.mostBytes) bytes") }
    let json: JSONValue
    do { json = try JSONValue(json: self.line) } catch { throw Self.malformed("no JSON: \(error)") }
    guard json["v"] == .integer(1) else { throw Self.malformed("'v' is not 1") }
    guard case .string(let id)? = json["id"], !id.isEmpty else { throw Self.malformed("there is no 'id'") }
    guard case .object? = json["source"], let source = json["source"] else {
      throw Self.malformed("there is no 'source'")
    }
    self.id = id
    self.source = source
    if case .string(let reason)? = json["reason"] { self.reason = reason }
    if case .string(let message)? = json["message"] { self.message = message }
  }

  /// The id, as it stands in JSON, of a line that is none; nil where it has none.
  static func key(ofMalformed line: some Sequence<UInt8>) -> [UInt8]? {
    do {
      switch try JSONValue(json: line)["id"] {
      case .string(let id)?: return JSONValue.string(id).encoded()
      case .integer(let id)?: return JSONValue.integer(id).encoded()
      default: return nil
      }
    } catch { return key(atBeginningOf: Array(line)) }
  }

  /// The same of a text that is not JSON to its end: that of the first member `id` of its object.
  private static func key(atBeginningOf line: [UInt8]) -> [UInt8]? {
    var depth = 0
    var at = 0
    var name: ArraySlice<UInt8>?
    while at < line.count {
      switch line[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ",") where depth == 1: name = nil
      case UInt8(ascii: "\""):
        guard let end = end(ofStringAt: at, in: line) else { return nil }
        let text = line[at...end]
        let next = line[(end + 1)...].first { !$0.isBlank }
        if depth == 1, next == UInt8(ascii: ":") {
          name = text
        } else if depth == 1, name?.elementsEqual("\"id\"".utf8) == true {
          do {
            guard case .array(let ids) = try JSONValue(json: Array("[".utf8) + text + Array("]".utf8)) else {
              return nil
            }
            return ids.first?.encoded()
          } catch { return nil }
        }
        at = end
      default: break
      }
      at += 1
    }
    return nil
  }

  /// Where the string that begins at `start` ends.
  private static func end(ofStringAt start: Int, in line: [UInt8]) -> Int? {
    var at = start + 1
    while at < line.count {
      if line[at] == UInt8(ascii: "\"") { return at }
      at += line[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private static func malformed(_ reason: String) -> BulkError {
    BulkError("request.malformed", "the request is not as it must be: \(reason)")
  }

  /// The id as it stands in JSON, which is what ids are compared by.
  var key: [UInt8] { JSONValue.string(id).encoded() }
}

extension UInt8 {
  /// White space of JSON.
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }
}
