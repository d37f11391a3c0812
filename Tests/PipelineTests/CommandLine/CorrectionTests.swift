import Foundation
import TestSupport
import Testing

@Suite struct `A correction` {
  private let pointer = "/applications/granted/total"

  /// The record of a report of ours with corrections laid over it; a store where one is named.
  private func run(_ corrections: [[String: Any?]], store: String? = nil) async throws -> Program.Run {
    try await withFolder { folder in
      let file = folder.appending(path: "corrections.ndjson")
      let lines = try corrections.map { correction in
        try JSONSerialization.data(withJSONObject: correction.mapValues { $0 ?? NSNull() }) + Data("\n".utf8)
      }
      try Data(lines.joined()).write(to: file)
      let store = store.map { " --store \($0) -v" } ?? ""
      return try await Program.shell(
        "$gouji run \(try source("yunqi-2023-tab").path) --corrections \(file.path)\(store)")
    }
  }

  private func plain() async throws -> (run: Program.Run, digest: String, raw: String) {
    let run = try await Program.run("run", try source("yunqi-2023-tab").path)
    let provenance = run.json?["provenance"] as? [String: [String: Any]]
    return (
      run, (run.json?["source"] as? [String: Any])?["sha256"] as? String ?? "",
      provenance?[pointer]?["raw"] as? String ?? ""
    )
  }

  private func field(_ run: Program.Run) -> [String: Any] {
    (run.json?["provenance"] as? [String: [String: Any]])?[pointer] ?? [:]
  }

  @Test func `It takes the place of what was read, says who and why, and is checked`() async throws {
    let (_, digest, raw) = try await plain()
    let run = try await run([
      ["document": digest, "pointer": pointer, "expected_raw": raw, "value": 7654, "by": "Ann", "reason": "misprint"]
    ])
    #expect(run.status == 1)
    #expect(field(run)["state"] as? String == "corrected")
    #expect(field(run)["raw"] as? String == raw)
    #expect(field(run)["note"] as? String == "by Ann: misprint, was printed")
    #expect(run.text.contains("7654"))
    #expect(run.failedChecks.contains("T3-01"))
  }

  @Test func `It is left out and said to be stale where something else is printed`() async throws {
    let (plain, digest, raw) = try await plain()
    let run = try await run([
      ["document": digest, "pointer": pointer, "expected_raw": raw + "0", "value": 7654, "by": "Ann", "reason": "r"],
      ["document": digest, "pointer": "/nowhere", "expected_raw": nil, "value": 1, "by": "Ann", "reason": "r"],
    ])
    #expect(run.diagnostics.count { $0 == "record.correction_stale" } == 2)
    #expect(run.json?["data"] as? NSDictionary == plain.json?["data"] as? NSDictionary)
  }

  @Test func `One of another kind than the record has there is refused`() async throws {
    let (plain, digest, raw) = try await plain()
    let run = try await run(
      ["many", "81", true, -3].map { value in
        ["document": digest, "pointer": pointer, "expected_raw": raw, "value": value, "by": "Ann", "reason": "r"]
      })
    #expect(run.diagnostics.count { $0 == "record.correction_refused" } == 4)
    #expect(run.json?["data"] as? NSDictionary == plain.json?["data"] as? NSDictionary)
  }

  @Test func `Those of other documents change nothing, which is said`() async throws {
    let (plain, _, raw) = try await plain()
    let run = try await run([
      ["document": "0", "pointer": pointer, "expected_raw": raw, "value": 7654, "by": "Ann", "reason": "r"]
    ])
    #expect(run.diagnostics.contains("record.correction_elsewhere"))
    #expect(run.json?["data"] as? NSDictionary == plain.json?["data"] as? NSDictionary)
    #expect(field(run)["state"] as? String == "printed")
  }

  @Test func `With a store, another correction runs what follows it again`() async throws {
    let (plain, digest, raw) = try await plain()
    try await withFolder { folder in
      let correct = { (value: Int) -> [[String: Any?]] in
        [["document": digest, "pointer": pointer, "expected_raw": raw, "value": value, "by": "A", "reason": "r"]]
      }
      let first = try await run(correct(7654), store: folder.path)
      #expect(first.text.contains("7654"))
      let second = try await run(correct(7655), store: folder.path)
      #expect(second.text.contains("7655") && !second.text.contains("7654"))
      #expect(second.messages.contains("stage record.reconcile: taken from the store"))
      #expect(try await run([], store: folder.path).output == plain.output)
    }
  }

  @Test(arguments: [
    "x", "{}", #"{"document":"d","pointer":"/a","expected_raw":null,"value":1.5,"by":"A","reason":"r"}"#,
  ])
  func `A line that is none is refused with its number`(line: String) async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "c")
      try Data("\n\(line)\n".utf8).write(to: file)
      let run = try await Program.run("run", try source("yunqi-2023-tab").path, "--corrections", file.path)
      #expect(run.status == 4)
      #expect(run.messages.contains("c:2: "))
    }
  }
}
