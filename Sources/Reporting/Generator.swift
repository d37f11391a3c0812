import DocumentModel

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
  var json: JSONValue { ["name": "gouji", "version": .string(version), "poppler": .string(poppler)] }
}

extension Source {
  /// `{"uri", "sha256", "bytes", "media_type", "pages", "member"}`.
  var json: JSONValue {
    [
      "uri": .string(uri), "sha256": .string(sha256), "bytes": .integer(byteCount),
      "media_type": .string(orNull: mediaType.isEmpty ? nil : mediaType), "pages": .integer(orNull: pageCount),
      "member": .null,
    ]
  }
}
