extension String {
  /// Digits, the marks between them, and a sign before them only.
  var asFigure: String {
    var scalars = unicodeScalars.filter { "0123456789.,-".unicodeScalars.contains($0) }[...]
    guard scalars.contains(where: \.isPlainDigit) else { return "" }
    while let last = scalars.last, !last.isPlainDigit { scalars.removeLast() }
    while let first = scalars.first, !first.isPlainDigit, first != "-" { scalars.removeFirst() }
    return String(String.UnicodeScalarView(scalars))
  }

  /// Whether there is nothing but digits and the marks of figures, in any width.
  var isFigureOnly: Bool {
    let marks: Set<Unicode.Scalar> = [".", ",", "-", "\u{FF0C}", "\u{FF0E}", "\u{FF0D}", "\u{3001}", "\u{3002}", " "]
    let isDigit = { (scalar: Unicode.Scalar) in scalar.isPlainDigit || ("\u{FF10}"..."\u{FF19}").contains(scalar) }
    return unicodeScalars.contains(where: isDigit) && unicodeScalars.allSatisfy { isDigit($0) || marks.contains($0) }
  }

  /// The digits alone.
  var plainDigits: [Unicode.Scalar] { unicodeScalars.filter(\.isPlainDigit) }

  /// With all marks between digits the same: which of them is meant is told by the digits between them.
  var likeMarks: String {
    String(String.UnicodeScalarView(unicodeScalars.enumerated().map { $0 > 0 && !$1.isPlainDigit ? "," : $1 }))
  }

  /// The figure that a reader of text means, where it reads nothing that digits are not taken for.
  var figureOfLookalikes: String? {
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
  var withSeparators: String {
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

  /// Whether it is two ideographs or more, and nothing else.
  var isWord: Bool { unicodeScalars.count >= 2 && unicodeScalars.allSatisfy(\.properties.isIdeographic) }

  /// In the forms that are as broad as ideographs.
  var fullWidth: String {
    String(String.UnicodeScalarView(unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
  }

  /// Without the spaces that readers put between ideographs.
  var joinedWords: String {
    var result = String.UnicodeScalarView()
    var isSpaced = false
    for index in unicodeScalars.indices {
      let scalar = unicodeScalars[index]
      if scalar.properties.isWhitespace {
        isSpaced = !result.isEmpty
        continue
      }
      if isSpaced, let last = result.last, last.isASCII, scalar.isASCII,
        !(last.isPlainDigit && unicodeScalars[index...].isMarkOfNumber)
      {
        result.append(" ")
      }
      isSpaced = false
      result.append(scalar)
    }
    return String(result.withOnes)
  }
}

extension Unicode.Scalar {
  /// Whether it is one of the ten digits of ASCII.
  var isPlainDigit: Bool { ("0"..."9").contains(self) }
}

extension Substring.UnicodeScalarView {
  /// Whether it begins with a mark and a digit, as the rest of a figure does, or with one behind the number of a line, which
  /// may be as broad as an ideograph.
  fileprivate var isMarkOfNumber: Bool {
    guard let mark = first, mark == "." || mark == ",", let next = dropFirst().first else { return false }
    return next.isPlainDigit || dropFirst().first { !$0.properties.isWhitespace }?.properties.isIdeographic == true
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
