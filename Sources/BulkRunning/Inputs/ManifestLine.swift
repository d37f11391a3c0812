public import DocumentModel
import PipelineKit

/// One document of a bulk run, as a line of a manifest: `{"v":1,"id":…,"source":{…},…}`.
///
/// All but the source may be missing. A line with a ``reason`` stands for what is there and cannot be a document.
public struct ManifestLine: Hashable, Sendable {
  /// What tells it from all others of the run; the address, unless somebody named it otherwise.
  public var id: String
  /// Where it is.
  public var address: DocumentAddress
  /// Its name in the archive.
  public var name: RawName?
  /// How many bytes it has, as the archive says; it may lie.
  public var bytes: Int?
  /// SHA-256 of the document, in lower-case hexadecimal.
  public var sha256: String?
  /// What a web archive's record was fetched from.
  public var targetURI: String?
  /// When it was fetched, as the record has it.
  public var date: String?
  /// The id of the record.
  public var recordID: String?
  /// The stable code of why it cannot be opened.
  public var reason: String?
  /// The reason in words.
  public var message: String?

  /// The bytes of a name or an address that a list gives; whoever made an archive may have written millions.
  static let mostBytes = 2048

  /// A line that says no more than where the document is.
  public init(_ address: DocumentAddress, id: String? = nil) {
    self.address = address
    self.id = id ?? address.id
  }

  /// A line for what cannot be opened.
  public init(_ address: DocumentAddress, failed error: BulkError) {
    self.init(address)
    (reason, message) = (error.code, error.message)
  }
}

extension ManifestLine {
  /// The line's object; what is not known is left out. A name that is not UTF-8 has its bytes in hexadecimal beside it.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("v", 1), .init("id", .string(id)), .init("source", address.json),
    ]
    func add(_ key: String, _ value: JSONValue?) {
      if let value { members.append(.init(key, value)) }
    }
    add("name", name.map { .string($0.shown) })
    if let name, name.text == nil { add("name_bytes", .string(RawName.hexadecimal(name.bytes))) }
    add("bytes", bytes.map { .integer($0) })
    add("sha256", sha256.map { .string($0) })
    add("target_uri", targetURI.map { .string($0) })
    add("date", date.map { .string($0) })
    add("record_id", recordID.map { .string($0) })
    add("reason", reason.map { .string($0) })
    add("message", message.map { .string($0) })
    return .object(members)
  }

  /// Reads a line.
  ///
  /// - Throws: ``BulkError`` with the code `manifest.invalid`.
  public init(json line: some Sequence<UInt8>) throws(BulkError) {
    let value: JSONValue
    do { value = try JSONValue(json: line) } catch {
      throw BulkError("manifest.invalid", "\(error)", underlying: error)
    }
    try self.init(value)
  }

  /// Reads the object of a line.
  ///
  /// - Throws: ``BulkError`` with the code `manifest.invalid`.
  public init(_ value: JSONValue) throws(BulkError) {
    guard case .object? = value["source"], let source = value["source"] else {
      throw BulkError("manifest.invalid", "there is no object 'source'")
    }
    if let version = value["v"], version != 1 { throw BulkError("manifest.invalid", "'v' is not 1") }
    func text(_ key: String) throws(BulkError) -> String? {
      switch value[key] {
      case .string(let text)?: return text
      case nil, .null?: return nil
      default: throw BulkError("manifest.invalid", "'\(key)' is no text")
      }
    }
    let id = try text("id")
    if id?.isEmpty == true { throw BulkError("manifest.invalid", "'id' is empty") }
    self.init(try DocumentAddress(json: source), id: id)
    if let digits = try text("name_bytes"), let bytes = RawName.bytes(hexadecimal: digits) {
      name = RawName(bytes: bytes)
    } else if let shown = try text("name") {
      name = RawName(shown)
    }
    if case .integer(let count)? = value["bytes"] { bytes = count }
    sha256 = try text("sha256")
    targetURI = try text("target_uri")
    date = try text("date")
    recordID = try text("record_id")
    reason = try text("reason")
    message = try text("message")
  }
}
