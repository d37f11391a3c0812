import Foundation
import Testing

@testable import BulkRunning

@Suite("Frames of workers") struct WorkerFrameTests {
  /// What is read of a text that comes in parts of so many bytes.
  private func frames(_ text: String, part: Int, limit: Int = 100) throws -> [WorkerFrame] {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { close(ends[0]) }
    var reader = FrameReader(limit: limit)
    var frames: [WorkerFrame] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      try writeAll(Array(rest.prefix(part)), to: ends[1])
      rest = rest.dropFirst(part)
      #expect(reader.fill(from: ends[0], chunk: 64) == .some)
      while let frame = try reader.next() { frames.append(frame) }
    }
    close(ends[1])
    while reader.fill(from: ends[0], chunk: 64) == .some {
      while let frame = try reader.next() { frames.append(frame) }
    }
    return frames
  }

  @Test(arguments: [1, 7, 64, 1000])
  func `Frames come out whole, however they come in`(part: Int) throws {
    let text = "ready 31\ndigest ab\nstage read\npage 3\nreply partial pdf.damaged - 7\n{\"a\":1}\nmemory\n"
    #expect(
      try frames(text, part: part) == [
        .ready(31), .digest("ab"), .stage("read"), .page(3),
        .reply(WorkerReply(.partial, reason: "pdf.damaged", payload: Array(#"{"a":1}"#.utf8))), .memory,
      ])
  }

  @Test(arguments: [
    "hello\n", "ready x\n", "page one\n", "reply complete - -\n", "reply done - - 2\n{}\n", "reply complete - - 1\n{\n",
    "reply complete - - 2\n{}x", "reply complete - - 3\n{\n}\n", String(repeating: "x", count: 600), "\n", "\0\n",
  ])
  func `What is no frame is an error`(text: String) {
    #expect(throws: FrameReader.Fault.noFrame) { try frames(text, part: 10) }
  }

  @Test func `A reply that is too long is refused before it is read`() {
    #expect(throws: FrameReader.Fault.tooLong) { try frames("reply complete - - 101\n", part: 10) }
  }
}
