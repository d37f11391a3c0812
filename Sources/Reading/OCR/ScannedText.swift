import DocumentModel

/// What a region of ink says.
enum RegionReading: Equatable {
  /// A figure on which both readers agree, or a stroke in its place.
  case figure(String)
  /// A figure on which they do not.
  case unreadable(count: Int)
  /// Anything else.
  case text([String])
}

/// Reads the regions of a page one by one.
///
/// A figure is read twice, by a reader that knows nothing but digits and by the reader of text, from a picture of all
/// ink around it, its digits 21 pixels high: at that height they err least. Where they differ nobody decides. A stroke
/// that stands alone is told by its shape. Everything else is the text reader's.
struct RegionReader: ~Copyable {
  /// The page, level, its rules painted out.
  let grey: Raster
  /// Its ink.
  let ink: Raster
  let readers: ScanReaders

  /// What the region says.
  borrowing func read(_ region: InkRegion) throws -> RegionReading {
    if let stroke = stroke(region) { return .figure(stroke) }
    if region.isDottedLine { return .text([]) }
    if region.mayBeFigure, let reading = try figure(region) { return reading }
    return .text(try lines(region))
  }

  /// The figure that stands there; `nil` where it is none.
  ///
  /// Two readers must say the same of one picture, the reader of figures and that of text. Where the reader of text sees
  /// something else, as it does in single digits, the reader of figures must see the digits at two sizes, once without being
  /// told to look for digits. What has fewer digits than the ink has pieces has lost one, whoever agrees.
  private borrowing func figure(_ region: InkRegion) throws -> RegionReading? {
    let height = Double(region.pieces.map(\.height).max() ?? 1)
    let least = region.digitCount
    func isWhole(_ figure: String) -> Bool { figure.unicodeScalars.count { ("0"..."9").contains($0) } >= least }
    defer { readers.figures.restrict(to: "") }
    var (figures, texts, free): ([String], [String], [String]) = ([], [], [])
    for size in Self.digitHeights {
      let picture = try picture(of: region, scaled: size / height)
      readers.figures.restrict(to: Self.figureCharacters)
      let figure = readers.figures.text(of: picture, layout: .line).asFigure
      let text = readers.text.text(of: picture, layout: .line).figureOfLookalikes
      if !figure.isEmpty, isWhole(figure), figure.likeMarks == text?.likeMarks { return .figure(figure.withSeparators) }
      figures.append(figure)
      if let text { texts.append(text) }
      readers.figures.restrict(to: "")
      if let text = readers.figures.text(of: picture, layout: .line).figureOfLookalikes { free.append(text) }
    }
    guard figures.contains(where: { !$0.isEmpty }), region.isNarrow || !texts.isEmpty || !free.isEmpty else {
      return nil
    }
    // Ideographs are read as digits by one reader or the other, but not as the same ones at every size.
    let whole = figures.filter { !$0.isEmpty && isWhole($0) }
    let votes = Dictionary(grouping: whole, by: \.likeMarks).max { $0.value.count < $1.value.count }
    if let votes, votes.value.count >= 2, (texts + free).filter(isWhole).allSatisfy({ $0.likeMarks == votes.key }),
      region.isNarrow || !(texts + free).isEmpty
    {
      return .figure(votes.value[0].withSeparators)
    }
    return .unreadable(count: max(1, least))
  }

  /// Heights of digits, in pixels, at which figures are read, the best first.
  private static let digitHeights = [21.0, 25, 18]

  private static let figureCharacters = "0123456789.,-"

  /// The lines of text that stand there.
  private borrowing func lines(_ region: InkRegion) throws -> [String] {
    let scale = min(1, max(0.4, 40 / region.em))
    let layout: TesseractEngine.Layout = region.isStacked ? .block : .line
    var best = readers.text.reading(of: try picture(of: region, scaled: scale), layout: layout)
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

  /// All shades of the region and of the paper around it, but of no other ink.
  private borrowing func picture(of region: InkRegion, scaled scale: Double) throws -> Raster {
    let margin = max(2, Int(0.2 * region.em))
    let box = region.box.grown(by: margin, margin).clipped(to: region.room).clipped(to: grey.bounds)
    return try grey.cut(box.union(region.box)).scaled(by: scale).bordered(by: 16)
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

extension PixelBox {
  /// Whether it is so narrow that it may be a side of a nought.
  fileprivate var isHalf: Bool { width * 20 <= height * 9 }
}

extension InkRegion {
  /// Whether it is what is left of a dashed or dotted rule.
  var isDottedLine: Bool {
    pieces.count >= 4 && (Double(box.height) < 0.2 * em || Double(box.width) < 0.2 * em)
  }

  /// The pieces that are as high as digits, those above each other counted as one: at least so many digits stand there.
  var digitCount: Int {
    let tallest = pieces.map(\.height).max() ?? 0
    var count = 0
    var last: PixelBox?
    for piece in pieces.sorted(by: { $0.x0 < $1.x0 }) where piece.height * 4 >= tallest * 3 {
      // Thin noughts come in two halves.
      if let half = last, piece.x0 < half.x1 || half.isHalf && piece.isHalf && (piece.x1 - half.x0) * 4 <= tallest * 3 {
        last = piece.x0 < half.x1 ? half.union(piece) : nil
      } else {
        count += 1
        last = piece
      }
    }
    return count
  }

  /// Whether no piece is as broad as an ideograph.
  var isNarrow: Bool { pieces.allSatisfy { $0.width * 3 <= $0.height * 2 || Double($0.height) < 0.45 * em } }

  /// Whether its pieces have the shapes of digits beside each other: as high as each other, none broader than high.
  var mayBeFigure: Bool {
    let tallest = Double(pieces.map(\.height).max() ?? 0)
    guard tallest >= 0.4 * em, tallest <= 1.15 * em, Double(box.height) <= 1.35 * tallest,
      Double(box.width) <= 13 * tallest
    else { return false }
    return pieces.allSatisfy { piece in
      let height = Double(piece.height)
      let isDigit = height >= 0.75 * tallest && Double(piece.width) <= 1.0 * height
      // Full stops, commas, and minus signs.
      let isMark = height <= 0.4 * tallest && Double(piece.width) <= 0.75 * tallest
      return isDigit || isMark
    }
  }
}

extension String {
  /// Digits, the marks between them, and a sign before them only.
  fileprivate var asFigure: String {
    var scalars = unicodeScalars.filter { "0123456789.,-".unicodeScalars.contains($0) }[...]
    let isDigit: (Unicode.Scalar) -> Bool = { ("0"..."9").contains($0) }
    guard scalars.contains(where: isDigit) else { return "" }
    while let last = scalars.last, !isDigit(last) { scalars.removeLast() }
    while let first = scalars.first, !isDigit(first), first != "-" { scalars.removeFirst() }
    return String(String.UnicodeScalarView(scalars))
  }

  /// With all marks between digits the same: which of them is meant is told by the digits between them.
  fileprivate var likeMarks: String {
    String(String.UnicodeScalarView(unicodeScalars.enumerated().map { $0 > 0 && !("0"..."9").contains($1) ? "," : $1 }))
  }

  /// The figure that a reader of text means, where it reads nothing that digits are not taken for.
  fileprivate var figureOfLookalikes: String? {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "0"..."9", ".", ",", "-": result.append(scalar)
      case "\u{FF10}"..."\u{FF19}": result.append(Unicode.Scalar(scalar.value - 0xFF10 + 0x30) ?? "0")
      case "O", "o", "\u{3007}", "Q", "D": result.append("0")
      case "l", "I", "|", "i", "!", "]", "[": result.append("1")
      case "Z", "z": result.append("2")
      case "S", "s": result.append("5")
      case "B": result.append("8")
      case "\u{FF0C}", "\u{3001}", "'", "\u{2019}", "\u{2018}": result.append(",")
      case "\u{3002}", "\u{B7}", "\u{2022}", "\u{FF0E}": result.append(".")
      case "\u{2014}", "\u{2013}", "\u{4E00}", "\u{FF0D}", "_", "~": result.append("-")
      case _ where scalar.properties.isWhitespace: continue
      default: return nil
      }
    }
    let figure = String(result).asFigure
    return figure.isEmpty ? nil : figure
  }

  /// The separators as a figure has them: commas before groups of three, one point before decimals.
  ///
  /// ```
  ///   7.547.38 → 7,547.38     1.331 stays     12,5 → 12.5
  /// ```
  fileprivate var withSeparators: String {
    let sign = hasPrefix("-") ? "-" : ""
    var groups: [(mark: Character?, digits: String)] = [(nil, "")]
    for character in dropFirst(sign.count) {
      if ("0"..."9").contains(character) {
        groups[groups.count - 1].digits.append(character)
      } else {
        groups.append((character, ""))
      }
    }
    guard groups.count > 1, groups.allSatisfy({ !$0.digits.isEmpty }) else { return self }
    var result = sign + groups[0].digits
    for (index, group) in groups.enumerated().dropFirst() {
      let isLast = index == groups.count - 1
      let mark = !isLast ? "," : group.digits.count != 3 ? "." : group.mark == "." && groups.count == 2 ? "." : ","
      result += mark + group.digits
    }
    return result
  }

  /// Without the spaces that readers put between ideographs.
  fileprivate var joinedWords: String {
    var result = String.UnicodeScalarView()
    var isSpaced = false
    for scalar in unicodeScalars {
      if scalar.properties.isWhitespace {
        isSpaced = !result.isEmpty
        continue
      }
      if isSpaced, let last = result.last, last.isASCII, scalar.isASCII {
        result.append(" ")
      }
      isSpaced = false
      result.append(scalar)
    }
    return String(result.withOnes)
  }
}

extension String.UnicodeScalarView {
  /// With the ideograph one where a dash stands among ideographs, which readers take it for.
  fileprivate var withOnes: String.UnicodeScalarView {
    let scalars = Array(self)
    func isWide(_ index: Int) -> Bool {
      guard scalars.indices.contains(index) else { return false }
      let scalar = scalars[index]
      return scalar.properties.isIdeographic || (0x3001...0x301B).contains(scalar.value)
        || ["(", ")", "\u{FF08}", "\u{FF09}"].contains(scalar)
    }
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let isDash = scalar == "-" || scalar == "\u{2014}" || scalar == "\u{2013}"
      result.append(isDash && isWide(index - 1) && isWide(index + 1) ? "\u{4E00}" : scalar)
    }
    return result
  }
}
