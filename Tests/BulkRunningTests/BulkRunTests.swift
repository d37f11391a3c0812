import BulkRunning
import DocumentModel
import Foundation
import Logging
import PipelineKit
import Testing

@Suite("Bulk runs") struct BulkRunTests {
  @Test(
    arguments: [
      ("trap", "crashed"), ("segv", "crashed"), ("abort", "crashed"), ("oom", "limit.memory"), ("leave", "crashed"),
      ("flood", "limit.output"), ("garbage", "crashed"), ("half", "crashed"), ("mute", "crashed"),
      ("hang", "limit.time"), ("spin", "limit.time"), ("drip", "limit.time"), ("fail", "pdf.damaged"),
    ])
  func `A document that harms its worker is quarantined, and its neighbours are not harmed`(
    deed: String, reason: String
  ) throws {
    try Trial.run { trial in
      for number in 0..<6 { try trial.add("\(number)", "ok \(number)") }
      try trial.add("bad", deed)
      for number in 6..<12 { try trial.add("\(number)", "ok \(number)") }
      let outcome = try trial.run { if reason == "limit.time" { $0.worker.timeout = 2 } }
      #expect(try trial.results == (0..<12).map(String.init).sorted())
      #expect(try trial.quarantine == ["bad": reason])
      #expect(outcome.counts.documents == 13)
      #expect(outcome.counts.failed == [reason: 1])
    }
  }

  @Test func `A page has a time of its own, and the quarantine names it`() throws {
    try Trial.run { trial in
      try trial.add("a", "page")
      try trial.add("b", "ok")
      try trial.run { $0.worker.pageTimeout = 1 }
      #expect(try trial.results == ["b"])
      #expect(try trial.quarantine == ["a": "limit.time"])
      #expect(try trial.lines("quarantine.ndjson")[0].contains("in the stage 'mock', page 7"))
    }
  }

  @Test func `The slowest documents are noted, those of earlier runs, too`() throws {
    try Trial.run { trial in
      try trial.add("slow", "hang")
      try trial.add("a", "ok")
      try trial.run { $0.worker.timeout = 1 }
      try trial.add("b", "ok b")
      try trial.run { $0.identity = ["pipeline": ["name": "mock"], "inputs": ["slow", "a"]] }
      let run = try JSONValue(json: Array(Data(contentsOf: URL(filePath: trial.out + "/run.json"))))
      guard case .array(let slowest)? = run["slowest"] else { throw Trial.Missing() }
      #expect(slowest.map { $0["id"]?.string }.first == "slow")
      #expect(Set(slowest.map { $0["id"]?.string }) == ["slow", "a", "b"])
    }
  }

  @Test(arguments: ["socket", "write", "fork", "change", "talk"])
  func `What the jail refuses is refused, and what a library prints is no answer`(deed: String) throws {
    try Trial.run { trial in
      try trial.add("it", deed)
      try trial.run()
      #expect(try trial.results == ["it"])
      #expect(!FileManager.default.fileExists(atPath: "/tmp/gouji-mock-escaped"))
    }
  }

  @Test func `The same document twice is done once`() throws {
    try Trial.run { trial in
      try trial.add("a", "ok")
      trial.documents.append("a")
      let outcome = try trial.run()
      #expect(try trial.results == ["a"])
      #expect(outcome.repeated == 1)
    }
  }

  @Test func `The same contents are extracted once and recorded for each`() throws {
    try Trial.run { trial in
      try trial.add("a", "partial of two")
      try trial.add("b", "partial of two")
      try trial.run { $0.workers = 1 }
      let lines = try trial.lines("results.ndjson").map { try JSONValue(json: Array($0.utf8)) }
      #expect(lines.map { $0["source"]?["uri"] } == ["a", "b"])
      #expect(lines[0]["data"] == lines[1]["data"])
      let one = try trial.lines("results.ndjson")[0]
      #expect(try trial.lines("results.ndjson")[1] == one.replacing("\"a\"", with: "\"b\""))
    }
  }

  @Test func `A run that is done has nothing to do, and does what is new`() throws {
    try Trial.run { trial in
      try trial.add("a", "ok")
      try trial.run()
      let before = try trial.lines("results.ndjson")
      try trial.run()
      #expect(try trial.lines("results.ndjson") == before)
      try trial.add("b", "ok b")
      try trial.run { $0.identity = ["pipeline": ["name": "mock"], "inputs": ["a"]] }
      #expect(try trial.results == ["a", "b"])
    }
  }

  @Test func `A document that has changed since its result was made is noticed, and a new date is no change`() throws {
    try Trial.run { trial in
      try trial.add("a", "ok 1")
      try trial.add("b", "ok 2")
      try trial.add("bad", "fail")
      try trial.run()
      let before = try trial.lines("results.ndjson")
      // The same again, and younger than the run.
      usleep(30_000)
      try trial.write("a", "ok 1")
      #expect(try trial.run().repeated == 0)
      #expect(try trial.lines("results.ndjson") == before)
      // As long as it was, and with its old date.
      try trial.write("a", "ok 7", date: Date(timeIntervalSince1970: 1))
      try trial.write("bad", "ok")
      let error = #expect(throws: BulkError.self) { try trial.run() }
      #expect(error?.code == "bulk.changed")
      #expect(error?.message.hasPrefix("a is not what it was") == true)
      #expect(try trial.lines("results.ndjson") == before)
      #expect(try trial.quarantine == ["bad": "pdf.damaged"])
      try trial.write("a", "ok 1")
      try trial.run()
      try trial.run { $0.startsAnew = true }
      #expect(try trial.results == ["a", "b", "bad"])
    }
  }

  @Test func `A torn line is cut off and its document done again`() throws {
    try Trial.run { trial in
      for number in 0..<4 { try trial.add("\(number)", "ok \(number)") }
      try trial.run { $0.workers = 1 }
      let whole = try Data(contentsOf: URL(filePath: trial.out + "/results.ndjson"))
      try FileManager.default.removeItem(atPath: trial.out + "/results.ndjson")
      for cut in [1, 20, whole.count / 2, whole.count - 1] {
        try whole.prefix(cut).write(to: URL(filePath: trial.out + "/results.ndjson.open"))
        try trial.run { $0.workers = 1 }
        #expect(try Data(contentsOf: URL(filePath: trial.out + "/results.ndjson")) == whole)
        try FileManager.default.removeItem(atPath: trial.out + "/results.ndjson")
      }
    }
  }

  @Test func `Another pipeline or other inputs in the same folder are refused, and a new start is not`() throws {
    try Trial.run { trial in
      try trial.add("a", "ok")
      try trial.run()
      let error = #expect(throws: BulkError.self) {
        try trial.run { $0.identity = ["pipeline": ["name": "other"], "inputs": ["a"]] }
      }
      #expect(error?.code == "bulk.changed")
      #expect(error?.description.contains("pipeline") == true)
      #expect(error?.description.contains("--fresh") == true)
      try trial.run {
        $0.identity = ["pipeline": ["name": "other"], "inputs": ["a"]]
        $0.startsAnew = true
      }
      #expect(try trial.results == ["a"])
    }
  }

  @Test func `What failed for a reason can be tried again`() throws {
    try Trial.run { trial in
      try trial.add("a", "fail")
      try trial.add("b", "segv")
      try trial.run()
      try Data("ok".utf8).write(to: trial.folder.appending(path: "a"))
      try trial.run { $0.retried = ["pdf.damaged"] }
      #expect(try trial.results == ["a"])
      #expect(try trial.quarantine == ["b": "crashed"])
    }
  }

  @Test func `Shards share the documents, each its own`() throws {
    try Trial.run { trial in
      for number in 0..<20 { try trial.add("\(number)", "ok \(number)") }
      for shard in 1...3 { try trial.run { $0.shard = try? Shard("\(shard)/3", environment: [:]) } }
      let lines = try (1...3).flatMap { try trial.lines("results.part-\($0)-of-3.ndjson") }
      #expect(lines.count == 20)
      #expect(Set(lines).count == 20)
    }
  }

  @Test func `A worker that cannot be started ends the run with a reason`() throws {
    try Trial.run { trial in
      try trial.add("a", "ok")
      let error = #expect(throws: BulkError.self) { try trial.run { $0.worker.command = ["/bin/false"] } }
      #expect(error?.code == "worker.not_started")
      try trial.run()
      #expect(try trial.results == ["a"])
    }
  }

  @Test func `A list that breaks off leaves the run open`() throws {
    try Trial.run { trial in
      try trial.add("a", "ok")
      let error = #expect(throws: BulkError.self) {
        try trial.run {
          $0.listing.command = ["/bin/sh", "-c", "cat '\(trial.folder.path)/list.ndjson'; kill -SEGV $$"]
        }
      }
      #expect(error?.code == "bulk.listing")
      #expect(FileManager.default.fileExists(atPath: trial.out + "/results.ndjson.open"))
    }
  }

  @Test func `What cannot be opened stands in the quarantine with its reason`() throws {
    try Trial.run { trial in
      let list =
        #"{"v":1,"id":"z.zip#1","source":{"container":"z.zip","entry":1},"reason":"archive.bomb","message":"m"}"#
      try trial.run { $0.listing.command = ["/bin/echo", list] }
      #expect(try trial.quarantine == ["z.zip#1": "archive.bomb"])
    }
  }

  @Test func `Two runs do not write into one folder`() throws {
    try Trial.run { trial in
      try trial.add("a", "ok")
      let first = try BulkRun(trial.settings, folder: trial.out, logger: .init(label: "first"))
      let error = #expect(throws: BulkError.self) { try trial.run() }
      #expect(error?.code == "bulk.busy")
      withExtendedLifetime(first) {}
    }
  }
}
