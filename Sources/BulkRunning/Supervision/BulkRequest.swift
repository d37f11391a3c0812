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
    } catch { return nil }
  }

  private static func malformed(_ reason: String) -> BulkError {
    BulkError("request.malformed", "the request is not as it must be: \(reason)")
  }

  /// The id as it stands in JSON, which is what ids are compared by.
  var key: [UInt8] { JSONValue.string(id).encoded() }
}
