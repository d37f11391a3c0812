import Foundation
import PipelineKit
import Testing

/// The lines of a file, one after the other.
@Suite struct `Lines of a source` {
  private func lines(_ text: String, longest: Int = 1 << 20) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appending(path: "gouji-\(UUID().uuidString)")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let lines = try SourceLines(path: file.path, longest: longest)
    var all: [String] = []
    while let line = try lines.next() {
      all.append(String(decoding: line, as: UTF8.self))
      #expect(lines.number == all.count)
    }
    return all
  }

  @Test func `The last line may lack its end`() throws {
    #expect(try lines("a\n\nb") == ["a", "", "b"])
    #expect(try lines("a\n") == ["a"])
    #expect(try lines("") == [])
  }

  @Test func `A line that is longer than what is read at once is whole`() throws {
    let long = String(repeating: "0123456789", count: 90_000)
    #expect(try lines("a\n\(long)\nb") == ["a", long, "b"])
  }

  @Test func `A line that is too long is cut off, and the next one is whole`() throws {
    #expect(try lines("abcdef\nxy\nabcdef", longest: 4).map { $0.prefix(4) } == ["abcd", "xy", "abcd"])
  }

  @Test func `A file that is not there is named`() {
    #expect(throws: PipelineError.self) { try SourceLines(path: "/there/is/none") }
  }
}
