import CLeptonica

/// A rectangle of pixels; the right and lower edges are not part of it.
struct PixelBox: Hashable {
  var x0: Int
  var y0: Int
  var x1: Int
  var y1: Int

  init(_ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int) {
    (self.x0, self.y0, self.x1, self.y1) = (x0, y0, x1, y1)
  }

  var width: Int { x1 - x0 }
  var height: Int { y1 - y0 }
  var area: Int { width * height }
  var midX: Double { Double(x0 + x1) / 2 }
  var midY: Double { Double(y0 + y1) / 2 }

  func union(_ other: PixelBox) -> PixelBox {
    PixelBox(min(x0, other.x0), min(y0, other.y0), max(x1, other.x1), max(y1, other.y1))
  }

  func grown(by x: Int, _ y: Int) -> PixelBox { PixelBox(x0 - x, y0 - y, x1 + x, y1 + y) }

  func moved(by x: Int, _ y: Int) -> PixelBox { PixelBox(x0 + x, y0 + y, x1 + x, y1 + y) }

  func clipped(to other: PixelBox) -> PixelBox {
    PixelBox(max(x0, other.x0), max(y0, other.y0), min(x1, other.x1), min(y1, other.y1))
  }

  func contains(_ x: Double, _ y: Double) -> Bool {
    x >= Double(x0) && x < Double(x1) && y >= Double(y0) && y < Double(y1)
  }

  func overlaps(_ other: PixelBox) -> Bool { x0 < other.x1 && other.x0 < x1 && y0 < other.y1 && other.y0 < y1 }
}

/// A picture in Leptonica's hands: 8 bits a pixel for shades of grey, 255 white, or 1 bit a pixel for ink, 1 black.
struct Raster: ~Copyable {
  let pix: UnsafeMutableRawPointer
  let width: Int
  let height: Int
  private let library: UnsafePointer<gouji_leptonica>

  /// Takes a picture that nobody else has.
  ///
  /// - Throws: ``ReadingError`` with code `ocr.failed` where the library could not make it.
  init(_ pix: UnsafeMutableRawPointer?, _ library: UnsafePointer<gouji_leptonica>) throws {
    guard let pix else { throw ReadingError("ocr.failed", "a picture of the page could not be made") }
    self.pix = pix
    self.library = library
    width = Int(library.pointee.pixGetWidth(pix))
    height = Int(library.pointee.pixGetHeight(pix))
  }

  /// A picture of nothing, by the library of this process.
  ///
  /// - Throws: ``ReadingError`` with code `reader.missing`.
  init(width: Int, height: Int, depth: Int) throws {
    try self.init(width: width, height: height, depth: depth, try Self.loadedLibrary())
  }

  /// - Throws: ``ReadingError`` with code `reader.missing`.
  static func loadedLibrary() throws -> UnsafePointer<gouji_leptonica> {
    guard let library = gouji_leptonica() else {
      throw ReadingError.withoutTesseract(String(cString: gouji_leptonica_fault()))
    }
    return library
  }

  /// A picture of nothing.
  init(width: Int, height: Int, depth: Int, _ library: UnsafePointer<gouji_leptonica>) throws {
    try self.init(library.pointee.pixCreate(CInt(width), CInt(height), CInt(depth)), library)
  }

  deinit {
    var pix: UnsafeMutableRawPointer? = pix
    library.pointee.pixDestroy(&pix)
  }

  var bounds: PixelBox { PixelBox(0, 0, width, height) }

  /// In rows of native 32-bit words, from the left in the highest bits.
  var words: UnsafeMutablePointer<UInt32>? { library.pointee.pixGetData(pix) }
  var wordsPerRow: Int { Int(library.pointee.pixGetWpl(pix)) }

  // MARK: Shades of grey

  /// Red and green make the shade, so that red seals are paler than the text below them.
  borrowing func grey() throws -> Raster { try Raster(library.pointee.pixConvertRGBToGray(pix, 0, 0.5, 0.5), library) }

  /// How often each shade occurs, in every third row and column.
  var shades: [Int] {
    var counts = [Int](repeating: 0, count: 256)
    guard let words else { return counts }
    let stride = wordsPerRow
    counts.withUnsafeMutableBufferPointer { counts in
      var y = 0
      while y < height {
        let row = words + y * stride
        var x = 0
        while x < width {
          counts[Int(row[x >> 2] >> UInt32(24 - (x & 3) * 8) & 255)] &+= 1
          x += 3
        }
        y += 3
      }
    }
    return counts
  }

  borrowing func rotated(degrees: Double) throws -> Raster {
    try Raster(library.pointee.pixRotateAMGray(pix, Float(degrees * .pi / 180), 255), library)
  }

  /// Turned clockwise by so many quarters.
  borrowing func turned(quarters: Int) throws -> Raster {
    try Raster(library.pointee.pixRotateOrth(pix, CInt(quarters)), library)
  }

  /// What is darker than `threshold`.
  borrowing func ink(below threshold: Int) throws -> Raster {
    try Raster(library.pointee.pixThresholdToBinary(pix, CInt(threshold)), library)
  }

  /// What is darker than `darkest` black, what is paler than `palest` white, and between them in proportion.
  borrowing func stretched(from darkest: Int, to palest: Int) throws -> Raster {
    try Raster(library.pointee.pixGammaTRC(nil, pix, 1, CInt(darkest), CInt(palest)), library)
  }

  borrowing func scaled(by factor: Double) throws -> Raster {
    try Raster(library.pointee.pixScale(pix, Float(factor), Float(factor)), library)
  }

  borrowing func bordered(by pixels: Int) throws -> Raster {
    let border = CInt(pixels)
    return try Raster(library.pointee.pixAddBorderGeneral(pix, border, border, border, border, 255), library)
  }

  /// The columns of these ranges alone, put together. Of shades of grey.
  borrowing func keeping(columns ranges: [Range<Int>]) throws -> Raster {
    let kept = ranges.reduce(0) { $0 + $1.count }
    let result = try Raster(width: max(1, kept), height: height, depth: 8, library)
    guard let from = words, let to = result.words else { return result }
    for y in 0..<height {
      let (row, target) = (from + y * wordsPerRow, to + y * result.wordsPerRow)
      var x = 0
      for range in ranges {
        for column in range {
          let shade = row[column >> 2] >> UInt32(24 - (column & 3) * 8) & 255
          target[x >> 2] |= shade << UInt32(24 - (x & 3) * 8)
          x += 1
        }
      }
    }
    return result
  }

  borrowing func whiten(_ mask: borrowing Raster) { _ = library.pointee.pixSetMasked(pix, mask.pix, 255) }

  // MARK: Both

  borrowing func cut(_ box: PixelBox) throws -> Raster {
    try withBox(box) { try Raster(library.pointee.pixClipRectangle(pix, $0, nil), library) }
  }

  // MARK: Ink

  borrowing func opened(_ width: Int, _ height: Int) throws -> Raster {
    try Raster(library.pointee.pixOpenBrick(nil, pix, CInt(width), CInt(height)), library)
  }
  borrowing func closed(_ width: Int, _ height: Int) throws -> Raster {
    try Raster(library.pointee.pixCloseBrick(nil, pix, CInt(width), CInt(height)), library)
  }
  borrowing func dilated(_ width: Int, _ height: Int) throws -> Raster {
    try Raster(library.pointee.pixDilateBrick(nil, pix, CInt(width), CInt(height)), library)
  }
  borrowing func subtracting(_ other: borrowing Raster) throws -> Raster {
    try Raster(library.pointee.pixSubtract(nil, pix, other.pix), library)
  }
  borrowing func inverted() throws -> Raster { try Raster(library.pointee.pixInvert(nil, pix), library) }

  /// Black ink on white paper in shades of grey.
  borrowing func shaded() throws -> Raster {
    let grey = try Raster(width: width, height: height, depth: 8, library)
    grey.whiten(try inverted())
    return grey
  }

  borrowing func fill(_ box: PixelBox) {
    let box = box.clipped(to: bounds)
    guard box.width > 0, box.height > 0 else { return }
    withBox(box) { _ = library.pointee.pixSetInRect(pix, $0) }
  }

  /// How many pixels of the box are ink.
  borrowing func inkCount(in box: PixelBox) -> Int {
    let box = box.clipped(to: bounds)
    guard box.width > 0, box.height > 0 else { return 0 }
    var count: CInt = 0
    withBox(box) { _ = library.pointee.pixCountPixelsInRect(pix, $0, &count, nil) }
    return Int(count)
  }

  borrowing func isInk(_ x: Int, _ y: Int) -> Bool {
    guard let words else { return false }
    return words[y * wordsPerRow + x >> 5] >> UInt32(31 - x & 31) & 1 == 1
  }

  /// The boxes of pieces of ink that hang together over edges, and with `diagonally` over corners, too.
  borrowing func pieces(diagonally: Bool = true) -> [PixelBox] {
    var list = library.pointee.pixConnCompBB(pix, diagonally ? 8 : 4)
    guard let boxes = list else { return [] }
    defer { library.pointee.boxaDestroy(&list) }
    return (0..<library.pointee.boxaGetCount(boxes)).map { index in
      var (x, y, width, height): (CInt, CInt, CInt, CInt) = (0, 0, 0, 0)
      _ = library.pointee.boxaGetBoxGeometry(boxes, index, &x, &y, &width, &height)
      return PixelBox(Int(x), Int(y), Int(x + width), Int(y + height))
    }
  }

  /// By how many degrees the picture must be turned clockwise for its lines to be level; `nil` where nothing says so.
  ///
  /// The angle at which the rows of ink differ most, looked for up to 5° either way.
  var skew: Double? {
    var (angle, confidence): (Float, Float) = (0, 0)
    guard library.pointee.pixFindSkewSweepAndSearch(pix, &angle, &confidence, 4, 2, 5, 1, 0.01) == 0, confidence >= 1.5
    else { return nil }
    return Double(angle)
  }

  private borrowing func withBox<Result: ~Copyable>(
    _ box: PixelBox, _ body: (UnsafeMutableRawPointer) throws -> Result
  ) throws -> Result {
    var made = library.pointee.boxCreate(CInt(box.x0), CInt(box.y0), CInt(box.width), CInt(box.height))
    guard let raw = made else { throw ReadingError("ocr.failed", "a part of a page has no size") }
    defer { library.pointee.boxDestroy(&made) }
    return try body(raw)
  }

  private borrowing func withBox(_ box: PixelBox, _ body: (UnsafeMutableRawPointer) -> Void) {
    var made = library.pointee.boxCreate(CInt(box.x0), CInt(box.y0), CInt(box.width), CInt(box.height))
    guard let raw = made else { return }
    defer { library.pointee.boxDestroy(&made) }
    body(raw)
  }
}

/// The shade that parts ink from paper: that which makes the shades on either side differ most (Otsu 1979), but none
/// that is paler than watermarks and grounds; and the palest that may be ink where strokes and rules are thin.
func inkThresholds(_ shades: [Int], palest: Int = 190) -> (ink: Int, pale: Int) {
  let total = Double(shades.reduce(0, +))
  let sum = shades.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) }
  var (count, part, best, threshold) = (0.0, 0.0, -1.0, palest)
  for (shade, number) in shades.enumerated() {
    count += Double(number)
    part += Double(shade * number)
    guard count > 0, count < total else { continue }
    let difference = part / count - (sum - part) / (total - count)
    let spread = count * (total - count) * difference * difference
    if spread > best { (best, threshold) = (spread, shade + 1) }
  }
  let ink = min(threshold, palest)
  // Paper and grounds are many pixels of nearly one shade.
  var pale = ink
  while pale < palest + 15, Double(shades[pale..<pale + 20].reduce(0, +)) < 0.012 * total { pale += 1 }
  return (ink, pale)
}
