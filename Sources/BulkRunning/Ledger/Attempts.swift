import DocumentModel
import Glibc
import PipelineKit

/// What has been tried and has not come to an end: the file `attempts`, an object a line.
///
///     {"run":120}                              so many documents were done when this run began
///     {"with":"a.pdf","deaths":2}              so often in a row the supervisor died over this one
///     {"died":{…}}                             a worker died over it once
///     {"sent":"b.pdf"}                         it was handed to a worker
///     {"stopped":true}                         the run was ended from outside, in order
final class Attempts {
  /// A document over which a worker died, to be tried once more.
  struct Death: Equatable {
    var line: [UInt8]
    var death: WorkerDeath
  }

  /// The deaths of the supervisor in a row after which a document is to blame.
  static let mostDeaths = 10

  private let folder: OutputFolder
  private let name: String
  private let done: Int
  private var file: Int32 = -1
  private var written = 0
  private var deaths: [String: Int] = [:]
  /// Those over which a worker died and that wait for another try, in the order in which they died.
  private(set) var waiting: [Death] = []
  private var inFlight: [String] = []
  /// The one that is being tried again.
  private var retried: Death?

  /// Reads what earlier runs left.
  ///
  /// - Parameters:
  ///   - done: how many documents are done.
  ///   - isDone: whether that one is.
  /// - Throws: ``BulkError``.
  init(_ name: String, in folder: OutputFolder, done: Int, isDone: (String) -> Bool) throws {
    (self.folder, self.name, self.done) = (folder, name, done)
    var before = done
    var sent: [String] = []
    for line in (try folder.contents(name) ?? []).split(separator: UInt8(ascii: "\n")) {
      // The last line may be torn.
      let json: JSONValue
      do { json = try JSONValue(json: line) } catch { break }
      if case .integer(let count)? = json["run"] { before = count }
      if case .string(let id)? = json["with"], case .integer(let count)? = json["deaths"] { deaths[id] = count }
      if case .string(let id)? = json["sent"] { sent.append(id) }
      if let death = json["died"].flatMap({ Death($0) }) { waiting.append(death) }
      if json["stopped"] == .bool(true) { sent = [] }
    }
    waiting = waiting.filter { death in
      do { return !isDone(try BulkRequest(line: death.line).id) } catch { return false }
    }
    let open = Set(sent.filter { !isDone($0) })
    if done > before { deaths = [:] }
    if !open.isEmpty {
      deaths = Dictionary(uniqueKeysWithValues: open.map { ($0, (deaths[$0] ?? 0) + 1) })
    }
    try rewrite()
  }

  deinit { if file >= 0 { close(file) } }

  /// Whether this document is to blame for the deaths of the supervisor.
  func isToBlame(_ id: String) -> Bool { !deaths.isEmpty && (deaths[id] ?? 0) >= Self.mostDeaths }

  /// Notes that a document goes to a worker.
  func sends(_ id: String) throws {
    inFlight.append(id)
    try append(["sent": .string(id)])
  }

  /// Notes that it came back.
  func returned(_ id: String) { inFlight.removeAll { $0 == id } }

  /// Notes that a worker died over it, and keeps it for another try.
  func died(_ request: BulkRequest, _ death: WorkerDeath) throws {
    waiting.append(Death(line: request.line, death: death))
    try append(["died": waiting[waiting.count - 1].json])
  }

  /// The next one to be tried again.
  func takeWaiting() -> Death? {
    retried = waiting.isEmpty ? nil : waiting.removeFirst()
    return retried
  }

  /// Notes that the run ends in order, so that nobody is to blame.
  func stop() throws { try append(["stopped": true]) }

  /// Forgets all, as everything is done.
  func finish() throws { try folder.remove(name) }

  private func append(_ json: JSONValue) throws {
    let line = json.encoded() + [UInt8(ascii: "\n")]
    do { try writeAll(line, to: file) } catch { throw folder.error(name, error) }
    written += line.count
    if written > 1 << 20 { try rewrite() }
  }

  /// Writes only what still matters.
  private func rewrite() throws {
    var lines: [JSONValue] = [["run": .integer(done)]]
    lines += deaths.sorted { $0.key < $1.key }.map { ["with": .string($0.key), "deaths": .integer($0.value)] }
    lines += ([retried].compactMap { $0 } + waiting).map { ["died": $0.json] }
    lines += inFlight.map { ["sent": .string($0)] }
    try folder.replace(name, by: lines.flatMap { $0.encoded() + [UInt8(ascii: "\n")] })
    if file >= 0 { close(file) }
    file = try folder.open(name, O_WRONLY | O_APPEND)
    written = 0
  }
}

extension Attempts.Death {
  fileprivate var json: JSONValue {
    [
      "request": .string(String(decoding: line, as: UTF8.self)), "reason": .string(death.reason),
      "stage": .string(orNull: death.stage), "signal": .integer(orNull: death.signal.map { Int($0) }),
      "code": .integer(orNull: death.code.map { Int($0) }),
    ]
  }

  fileprivate init?(_ json: JSONValue) {
    guard case .string(let line)? = json["request"], case .string(let reason)? = json["reason"] else { return nil }
    self.line = Array(line.utf8)
    death = WorkerDeath(reason: reason)
    if case .string(let stage)? = json["stage"] { death.stage = stage }
    if case .integer(let signal)? = json["signal"] { death.signal = Int32(truncatingIfNeeded: signal) }
    if case .integer(let code)? = json["code"] { death.code = Int32(truncatingIfNeeded: code) }
  }
}
