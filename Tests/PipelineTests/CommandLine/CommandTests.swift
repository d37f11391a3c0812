import Foundation
import TestSupport
import Testing

/// What each command is for, tried on the program itself.
@Suite struct `The command line` {
  @Test func `A document becomes a record on standard output, and nothing is said`() async throws {
    let run = try await Program.run("run", try source("yunqi-2023-tab").path)
    #expect(run.status == 0)
    #expect(run.messages == "")
    #expect(run.json?["format"] as? String == "gouji.record/1")
    #expect(run.json?["status"] as? String == "complete")
    #expect(run.text.hasSuffix("}\n"))
  }

  @Test func `Two runs give the same bytes`() async throws {
    let path = try source("yunqi-2023-weasyprint").path
    let first = try await Program.run("run", path)
    let second = try await Program.run("run", path)
    #expect(first.status == 0)
    #expect(first.output == second.output)
  }

  @Test func `A dash is standard input and standard output`() async throws {
    let bytes = try Data(contentsOf: try source("yunqi-2023-tab"))
    let run = try await Program.run("run", "-", "-o", "-", input: bytes)
    #expect(run.status == 0)
    #expect((run.json?["source"] as? [String: Any])?["uri"] as? String == "-")
    #expect(run.json?["status"] as? String == "complete")
  }

  @Test func `A record goes to a file and leaves standard output alone`() async throws {
    let path = try source("yunqi-2023-tab").path
    let expected = try await Program.run("run", path)
    try await withFolder { folder in
      let file = folder.appending(path: "record.json")
      let run = try await Program.run("run", path, "-o", file.path)
      #expect(run.status == 0)
      #expect(run.output.isEmpty)
      #expect(try Data(contentsOf: file) == expected.output)
    }
  }

  @Test func `Only the selected pages are read`() async throws {
    let run = try await Program.run("tables", "--pages", "1", try source("yunqi-2023-weasyprint").path)
    #expect(run.status == 0)
    let tables = try #require(run.json?["tables"] as? [[String: Any]])
    let pages = tables.flatMap { $0["regions"] as? [[String: Any]] ?? [] }.map { $0["page"] as? Int }
    #expect(pages.allSatisfy { $0 == 1 })
  }

  @Test func `Pages that the document does not have are named, those that it has are read`() async throws {
    let path = try source("yunqi-2023-weasyprint").path
    let run = try await Program.run("tables", path, "--pages", "2,99")
    #expect(run.status == 0)
    #expect(run.diagnostics.contains("input.pages_missing"))
    #expect(run.messages.contains("[input.pages_missing]"))
    #expect(try await !Program.run("tables", path, "--pages", "2-").diagnostics.contains("input.pages_missing"))
  }

  @Test func `Tables may be read by a pipeline of one's own`() async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "ruled.yaml")
      try Data("pipeline: ruled\nformat: 1\nstages:\n  - use: read\n  - use: table.rulings\n".utf8).write(to: file)
      let run = try await Program.run("tables", try source("yunqi-2023-weasyprint").path, "-p", file.path)
      #expect(run.status == 0)
      #expect((run.json?["tables"] as? [[String: Any]])?.isEmpty == false)
    }
  }

  @Test func `Another pipeline than that of the folder which was named is not taken in silence`() async throws {
    try await withFolder { folder in
      let run = try await Program.run(
        "tables", try source("yunqi-2023-weasyprint").path, "--pipelines", folder.path)
      #expect(run.status == 0)
      #expect(run.messages.contains("tables/pipeline.yaml; "))
    }
  }

  @Test func `The tables of a document are printed`() async throws {
    let run = try await Program.run("tables", try source("yunqi-2023-tab").path)
    #expect(run.status == 0)
    #expect(run.json?["format"] as? String == "gouji.tables/1")
    #expect((run.json?["tables"] as? [Any])?.count == 3)
  }

  @Test(arguments: [("error", Int32(1)), ("warning", 1), ("never", 0)])
  func `A report that does not add up ends as was asked`(failOn: String, status: Int32) async throws {
    let run = try await Program.run("run", "--fail-on", failOn, try source("yunqi-2023-misprint").path)
    #expect(run.status == status)
    #expect(run.failedChecks.contains("T3-01"))
    #expect(run.messages.contains("check T3-01 failed for granted"))
  }

  @Test func `Messages can be JSON, one object a line`() async throws {
    let run = try await Program.run("run", "--log-format", "json", try source("yunqi-2023-misprint").path)
    let lines = run.messages.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(["error", "warning"].contains(object?["level"] as? String))
    }
  }

  @Test func `Failed checks are said, the worst first, and how much was looked at`() async throws {
    let run = try await Program.run("run", try source("yunqi-2023-misprint").path)
    let lines = run.messages.split(separator: "\n")
    #expect(lines.first?.hasPrefix("gouji: error: ") == true)
    #expect(lines.contains { $0.contains("warning: ") && $0.contains("check N-03 failed for granted") })
    #expect(lines.last?.contains("checks: ") == true && lines.last?.contains("not assessable (") == true)
    let quiet = try await Program.run("run", "-q", try source("yunqi-2023-misprint").path)
    #expect(quiet.messages.split(separator: "\n").allSatisfy { $0.contains("error: ") })
  }

  @Test func `A record says how many of its checks came out how`() async throws {
    let run = try await Program.run("run", try source("yunqi-2023-tab").path)
    #expect(run.messages.isEmpty)
    let checks = run.json?["checks"] as? [[String: Any]] ?? []
    let said = (run.json?["diagnostics"] as? [[String: Any]] ?? []).filter {
      $0["code"] as? String == "record.coverage"
    }
    let message = said.first?["message"] as? String ?? ""
    #expect(said.count == 1)
    #expect(message.hasPrefix("\(checks.count) checks: "))
    for (status, name) in [("pass", "pass"), ("not_assessable", "not assessable")] {
      #expect(message.contains("\(checks.count { $0["status"] as? String == status }) \(name)"))
    }
  }

  @Test(arguments: ["-q", "-v"])
  func `More or less can be said, and the data stay the same`(flag: String) async throws {
    let path = try source("yunqi-2023-tab").path
    let run = try await Program.run("run", flag, path)
    #expect(run.status == 0)
    #expect(run.messages.isEmpty == (flag == "-q"))
    #expect(run.output == (try await Program.run("run", path)).output)
  }

  @Test func `A text in GB 18030 gives the record of the same text in UTF-8, and it is said`() async throws {
    let path = try source("yunqi-2023-tab").path
    let run = try await Program.shell("iconv -f utf-8 -t gb18030 \(path) | $gouji run -")
    #expect(run.status == 0)
    #expect(run.diagnostics.contains("text.encoding_guessed"))
    #expect(run.messages.contains("GB 18030"))
    let plain = try await Program.run("run", path)
    #expect((run.json?["data"] as? NSDictionary) == (plain.json?["data"] as? NSDictionary))
  }

  @Test func `A shipped pipeline is found right`() async throws {
    for name in ["annual-report", "tables"] {
      let run = try await Program.run("check", name)
      #expect(run.status == 0)
      #expect(run.text.contains("sha256:"))
    }
  }

  @Test func `Stages are listed and described`() async throws {
    let list = try await Program.run("stages")
    #expect(list.status == 0)
    for kind in ["read", "record.map", "record.check"] {
      #expect(list.text.contains("\n\(kind) ") || list.text.hasPrefix("\(kind) "))
      let one = try await Program.run("stages", kind)
      #expect(one.status == 0)
      #expect(one.text.contains("\nwrites: "))
    }
    #expect(
      try await Program.run("stages", "text.blocks").text.contains("headingLength: 40\n      The longest heading"))
  }

  @Test func `The doctor names versions`() async throws {
    let run = try await Program.run("doctor")
    #expect([0, 3].contains(run.status))
    #expect(run.text.contains("poppler"))
    #expect(run.text.contains("annual-report"))
  }

  @Test(arguments: [["--help"], ["run", "--help"], ["help", "tables"], ["--version"]])
  func `Help and version go to standard output`(arguments: [String]) async throws {
    let run = try await Program.shell("$gouji " + arguments.joined(separator: " "))
    #expect(run.status == 0)
    #expect(!run.output.isEmpty)
    #expect(run.messages == "")
  }
}
