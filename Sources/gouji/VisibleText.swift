extension String {
  /// The text for a terminal: what would steer it, be it in the name of a file or in a document, is written out, such as
  /// `\\u{1B}`, and so is what would turn the direction of writing. Tabs stay.
  ///
  /// - Parameter keepingLines: whether line ends stay, too; in a message of one line they are not of ours.
  func visible(keepingLines: Bool = true) -> String {
    guard utf8.contains(where: { !(0x20..<0x7F).contains($0) }) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar == "\t" || keepingLines && scalar == "\n" || !scalar.steers {
        text.unicodeScalars.append(scalar)
      } else {
        text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var steers: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}
