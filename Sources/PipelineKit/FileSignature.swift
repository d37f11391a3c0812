/// What kind of file the first bytes say it is, where they are a signature.
public struct FileSignature: Hashable, Sendable {
  /// The media type, such as `application/gzip`.
  public var mediaType: String
  /// What a person calls such a file, with its article.
  public var name: String

  /// Looks at the first bytes of a file, of which 512 are enough; nil where they are no signature that is known.
  ///
  /// A signature stands at the very start, but for that of tar, which stands at 257. That of a PDF is not among them: it
  /// may stand later.
  public init?(of head: [UInt8]) {
    if head.dropFirst(257).starts(with: "ustar".utf8) {
      self.init("application/x-tar", "a tar archive")
      return
    }
    guard let known = Self.known.first(where: { head.starts(with: $0.bytes) }) else { return nil }
    self = known.signature
  }

  private init(_ mediaType: String, _ name: String) { (self.mediaType, self.name) = (mediaType, name) }

  private static let known: [(bytes: [UInt8], signature: FileSignature)] = [
    ([0x50, 0x4B, 0x03, 0x04], FileSignature("application/zip", "a ZIP archive")),
    ([0x50, 0x4B, 0x05, 0x06], FileSignature("application/zip", "an empty ZIP archive")),
    ([0x1F, 0x8B], FileSignature("application/gzip", "a gzip file")),
    ([0x42, 0x5A, 0x68], FileSignature("application/x-bzip2", "a bzip2 file")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], FileSignature("application/x-xz", "an xz file")),
    ([0x28, 0xB5, 0x2F, 0xFD], FileSignature("application/zstd", "a Zstandard file")),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], FileSignature("application/x-7z-compressed", "a 7z archive")),
    (Array("Rar!".utf8), FileSignature("application/vnd.rar", "a RAR archive")),
    ([0x89, 0x50, 0x4E, 0x47], FileSignature("image/png", "a PNG picture")),
    ([0xFF, 0xD8, 0xFF], FileSignature("image/jpeg", "a JPEG picture")),
    (Array("GIF8".utf8), FileSignature("image/gif", "a GIF picture")),
    ([0x49, 0x49, 0x2A, 0x00], FileSignature("image/tiff", "a TIFF picture")),
    ([0x4D, 0x4D, 0x00, 0x2A], FileSignature("image/tiff", "a TIFF picture")),
    (
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
      FileSignature("application/x-ole-storage", "an old Office document")
    ),
    (Array("{\\rtf".utf8), FileSignature("application/rtf", "an RTF document")),
    (Array("WARC/".utf8), FileSignature("application/warc", "a web archive")),
  ]
}
