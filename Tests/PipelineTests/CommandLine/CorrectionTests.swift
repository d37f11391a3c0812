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
      [
        "document": String(repeating: "0", count: 64), "pointer": pointer, "expected_raw": raw, "value": 7654,
        "by": "Ann", "reason": "r",
      ]
    ])
    #expect(run.diagnostics.contains("record.correction_elsewhere"))
    #expect(run.json?["data"] as? NSDictionary == plain.json?["data"] as? NSDictionary)
    #expect(field(run)["state"] as? String == "printed")
  }

  @Test func `Of two of one value the last counts, and that they contradict each other is said`() async throws {
    let (_, digest, raw) = try await plain()
    let correct = { (value: Int, by: String) -> [String: Any?] in
      ["document": digest, "pointer": pointer, "expected_raw": raw, "value": value, "by": by, "reason": "r"]
    }
    let run = try await run([correct(7654, "Ann"), correct(7655, "Bea")])
    #expect(field(run)["note"] as? String == "by Bea: r, was printed")
    #expect(run.diagnostics.count { $0 == "record.correction_repeated" } == 1)
    #expect(run.messages.contains("to 7654 by Ann, to 7655 by Bea; the last counts"))
    let same = try await self.run([correct(7654, "Ann"), correct(7654, "Bea")])
    #expect(!same.diagnostics.contains("record.correction_repeated"))
  }

  @Test func `It is seen on the page, in the story of the value and in what moved, out of several files`() async throws
  {
    let (_, digest, raw) = try await plain()
    try await withFolder { folder in
      let line = { (pointer: String, raw: String, value: Int) in
        #"{"document":"\#(digest)","pointer":"\#(pointer)","expected_raw":"\#(raw)","value":\#(value),"by":"Ann","reason":"r"}"#
      }
      try Data((line("/year", "2023", 2022) + "\n").utf8).write(to: folder.appending(path: "a"))
      try Data((line(pointer, raw, 7654) + "\n").utf8).write(to: folder.appending(path: "b"))
      let run = try await Program.shell(
        """
        report='\(try source("yunqi-2023-tab").path)'; cd '\(folder.path)'; both='--corrections a --corrections b'
        $gouji explain $report \(pointer) $both
        $gouji inspect $report $both -o page.html && grep -o '"state":"corrected"' page.html | wc -l
        $gouji run $report --store s -o plain.json; $gouji why $report record.correct --store s $both
        $gouji inspect $report --corrections page.html -o page.html; echo $?
        """)
      for part in [
        "\(pointer) = 7654\nstate: corrected", "note: by Ann: r, was printed", "\n2\n", "corrections: none -> ",
      ] { #expect(run.text.contains(part), "\(part) in \(run.text)") }
      #expect(run.text.hasSuffix("\n2\n"), "what is read is not written over: \(run.messages)")
    }
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
