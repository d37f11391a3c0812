import CPoppler
import CPopplerGlib
import DocumentModel
import FoundationEssentials

/// A PDF, read through Poppler's public GLib interface.
///
/// Glyphs come in Poppler's reading order, lines ending without a glyph. Spaces are those that Poppler infers. Text
/// direction and visibility are not told, rulings and pictures are not read.
struct GlibDocument: ~Copyable, PagedDocument {
  let glib: gouji_poppler_glib
  let handle: UnsafeMutableRawPointer
  private let glyphLimit: Int

  /// Opens the document in `data`, of which it keeps a copy.
  ///
  /// - Throws: ``ReadingError`` with code `pdf.encrypted`, `pdf.damaged` or `reader.missing`.
  init(_ data: Data, password: String?, glyphLimit: Int) throws {
    guard let glib = gouji_poppler_glib()?.pointee else {
      throw ReadingError.withoutLibrary(String(cString: gouji_poppler_glib_fault()))
    }
    gouji_poppler_prepare()
    let bytes = data.withUnsafeBytes { glib.g_bytes_new($0.baseAddress, $0.count) }
    defer { glib.g_bytes_unref(bytes) }
    // Opening from bytes crashes in Poppler 22.12 when the password is wrong; a stream of the same bytes does not.
    let stream = glib.g_memory_input_stream_new_from_bytes(bytes)
    defer { glib.g_object_unref(stream) }
    var fault: UnsafeMutablePointer<gouji_glib_error>?
    guard let handle = glib.poppler_document_new_from_stream(stream, Int64(data.count), password, nil, &fault) else {
      let code = fault?.pointee.code
      glib.g_clear_error(&fault)
      if code == CInt(GOUJI_POPPLER_ERROR_ENCRYPTED) { throw ReadingError.encrypted(hasPassword: password != nil) }
      throw ReadingError.damaged
    }
    guard glib.poppler_document_get_n_pages(handle) > 0 else {
      glib.g_object_unref(handle)
      throw ReadingError.withoutPages
    }
    self.glib = glib
    self.handle = handle
    self.glyphLimit = glyphLimit
  }

  deinit { glib.g_object_unref(handle) }

  var pageCount: Int { Int(glib.poppler_document_get_n_pages(handle)) }
  /// Not told by this interface.
  var wasRepaired: Bool { false }

  borrowing func page(_ number: Int) throws -> PageReading? {
    guard let index = Int32(exactly: number - 1), let drawn = glib.poppler_document_get_page(handle, index) else {
      return nil
    }
    defer { glib.g_object_unref(UnsafeMutableRawPointer(drawn)) }
    var (width, height) = (0.0, 0.0)
    glib.poppler_page_get_size(drawn, &width, &height)
    var page = Page(number: number, width: width, height: height)

    var rectangles: UnsafeMutablePointer<gouji_poppler_rectangle>?
    var count: CUnsignedInt = 0
    defer { glib.g_free(rectangles) }
    guard glib.poppler_page_get_text_layout(drawn, &rectangles, &count) != 0,
      let text = glib.poppler_page_get_text(drawn)
    else {
      return PageReading(page: page)
    }
    defer { glib.g_free(text) }
    guard count <= glyphLimit else { throw ReadingError.tooManyGlyphs(page: number, limit: glyphLimit) }
    let runs = FontRuns(of: drawn, by: glib)
    page.fonts = runs.names
    page.glyphs.reserveCapacity(Int(count))
    var overprints = Overprints()
    var run = runs.runs.makeIterator()
    var current = run.next()
    for (offset, scalar) in String(cString: text).unicodeScalars.enumerated().prefix(Int(count)) {
      while let last = current?.last, last < offset { current = run.next() }
      // A line end has no place on the page.
      guard scalar != "\n", scalar != "\u{C}", let rectangle = rectangles?[offset] else { continue }
      let box = Box(
        min(rectangle.x1, rectangle.x2), min(rectangle.y1, rectangle.y2), max(rectangle.x1, rectangle.x2),
        max(rectangle.y1, rectangle.y2))
      guard box.midX >= 0, box.midX <= width, box.midY >= 0, box.midY <= height else { continue }
      let glyph = Glyph(scalar, box: box, size: current?.size ?? box.height, font: current?.font ?? 0)
      overprints.add(glyph, to: &page.glyphs)
    }
    return PageReading(page: page)
  }
}

/// Which characters of a page's text are set in which font.
private struct FontRuns {
  var names: [String] = []
  /// Ascending; `last` is the offset of the last character, in Unicode scalars.
  var runs: [(last: Int, size: Double, font: Int)] = []

  init(of page: UnsafeMutableRawPointer, by glib: gouji_poppler_glib) {
    let attributes = glib.poppler_page_get_text_attributes(page)
    defer { glib.poppler_page_free_text_attributes(attributes) }
    var indices: [String: Int] = [:]
    var item = attributes
    while let node = item {
      if let run = node.pointee.data?.assumingMemoryBound(to: gouji_poppler_attributes.self).pointee {
        let name = run.font_name.map { String(cString: $0) } ?? ""
        let font = indices[name] ?? names.count
        if font == names.count {
          names.append(name)
          indices[name] = font
        }
        runs.append((Int(run.end_index), run.font_size, font))
      }
      item = node.pointee.next
    }
  }
}
