/// Where a document came from.
public struct Source: Hashable, Sendable {
  /// The path or address as it was given; `-` for standard input.
  public var uri: String
  /// SHA-256 of the bytes, in lower-case hexadecimal.
  public var sha256: String
  /// The number of bytes.
  public var byteCount: Int
  /// The media type found by looking at the content, never at the name; empty until the document is read.
  public var mediaType: String
  /// The number of pages of a paged source.
  public var pageCount: Int?

  /// Creates a source that has not been looked into.
  public init(uri: String, sha256: String = "", byteCount: Int = 0, mediaType: String = "", pageCount: Int? = nil) {
    self.uri = uri
    self.sha256 = sha256
    self.byteCount = byteCount
    self.mediaType = mediaType
    self.pageCount = pageCount
  }
}
