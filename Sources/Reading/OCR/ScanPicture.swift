import CLeptonica
import CPopplerGlib
import DocumentModel

extension GlibDocument {
  /// The page as a picture with all its colours, at the resolution of the largest picture on it, and its pixels a point.
  ///
  /// A scan comes out pixel by pixel as it was stored, whatever its format and however many strips it has.
  ///
  /// - Parameters:
  ///   - number: counted from 1.
  ///   - resolution: the least and the most pixels an inch.
  ///   - pixelLimit: the most pixels.
  /// - Returns: `nil` where the page cannot be drawn.
  borrowing func scan(
    ofPage number: Int, resolution: ClosedRange<Double>, pixelLimit: Int, _ library: UnsafePointer<gouji_leptonica>
  ) throws -> Scan? {
    guard let index = Int32(exactly: number - 1), let page = glib.poppler_document_get_page(handle, index) else {
      return nil
    }
    defer { glib.g_object_unref(UnsafeMutableRawPointer(page)) }
    var (width, height) = (0.0, 0.0)
    glib.poppler_page_get_size(page, &width, &height)
    guard width > 0, height > 0, (width * height).isFinite else { return nil }
    let stored = storedResolution(of: page) ?? resolution.upperBound
    let largest = (Double(pixelLimit) / (width * height)).squareRoot()
    let scale = min(max(min(stored, resolution.upperBound), resolution.lowerBound) / 72, largest)
    guard let canvas = Canvas(glib, width: width, height: height, scale: scale) else { return nil }
    canvas.draw(page)
    let picture = try Raster(width: canvas.width, height: canvas.height, depth: 32, library)
    guard let words = picture.words else { return nil }
    let stride = picture.wordsPerRow
    canvas.eachRow(numbered: { y, row in
      guard let first = row.baseAddress else { return }
      (words + y * stride).update(from: first, count: row.count)
    })
    return Scan(grey: try picture.grey(), scale: scale)
  }

  /// Pixels an inch of the largest picture.
  private borrowing func storedResolution(of page: UnsafeMutableRawPointer) -> Double? {
    let list = glib.poppler_page_get_image_mapping(page)
    defer { glib.poppler_page_free_image_mapping(list) }
    var largest: (area: Double, image: gouji_poppler_image)?
    var item = list
    while let node = item {
      if let image = node.pointee.data?.assumingMemoryBound(to: gouji_poppler_image.self).pointee {
        let area = abs((image.area.x2 - image.area.x1) * (image.area.y2 - image.area.y1))
        if area > largest?.area ?? 0 { largest = (area, image) }
      }
      item = node.pointee.next
    }
    guard let image = largest?.image, let surface = glib.poppler_page_get_image(page, image.image_id) else {
      return nil
    }
    defer { glib.cairo_surface_destroy(surface) }
    let pixels = [glib.cairo_image_surface_get_width(surface), glib.cairo_image_surface_get_height(surface)].sorted()
    let points = [abs(image.area.x2 - image.area.x1), abs(image.area.y2 - image.area.y1)].sorted()
    guard pixels[1] > 0, points[1] > 0 else { return nil }
    return Double(pixels[1]) / points[1] * 72
  }
}

/// A page as a picture.
struct Scan: ~Copyable {
  /// In shades of grey.
  let grey: Raster
  /// Pixels a point.
  let scale: Double

  /// Pixels a millimetre.
  var millimetre: Double { scale * 72 / 25.4 }

  /// The scan of a sheet on which the text runs in `direction`, turned so that it stands upright.
  borrowing func turned(_ direction: Glyph.Direction) throws -> Scan {
    Scan(grey: try grey.turned(quarters: (4 - Int(direction.rawValue)) % 4), scale: scale)
  }
}
