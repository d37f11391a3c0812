import CLeptonica
import DocumentModel

extension ScanReaders {
  /// The way the text runs on a picture of a page, which may lie on its side or upside down.
  ///
  /// A few lines are read as they stand; where the reader is sure of them, that is all. Where it is not, they are read
  /// with the picture turned by a quarter, by half, and by three quarters, and the turn counts of which it is surest by far.
  ///
  /// ```
  ///  ┌──┐   sure?  ─ yes ─ upright
  ///  │≡≡│   no: ┌──┐ ┌────┐ ┌──┐
  ///  └──┘       │||│ │ ≡≡ │ │||│    the surest
  ///             └──┘ └────┘ └──┘
  /// ```
  /// Nil where nothing says so, as on pages with fewer than two lines of words.
  func direction(of picture: borrowing Raster, millimetre: Double) throws -> Glyph.Direction? {
    let upright = try certainty(of: picture, millimetre: millimetre)
    if let upright, upright >= Self.sure { return .right }
    var best: (direction: Glyph.Direction, certainty: Int)?
    for (quarters, direction) in [(1, Glyph.Direction.up), (2, .left), (3, .down)] {
      let turned = try certainty(of: try picture.turned(quarters: quarters), millimetre: millimetre)
      if let turned, turned > best?.certainty ?? 0 { best = (direction, turned) }
    }
    guard let best, best.certainty >= (upright ?? 0) + Self.difference else { return nil }
    return best.direction
  }

  /// Of how sure the reader says it is, from 0 to 100: what it never is of text that is turned, and the least difference.
  private static let (sure, difference) = (80, 20)
  /// The lines that are read, and the least of them.
  private static let (mostLines, leastLines) = (5, 2)
  /// So many different letters or ideographs make words.
  private static let leastLetters = 4

  /// How sure the reader of text is of the broadest lines of words, in the middle; nil where there are too few.
  private func certainty(of picture: borrowing Raster, millimetre: Double) throws -> Int? {
    let (threshold, _) = inkThresholds(picture.shades)
    let pieces = try picture.ink(below: threshold).pieces()
    guard let em = InkRegions.characterHeight(of: pieces, millimetre: millimetre) else { return nil }
    // Rules hold tables together.
    let characters = pieces.filter { Double(max($0.width, $0.height)) < 2 * em }
    let words = InkRegions(characters, cells: [picture.bounds], em: em).regions.filter { region in
      let (width, height) = (Double(region.box.width), Double(region.box.height))
      return width >= 4 * em && height <= 1.6 * em && !region.isNarrow
    }
    let broadest = words.sorted { ($1.box.width, $0.box.y0, $0.box.x0) < ($0.box.width, $1.box.y0, $1.box.x0) }
    guard broadest.count >= Self.leastLines else { return nil }
    var found: [Int] = []
    for region in broadest.prefix(Self.mostLines) {
      var box = region.box.grown(by: Int(0.2 * em), Int(0.2 * em))
      box.x1 = min(box.x1, box.x0 + Int(14 * em))
      let line = try picture.cut(box.clipped(to: picture.bounds)).scaled(by: min(1, 36 / em)).bordered(by: 16)
      let reading = text.reading(of: line, layout: .line)
      // A row of noughts or dashes looks like one of something else on its side, and readers are sure of that.
      let letters = Set(reading.text.unicodeScalars.filter(\.properties.isAlphabetic))
      found.append(letters.count < Self.leastLetters ? 0 : reading.confidence)
    }
    return found.sorted()[found.count / 2]
  }
}
