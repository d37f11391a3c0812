import CPoppler
import CPopplerGlib
import DocumentModel
import Foundation

/// A PDF, read through Poppler's public GLib interface.
///
/// Glyphs come in Poppler's reading order, lines ending without a glyph. Spaces are those that Poppler infers. Text
/// direction and visibility are not told, rulings and pictures are not read.
struct GlibDocument: ~Copyable, PagedDocument {
  private let handle: OpaquePointer
  private let glyphLimit: Int

  /// Opens the document in `data`, of which it keeps a copy.
  ///
  /// - Throws: ``ReadingError`` with code `pdf.encrypted` or `pdf.damaged`.
  init(_ data: Data, password: String?, glyphLimit: Int) throws {
    gouji_poppler_prepare()
    let bytes = data.withUnsafeBytes { g_bytes_new($0.baseAddress, gsize($0.count)) }
    defer { g_bytes_unref(bytes) }
    // Opening from bytes crashes in Poppler 22.12 when the password is wrong; a stream of the same bytes does not.
    let stream = g_memory_input_stream_new_from_bytes(bytes)
    defer { g_object_unref(stream) }
    var fault: UnsafeMutablePointer<GError>?
    guard let handle = poppler_document_new_from_stream(stream, goffset(data.count), password, nil, &fault) else {
      let code = fault?.pointee.code
      g_clear_error(&fault)
      if code == gint(POPPLER_ERROR_ENCRYPTED.rawValue) { throw ReadingError.encrypted(hasPassword: password != nil) }
      throw ReadingError.damaged
    }
    guard poppler_document_get_n_pages(handle) > 0 else {
      g_object_unref(UnsafeMutableRawPointer(handle))
      throw ReadingError.withoutPages
    }
    self.handle = handle
    self.glyphLimit = glyphLimit
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(handle)) }

  var pageCount: Int { Int(poppler_document_get_n_pages(handle)) }
  /// Not told by this interface.
  var wasRepaired: Bool { false }

  borrowing func page(_ number: Int) throws -> PageReading? {
    guard let index = Int32(exactly: number - 1), let drawn = poppler_document_get_page(handle, index) else {
      return nil
    }
    defer { g_object_unref(UnsafeMutableRawPointer(drawn)) }
    var (width, height) = (0.0, 0.0)
    poppler_page_get_size(drawn, &width, &height)
    var page = Page(number: number, width: width, height: height)

    var rectangles: UnsafeMutablePointer<PopplerRectangle>?
    var count: guint = 0
    defer { g_free(rectangles) }
    guard poppler_page_get_text_layout(drawn, &rectangles, &count) != 0, let text = poppler_page_get_text(drawn) else {
      return PageReading(page: page)
    }
    defer { g_free(text) }
    guard count <= glyphLimit else { throw ReadingError.tooManyGlyphs(page: number, limit: glyphLimit) }
    let runs = FontRuns(of: drawn)
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

  init(of page: OpaquePointer) {
    let attributes = poppler_page_get_text_attributes(page)
    defer { poppler_page_free_text_attributes(attributes) }
    var indices: [String: Int] = [:]
    var item = attributes
    while let node = item {
      if let run = node.pointee.data?.assumingMemoryBound(to: PopplerTextAttributes.self).pointee {
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
