import Foundation
import TestSupport
import Testing

/// `gouji audit` over what `gouji run` prints.
@Suite struct `An audit` {
  /// The records of one body on two years, of which the second carries in what the first carries out.
  private func withRecords(_ body: (_ first: String, _ second: String) async throws -> Void) async throws {
    let text = try String(decoding: Data(contentsOf: source("yunqi-2023-tab")), as: UTF8.self)
    let next = text.replacing("2023", with: "2024")
    try await withFolder { folder in
      var paths: [String] = []
      for (name, text) in [("first", text), ("second", next)] {
        let document = folder.appending(path: name + ".txt")
        try Data(text.utf8).write(to: document)
        let record = folder.appending(path: name + ".json").path
        #expect(try await Program.run("run", document.path, "-o", record).status == 0)
        paths.append(record)
      }
      try await body(paths[0], paths[1])
    }
  }

  @Test func `Real records of two years are held against each other`() async throws {
    try await withRecords { first, second in
      let run = try await Program.run("audit", first, second, "--json")
      #expect(run.status == 0)
      let lines = run.text.split(separator: "\n").map {
        try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
      #expect(lines.count == 10)
      let total = lines.first { $0?["id"] as? String == "Y-01" && $0?["instance"] as? String == "total" } ?? nil
      #expect(total?["status"] as? String == "fail")
      #expect(total?["left"] as? Int == 17 && total?["right"] as? Int == 10)
      #expect(total?["years"] as? [Int] == [2023, 2024])
      let summary = lines.last??["summary"] as? [String: Any]
      #expect(summary?["pairs"] as? Int == 1)
      let rules = summary?["rules"] as? [String: [String: Int]]
      #expect(rules?["Y-02"] == ["pass": 1, "fail": 1, "uncertain": 0, "not_assessable": 0])
      #expect(rules?["Y-03"]?["not_assessable"] == 0)
    }
  }

  @Test func `Failures end with code 1 only where their severity was asked for`() async throws {
    try await withRecords { first, second in
      #expect(try await Program.run("audit", first, second).status == 0)
      let run = try await Program.run("audit", first, second, "--fail-on", "warning")
      #expect(run.status == 1)
      #expect(run.text.contains("17 against 10"))
      #expect(run.text.contains("2 records of 1 body; 1 pair of a year and the next"))
    }
  }

  @Test func `A stream with a torn end is audited, and the line is named`() async throws {
    try await withRecords { first, second in
      let run = try await Program.shell("(cat \(first) \(second); head -c 900 \(first)) | $gouji audit -")
      #expect(run.status == 0)
      #expect(run.text.contains("2 records of 1 body, 1 line skipped"))
      #expect(run.messages.contains("[audit.line_unreadable]"))
    }
  }

  @Test func `What holds no record at all is unreadable, and so is what is not there`() async throws {
    let run = try await Program.run("audit", try source("yunqi-2023-tab").path)
    #expect(run.status == 4)
    #expect(run.messages.contains("source.txt:3: "))
    #expect(try await Program.run("audit", "there/is/none").status == 4)
    #expect(try await Program.run("audit", ".").status == 4)
  }

  @Test func `A pipeline without rules over years is a fault of usage`() async throws {
    let run = try await Program.run("audit", "/dev/null", "-p", "tables")
    #expect(run.status == 2)
    #expect(run.messages.contains("audit.yaml"))
    #expect(try await Program.run("audit", "/dev/null").status == 0)
  }

  @Test func `The example of the front page is audited, into a file that is whole or not there`() async throws {
    try await withFolder { folder in
      var records: [String] = []
      for id in ["yunqi-2023-tab", "yunqi-2024-tab"] {
        records.append(folder.appending(path: id + ".json").path)
        #expect(try await Program.run("run", try source(id).path, "-o", records[records.count - 1]).status == 0)
      }
      let output = folder.appending(path: "audit.txt")
      let run = try await Program.run("audit", records[0], records[1], "-o", output.path)
      #expect(run.status == 0 && run.output.isEmpty && run.messages.isEmpty)
      let text = try String(decoding: Data(contentsOf: output), as: UTF8.self)
      #expect(text.contains("17 against 16, difference 1"))
      #expect(text.contains("Y-02  pass 2, fail 0"))
      #expect(text == (try await Program.run("audit", records[0], records[1])).text)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.hasSuffix(".open") })
      #expect(try await Program.run("audit", records[0], "-o", "there/is/none").status == 5)
      #expect(try await Program.shell("$gouji audit \(records[0]) \(records[1]) -o /dev/full").status == 5)
    }
  }

  @Test func `Foreign lines are said by a few examples and a number`() async throws {
    try await withRecords { first, _ in
      let foreign = "for i in $(seq 9); do echo foreign $i; done"
      let run = try await Program.shell("(cat \(first); \(foreign)) | $gouji audit -")
      #expect(run.messages.split(separator: "\n").count == 4)
      #expect(run.messages.contains("… and 6 more [audit.line_unreadable]"))
      let all = try await Program.shell("(cat \(first); \(foreign)) | $gouji audit -v -")
      #expect(all.messages.split(separator: "\n").count == 9)
    }
  }
}
