import DocumentModel

/// The text of several lines as one, in all three forms.
///
/// `raw` has a line break between lines. `shown` and `folded` have nothing there beside ideographs and wide marks;
/// between other words `shown` has a space. A hyphen at the end of a line goes when small letters stand on both sides.
struct JoinedText {
  private var raw = ""
  private var rawCount: Int32 = 0
  private var shown = ScalarBuffer()
  private var folded = ScalarBuffer()

  /// Joins at least one text; a single one is returned as it is.
  static func of(_ texts: [PrintedText]) -> PrintedText {
    guard let first = texts.first else { return PrintedText("") }
    if texts.count == 1 { return first }
    var joined = JoinedText()
    for text in texts { joined.append(text) }
    return PrintedText(
      raw: joined.raw, shown: joined.shown.string, folded: joined.folded.string, shownOffsets: joined.shown.map,
      foldedOffsets: joined.folded.map)
  }

  private mutating func append(_ text: PrintedText) {
    if rawCount > 0 {
      raw.unicodeScalars.append("\n")
      rawCount += 1
    }
    let isHyphenated = endsInHyphen && text.shown.unicodeScalars.first.map { ("a"..."z").contains($0) } ?? false
    if isHyphenated {
      shown.truncate(to: shown.count - 1)
      if folded.values.last == 0x2D { folded.truncate(to: folded.count - 1) }
    } else if let left = shown.values.last, let right = text.shown.unicodeScalars.first?.value,
      ScalarClass(of: left).isDisjoint(with: [.wide, .space]), ScalarClass(of: right).isDisjoint(with: [.wide, .space])
    {
      shown.append(0x20, from: rawCount - 1)
    }
    add(text.shown, text.shownOffsets, to: \.shown)
    add(text.folded, text.foldedOffsets, to: \.folded)
    raw += text.raw
    rawCount += Int32(text.raw.unicodeScalars.count)
  }

  private var endsInHyphen: Bool {
    guard shown.count > 1, shown.values[shown.count - 1] == 0x2D else { return false }
    return (0x61...0x7A).contains(shown.values[shown.count - 2])
  }

  private mutating func add(_ form: String, _ map: OffsetMap, to buffer: WritableKeyPath<JoinedText, ScalarBuffer>) {
    for (index, scalar) in form.unicodeScalars.enumerated() {
      self[keyPath: buffer].append(scalar.value, from: rawCount + Int32(map.origin(of: index)))
    }
  }
}
