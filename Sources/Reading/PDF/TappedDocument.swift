import CPoppler
import DocumentModel
import FoundationEssentials

/// A PDF, read through the tap into Poppler's interpreter.
struct TappedDocument: ~Copyable, PagedDocument {
  /// Strokes, filled rectangles and pictures of a page beyond this number are left out: maps and charts.
  static let segmentLimit = 200_000

  private let bytes: UnsafeMutableRawBufferPointer
  private let handle: OpaquePointer
  private let glyphLimit: Int

  /// Opens the document in `data`, of which it keeps a copy.
  ///
  /// - Throws: ``ReadingError`` with code `pdf.encrypted` or `pdf.damaged`.
  init(_ data: Data, password: String?, glyphLimit: Int) throws {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: data.count, alignment: 16)
    data.withUnsafeBytes { bytes.copyMemory(from: $0) }
    var status = GOUJI_POPPLER_OK
    guard let handle = gouji_poppler_open(bytes.baseAddress, bytes.count, password, &status) else {
      bytes.deallocate()
      switch status {
      case GOUJI_POPPLER_ENCRYPTED: throw ReadingError.encrypted(hasPassword: password != nil)
      case GOUJI_POPPLER_NO_PAGES: throw ReadingError.withoutPages
      default: throw ReadingError.damaged
      }
    }
    self.bytes = bytes
    self.handle = handle
    self.glyphLimit = glyphLimit
  }

  deinit {
    gouji_poppler_close(handle)
    bytes.deallocate()
  }

  var pageCount: Int { Int(gouji_poppler_page_count(handle)) }
  var wasRepaired: Bool { gouji_poppler_was_repaired(handle) == 1 }

  var contents: PDFContents {
    var found = gouji_poppler_contents()
    gouji_poppler_list_contents(handle, &found)
    let names = UnsafeBufferPointer(start: found.file_names, count: found.file_name_count).map { name in
      name.bytes.map { Self.text(Array(UnsafeRawBufferPointer(start: $0, count: name.count))) } ?? ""
    }
    return PDFContents(
      fileNames: names, fileCount: found.file_count, isPortfolio: found.is_portfolio == 1, isXFA: found.is_xfa == 1)
  }

  /// A text string of a PDF; what is in no encoding of Unicode is read as Latin-1, which PDFDocEncoding mostly is.
  private static func text(_ bytes: [UInt8]) -> String {
    if bytes.starts(with: [0xFE, 0xFF]) {
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
      return String(decoding: units, as: UTF16.self)
    }
    let plain = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    if let text = String(validating: plain, as: UTF8.self) { return text }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  borrowing func page(_ number: Int) throws -> PageReading? {
    guard let index = Int32(exactly: number) else { return nil }
    var drawn = gouji_poppler_page()
    let limits = gouji_poppler_limits(glyphs: glyphLimit, segments: Self.segmentLimit)
    switch gouji_poppler_read_page(handle, index, limits, &drawn) {
    case GOUJI_POPPLER_OK: break
    case GOUJI_POPPLER_TOO_MANY_GLYPHS: throw ReadingError.tooManyGlyphs(page: number, limit: glyphLimit)
    default: return nil
    }
    var page = Page(number: number, width: drawn.width, height: drawn.height)
    page.fonts = UnsafeBufferPointer(start: drawn.fonts, count: drawn.font_count).map { name in
      name.map { String(cString: $0) } ?? ""
    }
    let segments = UnsafeBufferPointer(start: drawn.segments, count: drawn.segment_count)
    page.rulings = rulings(segments)
    page.fills = fills(segments)
    page.images = UnsafeBufferPointer(start: drawn.images, count: drawn.image_count).map { Box($0) }
    page.drawings = UnsafeBufferPointer(start: drawn.drawings, count: drawn.drawing_count).map { Box($0) }
    page.rulings += page.images.compactMap { ruling(drawnAs: $0) }
    lazy var grounds = colouredFills(segments)
    // What a picture or a drawing colours is not known.
    let mayHaveGround =
      drawn.has_unknown_ground == 1 || drawn.segments_cut == 1 || !page.images.isEmpty || !page.drawings.isEmpty
    let isOnGround = { (box: Box) in
      mayHaveGround
        || grounds.contains { $0.x0 <= box.midX && box.midX <= $0.x1 && $0.y0 <= box.midY && box.midY <= $0.y1 }
    }
    let (glyphs, slanted, white) = upright(
      UnsafeBufferPointer(start: drawn.glyphs, count: drawn.glyph_count), on: page, isOnGround: isOnGround)
    page.glyphs = glyphs
    return PageReading(
      page: page, unmappedFonts: drawn.unmapped_fonts, slantedGlyphs: slanted, whiteDigits: white, notes: drawn.notes,
      isCut: drawn.segments_cut == 1)
  }
}

extension Box {
  fileprivate init(_ box: gouji_poppler_box) {
    self.init(Double(box.x0), Double(box.y0), Double(box.x1), Double(box.y1))
  }
}

/// Glyphs whose middle is on the page, each character once, and the number of those left out because they are slanted.
///
/// Slanted text among straight text is a watermark or a seal and lies across what it does not belong to; where most of a
/// page is slanted, the page is. Hidden glyphs are kept and marked: whether a text layer under a scan is wanted is for later
/// stages to say. So are white ones that nothing `isOnGround` tells is drawn below; of these the digits are counted.
private func upright(
  _ drawn: UnsafeBufferPointer<gouji_poppler_glyph>, on page: Page, isOnGround: (Box) -> Bool
) -> (glyphs: [Glyph], slanted: Int, whiteDigits: Int) {
  let slanted = drawn.count { $0.slanted == 1 }
  let keepsSlanted = slanted * 2 > drawn.count
  var result: [Glyph] = []
  result.reserveCapacity(drawn.count)
  var overprints = Overprints()
  var whiteDigits = 0
  for item in drawn {
    let box = Box(Double(item.x0), Double(item.y0), Double(item.x1), Double(item.y1))
    // Also false where a coordinate is not a number.
    guard box.midX >= 0, box.midX <= page.width, box.midY >= 0, box.midY <= page.height, item.size > 0,
      max(Double(item.size), box.width) <= page.width + page.height,
      keepsSlanted || item.slanted == 0
    else { continue }
    let isWhite = item.white == 1 && item.hidden == 0 && !isOnGround(box)
    let glyph = Glyph(
      Unicode.Scalar(item.scalar) ?? "\u{FFFD}", box: box, size: Double(item.size), font: Int(item.font),
      direction: Glyph.Direction(rawValue: item.direction) ?? .right, isHidden: item.hidden == 1 || isWhite)
    if isWhite, glyph.scalar.isDigit { whiteDigits += 1 }
    overprints.add(glyph, to: &result)
  }
  return (result, keepsSlanted ? 0 : slanted, whiteDigits)
}
