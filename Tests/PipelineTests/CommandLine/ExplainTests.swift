import Foundation
import TestSupport
import Testing

@Suite struct `The story of a value` {
  @Test func `It goes from the words on the page to the checks`() async throws {
    let run = try await Program.run("explain", try source("yunqi-2023-weasyprint").path, "/applications/granted/total")
    #expect(run.status == 0, "\(run.messages)")
    let record = try await Program.run("run", try source("yunqi-2023-weasyprint").path)
    let data = record.json?["data"] as? [String: Any]
    let value = ((data?["applications"] as? [String: Any])?["granted"] as? [String: Any])?["total"] as? Int
    let figure = try #require(value)
    for part in [
      "/applications/granted/total = \(figure)\n", "state: printed, decided by the stage record.map",
      "places:\n  page ",
      "words:\n  \"\(figure)\", page ", "cells:\n  table t", "repairs: none", "checks:\n", "pass T3-01 granted",
    ] { #expect(run.text.contains(part), "\(part) in \(run.text)") }
  }

  @Test func `As JSON it has the same members every time, of a text and from a store, too`() async throws {
    try await withFolder { folder in
      let arguments = ["explain", try source("yunqi-2023-tab").path, "/applications/granted/total", "--json"]
      let line = (["$gouji"] + arguments).joined(separator: " ")
      let plain = try await Program.shell(line)
      #expect(
        plain.json?.keys.sorted() == [
          "cells", "checks", "equations", "format", "pointer", "provenance", "repairs", "value", "words",
        ])
      #expect((plain.json?["words"] as? [Any])?.isEmpty == false)
      for _ in 1...2 {
        #expect(try await Program.shell(line + " --store \(folder.path)").output == plain.output)
      }
    }
  }

  @Test func `A figure that the sums gave tells its equations`() async throws {
    let path = try source("yunqi-2023-lost-total").path
    let record = try await Program.run("run", path)
    let provenance = try #require(record.json?["provenance"] as? [String: [String: Any]])
    let derived = try #require(provenance.filter { $0.value["state"] as? String == "derived" }.keys.sorted().first)
    let run = try await Program.run("explain", path, derived)
    #expect(run.text.contains("state: derived, decided by the stage record.reconcile"))
    #expect(!run.text.contains("equations: none"))
  }

  @Test func `A fact is told with its value, where it stands and what it was checked against`() async throws {
    let run = try await Program.run("explain", try source("yunqi-2023-weasyprint").path, "/facts/granted")
    #expect(run.text.hasPrefix("/facts/granted = {\"value\":80,"))
    #expect(run.text.contains("places:\n  page ") && !run.text.contains("checks: none"), "\(run.text)")
  }

  @Test func `A pointer that the record does not have is refused with the one that was meant`() async throws {
    let run = try await Program.run("explain", try source("yunqi-2023-tab").path, "/applications/granted/totl")
    #expect(run.status == 2)
    #expect(run.messages.contains("did you mean '/applications/granted/total'?"))
    let far = try await Program.run("explain", try source("yunqi-2023-tab").path, "/xyz")
    #expect(far.status == 2 && far.messages.contains("see the record's 'provenance'"))
  }
}

@Suite struct `The difference of records` {
  @Test func `Equal records give code 0, others 1 with the value, its states and the checks`() async throws {
    try await withFolder { folder in
      let report = try source("yunqi-2023-tab")
      let (first, second) = (folder.appending(path: "a.json").path, folder.appending(path: "b.json").path)
      _ = try await Program.run("run", report.path, "-o", first)
      #expect(try await Program.run("diff", first, first).status == 0)
      // Another name and one figure more.
      let text = try String(contentsOf: report, encoding: .utf8)
      let figure = try #require(text.firstMatch(of: /予以公开\t+(\d+)/))
      let changed = folder.appending(path: "changed.txt")
      try Data(text.replacingCharacters(in: figure.1.startIndex..<figure.1.endIndex, with: "7654").utf8).write(
        to: changed)
      _ = try await Program.run("run", changed.path, "-o", second)
      let run = try await Program.run("diff", first, second)
      #expect(run.status == 1)
      #expect(run.text.contains("other input"))
      #expect(run.text.contains("-> 7654 (printed)"))
      #expect(run.text.contains("check T3-01 granted: pass -> fail, "))
      let back = try await Program.run("diff", second, first, "--json")
      #expect(back.text.contains(#""after":"pass","better":true"#))
      #expect(back.text.split(separator: "\n").count == 2)
    }
  }

  @Test func `Result files are matched by document, in any order, and what one of them lacks is said`() async throws {
    try await withFolder { folder in
      let ids = ["yunqi-2023-tab", "yunqi-2024-tab", "shuiwu-2025-tab"]
      for id in ids {
        let record = try await Program.run("run", try source(id).path)
        let value = try JSONSerialization.jsonObject(with: record.output)
        try JSONSerialization.data(withJSONObject: value).write(to: folder.appending(path: "\(id).json"))
      }
      let files = ids.map { "\(folder.path)/\($0).json" }
      let lines = try await Program.shell(
        """
        cd \(folder.path); line() { cat $1; echo; }
        (line \(files[0]); line \(files[1]); echo torn; line \(files[2])) > a; (line \(files[2]); line \(files[0]); head -c 5000 \(files[1])) > b
        $gouji diff a b
        """)
      #expect(lines.status == 1)
      #expect(lines.text.contains("records: 2 the same, 0 different, 1 only in the first, 0 only in the second"))
      #expect(lines.messages.contains("a:3: "))
      #expect(lines.messages.contains("b:3: "))
      let other = try await Program.shell("cd \(folder.path); $gouji diff b - < a; $gouji diff b a --summary; echo $?")
      #expect(other.text.hasSuffix("0 different, 0 only in the first, 1 only in the second\n1\n"))
      #expect(other.messages.contains("must be a file"))
    }
  }

  @Test func `The cause is a stage of another version, or options, or both, and the stage is named`() async throws {
    try await withFolder { folder in
      let record = try await Program.run("run", try source("yunqi-2023-tab").path).text
      let stage = try #require(
        record.firstMatch(of: /"record.map": \{\s*"version": (\d+),\s*"settings": "([0-9a-f]+)"/))
      let partial = record.replacing("\"status\": \"complete\"", with: "\"status\": \"partial\"")
      let other = { (version: Bool, settings: Bool) -> String in
        let text = String(stage.0).replacing(settings ? stage.2 : "-", with: "0123456789ab")
          .replacing(version ? "\(stage.1)," : "-", with: "99,")
        let print = partial.replacing(/"sha256:[0-9a-f]+"/, with: "\"sha256:\(String(repeating: "0", count: 64))\"")
        return print.replacing(String(stage.0), with: text)
      }
      for (name, text) in [
        ("a", record), ("version", other(true, false)), ("options", other(false, true)), ("both", other(true, true)),
        ("old", other(false, false).replacing("\"stages\":", with: "\"were\":")),
      ] { try Data(text.utf8).write(to: folder.appending(path: name)) }
      let run = try await Program.shell(
        "cd \(folder.path); for b in version options both old; do $gouji diff a $b; $gouji diff a $b --json; done")
      let heads = run.text.split(separator: "\n").filter { $0.contains("source.txt: ") || $0.hasPrefix("  stage") }
      #expect(
        heads.map { $0.split(separator: "source.txt: ").last ?? "" } == [
          "other stage version", "  stage record.map: version \(stage.1) -> 99", "other pipeline",
          "  stage record.map: other options or files", "other stage version, pipeline",
          "  stage record.map: version \(stage.1) -> 99, other options or files", "other pipeline",
        ], "\(run.text)")
      #expect(run.text.contains(#""causes":{"stage_version":1},"stages":{"stage record.map: version"#), "\(run.text)")
    }
  }

  @Test func `What has no record is refused`() async throws {
    let path = try source("yunqi-2023-tab").path
    #expect(try await Program.run("diff", path, path).status == 4)
    #expect(try await Program.run("diff", path, "/nowhere").status == 4)
  }
}
