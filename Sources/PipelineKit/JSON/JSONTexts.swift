/// The objects of a file of JSON, as texts: one a line, or one printed over several lines from `{` to `}`.
public struct JSONTexts {
  /// One object.
  public struct Text: Sendable {
    /// The number of its first line.
    public var line: Int
    /// Without the end of its last line.
    public var bytes: ArraySlice<UInt8>
    /// Where it stands in the file, with that end.
    public var range: Range<Int>
  }

  private let lines: SourceLines
  private var waiting: Text?

  /// Those of `lines`.
  public init(_ lines: SourceLines) { self.lines = lines }

  /// The next object; what looks like a part of one, too. Nil after the last.
  ///
  /// - Throws: ``PipelineError`` with the code `input.unreadable`.
  public mutating func next() throws -> Text? {
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
      text.range = text.range.lowerBound..<line.range.upperBound
      if isEnd { break }
    }
    return text
  }

  /// The next line that is not empty, without the return that some systems end lines with.
  private func line() throws -> Text? {
    while true {
      let start = lines.position
      guard var line = try lines.next() else { return nil }
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if lines.number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
      if line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) {
        return Text(line: lines.number, bytes: line, range: start..<lines.position)
      }
    }
  }
}
