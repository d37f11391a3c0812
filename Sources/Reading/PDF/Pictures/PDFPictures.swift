import CPopplerGlib
import FoundationEssentials
public import PipelineKit

/// Pictures of the pages of a PDF, drawn by Poppler and cairo.
///
/// Each is a PNG: in colour where the page has any, else in shades of grey. Costs some 50 to 300 ms a page.
public struct PDFPictures: PagePictures {
  /// Draws at most `resolution` pixels a point.
  public init(resolution: Double = 2) { self.resolution = resolution }

  private let resolution: Double

  /// Draws pages of the PDF in `content`; of what is no PDF there are none.
  ///
  /// - Throws: ``ReadingError`` with code `reader.missing`, `pdf.encrypted` or `pdf.damaged`.
  public func pictures(
    of content: SourceContent, pages: [Int], password: String?, limit: Int
  ) throws -> [Int: PagePicture] {
    guard MediaType(of: content.bytes) == .pdf else { return [:] }
    do {
      return try draw(content.bytes, pages: pages, password: password, limit: limit)
    } catch let error as ReadingError where error.code == "pdf.damaged" {
      guard let restored = restoringTrailer(of: content.bytes) else { throw error }
      return try draw(restored, pages: pages, password: password, limit: limit)
    }
  }

  private func draw(
    _ bytes: Data, pages: [Int], password: String?, limit: Int
  ) throws -> [Int: PagePicture] {
    let file = try GlibDocument(bytes, password: password, glyphLimit: 0)
    var pictures: [Int: PagePicture] = [:]
    for page in pages where (1...file.pageCount).contains(page) {
      try Task.checkCancellation()
      pictures[page] = file.picture(ofPage: page, resolution: resolution, limit: limit)
    }
    return pictures
  }
}

extension GlibDocument {
  /// What is drawn again, ever smaller, until it fits: pixels a point, as a share of the first, and whether in grey.
  private static let attempts: [(share: Double, isGrey: Bool)] = [
    (1, false), (0.8, false), (0.65, false), (0.8, true), (0.65, true), (0.5, false), (0.5, true), (0.35, true),
    (0.25, true), (0.15, true),
  ]
  /// The most pixels of a picture: a page may be as large as a wall.
  private static let pixelLimit = 8_000_000.0

  /// The largest and most colourful picture of a page that has no more than `limit` bytes; `nil` where there is none.
  fileprivate borrowing func picture(ofPage number: Int, resolution: Double, limit: Int) -> PagePicture? {
    guard let index = Int32(exactly: number - 1), let page = glib.poppler_document_get_page(handle, index) else {
      return nil
    }
    defer { glib.g_object_unref(UnsafeMutableRawPointer(page)) }
    var (width, height) = (0.0, 0.0)
    glib.poppler_page_get_size(page, &width, &height)
    guard width > 0, height > 0, (width * height).isFinite else { return nil }
    let largest = min(resolution, (Self.pixelLimit / (width * height)).squareRoot())
    var isColoured = true
    var tooLarge: (scale: Double, bytes: Int)?
    for attempt in Self.attempts {
      let isGrey = attempt.isGrey || !isColoured
      let scale = largest * attempt.share
      // A picture shrinks no faster than the number of its pixels, unless its colours go.
      if let tooLarge, !attempt.isGrey || !isColoured,
        Double(tooLarge.bytes) * (scale * scale) / (tooLarge.scale * tooLarge.scale) > Double(limit)
      {
        continue
      }
      guard let canvas = Canvas(glib, width: width, height: height, scale: scale) else { return nil }
      canvas.draw(page)
      isColoured = isColoured && canvas.isColoured
      guard let bytes = canvas.png(isGrey: isGrey || !isColoured) else { return nil }
      if bytes.count <= limit {
        return PagePicture(mediaType: "image/png", bytes: bytes, width: canvas.width, height: canvas.height)
      }
      tooLarge = (scale, bytes.count)
    }
    return nil
  }
}
