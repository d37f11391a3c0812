import Foundation
import TestSupport
import Testing

@Suite struct `A store` {
  /// A report of ours that adds up.
  private let report = "yunqi-2023-weasyprint"

  /// The stages that a run with `-v` says were run, and not taken from the store.
  private func stagesRun(_ run: Program.Run) -> [String] {
    run.messages.split(separator: "\n").compactMap { line in
      line.wholeMatch(of: /.*stage (\S+): is run/).map { String($0.1) }
    }
  }

  private func artefact(_ folder: URL, _ stage: String) throws -> URL {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let document = try #require(names.first { !$0.hasPrefix(".") })
    return folder.appending(path: "\(document)/\(stage)/latest")
  }

  private func withStore(
    _ body: (_ store: URL, _ report: String, _ first: Program.Run) async throws -> Void
  ) async throws {
    try await withFolder { folder in
      let (store, report) = (folder.appending(path: "store"), try source(report).path)
      let first = try await Program.run("run", report, "--store", store.path)
      #expect(first.status == 0, "\(first.messages)")
      try await body(store, report, first)
    }
  }

  @Test func `A second run gives the same bytes and runs no stage`() async throws {
    try await withStore { store, report, first in
      let plain = try await Program.run("run", report)
      let again = try await Program.run("run", report, "--store", store.path, "-v")
      #expect(plain.output == first.output)
      #expect(again.output == first.output)
      #expect(stagesRun(again) == [])
      #expect(again.messages.contains("taken from the store"))
    }
  }

  @Test func `A file that a stage names reruns that stage, and those whose input it changes; why says which`()
    async throws
  {
    try await withStore { store, report, first in
      let pipelines = store.deletingLastPathComponent().appending(path: "Pipelines")
      try FileManager.default.copyItem(at: Checkout.root.appending(path: "Pipelines"), to: pipelines)
      let form = pipelines.appending(path: "annual-report/form-2021.yaml")
      try Data((try String(contentsOf: form, encoding: .utf8) + "\n# a remark\n").utf8).write(to: form)
      let options = ["--store", store.path, "--pipelines", pipelines.path]
      let why = try await Program.shell("$gouji why \(report) record.map \(options.joined(separator: " "))")
      #expect(why.text.contains("file 'form-2021.yaml'"))
      #expect(why.text.split(separator: "\n").count == 2)
      let again = try await Program.shell("$gouji run \(report) \(options.joined(separator: " ")) -v")
      // What it made of the remark is the same, so that nothing after it is run.
      #expect(stagesRun(again) == ["record.map"])
      let after = try await Program.shell("$gouji why \(report) record.map \(options.joined(separator: " "))")
      #expect(after.text.contains("nothing that it depends on has moved"))
    }
  }

  @Test func `From a stage on, it and all that follow are run; until one, nothing after it`() async throws {
    try await withStore { store, report, first in
      let from = try await Program.run("run", report, "--store", store.path, "-v", "--from", "record.map")
      #expect(stagesRun(from) == ["record.map", "record.facts", "record.reconcile", "record.correct", "record.check"])
      #expect(from.output == first.output)
      let part = try await Program.run(
        "run", report, "--store", store.path, "-v", "--from", "table.join", "--until", "text.running")
      #expect(stagesRun(part) == ["table.join", "text.running"])
      #expect(part.json?["format"] as? String == "gouji.document/1")
      #expect((part.json?["layers"] as? [String: Any])?.keys.sorted() == ["lines"])
      let only = try await Program.run("run", report, "--store", store.path, "-v", "--only", "record.map")
      #expect(stagesRun(only) == ["record.map"])
      #expect(only.json?["format"] as? String == "gouji.record/1")
    }
  }

  @Test func `One stage alone needs what the stages before it made`() async throws {
    try await withFolder { folder in
      let run = try await Program.run("run", try source(report).path, "--store", folder.path, "--only", "record.map")
      #expect(run.status == 2)
      #expect(run.messages.contains("the store has nothing of the stage 'read'"))
    }
  }

  @Test func `A layer that was edited is taken as it is, and the record says so`() async throws {
    try await withStore { store, report, first in
      let tables = try artefact(store, "table.check").appending(path: "tables.json")
      let text = try String(contentsOf: tables, encoding: .utf8)
      let figure = try #require(text.firstMatch(of: /"text":"(\d{2,})"/)).1
      try Data(text.replacing("\"text\":\"\(figure)\"", with: "\"text\":\"987654\"").utf8).write(to: tables)
      let edited = try await Program.run("run", report, "--store", store.path, "-v")
      #expect(edited.diagnostics.contains("store.edited"))
      #expect(edited.messages.contains("'tables' of the stage 'table.check' was edited by hand"))
      #expect(edited.text.contains("987654"))
      #expect(stagesRun(edited).contains("record.map") && !stagesRun(edited).contains("table.check"))
      // Run again, the stage keeps the work of the person beside its own.
      let redone = try await Program.run("run", report, "--store", store.path, "--from", "table.check")
      #expect(redone.output == first.output)
      #expect(redone.messages.contains("what had been edited by hand is kept as tables.json~"))
      #expect(try String(contentsOf: URL(filePath: tables.path + "~"), encoding: .utf8).contains("987654"))
    }
  }

  @Test func `An edit that is older than what is there is noticed when it is moved back`() async throws {
    try await withStore { store, report, first in
      let tables = try artefact(store, "table.check").appending(path: "tables.json")
      let text = try String(contentsOf: tables, encoding: .utf8)
      let figure = try #require(text.firstMatch(of: /"text":"(\d{2,})"/)).1
      try Data(text.replacing("\"text\":\"\(figure)\"", with: "\"text\":\"987654\"").utf8).write(to: tables)
      let redone = try await Program.run("run", report, "--store", store.path, "--from", "table.check")
      #expect(redone.messages.contains("is kept as tables.json~"))
      let moved = try await Program.shell("mv '\(tables.path)~' '\(tables.path)'")
      #expect(moved.status == 0)
      let again = try await Program.run("run", report, "--store", store.path)
      #expect(again.diagnostics.contains("store.edited"))
    }
  }

  @Test func `A layer with a member that there is not is refused with its place, and kept`() async throws {
    try await withStore { store, report, first in
      let tables = try artefact(store, "table.check").appending(path: "tables.json")
      let text = try String(contentsOf: tables, encoding: .utf8)
      try Data(text.replacing("\"header_rows\"", with: "\"captoin\":{},\"header_rows\"", maxReplacements: 1).utf8)
        .write(to: tables)
      let again = try await Program.run("run", report, "--store", store.path, "-v")
      #expect(again.messages.contains("tables has a member that there is not: tables[0].captoin; it is run again"))
      #expect(again.output == first.output)
      #expect(try String(contentsOf: URL(filePath: tables.path + "~"), encoding: .utf8).contains("captoin"))
    }
  }

  @Test func `An edit that is no JSON is kept beside what is made anew`() async throws {
    try await withStore { store, report, first in
      let tables = try artefact(store, "table.check").appending(path: "tables.json")
      let text = try String(contentsOf: tables, encoding: .utf8)
      try Data(text.replacing("\"header_rows\"", with: "\"my work\" \"header_rows\"", maxReplacements: 1).utf8)
        .write(to: tables)
      let again = try await Program.run("run", report, "--store", store.path)
      #expect(again.messages.contains("tables is damaged") && again.messages.contains("is kept as tables.json~"))
      #expect(again.output == first.output)
      #expect(try String(contentsOf: URL(filePath: tables.path + "~"), encoding: .utf8).contains("my work"))
    }
  }

  @Test func `Why says which stage a layer comes from, and that it was edited`() async throws {
    try await withStore { store, report, _ in
      let tables = try artefact(store, "table.check").appending(path: "tables.json")
      let text = try String(contentsOf: tables, encoding: .utf8)
      let figure = try #require(text.firstMatch(of: /"text":"(\d{2,})"/)).1
      try Data(text.replacing("\"text\":\"\(figure)\"", with: "\"text\":\"987654\"").utf8).write(to: tables)
      let why = try await Program.run("why", report, "text.normalise", "--store", store.path)
      #expect(
        why.text.contains(#/layer 'tables', of the stage 'table.check' and edited by hand: [0-9a-f]{12}… -> /#),
        "\(why.text)")
    }
  }

  @Test func `What is no store is said to be none`() async throws {
    let report = try source("yunqi-2023-tab").path
    for words in [["ls"], ["gc"], ["verify"]] {
      let run = try await Program.shell("$gouji store \(words[0]) \(report)")
      #expect(run.status == 4 && run.messages.contains("is no folder, and so no store"), "\(words)")
    }
    let why = try await Program.run("why", report, "record.map", "--store", "/nowhere/at/all")
    #expect(why.status == 4 && why.messages.contains("there is no store"))
  }

  @Test func `Spaces that an editor put in are no edit`() async throws {
    try await withStore { store, report, first in
      let tables = try artefact(store, "table.check").appending(path: "tables.json")
      let value = try JSONSerialization.jsonObject(with: Data(contentsOf: tables))
      try JSONSerialization.data(withJSONObject: value, options: [.prettyPrinted]).write(to: tables)
      let again = try await Program.run("run", report, "--store", store.path, "-v")
      #expect(again.output == first.output)
      #expect(stagesRun(again) == [])
    }
  }

  @Test func `A compressed layer that a person unpacked and edited is taken`() async throws {
    try await withStore { store, report, first in
      let folder = try artefact(store, "read").path
      let unpacked = try await Program.shell(
        "cd '\(folder)' && zstd -q -d pages.json.zst && sed -i 's/\"height\":[0-9.]*/\"height\":900/' pages.json")
      #expect(unpacked.status == 0, "\(unpacked.messages)")
      let edited = try await Program.run("run", report, "--store", store.path)
      #expect(edited.diagnostics.contains("store.edited"))
    }
  }

  @Test(arguments: ["cut", "garbled", "empty", "gone"], ["stage.json", "pages.json.zst"])
  func `What is damaged is found, said, and made anew`(damage: String, file: String) async throws {
    try await withStore { store, report, first in
      let path = try artefact(store, "read").appending(path: file)
      var bytes = try Data(contentsOf: path)
      switch damage {
      case "cut": bytes = bytes.prefix(bytes.count / 2)
      case "garbled": bytes[bytes.count / 2] ^= 0x55
      case "empty": bytes = Data()
      default: try FileManager.default.removeItem(at: path)
      }
      if damage != "gone" { try bytes.write(to: path) }
      #expect(try await Program.run("store", "verify", store.path).status == 1)
      let again = try await Program.run("run", report, "--store", store.path, "-v")
      #expect(again.output == first.output)
      #expect(stagesRun(again) == ["read"])
      if damage != "gone" || file != "stage.json" { #expect(again.messages.contains("it is run again")) }
      #expect(try await Program.run("store", "verify", store.path).status == 0)
    }
  }

  @Test func `What was made of another document is not taken`() async throws {
    try await withStore { store, report, first in
      let other = try source("chengchuan-2022-libreoffice").path
      let expected = try await Program.run("run", other, "--store", store.path)
      let foreign = try await Program.shell(
        "cd '\(store.path)' && set -- * && for stage in $2/*/latest/; do cp $1/${stage#*/}/* $stage; done 2>/dev/null; true"
      )
      #expect(foreign.status == 0)
      for (path, run) in [(report, first), (other, expected)] {
        #expect(try await Program.run("run", path, "--store", store.path).output == run.output)
      }
    }
  }

  @Test func `A store that cannot be written costs a warning, not the record`() async throws {
    let report = try source(report).path
    let plain = try await Program.run("run", report)
    let nowhere = try await Program.run("run", report, "--store", "/dev/null/store")
    #expect(nowhere.status == 0)
    #expect(nowhere.output == plain.output)
    #expect(nowhere.messages.contains("the store /dev/null/store cannot be written (not a directory)"))
    try await withFolder { folder in
      // No file may be larger than four kilobytes: what a full disk does to the larger layers.
      let full = try await Program.shell("trap '' XFSZ; ulimit -f 4; $gouji run \(report) --store \(folder.path) | cat")
      #expect(full.output == plain.output)
      #expect(full.messages.contains("cannot be written"))
      let after = try await Program.run("run", report, "--store", folder.path)
      #expect(after.output == plain.output)
      #expect(try await Program.run("store", "verify", folder.path).status == 0)
    }
  }

  @Test func `Several processes may use a store at once`() async throws {
    try await withFolder { folder in
      let report = try source(report).path
      let runs = try await Program.shell(
        "for i in 1 2 3 4; do $gouji run \(report) --store \(folder.path)/store -o \(folder.path)/$i.json & done; wait; cd \(folder.path); sha256sum *.json | cut -d' ' -f1 | sort -u | wc -l"
      )
      #expect(runs.text == "1\n", "\(runs.messages)")
      #expect(runs.messages == "")
      #expect(try await Program.run("store", "verify", folder.path + "/store").status == 0)
    }
  }

  @Test func `It is listed, shown, and cleared of what is not the newest`() async throws {
    try await withStore { store, report, first in
      _ = try await Program.run("run", report, "--store", store.path, "--pages", "1")
      let list = try await Program.run("store", "ls", store.path, "--json")
      let count = list.text.split(separator: "\n").count
      #expect(list.text.contains(#""stage":"record.check""#))
      let layer = try await Program.run("store", "show", store.path, report, "text.lines", "lines")
      #expect((try JSONSerialization.jsonObject(with: layer.output) as? [Any])?.isEmpty == false)
      #expect(try await Program.run("store", "show", store.path, report, "text.lines", "tables").status == 4)
      let stray = store.appending(path: "notes.txt")
      try Data("mine".utf8).write(to: stray)
      let collected = try await Program.run("store", "gc", store.path)
      #expect(collected.text.hasPrefix("removed: "))
      let left = try await Program.run("store", "ls", store.path, "--json")
      #expect(left.text.split(separator: "\n").count < count)
      #expect(!left.text.contains(#""latest":false"#))
      #expect(FileManager.default.fileExists(atPath: stray.path))
      #expect(try await Program.run("store", "ls", store.path + "/nowhere").status == 4)
    }
  }

  @Test(arguments: [
    ["--from", "read"], ["--only", "read"], ["--store", "", "--only", "read"],
    ["--store", "/dev/null/s", "--only", "read", "--until", "read"],
  ])
  func `Options that do not go together are refused`(options: [String]) async throws {
    let run = try await Program.shell("$gouji run nothing \(options.map { "'\($0)'" }.joined(separator: " "))")
    #expect(run.status == 2)
  }

  @Test func `A misspelt stage is refused with the one that was meant`() async throws {
    let run = try await Program.run("run", "nothing", "--store", "/dev/null/s", "--from", "recrod.map")
    #expect(run.status == 2)
    #expect(run.messages.contains("did you mean 'record.map'?"))
    let order = try await Program.run(
      "run", "nothing", "--store", "/dev/null/s", "--from", "record.map", "--until", "read")
    #expect(order.messages.contains("the stage 'read' comes before 'record.map'"))
  }
}

@Suite struct `What a store must not do` {
  @Test func `Clearing follows no link, and keeps what is no artefact`() async throws {
    try await withFolder { folder in
      let digest = String(repeating: "a", count: 64)
      let (store, outside) = (folder.appending(path: "store"), folder.appending(path: "outside"))
      let victim = outside.appending(path: digest)
      for path in [victim, store.appending(path: "\(digest)/stage/\(digest)")] {
        try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        for name in ["stage.json", "tables.json"] { try Data("mine".utf8).write(to: path.appending(path: name)) }
      }
      try FileManager.default.createSymbolicLink(
        at: store.appending(path: "\(digest)/evil"), withDestinationURL: outside)
      let run = try await Program.run("store", "gc", store.path)
      #expect(run.text == "removed: 0, 0 bytes\n", "\(run.messages)")
      #expect(FileManager.default.fileExists(atPath: victim.path + "/tables.json"))
      #expect(FileManager.default.fileExists(atPath: store.path + "/\(digest)/stage/\(digest)/tables.json"))
    }
  }

  @Test func `What a run took is the newest, and why knows it`() async throws {
    try await withFolder { folder in
      let report = try source("yunqi-2023-weasyprint").path
      let all = "$gouji run \(report) --store \(folder.path) -o /dev/null"
      let runs = try await Program.shell(
        "\(all); \(all) --pages 1; \(all); $gouji why \(report) record.map --store \(folder.path)")
      #expect(runs.text.contains("would be taken from the store"))
      let first = try await Program.run("run", report, "--store", folder.path)
      _ = try await Program.run("store", "gc", folder.path)
      let again = try await Program.run("run", report, "--store", folder.path, "-v")
      #expect(again.output == first.output)
      #expect(!again.messages.contains("is run"))
    }
  }

  @Test func `Edits are kept beside one another`() async throws {
    try await withFolder { folder in
      let report = try source("yunqi-2023-tab").path
      let edit = "for f in \(folder.path)/*/table.text/latest/tables.json; do sed -i"
      let run = "$gouji run \(report) --store \(folder.path) --from table.text -o /dev/null"
      let found = try await Program.shell(
        "\(run); \(edit) 's/\"row\":0/\"row\": 1/' $f; done; \(edit) 's/\"text\":\"/\"text\":\"A/' $f; done; \(run); "
          + "\(edit) 's/\"text\":\"/\"text\":\"B/' $f; done; \(run); ls \(folder.path)/*/table.text/latest/ | grep -c '~'"
      )
      #expect(found.text == "2\n", "\(found.messages)")
    }
  }

  @Test func `A table that cannot be is damage, not a trap`() async throws {
    try await withFolder { folder in
      let report = try source("yunqi-2023-tab").path
      let first = try await Program.run("run", report, "--store", folder.path)
      for change in [
        #"s/"rows":[0-9]*/"rows":10000000000000/"#, #"s/"row_span":1/"row_span":-5/"#,
        #"s/"column":0/"column":4611686018427387904/"#,
      ] {
        _ = try await Program.shell("sed -i '\(change)' \(folder.path)/*/table.text/latest/tables.json")
        let run = try await Program.run("run", report, "--store", folder.path)
        #expect(run.output == first.output)
        #expect(run.messages.contains("is damaged (table '"))
      }
    }
  }

  @Test func `A stage may have any id`() async throws {
    try await withFolder { folder in
      let id = String(repeating: "名/..", count: 60)
      let text = "pipeline: x\nformat: 1\nstages:\n  - use: read\n    id: '\(id)'\n"
      try Data(text.utf8).write(to: folder.appending(path: "p.yaml"))
      let line =
        "$gouji run \(try source("yunqi-2023-tab").path) -p \(folder.path)/p.yaml --store \(folder.path)/s -v -o /dev/null"
      let run = try await Program.shell("\(line); \(line)")
      #expect(run.messages.contains("taken from the store"))
      #expect(!run.messages.contains("cannot be written"))
    }
  }
}
