import Foundation
import TestSupport
import Testing

/// What is asked for wrongly is refused with code 2 before any document is opened.
@Suite struct `A wrong request` {
  @Test(
    arguments: [
      "run x.pdf --nonsense", "run", "run x.pdf --fail-on sometimes", "run x.pdf --pages 3-1", "nonsense", "check",
    ])
  func `An unknown or missing argument is refused with the usage`(line: String) async throws {
    let run = try await Program.shell("$gouji \(line)")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.messages.contains("Usage: gouji"))
  }

  @Test func `A misspelt pipeline is refused with the name that was meant`() async throws {
    let run = try await Program.run("run", "x.pdf", "-p", "anual-report")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.messages.contains("did you mean 'annual-report'?"))
  }

  @Test func `A misspelt stage is refused with the name that was meant`() async throws {
    let run = try await Program.run("stages", "table.ruling")
    #expect(run.status == 2)
    #expect(run.messages.contains("did you mean 'table.rulings'?"))
  }

  @Test(arguments: ["check FILE", "run x.pdf -p FILE"])
  func `All faults of a pipeline file are said at once, each with its line`(line: String) async throws {
    let yaml = """
      pipeline: trial
      formt: 1
      stages:
        - use: read
          options: { glyphLimt: 5 }
        - use: text.line
        - use: record.check
        - id: third
      """
    try await withFolder { folder in
      let file = folder.appending(path: "pipeline.yaml")
      try Data(yaml.utf8).write(to: file)
      let run = try await Program.shell("$gouji " + line.replacing("FILE", with: file.path))
      #expect(run.status == 2)
      #expect(run.output.isEmpty)
      for (line, words) in [
        (2, "unknown key 'formt'; did you mean 'format'?"),
        (5, "unknown option 'glyphLimt'; did you mean 'glyphLimit'?"),
        (6, "unknown stage 'text.line'; did you mean 'text.lines'?"), (7, "which no stage before it writes"),
        (8, "a stage needs 'use'"),
      ] {
        let found = run.messages.split(separator: "\n").contains { said in
          said.contains("\(file.path):\(line): ") && said.contains(words)
        }
        #expect(found, "line \(line): \(words) is not in\n\(run.messages)")
      }
    }
  }

  @Test func `A pipeline file that is no YAML is refused with a line`() async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "pipeline.yaml")
      try Data("pipeline: trial\nstages: [read\n".utf8).write(to: file)
      let run = try await Program.run("check", file.path)
      #expect(run.status == 2)
      #expect(run.messages.contains("\(file.path):"))
    }
  }
}
