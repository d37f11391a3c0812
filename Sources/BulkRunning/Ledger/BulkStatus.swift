public import DocumentModel
import FoundationEssentials
import Glibc
import PipelineKit

/// How far the runs in a folder are, read off their files, also while they are at work.
public struct BulkStatus {
  /// `{"runs":[{"run":"run.json","state":…,"counts":{…}}],"counts":{…}}`; of several parts there are several runs.
  public let json: JSONValue

  /// Looks into the folder, and changes nothing.
  ///
  /// - Throws: ``BulkError`` with code `bulk.folder`.
  public init(_ path: String) throws {
    let folder: OutputFolder
    var names: [String]
    do {
      folder = try OutputFolder(path: path, creates: false)
      names = try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0 == "run.json" || $0.hasPrefix("run.part-") && $0.hasSuffix(".json") }.sorted()
    } catch { throw BulkError("bulk.folder", "\(path): \(plainReason(error))", underlying: error) }
    guard !names.isEmpty else { throw BulkError("bulk.folder", "\(path) is no folder of a run: there is no run.json") }
    var all = BulkCounts()
    var runs: [JSONValue] = []
    for name in names {
      let infix = name.dropFirst(3).dropLast(5)
      var counts = BulkCounts()
      try Self.read("results\(infix).ndjson", in: folder) { counts.count($0) }
      try Self.read("quarantine\(infix).ndjson", in: folder) {
        counts.failed[LedgerLine.text("reason", in: $0) ?? "", default: 0] += 1
      }
      let description = try JSONValue(json: try folder.contents(name) ?? [])
      var state = description["state"] ?? .null
      if state == "running", !Self.isLocked("lock\(infix)", in: folder) { state = "broken off" }
      runs.append(["run": .string(name), "state": state, "counts": counts.json])
      all.complete += counts.complete
      all.partial += counts.partial
      all.failed.merge(counts.failed, uniquingKeysWith: +)
    }
    json = ["folder": .string(path), "counts": all.json, "runs": .array(runs)]
  }

  private static func read(_ name: String, in folder: OutputFolder, _ each: (ArraySlice<UInt8>) -> Void) throws {
    let open = name + ".open"
    guard folder.has(open) || folder.has(name) else { return }
    let file = try folder.open(folder.has(open) ? open : name, O_RDONLY)
    defer { close(file) }
    _ = try PartFile.scan(file) { line, _ in
      each(line)
    } error: {
      folder.error(name)
    }
  }

  private static func isLocked(_ name: String, in folder: OutputFolder) -> Bool {
    do {
      let file = try folder.open(name, O_RDONLY)
      defer { close(file) }
      return flock(file, LOCK_SH | LOCK_NB) != 0
    } catch { return false }
  }
}
