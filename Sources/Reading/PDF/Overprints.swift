import DocumentModel

/// Finds characters that are drawn again where they already stand: imitated bold, shadows, a text layer drawn twice.
///
/// A glyph is an overprint of an earlier one with the same character, direction and size whose corner is less than
/// ``shift`` em away in either direction, and less than half its own width: the digits of `11` in a narrow face are two. The
/// earlier ones are looked up in chains of equal character and place, of which at most the ``memory`` latest are
/// compared: a bold word, or line, is drawn again soon.
struct Overprints {
  /// The largest distance, in em.
  static let shift = 0.1
  /// How many earlier glyphs of the same hash are looked at.
  static let memory = 48

  /// Width and height of what is looked through together, in points.
  private static let field = 24.0
  /// How many more fields than one are looked through in either direction; enough for glyphs of 240 points.
  private static let widest: Int32 = 2

  private var latest = [Int32](repeating: -1, count: 1 << 12)
  private var previous: [Int32] = []

  /// Appends `glyph` unless it is an overprint. A hidden glyph that is drawn again visibly becomes visible.
  mutating func add(_ glyph: Glyph, to glyphs: inout [Glyph]) {
    let rise = glyph.size * Self.shift
    let isLevel = glyph.direction == .right || glyph.direction == .left
    let reach = min(rise, (isLevel ? glyph.box.width : glyph.box.height) / 2)
    let (dx, dy) = isLevel ? (reach, rise) : (rise, reach)
    // The field of the glyph, and those that a corner so near may lie in.
    let (x, y) = (field(glyph.box.x0), field(glyph.box.y0))
    let (x0, x1, y0, y1) = (
      field(glyph.box.x0 - dx), field(glyph.box.x0 + dx), field(glyph.box.y0 - dy), field(glyph.box.y0 + dy)
    )
    for row in y0...max(y0, min(y1, y0 + Self.widest)) {
      for column in x0...max(x0, min(x1, x0 + Self.widest)) {
        var index = latest[slot(of: glyph.scalar, column, row)]
        var steps = Self.memory
        while index >= 0, steps > 0 {
          let at = Int(index)
          if glyphs[at].scalar == glyph.scalar, glyphs[at].direction == glyph.direction,
            abs(glyphs[at].box.x0 - glyph.box.x0) < dx, abs(glyphs[at].box.y0 - glyph.box.y0) < dy,
            abs(glyphs[at].size - glyph.size) <= 0.1 * glyph.size
          {
            if !glyph.isHidden { glyphs[at].isHidden = false }
            return
          }
          index = previous[at]
          steps -= 1
        }
      }
    }
    let slot = slot(of: glyph.scalar, x, y)
    previous.append(latest[slot])
    latest[slot] = Int32(truncatingIfNeeded: glyphs.count)
    glyphs.append(glyph)
  }

  /// Where the latest of the glyphs with the same character in a field is noted.
  private func slot(of scalar: Unicode.Scalar, _ column: Int32, _ row: Int32) -> Int {
    let place = UInt32(bitPattern: column) &* 0x85EB_CA6B ^ UInt32(bitPattern: row) &* 0xC2B2_AE35
    return Int(((scalar.value &* 0x9E37_79B1) ^ place) >> 20)
  }

  private func field(_ place: Double) -> Int32 { Int32(max(-1e6, min(1e6, place / Self.field)).rounded(.down)) }
}
