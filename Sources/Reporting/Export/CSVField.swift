extension String {
  /// The text as one field of CSV (RFC 4180): quoted where it holds a comma, a quote or a line end.
  ///
  /// A spreadsheet program runs what begins with `=`, `+`, `-` or `@` as a formula, also in their wide forms, and looks past
  /// a tab or a return for them. Such a text has an apostrophe before it, unless it is a figure or nothing but signs, as the
  /// dash of an empty cell is.
  var csvField: String {
    let text = isFormula ? "'" + self : self
    guard text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// Whether a spreadsheet program would run it.
  private var isFormula: Bool {
    guard let first = unicodeScalars.first, first.beginsFormula else { return false }
    if unicodeScalars.allSatisfy({ $0.beginsFormula && $0.value > 0x20 }) { return false }
    let figure = first == "-" || first == "+" ? unicodeScalars.dropFirst() : unicodeScalars[...]
    let isFigure = figure.allSatisfy { ("0"..."9").contains($0) || $0 == "." || $0 == "," || $0 == "%" }
    return !isFigure
  }

  /// Whether it is a whole number or a decimal, such as `-1286.35`.
  var isDecimal: Bool {
    var digits = utf8[...]
    if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
  }
}

extension Unicode.Scalar {
  fileprivate var beginsFormula: Bool {
    switch self {
    case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }
}
