import CPopplerGlib

/// A white sheet of pixels that cairo draws a page on.
struct Canvas: ~Copyable {
  /// In pixels.
  let width: Int
  /// In pixels.
  let height: Int
  private let glib: gouji_poppler_glib
  private let surface: UnsafeMutableRawPointer
  /// Pixels a point across and down; not quite the same, as the edges of the page are those of whole pixels.
  private let scale: (x: Double, y: Double)

  /// A sheet for a page of this size in points; `nil` where there is no memory for it.
  init?(_ glib: gouji_poppler_glib, width: Double, height: Double, scale: Double) {
    self.glib = glib
    self.width = max(1, Int((width * scale).rounded()))
    self.height = max(1, Int((height * scale).rounded()))
    self.scale = (Double(self.width) / width, Double(self.height) / height)
    surface = glib.cairo_image_surface_create(
      CInt(GOUJI_CAIRO_FORMAT_RGB24), CInt(self.width), CInt(self.height))
    guard glib.cairo_surface_status(surface) == 0 else { return nil }
  }

  deinit { glib.cairo_surface_destroy(surface) }

  /// Draws a page of Poppler's, as displayed.
  borrowing func draw(_ page: UnsafeMutableRawPointer) {
    let cairo = glib.cairo_create(surface)
    defer { glib.cairo_destroy(cairo) }
    glib.cairo_set_source_rgb(cairo, 1, 1, 1)
    glib.cairo_paint(cairo)
    glib.cairo_scale(cairo, scale.x, scale.y)
    glib.poppler_page_render(page, cairo)
    glib.cairo_surface_flush(surface)
  }

  /// Whether a pixel is more than a shade of grey.
  var isColoured: Bool {
    var found = false
    eachRow { row in
      found =
        found
        || row.contains { pixel in
          let (red, green, blue) = (pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255)
          return max(red, green, blue) - min(red, green, blue) > 24
        }
    }
    return found
  }

  /// The sheet as a PNG, with sixteen shades of each colour: more are not seen in print, and make up most of the file.
  borrowing func png(isGrey: Bool) -> [UInt8]? {
    guard isGrey else {
      eachRow { row in
        for index in row.indices {
          row[index] = row[index] & 0x00F0_F0F0 | row[index] >> 4 & 0x000F_0F0F
        }
      }
      glib.cairo_surface_mark_dirty(surface)
      return written(surface)
    }
    let grey = glib.cairo_image_surface_create(CInt(GOUJI_CAIRO_FORMAT_A8), CInt(width), CInt(height))
    defer { glib.cairo_surface_destroy(grey) }
    guard glib.cairo_surface_status(grey) == 0, let pixels = glib.cairo_image_surface_get_data(grey) else { return nil }
    let stride = Int(glib.cairo_image_surface_get_stride(grey))
    var y = 0
    eachRow { row in
      for (x, pixel) in row.enumerated() {
        // The shares of the colours in what the eye takes for brightness (Rec. 601), in 1/256.
        let shade = ((pixel >> 16 & 255) * 77 + (pixel >> 8 & 255) * 150 + (pixel & 255) * 29) >> 8
        pixels[y * stride + x] = UInt8(shade & 0xF0 | shade >> 4)
      }
      y += 1
    }
    glib.cairo_surface_mark_dirty(grey)
    return written(grey)
  }

  private borrowing func eachRow(_ body: (UnsafeMutableBufferPointer<UInt32>) -> Void) {
    eachRow(numbered: { body($1) })
  }

  /// Shows the pixels of each row, 0x00RRGGBB, from the top.
  borrowing func eachRow(numbered body: (Int, UnsafeMutableBufferPointer<UInt32>) -> Void) {
    guard let pixels = glib.cairo_image_surface_get_data(surface) else { return }
    let stride = Int(glib.cairo_image_surface_get_stride(surface))
    for y in 0..<height {
      (UnsafeMutableRawPointer(pixels) + y * stride).withMemoryRebound(to: UInt32.self, capacity: width) {
        body(y, UnsafeMutableBufferPointer(start: $0, count: width))
      }
    }
  }

  private borrowing func written(_ surface: UnsafeMutableRawPointer) -> [UInt8]? {
    var file: [UInt8] = []
    let status = withUnsafeMutablePointer(to: &file) { file in
      glib.cairo_surface_write_to_png_stream(
        surface,
        { closure, bytes, count in
          closure?.assumingMemoryBound(to: [UInt8].self).pointee
            .append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
          return 0
        }, file)
    }
    return status == 0 ? file : nil
  }
}
