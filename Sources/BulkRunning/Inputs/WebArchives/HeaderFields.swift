/// The named fields before a record's block, or before the body of an answer: a first line, then `Name: value`.
struct HeaderFields {
  /// The version of the archive, or the status of the answer.
  var firstLine: String
  private var fields: [(name: String, value: String)] = []

  private static let mostBytes = 1 << 20

  /// Takes the lines up to the empty one; they may end with a line feed alone, or with more than one carriage return
  /// before it, as careless copying leaves them, and go on in lines that begin with a blank.
  ///
  /// Nil where no line is empty within a million bytes.
  init?(_ bytes: ByteReader) throws(BulkError) {
    var wanted = 1 << 12
    while true {
      let head = try bytes.peek(wanted)
      if let end = Self.end(of: head) {
        var lines = head[..<end].split(separator: 0x0A, omittingEmptySubsequences: true).map {
          String(decoding: $0[..<Self.textEnd(of: $0)], as: UTF8.self)
        }.filter { !$0.isEmpty }
        firstLine = lines.isEmpty ? "" : lines.removeFirst()
        for line in lines {
          if line.first == " " || line.first == "\t", !fields.isEmpty {
            fields[fields.count - 1].value += " " + line.trimmed
          } else if let colon = line.firstIndex(of: ":") {
            fields.append((line[..<colon].trimmed.lowercased(), line[line.index(after: colon)...].trimmed))
          }
        }
        _ = try bytes.skip(end)
        return
      }
      guard head.count == wanted, wanted < Self.mostBytes else { return nil }
      wanted *= 4
    }
  }

  /// The first field with this name, which is written in lower case.
  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// Behind the first empty line.
  private static func end(of bytes: UnsafeRawBufferPointer) -> Int? {
    var start = 0
    while let feed = bytes[start...].firstIndex(of: 0x0A) {
      if textEnd(of: bytes[start..<feed]) == start { return feed + 1 }
      start = feed + 1
    }
    return nil
  }

  /// Where the carriage returns at the end of a line begin.
  private static func textEnd(of line: Slice<UnsafeRawBufferPointer>) -> Int {
    line.lastIndex { $0 != 0x0D }.map { $0 + 1 } ?? line.startIndex
  }
}

extension StringProtocol {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let kept = utf8.drop(while: isBlank)
    let tail = kept.reversed().prefix(while: isBlank).count
    return String(decoding: kept.dropLast(tail), as: UTF8.self)
  }
}
