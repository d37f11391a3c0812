import FoundationEssentials
import PipelineKit

/// The records of a bulk result, as texts: one a line, or one printed over several lines from `{` to `}`.
struct RecordTexts {
  /// One record, and the number of its first line.
  struct Text {
    var line: Int
    var bytes: ArraySlice<UInt8>
  }

  private let lines: SourceLines
  private var waiting: Text?

  init(_ lines: SourceLines) { self.lines = lines }

  /// The next record; what looks like a part of one, too. Nil after the last.
  mutating func next() throws -> Text? {
    guard var text = try waiting ?? line() else { return nil }
    waiting = nil
    guard text.bytes.elementsEqual("{".utf8) else { return text }
    // Printed for a person: the lines of its members are indented.
    while let line = try line() {
      let isEnd = line.bytes.elementsEqual("}".utf8)
      guard isEnd || line.bytes.first == UInt8(ascii: " ") else {
        waiting = line
        return text
      }
      text.bytes.append(UInt8(ascii: "\n"))
      text.bytes += line.bytes
      if isEnd { break }
    }
    return text
  }

  /// The next line that is not empty, without the return that some systems end lines with.
  private func line() throws -> Text? {
    while var line = try lines.next() {
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if lines.number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
      if line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) {
        return Text(line: lines.number, bytes: line)
      }
    }
    return nil
  }
}
