import DocumentModel

/// Which line of a text source continues the one before.
///
/// A text is hard-wrapped when four of its lines or more end within six columns of each other (an ideograph takes two
/// columns), hardly any is longer, and at least half of those that are not a third shorter are among them. Then a line
/// as long as these goes on in the next one unless a blank line or an indent comes between; so does one up to twelve
/// columns shorter that ends inside a sentence.
///
/// In all other texts a line is a paragraph. Only a sentence that is cut in two is joined, over one blank line at most:
/// the first part is longer than 20 characters, has a comma or another mark inside, and ends in none that ends a
/// sentence or a quotation; the second part begins with a letter or a figure, not indented, and has marks as well.
struct WrappedText {
  /// The width of wrapped lines in columns; `nil` when lines are paragraphs.
  private let width: Int?

  /// Looks at the lines of running text.
  init(_ lines: [Line]) {
    let widths = lines.map { WrappedText.columns(of: $0.text.raw) }.filter { $0 >= 24 }.sorted()
    var best: (count: Int, width: Int)?
    var first = 0
    for (last, width) in widths.enumerated() {
      while widths[first] < width - 6 { first += 1 }
      if last - first + 1 > best?.count ?? 0 { best = (last - first + 1, width) }
    }
    if let best, best.count >= 4, best.count * 2 >= widths.count(where: { $0 * 3 >= best.width * 2 }),
      best.width <= 160, widths.count(where: { $0 > best.width }) * 20 <= widths.count
    {
      width = best.width
    } else {
      width = nil
    }
  }

  /// Whether `lower`, the next line that is not blank, goes on with the paragraph of `upper`.
  func joins(_ upper: Line, _ lower: Line) -> Bool {
    guard case .line(let above, _) = upper.place, case .line(let below, _) = lower.place else { return false }
    let isIndented = lower.text.raw.unicodeScalars.first.map { $0.properties.isWhitespace } ?? true
    if isIndented { return false }
    if let width, below == above + 1 {
      // First lines whose indent was lost are shorter.
      let isCut = upper.text.folded.unicodeScalars.last.map { isInsideSentence($0) } ?? false
      return WrappedText.columns(of: upper.text.raw) >= width - (isCut ? 12 : 6)
    }
    guard below - above <= 2 else { return false }
    let (start, end) = (upper.text.folded.unicodeScalars, lower.text.folded.unicodeScalars)
    guard start.count > 20, let last = start.last, let next = end.first else { return false }
    return isInsideSentence(last) && !ScalarClass(of: next.value).isDisjoint(with: [.ideograph, .letter, .digit])
      && start.contains(where: isMark) && end.contains(where: isMark)
  }

  private func isMark(_ scalar: Unicode.Scalar) -> Bool { ",.;:\u{3001}".unicodeScalars.contains(scalar) }

  private func isInsideSentence(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "," || scalar == "\u{3001}"
      || !ScalarClass(of: scalar.value).isDisjoint(with: [.ideograph, .letter, .digit])
  }

  private static func columns(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + (ScalarClass(of: $1.value).isDisjoint(with: .wide) ? 1 : 2) }
  }
}
