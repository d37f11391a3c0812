import DocumentModel
import Glibc
import PipelineKit

/// The folder of a run with its description, `run.json`: one run at a time, and always the same.
struct BulkFolder {
  let folder: OutputFolder
  let names: RunNames
  /// What an earlier run in it said of itself.
  private(set) var earlier: JSONValue = .null
  /// When the run first began, in milliseconds since 1970; of an earlier run that did not say so, nothing is known.
  private(set) var began: Int?
  private let settings: BulkSettings
  /// Held as long as the run lasts.
  private let lock: Lock

  private final class Lock {
    let file: Int32
    init(_ file: Int32) { self.file = file }
    deinit { close(file) }
  }

  /// Opens the folder for a run.
  ///
  /// - Throws: ``BulkError`` with the codes `bulk.busy`, `bulk.changed`, `bulk.folder`, `output.not_writable`.
  init(_ path: String, _ settings: BulkSettings) throws {
    self.settings = settings
    folder = try OutputFolder(path: path, creates: true)
    names = RunNames(settings.shard)
    lock = Lock(try folder.open(names.lock, O_RDWR | O_CREAT))
    // A process that is just being started by this one may still hold what an earlier run has let go.
    let deadline = monotonicSeconds() + 2
    while flock(lock.file, LOCK_EX | LOCK_NB) != 0 {
      guard monotonicSeconds() < deadline else {
        throw BulkError("bulk.busy", "another run is at work in \(path)")
      }
      usleep(20_000)
    }
    if settings.startsAnew {
      for name in names.all { try folder.remove(name) }
    }
    earlier = try comparedRun()
    if earlier == .null {
      began = YoungFiles.now
    } else if case .integer(let milliseconds)? = earlier["began"] {
      began = milliseconds
    }
    // Before the first of the other files: without it, a run that is killed now could not go on.
    if earlier == .null { try begin(BulkCounts(), SlowestDocuments(nil)) }
  }

  /// What the run in the folder said of itself; refuses to go on with one that is not this one.
  private func comparedRun() throws -> JSONValue {
    guard let bytes = try folder.contents(names.run) else {
      guard !names.all.contains(where: folder.has) else {
        throw BulkError(
          "bulk.folder",
          "\(folder.path) has results and no \(names.run) that tells of what; take another folder, or --fresh to throw them away"
        )
      }
      return .null
    }
    let before: JSONValue
    do { before = try JSONValue(json: bytes) } catch {
      throw BulkError("bulk.folder", "\(folder.path)/\(names.run) cannot be read: \(error)", underlying: error)
    }
    guard case .object(let members) = settings.identity else { return before }
    let changed = members.filter { !Self.agrees(before[$0.key] ?? .null, $0.value) }.map(\.key)
    guard changed.isEmpty else {
      throw BulkError(
        "bulk.changed",
        "\(folder.path) has results of another run (not the same: \(changed.joined(separator: ", "))); take another folder, or --fresh to throw them away"
      )
    }
    return before
  }

  private static func agrees(_ one: JSONValue, _ other: JSONValue) -> Bool {
    // Numbers are written with two decimals.
    one.encoded() == other.encoded()
  }

  /// Says that the run is under way.
  ///
  /// - Throws: ``BulkError``.
  func begin(_ counts: BulkCounts, _ slowest: SlowestDocuments) throws {
    try describe(counts, slowest, state: "running", jail: nil)
  }

  /// Says how the run ended.
  ///
  /// - Throws: ``BulkError``.
  func end(_ counts: BulkCounts, _ slowest: SlowestDocuments, state: String, jail: Int?) throws {
    try describe(counts, slowest, state: state, jail: jail)
  }

  private func describe(_ counts: BulkCounts, _ slowest: SlowestDocuments, state: String, jail: Int?) throws {
    guard case .object(let identity) = settings.identity else { return }
    let sandbox: JSONValue =
      jail.map { .object(Sandbox(bits: $0).members.map { .init($0.name, .bool($0.isHeld)) }) } ?? .null
    let limits: JSONValue = [
      "seconds": .number(settings.worker.timeout), "page_seconds": .number(settings.worker.pageTimeout),
      "memory": .integer(settings.worker.memory),
      "output": .integer(settings.worker.outputLimit), "documents_per_worker": .integer(settings.worker.documents),
      "entry_bytes": .integer(settings.inputs.entryBytes), "archive_bytes": .integer(settings.inputs.archiveBytes),
      "entries": .integer(settings.inputs.entries), "ratio": .integer(settings.inputs.ratio),
      "depth": .integer(settings.inputs.depth),
    ]
    let run = JSONValue.object(
      [.init("format", "gouji.run/1"), .init("state", .string(state))] + identity + [
        .init("began", .integer(orNull: began)), .init("limits", limits), .init("sandbox", sandbox),
        .init("counts", counts.json),
        .init("slowest", slowest.json),
      ])
    try folder.replace(names.run, by: run.encoded(isPretty: true) + [UInt8(ascii: "\n")])
  }
}
