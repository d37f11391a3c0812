import DocumentModel

/// Makes the readable form of texts and the one for comparisons; keeps its buffers from one text to the next.
struct TextForms {
  private let punctuation: NormaliseText.Options.Punctuation
  private let spacing: NormaliseText.Options.Spacing
  private let variants: CharacterVariants
  private let plainTable = ScalarTables.plain
  private let foldedTable = ScalarTables.folded

  private var plain = ScalarBuffer()
  private var shown = ScalarBuffer()
  private var folded = ScalarBuffer()

  init(
    punctuation: NormaliseText.Options.Punctuation = .gbt15834, spacing: NormaliseText.Options.Spacing = .tight,
    variants: CharacterVariants = CharacterVariants()
  ) {
    self.punctuation = punctuation
    self.spacing = spacing
    self.variants = variants
  }

  /// Fills in all forms of `text` anew from its raw form.
  mutating func fill(_ text: inout PrintedText) {
    let isPlain = makePlain(of: text.raw)
    shown.removeAll()
    swap(&shown, &plain)
    let isPunctuated = punctuation == .gbt15834 && PunctuationRule.apply(to: &shown)
    let isSpaced = spacing == .tight && SpacingRule.apply(to: &shown)
    if isPlain, !isPunctuated, !isSpaced {
      (text.shown, text.shownOffsets) = (text.raw, .identity)
    } else {
      (text.shown, text.shownOffsets) = (shown.string, shown.map)
    }
    // Punctuation is made one for comparisons anyway, so that the readable form is as good a start as the plain one.
    if makeFolded() {
      (text.folded, text.foldedOffsets) = (folded.string, folded.map)
    } else {
      (text.folded, text.foldedOffsets) = (text.shown, text.shownOffsets)
    }
  }

  /// The form for comparisons alone.
  mutating func folded(_ raw: String) -> [UInt32] {
    var text = PrintedText(raw)
    fill(&text)
    return folded.values
  }

  /// The form for comparisons alone, as a string.
  mutating func foldedString(_ raw: String) -> String {
    var text = PrintedText(raw)
    fill(&text)
    return text.folded
  }

  /// Whether the plain form is the same as `raw`.
  ///
  /// A character of a font's own, or a control character, that stands beside a digit may have been a digit: it is kept as
  /// U+FFFD, so that what is left is not read as the figure.
  private mutating func makePlain(of raw: String) -> Bool {
    plain.removeAll()
    var isSame = true
    var offset: Int32 = 0
    var lost: Int32?
    raw.forEachScalar { value in
      if let origin = lost {
        lost = nil
        if Self.isDigit(value) || plain.values.last.map(Self.isDigit) == true { plain.append(0xFFFD, from: origin) }
      }
      if Self.isIllegible(value) { lost = offset }
      if value < 0x10000 {
        let target = plainTable[Int(value)]
        if UInt32(target) == value {
          plain.append(value, from: offset)
        } else {
          isSame = false
          if target == ScalarTables.several {
            for part in ScalarTables.plainSequence(of: value) { plain.append(part, from: offset) }
          } else if target != 0 {
            plain.append(UInt32(target), from: offset)
          }
        }
      } else if value < 0xE0000 {
        plain.append(value, from: offset)
      } else {
        isSame = false  // tags, variation selectors, private planes
      }
      offset += 1
    }
    if let origin = lost, plain.values.last.map(Self.isDigit) == true { plain.append(0xFFFD, from: origin) }
    return isSame
  }

  private static func isDigit(_ value: UInt32) -> Bool {
    (0x30...0x39).contains(value) || (0xFF10...0xFF19).contains(value)
  }

  /// Private use, or a control character other than white space.
  private static func isIllegible(_ value: UInt32) -> Bool {
    (0xE000...0xF8FF).contains(value) || value >= 0xF0000 || value < 0x20 && !(0x09...0x0D).contains(value)
      || (0x7F..<0xA0).contains(value) && value != 0x85
  }

  /// Whether the form for comparisons differs from the readable one.
  private mutating func makeFolded() -> Bool {
    folded.removeAll()
    var isChanged = false
    var bracket: Int?
    for index in 0..<shown.count {
      let (value, origin) = (shown.values[index], shown.origins[index])
      guard value < 0x10000 else {
        folded.append(value, from: origin)
        continue
      }
      let target = UInt32(foldedTable[Int(value)])
      if target != value {
        isChanged = true
        if target == 0 { continue }
        if target == UInt32(ScalarTables.several) {
          for part in ScalarTables.foldedSequence(of: value) { folded.append(part, from: origin) }
          continue
        }
      }
      folded.append(target, from: origin)
      if target == 0x28 {
        bracket = folded.count - 1
      } else if target == 0x29, let open = bracket {
        if PinyinReading.stands(in: folded.values, from: open), !hasCapitals(before: index) {
          folded.truncate(to: open)
          isChanged = true
        }
        bracket = nil
      }
    }
    if variants.apply(to: &folded) { isChanged = true }
    return isChanged
  }

  /// Whether the bracket that closes at `end` of the readable form holds capitals, as abbreviations do.
  private func hasCapitals(before end: Int) -> Bool {
    var index = end - 1
    while index >= 0, shown.values[index] != 0x28, shown.values[index] != 0xFF08 {
      if (0x41...0x5A).contains(shown.values[index]) { return true }
      index -= 1
    }
    return false
  }
}
