import BulkRunning
import DocumentModel
import Foundation
import Logging
import PipelineKit

/// A bulk run over documents that say what happens to them, by the worker that does as they say.
struct Trial {
  struct Missing: Error {}

  let folder: URL
  var documents: [String] = []

  /// In a folder that is there while `body` runs.
  static func run<Result>(_ body: (inout Trial) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gouji-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var trial = Trial(folder: folder)
    return try body(&trial)
  }

  /// The programs stand beside the bundle that holds these tests.
  static let worker = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "MockWorker").path

  /// Writes a document, and puts it on the list.
  mutating func add(_ name: String, _ text: String) throws {
    try write(name, text)
    documents.append(name)
  }

  /// Writes a document that is on the list, with the date that it shows.
  func write(_ name: String, _ text: String, date: Date? = nil) throws {
    let path = folder.appending(path: name)
    try Data(text.utf8).write(to: path)
    if let date { try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path.path) }
  }

  var settings: BulkSettings {
    get throws {
      let list = folder.appending(path: "list.ndjson")
      let lines = documents.map {
        #"{"v":1,"id":"\#($0)","source":{"path":"\#(folder.appending(path: $0).path)"}}"# + "\n"
      }
      try Data(lines.joined().utf8).write(to: list)
      var worker = WorkerSettings(command: [Self.worker])
      worker.timeout = 20
      worker.memory = 1 << 30
      worker.outputLimit = 1 << 20
      var settings = BulkSettings(listing: WorkerSettings(command: ["/bin/cat", list.path]), worker: worker)
      settings.workers = 2
      settings.identity = ["pipeline": ["name": "mock"], "inputs": .array(documents.map { .string($0) })]
      return settings
    }
  }

  /// Runs it into the folder `out`.
  @discardableResult
  func run(_ change: (inout BulkSettings) -> Void = { _ in }) throws -> BulkOutcome {
    var settings = try settings
    change(&settings)
    return try BulkRun(settings, folder: out, logger: Logger(label: "trial") { _ in SwiftLogNoOpLogHandler() }).run {
      _ in
    }
  }

  var out: String { folder.appending(path: "out").path }

  /// The lines of a file of the run, sorted.
  func lines(_ name: String) throws -> [String] {
    try String(contentsOfFile: out + "/" + name, encoding: .utf8).split(separator: "\n").map(String.init).sorted()
  }

  /// The reasons of the quarantine by the ids.
  var quarantine: [String: String] {
    get throws {
      try Dictionary(
        uniqueKeysWithValues: lines("quarantine.ndjson").map { line in
          let json = try JSONValue(json: Array(line.utf8))
          return (json["id"]?.string ?? "", json["reason"]?.string ?? "")
        })
    }
  }

  /// The ids of the results.
  var results: [String] {
    get throws { try lines("results.ndjson").map { try JSONValue(json: Array($0.utf8))["id"]?.string ?? "" } }
  }
}

extension JSONValue {
  var string: String? { if case .string(let text) = self { text } else { nil } }
}
