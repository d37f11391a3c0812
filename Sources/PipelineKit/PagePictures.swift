/// What draws the pages of a source for a person to look at.
///
/// A room that shows pages has no reader: it takes this, and the program fills it in.
public protocol PagePictures: Sendable {
  /// Pictures of the pages with these 1-based numbers, by number; a page that cannot be drawn has none.
  ///
  /// A picture shows the page as displayed, with its edges at the edges of the picture, so that a box of the page in points,
  /// times the picture's width over the page's, is the box in pixels.
  ///
  /// - Parameters:
  ///   - password: that of an encrypted source.
  ///   - limit: the most bytes of a picture; resolution and colours are lowered until it holds.
  /// - Throws: where none can be drawn.
  func pictures(
    of content: SourceContent, pages: [Int], password: String?, limit: Int
  ) throws -> [Int: PagePicture]
}

/// A drawn page.
public struct PagePicture: Sendable {
  /// Such as `image/png`.
  public var mediaType: String
  /// The file.
  public var bytes: [UInt8]
  /// In pixels.
  public var width: Int
  /// In pixels.
  public var height: Int

  /// Takes a picture.
  public init(mediaType: String, bytes: [UInt8], width: Int, height: Int) {
    (self.mediaType, self.bytes, self.width, self.height) = (mediaType, bytes, width, height)
  }
}
