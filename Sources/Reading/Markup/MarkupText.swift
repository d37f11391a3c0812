/// The text of a line or a cell of markup while it is put together: white space is one space, as it is shown.
struct MarkupText {
  private(set) var bytes: [UInt8] = []
  /// Where an inline element begins or ends, or white space was, in bytes.
  private(set) var seams: [Int] = []
  private var space = Gap.none

  private var last = Height.line
  /// Of the last character, as many times as of those that are smaller than what is around them.
  private var size = 0

  private enum Gap { case none, space, lineBreak }

  /// Where the last character stands: on the line, or above or below it, as itself or as the sign of a note.
  private enum Height { case line, shifted, sign }

  /// Whether nothing is printed.
  var isEmpty: Bool { bytes.isEmpty }

  /// Adds characters.
  mutating func append(_ text: ArraySlice<UInt8>) {
    var index = text.startIndex
    while index < text.endIndex {
      if Self.isBlank(text[index]) {
        if space == .none { space = .space }
        index += 1
        continue
      }
      let start = index
      while index < text.endIndex, !Self.isBlank(text[index]) { index += 1 }
      fillGap()
      bytes.append(contentsOf: text[start..<index])
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Adds characters that are shown as `shown`: digits above or below the line behind a text are written as such, so that the
  /// mark of a note is no digit of the figure.
  ///
  /// ```
  /// 12<sup>1</sup>       12¹
  /// <sup>12</sup>        12         there is no line that it stands above
  /// <sup>1</sup>12       1 12
  /// ```
  /// Digits of two sizes are no figure, either.
  ///
  /// - Parameter size: the size of the letters, in any unit.
  mutating func append(_ text: ArraySlice<UInt8>, shown: Shown, size: Int = 1) {
    let size = size * (shown.contains(.small) ? Self.smallness.small : Self.smallness.usual)
    if size != self.size {
      let isMixed = Double(min(size, self.size)) <= Self.mixed * Double(max(size, self.size))
      if isMixed, endsWithDigit, text.prefix(3).holdsDigits { breakWord() }
      self.size = size
    }
    let isShifted = !shown.isDisjoint(with: [.raised, .lowered])
    guard isShifted || last == .shifted, text.contains(where: { $0 > 0x20 }) else {
      append(text)
      return
    }
    if isShifted, last == .shifted || bytes.isEmpty {
      append(text)
      last = .shifted
    } else if isShifted {
      last = .sign
      append(Self.signs(text, isRaised: shown.contains(.raised))[...])
    } else {
      if endsWithDigit { breakWord() }
      last = .line
      append(text)
    }
  }

  private static let smallness = (small: 3, usual: 4)
  /// No figure mixes digits of this size with those of size 1.
  private static let mixed = 0.85

  /// Digits and round brackets as they are written above or below a line.
  private static func signs(_ text: ArraySlice<UInt8>, isRaised: Bool) -> [UInt8] {
    var result = String.UnicodeScalarView()
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let plain = (0xFF08...0xFF19).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
      let sign: UInt32? =
        switch plain {
        case 0x31 where isRaised: 0xB9
        case 0x32...0x33 where isRaised: plain + 0x80
        case 0x30...0x39: plain - 0x30 + (isRaised ? 0x2070 : 0x2080)
        case 0x28...0x29: plain - 0x28 + (isRaised ? 0x207D : 0x208D)
        default: nil
        }
      result.append(sign.flatMap(Unicode.Scalar.init) ?? scalar)
    }
    return Array(String(result).utf8)
  }

  /// Whether a digit that is added now would be one of the figure at its end.
  var endsWithFigure: Bool { space == .none && last == .line && endsWithDigit }

  private var endsWithDigit: Bool {
    guard let last = bytes.last else { return false }
    if (0x30...0x39).contains(last) { return true }
    return (0x90...0x99).contains(last) && bytes.suffix(3).starts(with: [0xEF, 0xBC])
  }

  /// Adds characters as they are, white space too.
  mutating func append(verbatim text: ArraySlice<UInt8>) {
    fillGap()
    bytes.append(contentsOf: text)
  }

  /// A line ends; several are one.
  mutating func breakLine() { space = .lineBreak }

  /// White space that no character stands for.
  mutating func breakWord() { if space == .none { space = .space } }

  /// An inline element begins or ends.
  mutating func seam() { if seams.last != bytes.count { seams.append(bytes.count) } }

  private mutating func fillGap() {
    guard space != .none else { return }
    if !bytes.isEmpty {
      bytes.append(space == .lineBreak ? 0x0A : 0x20)
      seam()
    }
    space = .none
  }

  /// What has been put together; the next text begins empty.
  mutating func taken() -> String {
    defer { clear() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Begins anew.
  mutating func clear() {
    if !bytes.isEmpty { bytes.removeAll(keepingCapacity: true) }
    if !seams.isEmpty { seams.removeAll(keepingCapacity: true) }
    (space, last, size) = (.none, .line, 0)
  }
}
