import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

/// A stage whose output tells its options.
private struct Greeter: Stage {
  struct Options: StageOptions {
    static let meanings: [String: String] = [:]
    var greeting = "hello"
    var times = 1
    var table: OptionFile?
    var words: [Pattern] = ["^a+"]
    var files: [OptionFile] { [table].compactMap { $0 } }
  }
  static let contract = StageContract("test.greet", version: 1, summary: "Greets", reads: [], writes: [.lines])
  let options: Options
  init(options: Options) { self.options = options }
  func run(_ document: inout Document, in context: StageContext) async throws {
    document.lines = Array(
      repeating: Line(PrintedText(options.greeting), place: .line(1, columns: 1...5)), count: options.times)
    document.tables = []
  }
}

private struct Counter: Stage {
  static let contract = StageContract("test.count", version: 1, summary: "Counts", reads: [.lines], writes: [.blocks])
  init(options: NoOptions) {}
  func run(_ document: inout Document, in context: StageContext) async throws {
    #expect(document.pages == nil)
    document.blocks = document.lines?.map { Block(.paragraph, text: $0.text, places: [$0.place]) }
  }
}

private let registry = StageRegistry([Greeter.self, Counter.self])

/// The same stage with another default.
private struct Louder: Stage {
  struct Options: StageOptions {
    static let meanings: [String: String] = [:]
    var greeting = "HELLO"
    var times = 1
    var table: OptionFile?
    var words: [Pattern] = ["^a+"]
    var files: [OptionFile] { [table].compactMap { $0 } }
  }
  static let contract = Greeter.contract
  init(options: Options) {}
  func run(_ document: inout Document, in context: StageContext) async throws {}
}

/// Writes a pipeline file into a folder of its own and loads it.
private func load(_ yaml: String, _ registry: StageRegistry = registry) throws -> Pipeline {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try Data("words".utf8).write(to: folder.appending(path: "words.txt"))
  let path = folder.appending(path: "pipeline.yaml").path
  try Data(yaml.utf8).write(to: URL(filePath: path))
  return try PipelineFile(registry: registry).load(path)
}

private func faults(_ yaml: String) -> [String] {
  do {
    _ = try load(yaml)
    return []
  } catch let error as PipelineFile.Faults {
    return error.faults.map { "\($0.line ?? 0): \($0.message)" }
  } catch {
    return ["\(error)"]
  }
}

private func run(_ yaml: String) async throws -> Document {
  let content = SourceContent(uri: "memory", bytes: Data("text".utf8))
  return try await PipelineRunner.trial(try load(yaml)).run(content)
}

@Suite struct `Pipeline files` {
  @Test func `Options lie over their defaults`() async throws {
    let document = try await run(
      """
      pipeline: test
      format: 1
      stages:
        - use: test.greet
          options: { times: 2 }
      """)
    #expect(document.lines?.map(\.text.raw) == ["hello", "hello"])
  }

  @Test func `Only the layers that a stage declares are kept`() async throws {
    let document = try await run("pipeline: test\nformat: 1\nstages:\n  - use: test.greet\n  - use: test.count")
    #expect(document.tables == nil)
    #expect(document.blocks?.count == 1)
  }

  @Test func `A misspelt option is refused with the one that was meant`() {
    let found = faults("pipeline: test\nformat: 1\nstages:\n  - use: test.greet\n    options: { tiems: 2 }")
    #expect(found == ["5: test.greet: unknown option 'tiems'; did you mean 'times'?"])
  }

  @Test func `An option of the wrong type is refused where it stands`() {
    let found = faults("pipeline: test\nformat: 1\nstages:\n  - use: test.greet\n    options:\n      times: many")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("6: test.greet: option 'times'") == true)
  }

  @Test func `All faults of a file are reported at once, in the order of its lines`() {
    let found = faults(
      """
      pipeline: test
      format: 2
      stages:
        - use: test.count
        - use: test.great
        - id: after
          use: test.count
        - use: test.greet
          options: { gretting: hi, table: nowhere.txt, times: many }
        - use: test.greet
      """)
    #expect(
      found == [
        "2: 'format' must be 1",
        "4: 'test.count' reads 'lines', which no stage before it writes",
        "5: unknown stage 'test.great'; did you mean 'test.greet'?",
        "9: test.greet: no such file: nowhere.txt",
        "9: test.greet: option 'times': a whole number is expected",
        "9: test.greet: unknown option 'gretting'; did you mean 'greeting'?",
        "10: the id 'test.greet' is already used in line 8; give one of them another 'id'",
      ])
  }

  @Test func `An option like none is refused with those there are`() {
    let found = faults("pipeline: test\nformat: 1\nstages:\n  - use: test.greet\n    options: { colour: red }")
    #expect(found == ["5: test.greet: unknown option 'colour'; there are greeting, table, times, words"])
  }

  @Test func `A stage without options refuses every option`() {
    let stages = "pipeline: test\nformat: 1\nstages:\n  - use: test.greet\n  - use: test.count\n    options: "
    #expect(faults(stages + "{ times: 2 }") == ["6: test.count: unknown option 'times'; there are none"])
    #expect(faults(stages + "[times]") == ["6: test.count: names with values are expected"])
    #expect(faults(stages + "{}") == [])
  }

  @Test func `Options without a value by default are shown too`() {
    let table = registry.options(of: "test.greet").first { $0.name == "table" }
    #expect(table?.standard == "null")
    #expect(registry.options(of: "test.count") == [])
  }

  @Test func `A regular expression that does not compile is refused where it stands`() {
    let found = faults("pipeline: test\nformat: 1\nstages:\n  - use: test.greet\n    options:\n      words: ['[a']")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("6: test.greet: option 'words': '[a' is not a regular expression") == true)
  }

  @Test func `A file that an option names must be there`() {
    let found = faults("pipeline: test\nformat: 1\nstages:\n  - use: test.greet\n    options: { table: nowhere.txt }")
    #expect(found == ["5: test.greet: no such file: nowhere.txt"])
    let folder = faults("pipeline: test\nformat: 1\nstages:\n  - use: test.greet\n    options: { table: . }")
    #expect(folder == ["5: test.greet: . is a folder, a file is expected"])
  }

  @Test func `Broken YAML is reported with its line`() {
    #expect(faults("pipeline: test\nformat: ]\n").first?.hasPrefix("2: ") == true)
  }

  @Test func `The fingerprint moves with options and stays without a change`() throws {
    let yaml = "pipeline: test\nformat: 1\nstages:\n  - use: test.greet\n    options: { times: 2 }"
    #expect(try load(yaml).fingerprint == load(yaml).fingerprint)
    #expect(try load(yaml).fingerprint != load(yaml.replacing("2 }", with: "3 }")).fingerprint)
  }

  @Test func `The fingerprint is of what options are, not of how they are written`() throws {
    let plain = "pipeline: test\nformat: 1\nstages:\n  - use: test.greet"
    let fingerprint = try load(plain).fingerprint
    for options in ["{}", "{ times: 1 }", "{ words: ['^a+'], greeting: \"hello\" }", "{ greeting: hello, times: 1 }"] {
      #expect(try load("\(plain)\n    options: \(options)").fingerprint == fingerprint, "\(options)")
    }
    #expect(try load("\(plain)\n    options: { table: words.txt }").fingerprint != fingerprint)
  }

  @Test func `The fingerprint moves when a default does`() throws {
    let yaml = "pipeline: test\nformat: 1\nstages:\n  - use: test.greet"
    let louder = try load(yaml, StageRegistry([Louder.self]))
    #expect(try louder.fingerprint != load(yaml).fingerprint)
    let step = try #require(louder.steps.first)
    #expect(step.options.canonical == #"{"greeting":"HELLO","times":1,"words":["^a+"]}"#)
  }
}

@Suite struct `Page selections` {
  @Test func `Ranges, single pages and open ends are read`() throws {
    let selection = try #require(PageSelection("1-3,5,9-"))
    #expect((1...10).filter { selection.contains($0) } == [1, 2, 3, 5, 9, 10])
  }

  @Test(arguments: ["", "0", "3-1", "a", "1-2-3", "1,,2"])
  func `What is no selection is refused`(text: String) {
    #expect(PageSelection(text) == nil)
  }
}
