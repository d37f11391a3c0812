public import DocumentModel
import Glibc
import PipelineKit

/// How many documents came out how.
public struct BulkCounts: Equatable, Sendable {
  /// Results with everything that is required.
  public var complete = 0
  /// Results that lack something.
  public var partial = 0
  /// Documents without a result, by reason.
  public var failed: [String: Int] = [:]

  /// All that are done.
  public var documents: Int { complete + partial + failures }
  /// All without a result.
  public var failures: Int { failed.values.reduce(0, +) }

  /// As `run.json` has them.
  public var json: JSONValue {
    [
      "documents": .integer(documents), "complete": .integer(complete), "partial": .integer(partial),
      "failed": .integer(failures),
      "reasons": .object(failed.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }),
    ]
  }
}

/// What is done: the results, the documents without one, and what has been tried.
final class Ledger {
  private let folder: OutputFolder
  private let results: PartFile
  private let quarantine: PartFile
  let attempts: Attempts
  private(set) var counts = BulkCounts()
  /// Documents that are done or were handed out.
  private var seen = PartedDictionary<DocumentKey, Void>()
  /// Reasons that were to be tried again, and that no document failed for.
  private(set) var vainlyRetried: Set<String> = []
  /// Where the result for these contents starts, by the first 16 digits of their digest.
  private var places = PartedDictionary<UInt64, Int>()

  /// Opens what is there, or begins.
  ///
  /// - Parameter retried: reasons whose documents are to be tried again; `all` for all of them.
  /// - Throws: ``BulkError``.
  init(_ folder: OutputFolder, names: RunNames, retried: Set<String> = []) throws {
    self.folder = folder
    if !retried.isEmpty { vainlyRetried = retried.subtracting(try Self.forget(retried, names.quarantine, in: folder)) }
    var counts = BulkCounts()
    var seen = PartedDictionary<DocumentKey, Void>()
    var places = PartedDictionary<UInt64, Int>()
    results = try PartFile(names.results, in: folder) { line, start in
      seen[DocumentKey(LedgerLine.id(line))] = ()
      counts.count(line)
      if let digest = LedgerLine.copyable(line) { places[digest.short] = places[digest.short] ?? start }
    }
    quarantine = try PartFile(names.quarantine, in: folder) { line, _ in
      seen[DocumentKey(LedgerLine.id(line))] = ()
      counts.failed[LedgerLine.text("reason", in: line) ?? "", default: 0] += 1
    }
    attempts = try Attempts(names.attempts, in: folder, done: counts.documents) { id in
      seen[DocumentKey(JSONValue.string(id).encoded())] != nil
    }
    for death in attempts.waiting { seen[DocumentKey(try BulkRequest(line: death.line).key)] = () }
    (self.counts, self.seen, self.places) = (counts, seen, places)
  }

  /// Leaves out of the quarantine the documents with these reasons; the reasons that there were.
  private static func forget(_ reasons: Set<String>, _ name: String, in folder: OutputFolder) throws -> Set<String> {
    let open = name + ".open"
    guard folder.has(open) || folder.has(name) else { return [] }
    let old = try folder.open(folder.has(open) ? open : name, O_RDONLY)
    defer { close(old) }
    let new = try folder.open(name + ".new", O_WRONLY | O_CREAT | O_TRUNC)
    defer { close(new) }
    var fault: (any Error)?
    var found: Set<String> = []
    _ = try PartFile.scan(old) { line, _ in
      let reason = LedgerLine.text("reason", in: line) ?? ""
      found.formUnion([reason, "all"])
      guard fault == nil, !reasons.contains(reason), !reasons.contains("all") else { return }
      do { try writeAll(Array(line) + [UInt8(ascii: "\n")], to: new) } catch { fault = error }
    } error: {
      folder.error(name)
    }
    if let fault { throw folder.error(name, fault) }
    guard fdatasync(new) == 0 else { throw folder.error(name) }
    try folder.rename(name + ".new", to: open)
    try folder.remove(name)
    return found
  }

  /// Whether the document is new to the run, which knows it from now on.
  func takes(_ key: DocumentKey) -> Bool {
    guard seen[key] == nil else { return false }
    seen[key] = ()
    return true
  }

  /// Keeps a result.
  ///
  /// - Throws: ``BulkError`` with code `output.not_writable`.
  func keep(_ reply: WorkerReply, of request: BulkRequest) throws {
    try write(LedgerLine.opening.dropLast() + request.key + [UInt8(ascii: ",")] + reply.payload.dropFirst())
  }

  /// Whether there is a result for these contents.
  func isKnown(_ digest: String) -> Bool { line(of: digest) != nil }

  /// Keeps the result of the document with the same contents as that of this one, too.
  ///
  /// - Parameter source: the address of this one, as its `source` has it.
  /// - Returns: whether there is such a result.
  /// - Throws: ``BulkError`` with code `output.not_writable`.
  func keepCopy(of digest: String, source: [UInt8], for request: BulkRequest) throws -> Bool {
    guard let line = line(of: digest), let copy = LedgerLine.copy(of: line[...], id: request.key, source: source) else {
      return false
    }
    try write(copy)
    return true
  }

  private func line(of digest: String) -> [UInt8]? {
    guard let short = digest.short as UInt64?, let start = places[short] else { return nil }
    do {
      let line = try results.line(at: start)
      return LedgerLine.text("sha256", in: line[...]) == digest ? line : nil
    } catch { return nil }
  }

  /// How a document came out that is done.
  enum Past: Equatable {
    /// With a result, from contents whose digest starts with these 16 digits.
    case result(UInt64)
    case quarantined
  }

  /// How each document that is done came out; read off the files anew, as few runs need it.
  ///
  /// - Throws: ``BulkError``.
  var past: [DocumentKey: Past] {
    get throws {
      var past: [DocumentKey: Past] = [:]
      try quarantine.forEach { past[DocumentKey(LedgerLine.id($0))] = .quarantined }
      try results.forEach { line in
        if let digest = LedgerLine.text("sha256", in: line) {
          past[DocumentKey(LedgerLine.id(line))] = .result(digest.short)
        }
      }
      return past
    }
  }

  private func write(_ line: [UInt8]) throws {
    let start = try results.append(line)
    counts.count(line[...])
    if let digest = LedgerLine.copyable(line[...]) { places[digest.short] = places[digest.short] ?? start }
  }

  /// Keeps that a document has no result.
  ///
  /// - Throws: ``BulkError`` with code `output.not_writable`.
  func give(up request: BulkRequest, _ failure: Failure) throws {
    let line: JSONValue = [
      "id": .string(request.id), "source": request.source, "reason": .string(failure.reason),
      "stage": .string(orNull: failure.stage), "attempts": .integer(failure.attempts),
      "signal": .integer(orNull: failure.signal.map { Int($0) }), "message": .string(orNull: failure.message),
    ]
    try quarantine.append(line.encoded())
    counts.failed[failure.reason, default: 0] += 1
  }

  /// Why a document has no result.
  struct Failure: Equatable {
    var reason: String
    var stage: String?
    var attempts = 1
    var signal: Int32?
    var message: String?
  }

  /// - Throws: ``BulkError``.
  func syncIfDue(_ now: Double) throws {
    try results.syncIfDue(now)
    try quarantine.syncIfDue(now)
  }

  /// Leaves all as it is, to go on later.
  ///
  /// - Throws: ``BulkError``.
  func pause() throws {
    try results.pause()
    try quarantine.pause()
    try attempts.stop()
  }

  /// Gives the files their names.
  ///
  /// - Throws: ``BulkError``.
  func finish() throws {
    try quarantine.finish()
    try results.finish()
    try attempts.finish()
    folder.sync()
  }
}

/// What the files of a run are called.
struct RunNames {
  private let infix: String

  init(_ shard: Shard?) { infix = shard?.infix ?? "" }

  var results: String { "results\(infix).ndjson" }
  var quarantine: String { "quarantine\(infix).ndjson" }
  var attempts: String { "attempts\(infix)" }
  var run: String { "run\(infix).json" }
  var lock: String { "lock\(infix)" }
  /// All that holds what a run has done, the description last.
  var all: [String] {
    [
      results, results + ".open", quarantine, quarantine + ".open", quarantine + ".new", attempts, attempts + ".new",
      run,
    ]
  }
}

extension BulkCounts {
  /// Counts a line of results.
  mutating func count(_ line: ArraySlice<UInt8>) {
    if LedgerLine.text("status", in: line) == "partial" { partial += 1 } else { complete += 1 }
  }
}

extension String {
  /// The number that its first 16 hexadecimal digits are.
  var short: UInt64 { UInt64(prefix(16), radix: 16) ?? 0 }
}

extension LedgerLine {
  /// The digest of the document, in hexadecimal; nil where the result says something of the archive around it, which
  /// does not hold of the same contents elsewhere.
  static func copyable(_ line: ArraySlice<UInt8>) -> String? {
    guard let digest = text("sha256", in: line), digest.count == 64 else { return nil }
    var rest = line
    while let at = position(of: codeMark, in: rest) {
      rest = rest[(at + codeMark.count)...]
      if archiveCodes.contains(where: { rest.starts(with: $0) }) { return nil }
    }
    return digest
  }

  private static let codeMark = Array("\"code\":\"".utf8)
  /// How the codes begin that are about the archive.
  private static let archiveCodes = ["archive.", "warc."].map { Array($0.utf8) }

  /// A result under another id, of a document with the same contents that lies elsewhere.
  ///
  /// - Parameter source: a JSON object; of its members `uri` and `member` are taken.
  static func copy(of line: ArraySlice<UInt8>, id: [UInt8], source: [UInt8]) -> [UInt8]? {
    let mark = Array(#","source":{"#.utf8)
    guard let at = position(of: mark, in: line), let end = endOfObject(line, at + mark.count - 1) else { return nil }
    do {
      let here = try JSONValue(json: source)
      guard case .object(var members) = try JSONValue(json: line[(at + mark.count - 1)..<end]) else { return nil }
      for index in members.indices where ["uri", "member"].contains(members[index].key) {
        members[index].value = here[members[index].key] ?? .null
      }
      let start = line.startIndex + opening.count - 1
      return opening.dropLast() + id + line[endOfString(line, start)..<(at + mark.count - 1)]
        + JSONValue.object(members).encoded() + line[end...]
    } catch { return nil }
  }

  /// Behind the object that starts with the brace at `start`.
  private static func endOfObject(_ line: ArraySlice<UInt8>, _ start: Int) -> Int? {
    var (at, depth) = (start, 0)
    while at < line.endIndex {
      switch line[at] {
      case UInt8(ascii: "\""):
        at = endOfString(line, at)
        continue
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      default: break
      }
      at += 1
      if depth == 0 { return at }
    }
    return nil
  }
}
