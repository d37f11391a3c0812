import Foundation
import TestSupport
import Testing

/// A result that cannot be written is no success, and never a trap.
@Suite struct `An output that does not take the result` {
  @Test func `A folder that is not there is named`() async throws {
    for (command, name) in [
      ("run", "there/is/none.json"), ("tables", "there/is/none.json"), ("bulk", "there/is/none"),
    ] {
      let run = try await Program.run(command, try source("yunqi-2023-tab").path, "-o", name)
      #expect(run.status == 5)
      #expect(run.messages.contains("\(name): cannot be written (there is no folder 'there')"), "\(run.messages)")
    }
  }

  @Test func `What would steer a terminal is written out in messages, and stays in data`() async throws {
    try await withFolder { folder in
      let name = "\u{1B}[2Jx\n\u{9B}1m\u{202E}y.txt"
      let file = folder.appending(path: name).path
      try FileManager.default.copyItem(atPath: try source("yunqi-2023-misprint").path, toPath: file)
      let bare = { (text: String) in text.unicodeScalars.contains { "\u{1B}\u{9B}\u{202E}".unicodeScalars.contains($0) }
      }
      for words in [
        ["run", file], ["run", file + "none"], ["list", file + "none"],
        ["bulk", file + "none", "-o", folder.path + "/out"], ["run", file, "-p", file],
      ] {
        let run = try await Program.shell(
          "$gouji \"$@\"; exit $?".replacing("\"$@\"", with: words.map { "'\($0)'" }.joined(separator: " ")))
        #expect(run.status != 0)
        #expect(!bare(run.messages), "\(words) \(run.messages.debugDescription)")
        #expect(run.messages.contains("\\u{1B}[2Jx"), "\(words) \(run.messages)")
        if let uri = (run.json?["source"] as? [String: Any])?["uri"] as? String { #expect(uri == file) }
      }
      let explained = try await Program.shell("$gouji explain '\(file)' /year")
      #expect(!bare(explained.text) && !bare(explained.messages))
    }
  }

  @Test func `A folder is not written over`() async throws {
    try await withFolder { folder in
      let run = try await Program.run("run", try source("yunqi-2023-tab").path, "-o", folder.path)
      #expect(run.status == 5)
      #expect(run.messages.contains("is a folder"))
      #expect(FileManager.default.fileExists(atPath: folder.path))
    }
  }

  @Test(arguments: ["run SOURCE -o /dev/full", "run SOURCE > /dev/full", "tables SOURCE > /dev/full"])
  func `A full device ends a run with code 5`(line: String) async throws {
    let run = try await Program.shell(
      "$gouji " + line.replacing("SOURCE", with: try source("yunqi-2023-tab").path))
    #expect(run.status == 5)
    #expect(run.messages.contains("cannot be written"))
  }

  @Test(arguments: ["stages", "stages read", "check tables", "doctor", "--help", "--version"])
  func `A full device ends what is printed for a person with code 5`(line: String) async throws {
    let run = try await Program.shell("$gouji \(line) > /dev/full")
    #expect(run.status == 5)
    #expect(run.messages.contains("cannot be written"))
  }

  @Test(arguments: ["run SOURCE | head -c1", "run SOURCE | true", "run SOURCE >&-", "stages | true", "--help >&-"])
  func `A reader that goes away is no reason to trap`(line: String) async throws {
    let run = try await Program.shell(
      "$gouji \(line.replacing("SOURCE", with: try source("yunqi-2023-tab").path)); exit ${PIPESTATUS[0]}")
    // As any other tool: the signal says it, and nothing else does.
    #expect(line.contains(">&-") ? run.status == 5 : [0, 141].contains(run.status))
    #expect(run.status == 5 || run.messages.isEmpty)
  }

  @Test(
    arguments: [
      ("run there/is/none", "2>&-", 4), ("run there/is/none", "2>/dev/full", 4), ("run there/is/none", ">&- 2>&-", 4),
      ("run MISPRINT", "2>&- | cat", 1), ("run MISPRINT", "2>/dev/full", 1), ("run MISPRINT -v", "2>&-", 1),
      ("run SOURCE -p nothing", "2>&-", 2), ("nonsense", "2>/dev/full", 2),
      ("run SOURCE -o /dev/full", "2>/dev/full", 5),
      ("run -", "<&- 2>&-", 4),
    ] as [(String, String, Int32)])
  func `Where nobody can be told what is wrong, the exit code still says it`(
    line: String, streams: String, status: Int32
  ) async throws {
    let line = line.replacing("SOURCE", with: try source("yunqi-2023-tab").path)
      .replacing("MISPRINT", with: try source("yunqi-2023-misprint").path)
    let run = try await Program.shell("$gouji \(line) \(streams); exit ${PIPESTATUS[0]}")
    #expect(run.status == status)
  }

  @Test func `No message strays into the result when the streams of the program are closed`() async throws {
    let path = try source("yunqi-2023-misprint").path
    let whole = try await Program.run("run", path)
    try await withFolder { folder in
      let file = folder.appending(path: "record.json")
      let run = try await Program.shell("$gouji run -v \(path) -o \(file.path) <&- >&- 2>&-")
      #expect(run.status == 1)
      #expect(try Data(contentsOf: file) == whole.output)
    }
  }

  @Test func `A result written to a pipe is what is written to a file`() async throws {
    let path = try source("yunqi-2023-tab").path
    let whole = try await Program.run("run", path)
    let piped = try await Program.shell("$gouji run \(path) | cat")
    #expect(piped.output == whole.output)
    let device = try await Program.shell("$gouji run \(path) -o /dev/stdout | cat")
    #expect(device.output == whole.output)
  }
}
