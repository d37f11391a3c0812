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
  /// Where it lay, for a document out of an archive.
  public var member: Member?

  /// Creates a source that has not been looked into.
  public init(uri: String, sha256: String = "", byteCount: Int = 0, mediaType: String = "", pageCount: Int? = nil) {
    self.uri = uri
    self.sha256 = sha256
    self.byteCount = byteCount
    self.mediaType = mediaType
    self.pageCount = pageCount
  }

  /// A document's place in an archive, and what the archive says of it.
  public struct Member: Hashable, Sendable {
    /// The archive: a path, or its place in an archive again, such as `a.zip#3`.
    public var container: String
    /// Its number, from 0, where the archive counts its entries.
    public var entry: Int?
    /// Where its record begins, in bytes, where a web archive is read by place.
    public var offset: Int?
    /// The bytes of the record as it is stored.
    public var length: Int?
    /// As the archive calls it.
    public var name: String?
    /// The bytes of the name in hexadecimal, where they are not UTF-8.
    public var nameBytes: String?
    /// The id of the web archive's record.
    public var recordID: String?
    /// What it was fetched from.
    public var targetURI: String?
    /// When it was fetched, as the record has it.
    public var date: String?
    /// The digest of the payload as the record has it, such as `sha1:…`.
    public var digest: String?

    /// A member of which no more is known than where it is.
    public init(container: String, entry: Int? = nil, offset: Int? = nil, length: Int? = nil) {
      self.container = container
      self.entry = entry
      self.offset = offset
      self.length = length
    }
  }
}
