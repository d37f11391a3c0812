public import DocumentModel

/// The program that made a result.
public struct Generator: Sendable {
  /// Version of Gouji.
  public var version: String
  /// Version of the Poppler it is linked with.
  public var poppler: String

  /// Names the versions.
  public init(version: String, poppler: String) {
    self.version = version
    self.poppler = poppler
  }

  /// `{"name", "version", "poppler"}`.
  public var json: JSONValue { ["name": "gouji", "version": .string(version), "poppler": .string(poppler)] }
}

extension Source {
  /// `{"uri", "sha256", "bytes", "media_type", "pages", "member"}`.
  public var json: JSONValue {
    [
      "uri": .string(uri), "sha256": .string(sha256), "bytes": .integer(byteCount),
      "media_type": .string(orNull: mediaType.isEmpty ? nil : mediaType), "pages": .integer(orNull: pageCount),
      "member": member?.json ?? .null,
    ]
  }
}

extension Source.Member {
  /// `{"container", "entry" | "offset", "length", …}`; what the archive does not say is left out.
  private var members: [(String, JSONValue?)] {
    [
      ("container", .string(container)), ("entry", entry.map { .integer($0) }), ("offset", offset.map { .integer($0) }),
      ("length", length.map { .integer($0) }), ("name", name.map { .string($0) }),
      ("name_bytes", nameBytes.map { .string($0) }), ("record_id", recordID.map { .string($0) }),
      ("target_uri", targetURI.map { .string($0) }),
      ("date", date.map { .string($0) }), ("digest", digest.map { .string($0) }),
    ]
  }

  fileprivate var json: JSONValue {
    .object(members.compactMap { key, value in value.map { JSONValue.Member(key, $0) } })
  }
}
