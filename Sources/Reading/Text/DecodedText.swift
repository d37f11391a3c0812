import DocumentModel
import FoundationEssentials
import PipelineKit

/// The text of a source, and what had to be guessed to decode it.
///
/// A byte order mark decides, and so do the zeros of UTF-16. Without one, bytes that are valid UTF-8 are UTF-8, unless the
/// source declares an encoding that fits and they look like UTF-8 by chance. Otherwise what the source declares, UTF-8,
/// GB 18030 and what a detector takes the bytes for are tried, and the one with the fewest faults wins, so that neither a
/// UTF-8 file with a broken byte nor a GB 18030 file that was cut inside a character is misread as the other.
struct DecodedText {
  private(set) var text: String
  private(set) var diagnostics: [Diagnostic] = []

  /// Lends the text in UTF-8.
  mutating func withUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try text.withUTF8(body)
  }

  /// Decodes bytes of which the source may declare the encoding.
  init(_ bytes: Data, declared: String? = nil) {
    let faults: Int
    if bytes.starts(with: [0xFF, 0xFE]) {
      (text, faults) = Self.utf16(bytes.dropFirst(2), isBig: false)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      (text, faults) = Self.utf16(bytes.dropFirst(2), isBig: true)
    } else if let isBig = Self.isBigUTF16(bytes) {
      (text, faults) = Self.utf16(bytes, isBig: isBig)
      diagnostics.append(
        Diagnostic("text.encoding_guessed", .warning, "the text has no byte order mark; it was read as UTF-16"))
    } else {
      let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      let bytes = hasMark ? bytes.dropFirst(3) : bytes
      let said = hasMark ? nil : declared.flatMap { Charset(named: $0) }
      if let valid = String(validating: bytes, as: UTF8.self), said == nil || Self.isSurelyUTF8(valid) {
        (text, faults) = (valid, 0)
      } else {
        (text, faults) = Self.guessed(bytes, said: said, declared: declared, diagnostics: &diagnostics)
      }
    }
    if faults > 0 {
      diagnostics.append(
        Diagnostic("text.encoding_damaged", .warning, "\(faults) places cannot be decoded and became U+FFFD"))
    }
  }

  private static func guessed(
    _ bytes: Data, said: Charset?, declared: String?, diagnostics: inout [Diagnostic]
  ) -> (String, faults: Int) {
    // What the source declares is taken where it fits, without a look at others.
    if let said, let (text, faults) = said.decoded(bytes), faults * 200 <= bytes.count { return (text, faults) }
    let detected = Charset(detectedIn: bytes)
    var charsets = [said].compactMap { $0 }
    // A detector knows Big5 by its commonest characters; of a short text it knows nothing.
    if detected == .big5 { charsets.append(.big5) }
    let asUTF8 = String(decoding: bytes, as: UTF8.self)
    var best: (text: String, faults: Int, charset: Charset?) = (asUTF8, replacements(in: asUTF8), nil)
    for charset in charsets + [.gb18030] + [detected].compactMap({ $0 }) where charset != best.charset {
      guard let (text, faults) = charset.decoded(bytes) else { continue }
      if faults < best.faults { best = (text, faults, charset) }
      if faults == 0 { break }
    }
    guard let charset = best.charset else { return (asUTF8, best.faults) }
    if charset != said {
      let why = declared.map { "the text is not what it declares, \($0)" } ?? "the text is not UTF-8"
      diagnostics.append(Diagnostic("text.encoding_guessed", .warning, "\(why); it was read as \(charset.shown)"))
    }
    return (best.text, best.faults)
  }

  /// Whether text that is valid UTF-8 is no other by chance: two bytes of an older encoding may be one character of two, but
  /// seldom one of three.
  private static func isSurelyUTF8(_ text: String) -> Bool {
    var (two, more) = (0, 0)
    for scalar in text.unicodeScalars.prefix(1 << 16) where scalar.value >= 0x80 {
      if scalar.value < 0x800 { two += 1 } else { more += 1 }
    }
    return more >= two
  }

  /// Whether text without a byte order mark is UTF-16 with the larger byte first, by the zeros of its signs and digits.
  private static func isBigUTF16(_ bytes: Data) -> Bool? {
    let head = Array(bytes.prefix(4096))
    guard head.count >= 4, bytes.count.isMultiple(of: 2) else { return nil }
    var zeros = [0, 0]
    for (index, byte) in head.enumerated() where byte == 0 { zeros[index % 2] += 1 }
    guard 16 * max(zeros[0], zeros[1]) >= head.count / 2, min(zeros[0], zeros[1]) * 20 <= max(zeros[0], zeros[1])
    else { return nil }
    let isBig = zeros[0] > zeros[1]
    let odd = units(head, isBig: isBig).count { !isOfText($0) }
    return odd * 50 <= head.count / 2 ? isBig : nil
  }

  /// Whether a unit of UTF-16 is a letter, a sign or white space of Western or Chinese texts, or half of a rare one.
  private static func isOfText(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x09...0x0D, 0x20...0x7E, 0xA0...0x24F, 0x2000...0x9FFF, 0xD800...0xDFFF, 0xF900...0xFAFF, 0xFE30...0xFFEF:
      true
    default: false
    }
  }

  /// Whether bytes are text in UTF-16, with or without a byte order mark.
  static func isUTF16(_ bytes: Data) -> Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || isBigUTF16(bytes) != nil
  }

  private static func utf16(_ bytes: Data, isBig: Bool) -> (String, faults: Int) {
    let text = String(decoding: units(Array(bytes), isBig: isBig), as: UTF16.self)
    return (text, replacements(in: text) + bytes.count % 2)
  }

  private static func units(_ bytes: [UInt8], isBig: Bool) -> [UInt16] {
    stride(from: 0, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0 + (isBig ? 1 : 0)]) | UInt16(bytes[$0 + (isBig ? 0 : 1)]) << 8
    }
  }

  private static func replacements(in text: String) -> Int { text.unicodeScalars.count { $0 == "\u{FFFD}" } }

  /// The digit that the text has lost, as some programs drop one that their fonts do not have: it never occurs, though all
  /// others do, in a text with hundreds of digits; nil where none is lost.
  var lostDigit: Int? {
    var counts = [Int](repeating: 0, count: 10)
    for byte in text.utf8 where (0x30...0x39).contains(byte) { counts[Int(byte) - 0x30] += 1 }
    guard counts.dropFirst().reduce(0, +) >= 200, counts.count(where: { $0 < 5 }) == 1 else { return nil }
    return counts.firstIndex(of: 0)
  }

  /// The lines, 1-based, empty ones included because they separate paragraphs; `nil` where there are more than `limit`.
  ///
  /// A line ends at LF, CR, CR LF, U+2028 or a form feed. What ends the last line does not begin another.
  func lines(atMost limit: Int = .max) -> [Line]? {
    var lines: [Line] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var columns = 0
    var index = start
    func append() {
      let raw = String(scalars[start..<index])
      lines.append(Line(PrintedText(raw), place: .line(lines.count + 1, columns: 1...max(1, columns))))
    }
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      switch scalar {
      case "\n", "\r", "\u{2028}", "\u{C}":
        append()
        guard lines.count <= limit else { return nil }
        let isPair = scalar == "\r" && next < scalars.endIndex && scalars[next] == "\n"
        start = isPair ? scalars.index(after: next) : next
        index = start
        columns = 0
      default:
        columns += 1
        index = next
      }
    }
    if start < scalars.endIndex { append() }
    return lines.count <= limit ? lines : nil
  }
}
