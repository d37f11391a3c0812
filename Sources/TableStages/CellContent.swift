/// What a cell holds, as far as tables need to know it.
///
/// The one definition of a figure in this module: an optional sign and an optional currency sign, digits (also
/// full-width ones) with separators between them, then at most a percent sign or a unit of two characters that is shorter
/// than the figure, a note in brackets or a star. A loss is also written in brackets, `(1,234)`, or behind a triangle,
/// `△12`; one or two bare digits in brackets are the number of a column, an item or a note.
enum CellContent {
  case blank
  /// Only strokes or dots where a figure might stand: `/`, `-`, `—`.
  case hole
  case figure
  case words

  init(_ text: String) { self.init(text.unicodeScalars) }

  init(_ text: some Collection<Unicode.Scalar>) {
    let scalars = text.filter { !$0.isBlank }
    guard !scalars.isEmpty else { self = .blank; return }
    if scalars.count <= 4, scalars.allSatisfy(\.isStroke) { self = .hole; return }
    if scalars.count <= 5, scalars[0].isCurrency, scalars.count > 1, scalars.dropFirst().allSatisfy(\.isStroke) {
      self = .hole
      return
    }
    let rest = scalars[...].droppingSigns
    if let inner = rest.inRoundBrackets {
      guard CellContent(inner) == .figure, inner.contains(where: { !$0.isDigit }) || inner.count > 2 else {
        self = .words
        return
      }
      self = .figure
      return
    }
    let number = rest.prefix { $0.isDigit || $0.isSeparator }
    let digits = number.count { $0.isDigit }
    guard number.first?.isDigit == true, number.last?.isDigit == true else { self = .words; return }
    let unit = rest.dropFirst(number.count)
    let isMarked = unit.count == 1 && unit.first?.value == 0x2A
    self =
      unit.isEmpty || unit.isNote || isMarked
        || (unit.count <= 2 && unit.count <= digits && !unit.contains { $0.isStroke })
      ? .figure : .words
  }

  /// Whether a figure, or a stroke in place of one, is printed.
  var isValue: Bool { self == .figure || self == .hole }
}

extension ArraySlice<Unicode.Scalar> {
  /// Whether it stands in brackets and, but in square ones, is no figure: in `101 (20.4%)` are two.
  fileprivate var isNote: Bool {
    guard count > 2, let first, let last else { return false }
    let isSquare = [0x5B, 0x3014, 0xFF3B].contains(first.value) && [0x5D, 0x3015, 0xFF3D].contains(last.value)
    return isSquare || inRoundBrackets.map { CellContent(Array($0)) != .figure } == true
  }
}

extension ArraySlice<Unicode.Scalar> {
  /// Without a sign and a currency sign at its beginning, in either order.
  fileprivate var droppingSigns: Self {
    var rest = self
    if rest.first?.isCurrency == true { rest = rest.dropFirst() }
    if rest.first?.isSign == true { rest = rest.dropFirst() }
    if rest.count == count - 1, rest.first?.isCurrency == true, first?.isSign == true { rest = rest.dropFirst() }
    return rest
  }

  /// What stands between a pair of round brackets that encloses it; `nil` without one.
  fileprivate var inRoundBrackets: Self? {
    guard count > 2, let first, let last, [0x28, 0xFF08].contains(first.value), [0x29, 0xFF09].contains(last.value)
    else { return nil }
    return dropFirst().dropLast()
  }
}

extension Unicode.Scalar {
  /// White space and characters without a mark.
  var isBlank: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200F, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  /// White space that takes no room: a place where a line may end, or a mark of direction.
  var isZeroWidth: Bool { (0x200B...0x200F).contains(value) || value == 0x2060 || value == 0xFEFF }

  /// An ASCII or full-width digit.
  var isDigit: Bool { (0x30...0x39).contains(value) || (0xFF10...0xFF19).contains(value) }

  /// Between the digits of one figure.
  var isSeparator: Bool { [0x2C, 0x2E, 0xFF0C, 0xFF0E].contains(value) }

  /// Before a figure.
  var isSign: Bool {
    [0x2B, 0x2D, 0x2013, 0x2014, 0x2212, 0x25B2, 0x25B3, 0xFF0B, 0xFF0D, 0xB1].contains(value)
  }

  /// What people write where there is no figure.
  var isStroke: Bool {
    [
      0x2D, 0x2F, 0x5C, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x2215, 0x2500, 0xFF0D, 0xFF0F, 0xFF3C,
      0x2026,
      0x2A, 0xD7,
    ].contains(value)
  }

  /// Written without spaces between words: Chinese and Japanese, with their punctuation.
  var isIdeographic: Bool {
    switch value {
    case 0x2E80...0x312F, 0x31A0...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
