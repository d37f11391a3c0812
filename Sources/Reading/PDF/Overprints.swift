import DocumentModel

/// Finds characters that are drawn again where they already stand: imitated bold, shadows, a text layer drawn twice.
///
/// A glyph is an overprint of an earlier one with the same character, direction and size whose corner is less than
/// ``shift`` em away in either direction, and less than half its own width: the digits of `11` in a narrow face are two. The
/// earlier ones are looked up in chains of equal character and height, of which at most the ``memory`` latest are
/// compared: a bold word, or line, is drawn again soon.
struct Overprints {
  /// The largest distance, in em.
  static let shift = 0.1
  /// How many earlier glyphs of the same hash are looked at.
  static let memory = 48

  /// Height of what is looked through together, in points; more than a line has.
  private static let band = 16.0

  private var latest = [Int32](repeating: -1, count: 1 << 12)
  private var previous: [Int32] = []

  /// Appends `glyph` unless it is an overprint. A hidden glyph that is drawn again visibly becomes visible.
  mutating func add(_ glyph: Glyph, to glyphs: inout [Glyph]) {
    let rise = glyph.size * Self.shift
    let isLevel = glyph.direction == .right || glyph.direction == .left
    let reach = min(rise, (isLevel ? glyph.box.width : glyph.box.height) / 2)
    let (above, slot, below) = (
      slot(of: glyph, at: glyph.box.y0 - rise), slot(of: glyph, at: glyph.box.y0),
      slot(of: glyph, at: glyph.box.y0 + rise)
    )
    // Glyphs of more than 160 points may reach farther, and are not looked for there.
    for place in above == below ? [slot] : [above, slot, below] {
      var index = latest[place]
      var steps = Self.memory
      while index >= 0, steps > 0 {
        let at = Int(index)
        if glyphs[at].scalar == glyph.scalar, glyphs[at].direction == glyph.direction,
          abs(glyphs[at].box.x0 - glyph.box.x0) < (isLevel ? reach : rise),
          abs(glyphs[at].box.y0 - glyph.box.y0) < (isLevel ? rise : reach),
          abs(glyphs[at].size - glyph.size) <= 0.1 * glyph.size
        {
          if !glyph.isHidden { glyphs[at].isHidden = false }
          return
        }
        index = previous[at]
        steps -= 1
      }
    }
    previous.append(latest[slot])
    latest[slot] = Int32(truncatingIfNeeded: glyphs.count)
    glyphs.append(glyph)
  }

  /// Where the latest of the glyphs with the same character at about the same height is noted.
  private func slot(of glyph: Glyph, at y: Double) -> Int {
    let band = UInt32(truncatingIfNeeded: Int(max(-1e6, min(1e6, y / Self.band)).rounded(.down)))
    return Int(((glyph.scalar.value &* 0x9E37_79B1) ^ (band &* 0x85EB_CA6B)) >> 20)
  }
}
