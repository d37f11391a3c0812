import PipelineKit

/// The names of particulars, such as the number and the date of a document, that stand around its text.
struct Particulars {
  private let patterns: [Pattern]
  private let leftOut: [Pattern]

  /// Names, and lines of the site that are left out, by patterns over texts without white space.
  init(_ patterns: [Pattern], leftOut: [Pattern] = []) {
    self.patterns = patterns
    self.leftOut = leftOut
  }

  /// Whether a line is one of the site around the text.
  func isLeftOut(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !leftOut.isEmpty, bytes.count <= Self.longestLine else { return false }
    let text = Self.squeezed(bytes.prefix(Self.longestName))
    return leftOut.contains { $0.prefixMatch(of: text) != nil }
  }

  /// Whether there are any.
  var isEmpty: Bool { patterns.isEmpty }

  /// Whether a text is a name, with or without a colon.
  func isName(_ bytes: [UInt8]) -> Bool {
    guard !patterns.isEmpty, bytes.count <= Self.longestName else { return false }
    let text = Self.squeezed(bytes[...])
    guard !text.isEmpty else { return false }
    return patterns.contains { pattern in
      guard let match = pattern.prefixMatch(of: text) else { return false }
      return text[match.range.upperBound...].allSatisfy { $0 == ":" || $0 == "\u{FF1A}" }
    }
  }

  /// Whether a text begins with a name and a colon.
  func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = Self.squeezed(bytes.prefix(Self.longestName))
    return patterns.contains { pattern in
      guard let match = pattern.prefixMatch(of: text), match.range.upperBound < text.endIndex else { return false }
      return text[match.range.upperBound] == ":" || text[match.range.upperBound] == "\u{FF1A}"
    }
  }

  /// The offsets at which a line of several particulars falls apart, ascending.
  func cuts(_ bytes: [UInt8], at seams: [Int]) -> [Int] {
    guard !patterns.isEmpty, bytes.count <= Self.longestLine, !bytes.isEmpty else { return [] }
    var places = Set(seams.filter { $0 > 0 && $0 < bytes.count })
    // Behind the no-break space and the ideographic one, which are no white space of markup.
    for index in bytes.indices.dropFirst(3) {
      if bytes[index - 2] == 0xC2, bytes[index - 1] == 0xA0 { places.insert(index) }
      if bytes[index - 3] == 0xE3, bytes[index - 2] == 0x80, bytes[index - 1] == 0x80 { places.insert(index) }
    }
    return places.sorted().filter { begins(bytes[$0...]) }
  }

  private static func squeezed(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace }))
  }

  private static let longestName = 60
  private static let longestLine = 600
}
