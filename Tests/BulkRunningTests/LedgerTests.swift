import DocumentModel
import Foundation
import PipelineKit
import Testing

@testable import BulkRunning

@Suite("Ledgers of bulk runs") struct LedgerTests {
  private func withFolder(_ body: (OutputFolder) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "gouji-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(OutputFolder(path: path, creates: true))
  }

  private let request = #"{"v":1,"id":"a","source":{"path":"a"}}"#

  @Test func `A document in flight at ten deaths of the supervisor in a row is to blame`() throws {
    try withFolder { folder in
      for death in 0...10 {
        let attempts = try Attempts("attempts", in: folder, done: 0) { _ in false }
        #expect(attempts.isToBlame("a") == (death == 10))
        try attempts.sends("a")
      }
    }
  }

  @Test func `A document that was done in between clears the others`() throws {
    try withFolder { folder in
      for death in 0..<30 {
        let attempts = try Attempts("attempts", in: folder, done: death / 8) { _ in false }
        #expect(!attempts.isToBlame("a"))
        try attempts.sends("a")
      }
    }
  }

  @Test func `A run that ends in order blames nobody`() throws {
    try withFolder { folder in
      for _ in 0..<30 {
        let attempts = try Attempts("attempts", in: folder, done: 0) { _ in false }
        #expect(!attempts.isToBlame("a"))
        try attempts.sends("a")
        try attempts.stop()
      }
    }
  }

  @Test func `The death of a worker outlives that of the supervisor`() throws {
    try withFolder { folder in
      let death = WorkerDeath(reason: "crashed", stage: "read", signal: 11)
      let first = try Attempts("attempts", in: folder, done: 0) { _ in false }
      try first.sends("a")
      try first.died(try BulkRequest(line: request.utf8), death)
      let second = try Attempts("attempts", in: folder, done: 0) { _ in false }
      #expect(second.waiting == [Attempts.Death(line: Array(request.utf8), death: death)])
      // Also where it is being tried again.
      _ = second.takeWaiting()
      try second.sends("a")
      #expect(try Attempts("attempts", in: folder, done: 0) { _ in false }.waiting.count == 1)
      #expect(try Attempts("attempts", in: folder, done: 1) { $0 == "a" }.waiting.isEmpty)
    }
  }

  @Test func `The file of attempts stays small, and keeps what is in flight`() throws {
    try withFolder { folder in
      let attempts = try Attempts("attempts", in: folder, done: 0) { _ in false }
      try attempts.sends("first")
      for number in 0..<60_000 {
        try attempts.sends("document number \(number)")
        attempts.returned("document number \(number)")
      }
      let contents = try #require(try folder.contents("attempts"))
      #expect(contents.count <= 1 << 20 + 1 << 10)
      for _ in 0..<9 { try Attempts("attempts", in: folder, done: 0) { $0 != "first" }.sends("first") }
      #expect(try Attempts("attempts", in: folder, done: 0) { $0 != "first" }.isToBlame("first"))
    }
  }

  @Test func `A copy of a result has its own address and all else as it is`() throws {
    let line =
      #"{"id":"a \"source\":{","format":"f","source":{"uri":"a }\"","sha256":"00","pages":2,"member":null},"data":{"source":{"x":1}}}"#
    let copy = LedgerLine.copy(
      of: Array(line.utf8)[...], id: Array(#""b""#.utf8), source: Array(#"{"uri":"b","member":{"entry":3}}"#.utf8))
    #expect(
      copy.map { String(decoding: $0, as: UTF8.self) }
        == #"{"id":"b","format":"f","source":{"uri":"b","sha256":"00","pages":2,"member":{"entry":3}},"data":{"source":{"x":1}}}"#
    )
  }

  @Test(arguments: [
    ("2/3", [:], "2 of 3"), ("env", ["SLURM_ARRAY_TASK_ID": "4", "SLURM_ARRAY_TASK_COUNT": "8"], "4 of 8"),
    ("env", ["SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_COUNT": "8"], "1 of 8"),
    ("env", ["JOB_COMPLETION_INDEX": "0", "JOB_COMPLETION_COUNT": "4"], "1 of 4"), ("0/3", [:], nil), ("4/3", [:], nil),
    ("env", [:], nil), ("1/x", [:], nil), ("", [:], nil),
  ])
  func `A shard is written as two numbers, or found in the environment`(
    text: String, environment: [String: String], expected: String?
  ) {
    let shard = try? Shard(text, environment: environment)
    #expect(shard.map { "\($0.index) of \($0.count)" } == expected)
  }

  @Test func `A folder that is gone is not written into in silence`() throws {
    try withFolder { folder in
      let file = try PartFile("results.ndjson", in: folder) { _, _ in }
      try file.append(Array(#"{"id":"a"}"#.utf8))
      try FileManager.default.removeItem(atPath: folder.path)
      // Its folder is gone, which shows when it is made sure that it is there.
      let error = #expect(throws: BulkError.self) { try file.pause() }
      #expect(error?.code == "output.not_writable")
    }
  }
}
