import DocumentModel

/// Glyphs of one line that stand close together.
struct TextWord {
  /// Indices among the glyphs of the page, from left to right; one for each scalar.
  var glyphs: [Int]
  var scalars: [Unicode.Scalar]
  /// As wide as the glyphs, as high as their font size, around their middle.
  var box: Box
  /// Font size, in points.
  var size: Double
  /// Index of the font of the first glyph.
  var font: Int
  /// Whether it stands for a figure.
  let isNumber: Bool

  init(_ glyphs: [Int], of all: [Glyph]) {
    self.glyphs = glyphs
    scalars = glyphs.map { all[$0].scalar }
    var (x0, x1, middle, sizes) = (Double.infinity, -Double.infinity, 0.0, 0.0)
    for index in glyphs {
      x0 = min(x0, all[index].box.x0)
      x1 = max(x1, all[index].box.x1)
      middle += all[index].box.midY
      sizes += all[index].size
    }
    size = sizes / Double(glyphs.count)
    middle /= Double(glyphs.count)
    box = Box(x0, middle - size / 2, x1, middle + size / 2)
    font = all[glyphs[0]].font
    isNumber = NumberShape.matches(scalars)
  }

  private init(glyphs: [Int], scalars: [Unicode.Scalar], box: Box, size: Double, font: Int) {
    (self.glyphs, self.scalars, self.box, self.size, self.font) = (glyphs, scalars, box, size, font)
    isNumber = NumberShape.matches(scalars)
  }

  /// This word and the next one as one.
  func joined(with next: TextWord) -> TextWord {
    TextWord(
      glyphs: glyphs + next.glyphs, scalars: scalars + next.scalars, box: box.union(next.box),
      size: max(size, next.size), font: font)
  }

  /// How many words a reader counts: two ideographs are about one.
  var count: Int {
    let wide = scalars.count(where: \.isIdeographic)
    return wide < 2 ? 1 : (wide + 1) / 2
  }
}

/// What may stand for a figure in a table that is read for its looks.
///
/// Wider than ``CellContent``: ranges, dates, figures with marks of notes, single letters and ticks, and whatever is at
/// least half digits.
enum NumberShape {
  static func matches(_ all: [Unicode.Scalar]) -> Bool {
    let digits = all.count(where: \.isDigit)
    let printed = all.count { !$0.isBlank }
    if digits == 0, printed > 3 { return false }
    let scalars = printed == all.count ? all : all.filter { !$0.isBlank }
    guard let first = scalars.first else { return false }
    if isOrdinal(scalars, digits: digits) || isThousands(scalars, digits: digits) { return false }
    if 2 * digits >= scalars.count { return true }
    if scalars.count <= 3, scalars.allSatisfy(\.isFiller) { return true }
    if scalars.count == 1 { return first.isLetterMark }
    if scalars.count <= 3, let last = scalars.last, last == ")" || last == "\u{FF09}" {
      let inner = scalars.dropLast().drop { $0 == "(" || $0 == "\u{FF08}" }
      if inner.count == 1, inner.first?.properties.isAlphabetic == true { return true }
    }
    guard digits > 0 else { return false }
    var rest = scalars.drop(while: \.isBeforeNumber)
    guard rest.first?.isDigit == true else { return false }
    rest = rest.drop { $0.isDigit || $0.isInsideNumber }
    return rest.allSatisfy(\.isAfterNumber)
  }

  /// Whether it is a place in an order, as in the heads of percentiles: `25th`.
  private static func isOrdinal(_ scalars: [Unicode.Scalar], digits: Int) -> Bool {
    guard digits > 0, scalars.count == digits + 2, scalars.prefix(digits).allSatisfy(\.isDigit) else { return false }
    return ["st", "nd", "rd", "th"].contains { $0.unicodeScalars.elementsEqual(scalars.suffix(2)) }
  }

  /// Whether it is a unit of thousands: `($000)`, `000s`.
  private static func isThousands(_ scalars: [Unicode.Scalar], digits: Int) -> Bool {
    digits >= 3 && digits < scalars.count && scalars.allSatisfy { !$0.isDigit || $0 == "0" } && !scalars.contains(".")
      && scalars.contains { $0 == "(" || $0.properties.isAlphabetic || $0 == "'" || $0 == "\u{2019}" }
  }

  /// Whether it is a year of our days, alone or as the beginning of a span of years.
  static func isYear(_ scalars: [Unicode.Scalar]) -> Bool {
    let digits = scalars.prefix(while: \.isDigit)
    guard digits.count == 4, digits.first == "1" || digits.first == "2" else { return false }
    let (one, two) = (digits[digits.startIndex + 1], digits[digits.startIndex])
    guard (two == "1" && one == "9") || (two == "2" && one == "0") else { return false }
    return scalars.dropFirst(4).allSatisfy { $0.isDigit || $0.isInsideNumber || $0 == "*" }
  }
}

extension Unicode.Scalar {
  /// A stroke, dots, or a letter of "n/a".
  fileprivate var isFiller: Bool {
    isStroke || [0x2E, 0x3A, 0x61, 0x6E, 0x41, 0x4E, 0xB7, 0x30FB].contains(value)
  }
  /// Alone, it marks something rather than saying it.
  fileprivate var isLetterMark: Bool { self == "x" || self == "X" || (0x2713...0x2718).contains(value) || isBulletMark }
  private var isBulletMark: Bool { value == 0x2022 || value == 0x25CF || value == 0x221A }

  fileprivate var isBeforeNumber: Bool {
    isSign || isStroke || isCurrency || [0x28, 0x5B, 0x3C, 0x3E, 0x7E, 0x2264, 0x2265, 0x23, 0xFF08].contains(value)
  }
  fileprivate var isInsideNumber: Bool {
    isSeparator || isStroke || [0x3A, 0x25, 0x2B, 0xFF1A, 0xFF05].contains(value)
  }
  fileprivate var isAfterNumber: Bool {
    [0x29, 0x5D, 0x25, 0x2A, 0x2020, 0x2021, 0xFF09, 0xFF05].contains(value) || (0x61...0x64).contains(value)
  }
  /// Of the general category of currency symbols.
  var isCurrency: Bool { isASCII ? self == "$" : properties.generalCategory == .currencySymbol }
}

extension Sequence<Unicode.Scalar> {
  /// What its digits say, with a point between them and whatever else around: 1234.5 for `$1,234.5`.
  var amount: Double? { Double(String(String.UnicodeScalarView(filter { $0.isDigit || $0 == "." }))) }
}
