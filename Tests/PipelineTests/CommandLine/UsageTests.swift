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

  @Test(arguments: [("rnu x.pdf", "run"), ("adit", "audit"), ("tabels x.pdf -q", "tables"), ("hlep", "help")])
  func `A misspelt command is refused with the name that was meant`(line: String, meant: String) async throws {
    let run = try await Program.shell("$gouji \(line)")
    #expect(run.status == 2)
    #expect(run.messages.contains("did you mean '\(meant)'?"))
  }

  @Test func `Of hundreds of faults the first are said, and how many more there are`() async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "pipeline.yaml")
      let stages = (0..<300).map { "  - { id: s\($0), use: nothing.\($0) }" }.joined(separator: "\n")
      try Data("pipeline: x\nformat: 1\nstages:\n\(stages)\n".utf8).write(to: file)
      let run = try await Program.run("check", file.path)
      #expect(run.status == 2)
      #expect(run.messages.split(separator: "\n").count == 101)
      #expect(run.messages.contains("… and 200 more"))
    }
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
        - use: record.check
        - use: text.line
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
        (6, "which no stage before it writes"), (7, "unknown stage 'text.line'; did you mean 'text.lines'?"),
        (8, "a stage needs 'use'"),
      ] {
        let found = run.messages.split(separator: "\n").contains { said in
          said.contains("\(file.path):\(line): ") && said.contains(words)
        }
        #expect(found, "line \(line): \(words) is not in\n\(run.messages)")
      }
    }
  }

  @Test(arguments: ["--pipelines NOWHERE", "--pipelines FILE", "--pipelines ''"])
  func `A folder of pipelines that is none is refused, and no other is taken instead`(option: String) async throws {
    try await withFolder { folder in
      let option = option.replacing("NOWHERE", with: "\(folder.path)/nowhere")
        .replacing("FILE", with: try source("yunqi-2023-tab").path)
      for command in ["check tables", "run \(try source("yunqi-2023-tab").path)", "doctor"] {
        let run = try await Program.shell("$gouji \(command) \(option)")
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(run.messages.contains("--pipelines: there is no folder"))
      }
    }
    let run = try await Program.shell("GOUJI_PIPELINES=/nowhere $gouji check tables")
    #expect(run.status == 2)
    #expect(run.messages.contains("GOUJI_PIPELINES: there is no folder '/nowhere'"))
    #expect(try await Program.shell("GOUJI_PIPELINES= $gouji check tables").status == 0)
  }

  @Test func `Someone who is new here is told what there is`() async throws {
    let stage = try await Program.run("stages", "table")
    #expect(stage.status == 2 && stage.messages.contains("'gouji stages' lists those there are"))
    let pipeline = try await Program.run("check", "nothing")
    #expect(pipeline.status == 2 && pipeline.messages.contains("there are annual-report, external-example, tables"))
    #expect(try await Program.run("stages", "record.map").text.contains("vocabulary: null"))
    #expect(try await Program.run("doctor").text.contains("tables in Pipelines/tables/pipeline.yaml"))
    let run = try await Program.run("run", "-p", "tables", try source("yunqi-2023-tab").path)
    #expect(run.messages.contains("writes a record"))
  }

  @Test func `An option that is none of its words is refused with the words`() async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "pipeline.yaml")
      try Data("pipeline: x\nformat: 1\nstages:\n  - { use: read, options: { rulings: some } }\n".utf8).write(to: file)
      let run = try await Program.run("check", file.path)
      #expect(run.messages.contains(":4: read: option 'rulings': one of all, horizontal, none is expected"))
    }
  }

  @Test func `A pipeline may be named by its folder`() async throws {
    #expect(try await Program.run("check", "Pipelines/tables").status == 0)
    let run = try await Program.run("check", "Pipelines/")
    #expect(run.status == 2)
    #expect(run.messages.contains("Pipelines/ is a folder without a pipeline.yaml"))
  }

  @Test(arguments: [
    ("pipeline: x\npipeline: y\nformat: 1\nstages:\n  - use: read\n", ":2: 'pipeline' is already written in line 1"),
    ("pipeline: x\nformat: 1\nstages:\n  - use: read\n    use: read\n", ":5: 'use' is already written in line 4"),
    ("pipeline: x\nformat: \u{1}\n", ":2: the character U+0001 may not stand"),
    ("pipeline: x\nformat: 1\nstages:\n  - use: read\n  - { use: record.map, options: { schemas: [..] } }\n", ":5: "),
  ])
  func `A pipeline file that cannot be read is refused with the line and nothing of the parser`(
    yaml: String, message: String
  ) async throws {
    try await withFolder { folder in
      let file = folder.appending(path: "pipeline.yaml")
      try Data(yaml.utf8).write(to: file)
      let run = try await Program.run("check", file.path)
      #expect(run.status == 2)
      #expect(run.messages.contains(file.path + message), "\(run.messages)")
      #expect(!run.messages.contains("yaml_") && !run.messages.contains("problem"))
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
