/// `{"number", "width", "height", "fonts", "glyphs", "rulings", "images", "fills", "drawings"}`, and `"recognised": true`
/// where it is so.
///
/// Glyphs are columns, as there are thousands on a page: `text` has their scalars in one string; `x0`, `y0`, `x1`, `y1` an
/// entry for each; `styles` the size, font, direction and visibility of each run of glyphs that have them in common.
extension Page: Codable {
  private enum CodingKeys: String, CodingKey {
    case number, width, height, fonts, glyphs, rulings, images, fills, drawings
    case isRecognised = "recognised"
  }

  /// Reads a page.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let glyphs = try container.decode(GlyphColumns.self, forKey: .glyphs)
    guard let glyphs = glyphs.glyphs else {
      throw DecodingError.dataCorruptedError(
        forKey: .glyphs, in: container, debugDescription: "the columns of the glyphs are not of one length")
    }
    self.init(
      number: try container.decode(Int.self, forKey: .number),
      width: try container.decode(Double.self, forKey: .width),
      height: try container.decode(Double.self, forKey: .height), glyphs: glyphs,
      rulings: try container.decode([Ruling].self, forKey: .rulings),
      images: try container.decode([Box].self, forKey: .images),
      fills: try container.decode([Box].self, forKey: .fills),
      drawings: try container.decode([Box].self, forKey: .drawings),
      fonts: try container.decode([String].self, forKey: .fonts),
      isRecognised: try container.decodeIfPresent(Bool.self, forKey: .isRecognised) ?? false)
  }

  /// Writes a page.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(number, forKey: .number)
    try container.encode(width, forKey: .width)
    try container.encode(height, forKey: .height)
    try container.encode(fonts, forKey: .fonts)
    try container.encode(GlyphColumns(glyphs), forKey: .glyphs)
    try container.encode(rulings, forKey: .rulings)
    try container.encode(images, forKey: .images)
    try container.encode(fills, forKey: .fills)
    try container.encode(drawings, forKey: .drawings)
    if isRecognised { try container.encode(true, forKey: .isRecognised) }
  }
}

/// The glyphs of a page as parallel columns.
private struct GlyphColumns: Codable {
  var text = ""
  var x0: [Double] = []
  var y0: [Double] = []
  var x1: [Double] = []
  var y1: [Double] = []
  var styles: [Style] = []

  /// What a run of glyphs has in common.
  struct Style: Codable {
    var count: Int
    var size: Double
    var font: Int
    var direction: UInt8
    var hidden: Bool

    func isOf(_ glyph: Glyph) -> Bool {
      size == glyph.size && font == glyph.font && direction == glyph.direction.rawValue && hidden == glyph.isHidden
    }
  }

  init(_ glyphs: [Glyph]) {
    var scalars = String.UnicodeScalarView()
    for glyph in glyphs {
      scalars.append(glyph.scalar)
      x0.append(glyph.box.x0)
      y0.append(glyph.box.y0)
      x1.append(glyph.box.x1)
      y1.append(glyph.box.y1)
      if let last = styles.indices.last, styles[last].isOf(glyph) {
        styles[last].count += 1
      } else {
        styles.append(
          Style(
            count: 1, size: glyph.size, font: glyph.font, direction: glyph.direction.rawValue, hidden: glyph.isHidden))
      }
    }
    text = String(scalars)
  }

  /// `nil` where the columns do not have an entry for each glyph.
  var glyphs: [Glyph]? {
    let scalars = text.unicodeScalars
    let count = scalars.count
    guard [x0, y0, x1, y1].allSatisfy({ $0.count == count }) else { return nil }
    var glyphs: [Glyph] = []
    glyphs.reserveCapacity(count)
    var scalar = scalars.startIndex
    for style in styles {
      guard style.count > 0, style.count <= count - glyphs.count,
        let direction = Glyph.Direction(rawValue: style.direction)
      else { return nil }
      for index in glyphs.count..<(glyphs.count + style.count) {
        glyphs.append(
          Glyph(
            scalars[scalar], box: Box(x0[index], y0[index], x1[index], y1[index]), size: style.size, font: style.font,
            direction: direction, isHidden: style.hidden))
        scalar = scalars.index(after: scalar)
      }
    }
    return glyphs.count == count ? glyphs : nil
  }
}
