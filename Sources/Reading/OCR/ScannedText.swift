import DocumentModel

/// What a region of ink says.
enum RegionReading {
  /// A stroke that stands where a figure might.
  case stroke(String)
  /// A figure, or what may be one.
  case figure(FigureReading)
  /// Anything else.
  case text([String])
}

/// A figure as readers saw it.
struct FigureReading {
  /// What they agree on; nil where they do not.
  var text: String?
  /// What any reader saw at any size, where they do not.
  var candidates: [String] = []
  /// What is printed.
  var shapes: FigureLevels
  /// At least so many digits stand there.
  var leastCount = 1
  /// For each digit, the shapes on the document that are like it; empty where that is not known.
  var kinds: [Int?] = []
}

/// Reads the regions of a page one by one.
///
/// A figure is read twice, by a reader that knows nothing but digits and by the reader of text, from a picture of all
/// ink around it, its digits 21 pixels high: at that height they err least. Where digits stand far apart, the picture has
/// less paper between them. Where readers differ nobody decides; which marks stand between the digits is told by their
/// shapes, and so is a stroke that stands alone. Everything else is the text reader's.
struct RegionReader: ~Copyable {
  /// The page, level, its rules painted out.
  let grey: Raster
  /// The height of most of its characters.
  let em: Double
  /// Its ink.
  let ink: Raster
  /// Other shades that may part ink from paper, for characters that are broken or touch each other.
  let levels: [Int]
  let readers: ScanReaders

  /// What the region says.
  borrowing func read(_ region: InkRegion) throws -> RegionReading {
    if let stroke = stroke(region) { return .stroke(stroke) }
    if region.isDottedLine { return .text([]) }
    let shapes = try shapes(of: region)
    if region.mayBeFigure(shapes.best), let reading = try figure(region, shapes) { return .figure(reading) }
    let lines = try lines(region)
    // What looks like a figure to the reader of text alone is one only if the other reader sees the same.
    if lines.count == 1, lines[0].isFigureOnly {
      return .figure(try figure(region, shapes) ?? FigureReading(shapes: shapes, leastCount: max(1, shapes.leastCount)))
    }
    return .text(lines)
  }

  /// The figure that stands there; `nil` where it is none.
  ///
  /// Two readers must say the same digits of one picture, the reader of figures and that of text. Where the reader of text
  /// sees something else, as it does in single digits, the reader of figures must see the digits at two sizes, once without
  /// being told to look for digits. What has fewer digits than the ink has pieces has lost one, whoever agrees.
  private borrowing func figure(_ region: InkRegion, _ shapes: FigureLevels) throws -> FigureReading? {
    let height = Double(max(1, shapes.best.tallest))
    let least = shapes.leastCount
    var reading = FigureReading(shapes: shapes, leastCount: max(1, least))
    func isWhole(_ figure: String) -> Bool { figure.plainDigits.count >= least }
    defer { readers.figures.restrict(to: "") }
    var (figures, texts, free, words): ([String], [String], [String], [String]) = ([], [], [], [])
    let original = try picture(of: region, narrowedBy: shapes.best)
    for size in Self.digitHeights {
      let picture = try original.scaled(by: size / height).bordered(by: 16)
      readers.figures.restrict(to: Self.figureCharacters)
      let figure = readers.figures.text(of: picture, layout: .line).asFigure
      let seen = readers.text.text(of: picture, layout: .line)
      let text = seen.figureOfLookalikes
      if !figure.isEmpty, isWhole(figure), let text, figure.plainDigits == text.plainDigits,
        let whole = reading.shapes.whole([figure, text])
      {
        reading.text = whole
        return reading
      }
      figures.append(figure)
      if let text { texts.append(text) } else { words.append(seen.joinedWords) }
      readers.figures.restrict(to: "")
      if let text = readers.figures.text(of: picture, layout: .line).figureOfLookalikes { free.append(text) }
    }
    guard figures.contains(where: { !$0.isEmpty }), region.isNarrow || !texts.isEmpty || !free.isEmpty else {
      return nil
    }
    // The parts of some ideographs are as narrow as digits, but digits are not read as the same words again and again.
    if let word = words.first, word.isWord, words.count == Self.digitHeights.count, words.allSatisfy({ $0 == word }) {
      return nil
    }
    // Nothing that is so broad is a digit that the reader of text makes nothing of.
    if texts.isEmpty, shapes.best.isBroad { return nil }
    // Ideographs are read as digits by one reader or the other, but not as the same ones at every size.
    let whole = figures.filter { !$0.isEmpty && isWhole($0) }
    reading.candidates = whole + texts + free
    let votes = Dictionary(grouping: whole, by: \.plainDigits).max { $0.value.count < $1.value.count }
    if let votes, votes.value.count >= 2, (texts + free).filter(isWhole).allSatisfy({ $0.plainDigits == votes.key }),
      region.isNarrow || !(texts + free).isEmpty
    {
      reading.text = reading.shapes.whole(votes.value)
    } else if let votes, texts.contains(where: { $0.plainDigits == votes.key }) {
      // Both readers saw it, and all but one in three readings are of it.
      let like = reading.candidates.filter { $0.plainDigits == votes.key }
      if like.count >= 5, like.count * 3 >= reading.candidates.count * 2 { reading.text = reading.shapes.whole(like) }
    }
    return reading
  }

  /// The shapes of a region, at other shades, too, where it may be a figure whose digits touch or are broken.
  private borrowing func shapes(of region: InkRegion) throws -> FigureLevels {
    let shapes = FigureShapes(region.pieces)
    var found = [shapes]
    guard shapes.doubts > 0, shapes.mayBeMended, !region.isStacked else { return FigureLevels(found) }
    let frame = frame(of: region)
    for level in levels {
      let pieces = try grey.cut(frame).ink(below: level).pieces().filter {
        Double(max($0.width, $0.height)) >= (shapes.lacksMark ? 0.045 : 0.07) * region.em
      }
      if !pieces.isEmpty { found.append(FigureShapes(pieces.map { $0.moved(by: frame.x0, frame.y0) })) }
    }
    return FigureLevels(found)
  }

  /// What the readers see in a figure at all sizes.
  borrowing func candidates(_ region: InkRegion) throws -> [String] {
    let height = Double(region.pieces.map(\.height).max() ?? 1)
    let original = try picture(of: region, narrowedBy: try shapes(of: region).best)
    defer { readers.figures.restrict(to: "") }
    var result: [String] = []
    for size in Self.digitHeights {
      let picture = try original.scaled(by: size / height).bordered(by: 16)
      readers.figures.restrict(to: Self.figureCharacters)
      result.append(readers.figures.text(of: picture, layout: .line).asFigure)
      readers.figures.restrict(to: "")
      result += [readers.text, readers.figures].compactMap { $0.text(of: picture, layout: .line).figureOfLookalikes }
    }
    return result
  }

  /// Heights of digits, in pixels, at which figures are read, the best first.
  private static let digitHeights = [21.0, 25, 18]

  private static let figureCharacters = "0123456789.,-"

  /// The lines of text that stand there.
  private borrowing func lines(_ region: InkRegion) throws -> [String] {
    let scale = min(1, max(0.4, 40 / region.em))
    let layout: TesseractEngine.Layout = region.isStacked ? .block : .line
    var best = readers.text.reading(of: try picture(of: region, scaled: scale), layout: layout)
    let isLarge = region.em > (best.confidence < 90 ? 1.05 : 1.15) * em
    if isLarge, !region.isStacked, let line = try largeLine(region) { return [line] }
    // What is hardly made out may be plain at another size, and short words are sometimes overlooked altogether.
    for (factor, layout) in [(0.7, layout), (1.5, layout), (1.5, .rawLine), (1.5, .block)]
    where best.confidence < 75 || best.text.isEmpty {
      if factor == 1.5, !best.text.isEmpty, best.confidence >= 50, layout != .line { break }
      let other = readers.text.reading(of: try picture(of: region, scaled: factor * scale), layout: layout)
      if !other.text.isEmpty, other.confidence > best.confidence || best.text.isEmpty { best = other }
    }
    let text = best.text
    return text.split(separator: "\n").map { String($0).joinedWords }.filter { !$0.isEmpty }
  }

  /// A line of large characters, such as a title, as it is read at the size at which the reader is surest; nil where it is
  /// sure at none.
  ///
  /// Of large characters, readers take strokes for characters at one size or the other, and are less sure of that.
  private borrowing func largeLine(_ region: InkRegion) throws -> String? {
    var readings: [String: (count: Int, confidence: Int)] = [:]
    for height in Self.largeHeights {
      let reading = readers.text.reading(of: try picture(of: region, scaled: height / region.em), layout: .line)
      let text = reading.text.joinedWords
      guard !text.isEmpty, reading.confidence >= 75 else { continue }
      let known = readings[text] ?? (0, 0)
      readings[text] = (known.count + 1, max(known.confidence, reading.confidence))
    }
    return readings.max {
      ($0.value.confidence, $0.value.count, $1.key) < ($1.value.confidence, $1.value.count, $0.key)
    }?.key
  }

  /// Heights of large characters, in pixels, at which they are read.
  private static let largeHeights = [20.0, 23, 26, 30, 34]

  /// All shades of the region and of the paper around it, but of no other ink.
  private borrowing func picture(of region: InkRegion, scaled scale: Double) throws -> Raster {
    try grey.cut(frame(of: region)).scaled(by: scale).bordered(by: 16)
  }

  /// The same with no more paper between the shapes of a figure than readers are used to.
  private borrowing func picture(of region: InkRegion, narrowedBy shapes: FigureShapes) throws -> Raster {
    let frame = frame(of: region)
    let picture = try grey.cut(frame)
    guard let kept = shapes.narrowed else { return picture }
    return try picture.keeping(
      columns: kept.map {
        max($0.lowerBound, frame.x0) - frame.x0..<max(min($0.upperBound, frame.x1), max($0.lowerBound, frame.x0))
          - frame.x0
      })
  }

  private borrowing func frame(of region: InkRegion) -> PixelBox {
    let margin = max(2, Int(0.2 * region.em))
    return region.box.grown(by: margin, margin).clipped(to: region.room).clipped(to: grey.bounds).union(region.box)
  }

  /// A dash or a slash, told by its shape.
  private borrowing func stroke(_ region: InkRegion) -> String? {
    let box = region.box
    let (width, height) = (Double(box.width), Double(box.height))
    if height <= 0.25 * region.em, width >= 1.8 * height, width <= 2.6 * region.em, width >= 0.15 * region.em {
      return width < 0.55 * region.em ? "-" : "\u{2014}"
    }
    guard region.pieces.count == 1, height >= 0.5 * region.em, height <= 1.3 * region.em, height >= 0.9 * width,
      width >= 0.15 * region.em
    else { return nil }
    return isSlash(box) ? "/" : nil
  }

  /// Whether the ink of the box lies along its rising diagonal, thinly.
  private borrowing func isSlash(_ box: PixelBox) -> Bool {
    var (count, sumX, sumY, sumXX, sumYY, sumXY) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for y in box.y0..<box.y1 {
      for x in box.x0..<box.x1 where ink.isInk(x, y) {
        let (a, b) = (Double(x - box.x0), Double(y - box.y0))
        count += 1
        sumX += a
        sumY += b
        sumXX += a * a
        sumYY += b * b
        sumXY += a * b
      }
    }
    guard count > 0, count < 0.6 * Double(box.area) else { return false }
    let spreadX = sumXX - sumX * sumX / count
    let spreadY = sumYY - sumY * sumY / count
    let product = spreadX * spreadY
    return product > 0 && (sumXY - sumX * sumY / count) / product.squareRoot() < -0.85
  }
}

extension InkRegion {
  /// Whether it is what is left of a dashed or dotted rule.
  var isDottedLine: Bool {
    pieces.count >= 4 && (Double(box.height) < 0.2 * em || Double(box.width) < 0.2 * em)
  }

  /// Whether no piece is as broad as an ideograph.
  var isNarrow: Bool { pieces.allSatisfy { $0.width * 3 <= $0.height * 2 || Double($0.height) < 0.45 * em } }

  /// Whether its pieces have the shapes of digits beside each other: as high as each other, none broader than high.
  func mayBeFigure(_ shapes: FigureShapes) -> Bool {
    let tallest = Double(shapes.tallest)
    return tallest >= 0.3 * em && tallest <= 1.15 * em && Double(box.height) <= 1.35 * tallest
      && Double(box.width) <= 20 * tallest && shapes.areLikeFigure
  }
}
