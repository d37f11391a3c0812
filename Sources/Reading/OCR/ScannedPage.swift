import CLeptonica
import DocumentModel

/// What a scanned page shows, in points of the page: its glyphs and rules, as a reader of text would have found them.
struct ScannedPage {
  var glyphs: [Glyph] = []
  var rulings: [Ruling] = []
  /// By how many degrees it was turned clockwise to be level.
  var turned = 0.0
  /// How many figures could not be read.
  var unreadable = 0

  /// Reads a page.
  ///
  /// ```
  /// grey ── level ── ink ── rules, painted out ── cells ── regions of ink ── readers ── glyphs
  /// ```
  ///
  /// - Parameter kinds: the shapes of digits on the pages before; those of this page are added.
  init(
    _ scan: consuming Scan, readers: ScanReaders, kinds: inout GlyphKinds, _ library: UnsafePointer<gouji_leptonica>
  ) throws {
    let (scale, millimetre) = (scan.scale, scan.millimetre)
    let (threshold, pale) = inkThresholds(scan.grey.shades)
    let slanted = try scan.grey.ink(below: threshold)
    turned = slanted.skew ?? 0
    let grey = try abs(turned) < 0.02 ? scan.grey : scan.grey.rotated(degrees: turned)
    let ink = try grey.ink(below: threshold)
    let rules = try ScanRules(
      of: try grey.ink(below: pale), millimetre: millimetre,
      Raster(width: grey.width, height: grey.height, depth: 1, library))
    // Noise on paper makes readers see nothing, or other characters.
    let (darkest, palest) = (threshold - 110, max(threshold, pale) + 20)
    let clean = try grey.stretched(from: darkest, to: palest)
    clean.whiten(rules.mask)
    let free = try ink.subtracting(rules.mask)
    let pieces = free.pieces()
    rulings = rules.rules.map { rule in
      Ruling(
        rule.axis, at: rule.position / scale, from: Double(rule.start) / scale, to: Double(rule.end) / scale,
        thickness: min(Double(rule.thickness) / scale, 2))
    }
    guard let em = InkRegions.characterHeight(of: pieces, millimetre: millimetre) else { return }
    let cells = try rules.mask.inverted().pieces(diagonally: false).filter {
      Double(min($0.width, $0.height)) > 0.5 * em
    }
    let regions = InkRegions(pieces, cells: cells + [grey.bounds], em: em).regions
    let levels = [pale, threshold - 30].map { ($0 - darkest) * 255 / (palest - darkest) }
    let reader = RegionReader(grey: clean, em: em, ink: free, levels: levels, readers: readers)
    var readings: [RegionReading] = []
    for region in regions {
      var reading = try reader.read(region)
      if case .figure(var figure) = reading {
        figure.note(in: &kinds, grey: reader.grey)
        reading = .figure(figure)
      }
      readings.append(reading)
    }
    let sizes = FontSizes(regions, page: em / 0.92)
    for (region, reading) in zip(regions, readings) {
      var reading = reading
      if case .figure(var figure) = reading {
        if let digits = figure.digits(by: kinds) {
          if figure.text != nil { figure.candidates = try reader.candidates(region) }
          figure.settle(digits: digits)
        }
        if figure.hasBroadOne(by: kinds) { figure.text = nil }
        if figure.text == nil { unreadable += 1 }
        reading = .figure(figure)
      }
      glyphs += region.glyphs(of: reading, sizes: sizes, scale: scale)
    }
  }
}

/// The two font sizes that most of a page is set in: heights of characters tell them but roughly.
struct FontSizes {
  private let sizes: [Double]

  /// - Parameter page: the size to take where there are no words.
  init(_ regions: [InkRegion], page: Double) {
    let words = regions.filter { $0.pieces.count >= 6 }.map { (size: $0.em / 0.92, width: Double($0.box.width)) }
    var sizes: [Double] = []
    for _ in 0..<2 {
      let rest = words.filter { word in sizes.allSatisfy { abs(word.size - $0) > 0.15 * $0 } }
      let weights = rest.map { word in
        rest.reduce(0) { $0 + (abs($1.size - word.size) < 0.08 * word.size ? $1.width : 0) }
      }
      guard let most = weights.max(), let index = weights.firstIndex(of: most) else { break }
      sizes.append(rest[index].size)
    }
    self.sizes = sizes.isEmpty ? [page] : sizes
  }

  /// The one that most is set in.
  var most: Double { sizes[0] }

  /// `size`, or the one that it nearly is.
  func size(like size: Double) -> Double {
    let nearest = sizes.min { abs($0 - size) < abs($1 - size) }
    return nearest.map { abs($0 - size) < 0.2 * $0 ? $0 : size } ?? size
  }
}

extension InkRegion {
  /// The glyphs of what was read, spread over the region.
  ///
  /// - Parameter sizes: the font sizes of the page, in pixels.
  func glyphs(of reading: RegionReading, sizes: FontSizes, scale: Double) -> [Glyph] {
    switch reading {
    case .stroke(let stroke):
      let size = sizes.size(like: em / 0.92)
      return line(stroke, advance(of: stroke, size: size), size: size, scale: scale)
    case .figure(let figure):
      // Digits are some seven tenths of the font size high.
      let size = sizes.size(like: digitHeight / 0.72)
      guard let text = figure.text else {
        return line(String(repeating: "\u{FFFD}", count: min(figure.leastCount, 12)), box, size: size, scale: scale)
      }
      guard figure.shapes.best.isSpaced else {
        return line(text, advance(of: text, size: size), size: size, scale: scale)
      }
      let missing = Int(size * Double(text.unicodeScalars.count)) - box.width
      return line(text.fullWidth, box.grown(by: max(0, missing / 2), 0), size: size, scale: scale)
    case .text(let lines):
      let height = box.height / max(1, lines.count)
      return lines.enumerated().flatMap { index, text in
        let top = box.y0 + index * height
        let part = PixelBox(box.x0, top, box.x1, top + height)
        let ideal = lines.count > 1 ? sizes.most : sizes.size(like: em / 0.92)
        return line(text, part, size: ideal, scale: scale)
      }
    }
  }

  /// The box with the paper that digits and strokes have at their sides.
  private func advance(of figure: String, size: Double) -> PixelBox {
    let width = figure.unicodeScalars.reduce(0.0) { $0 + ($1 == "." || $1 == "," ? 0.25 : 0.5) * size }
    let more = max(0, Int((width - Double(box.width)) / 2))
    return box.grown(by: more, 0)
  }

  private var digitHeight: Double { Double(pieces.map(\.height).max() ?? box.height) }

  /// A line of glyphs from edge to edge, ideographs twice as broad as others.
  private func line(_ text: String, _ box: PixelBox, size: Double, scale: Double) -> [Glyph] {
    let scalars = Array(text.unicodeScalars)
    let widths = scalars.map { $0.value < 0x2000 ? 1.0 : 2.0 }
    let unit = Double(box.width) / max(1, widths.reduce(0, +))
    var x = Double(box.x0)
    return zip(scalars, widths).map { scalar, width in
      defer { x += unit * width }
      let frame = Box(
        (x / scale).hundredths, ((box.midY - size / 2) / scale).hundredths, ((x + unit * width) / scale).hundredths,
        ((box.midY + size / 2) / scale).hundredths)
      return Glyph(scalar, box: frame, size: (size / scale).hundredths)
    }
  }
}

extension Double {
  /// Rounded to what coordinates are told in.
  var hundredths: Double { (self * 100).rounded() / 100 }
}
