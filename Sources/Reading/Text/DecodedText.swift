import DocumentModel
import FoundationEssentials
import PipelineKit

/// The text of a plain text source, and what had to be guessed to decode it.
///
/// A byte order mark decides. Without one, bytes that are valid UTF-8 are UTF-8. Otherwise both UTF-8 and GB 18030 are
/// tried and the one with fewer faults wins, so that neither a UTF-8 file with a broken byte nor a GB 18030 file that was
/// cut inside a character is misread as the other.
struct DecodedText {
  private(set) var text: String
  private(set) var diagnostics: [Diagnostic] = []

  init(_ bytes: Data) {
    let faults: Int
    if bytes.starts(with: [0xFF, 0xFE]) {
      (text, faults) = Self.utf16(bytes.dropFirst(2)) { UInt16($0) | UInt16($1) << 8 }
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      (text, faults) = Self.utf16(bytes.dropFirst(2)) { UInt16($0) << 8 | UInt16($1) }
    } else {
      let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
      if let valid = String(validating: bytes, as: UTF8.self) {
        (text, faults) = (valid, 0)
      } else {
        (text, faults) = Self.guessed(bytes, diagnostics: &diagnostics)
      }
    }
    if faults > 0 {
      diagnostics.append(
        Diagnostic("text.encoding_damaged", .warning, "\(faults) places cannot be decoded and became U+FFFD"))
    }
  }

  private static func guessed(_ bytes: Data, diagnostics: inout [Diagnostic]) -> (String, faults: Int) {
    let asUTF8 = String(decoding: bytes, as: UTF8.self)
    let faults = replacements(in: asUTF8)
    guard let chinese = decodedFromGB18030(bytes), chinese.faults < faults else { return (asUTF8, faults) }
    diagnostics.append(
      Diagnostic("text.encoding_guessed", .warning, "the text is not UTF-8; it was read as GB 18030"))
    return chinese
  }

  private static func utf16(_ bytes: Data, unit: (UInt8, UInt8) -> UInt16) -> (String, faults: Int) {
    let bytes = Array(bytes)
    let units = stride(from: 0, to: bytes.count - 1, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
    let text = String(decoding: units, as: UTF16.self)
    return (text, replacements(in: text) + bytes.count % 2)
  }

  private static func replacements(in text: String) -> Int { text.unicodeScalars.count { $0 == "\u{FFFD}" } }

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
