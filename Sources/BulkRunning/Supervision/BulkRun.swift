import CJail
public import DocumentModel
import Glibc
public import Logging
import PipelineKit

/// What a bulk run is to do.
public struct BulkSettings: Sendable {
  /// The program that lists the documents, and its arguments.
  public var listing: WorkerSettings
  /// The programs that open them.
  public var worker: WorkerSettings
  /// How many of these at a time.
  public var workers = 1
  /// The part of the documents that this run does; nil for all.
  public var shard: Shard?
  /// Reasons whose documents are to be tried again.
  public var retried: Set<String> = []
  /// Whether what is there is thrown away first.
  public var startsAnew = false
  /// What is taken out of archives at most, as `listing` and `worker` are told.
  public var inputs = InputLimits()
  /// Whether a manifest comes that nothing can be known of before, and may give an id to another document than it did.
  public var readsStream = false
  /// What the results depend on; it may not change while a run is under way.
  public var identity: JSONValue = [:]

  /// With the usual limits.
  public init(listing: WorkerSettings, worker: WorkerSettings) { (self.listing, self.worker) = (listing, worker) }
}

/// How far a run is.
public struct BulkProgress: Sendable {
  /// All that is done, in earlier runs, too.
  public var counts: BulkCounts
  /// Documents that this run has done, and the seconds that it took.
  public var doneNow = 0
  /// Seconds since this run began.
  public var seconds = 0.0
  /// Documents that are still to do, as far as they are known.
  public var waiting = 0
  /// Whether there are no others.
  public var isAllListed = false
}

/// How a run ended.
public struct BulkOutcome: Sendable {
  /// How many documents came out how.
  public var counts: BulkCounts
  /// Whether it was ended from outside; it goes on when it is started again.
  public var isStopped = false
  /// Whether some input could not be opened.
  public var hasUnreadableInput = false
  /// Documents that came more than once, and lines that ask for none.
  public var repeated = 0
}

/// Hands documents to workers, one at a time to each, and keeps what comes back: this process opens none of them.
///
///     gouji list ──lines──► BulkRun ──line──► worker (jailed)
///                             │  ▲             │
///              results.ndjson.open └───reply───┘
public final class BulkRun {
  private let settings: BulkSettings
  private let logger: Logger
  private let folder: BulkFolder
  private let ledger: Ledger
  private let listing: Listing
  private var workers: [Worker]
  /// What each worker has.
  private var inFlight: [Int: Flight] = [:]
  /// Streams by the worker that they are of.
  private var owners: [Int32: Int] = [:]
  private var progress = BulkProgress(counts: BulkCounts())
  private var repeated = 0
  /// Documents that earlier runs have done, until they are listed again.
  private var unlisted: Int
  private var young: YoungFiles?
  /// How documents came out that are done, once one of them may have changed.
  private var past: [DocumentKey: Ledger.Past]?
  /// Documents without a result that may have changed.
  private var youngFailures = 0
  private var began = 0.0
  private var jail: Int?
  private var slowest: SlowestDocuments

  private struct Flight {
    var request: BulkRequest
    var key: DocumentKey
    /// The death of the first worker that had it.
    var earlier: WorkerDeath?
    /// The digest of the contents that it has a result of, where all that is asked for is whether they still are the same.
    var known: UInt64?
    var digest: String?
    /// When it was handed out.
    var began: Double
  }

  /// Opens the folder and starts to list.
  ///
  /// - Throws: ``BulkError`` with the codes `bulk.changed`, `bulk.busy`, `output.not_writable`, `worker.not_started`.
  public init(_ settings: BulkSettings, folder path: String, logger: Logger) throws {
    (self.settings, self.logger) = (settings, logger)
    folder = try BulkFolder(path, settings)
    ledger = try Ledger(folder.folder, names: folder.names, retried: settings.retried)
    if !ledger.vainlyRetried.isEmpty {
      let reasons = ledger.vainlyRetried.sorted().joined(separator: ", ")
      logger.warning("nothing in \(path) failed for a reason that is to be tried again: \(reasons)")
    }
    slowest = SlowestDocuments(folder.earlier["slowest"])
    try folder.begin(ledger.counts, slowest)
    unlisted = ledger.counts.documents + ledger.attempts.waiting.count
    young = folder.earlier == .null ? nil : folder.began.map { YoungFiles(since: $0) }
    listing = try Listing(settings.listing)
    workers = (0..<max(1, settings.workers)).map { _ in Worker(settings.worker, logger: logger) }
  }

  /// Does all documents that are not done.
  ///
  /// - Parameter report: is told now and then how far it is.
  /// - Throws: ``BulkError``; what is done stays done.
  public func run(_ report: (BulkProgress) -> Void) throws -> BulkOutcome {
    let stops = gouji_stop_signals()
    began = monotonicSeconds()
    var isStopped = false
    defer { for worker in workers { worker.stop() } }
    do { try work(stops, &isStopped, report) } catch let error as BulkError where error.code == "bulk.changed" {
      try leave()
      throw error
    }
    return try end(isStopped: isStopped)
  }

  private func work(_ stops: Int32, _ isStopped: inout Bool, _ report: (BulkProgress) -> Void) throws {
    var nextReport = began + 0.5
    while try !dispatch() {
      let now = monotonicSeconds()
      let deadline = min(workers.map(\.deadline).min() ?? .infinity, nextReport)
      owners = [:]
      for (index, worker) in workers.enumerated() { for stream in worker.streams { owners[stream] = index } }
      let ready = wait(for: [stops] + listing.streams + owners.keys, until: deadline)
      if ready.contains(stops) {
        isStopped = true
        break
      }
      listing.listen(ready, logger)
      for index in Set(ready.compactMap { owners[$0] }).sorted() {
        try handle(try workers[index].listen(), of: index)
      }
      for (index, worker) in workers.enumerated() where worker.deadline <= now {
        try handle(try worker.watch(now), of: index)
      }
      try ledger.syncIfDue(now)
      if now >= nextReport {
        nextReport = now + 0.5
        report(current)
      }
    }
  }

  /// Leaves the folder as it was where nothing was added to it, else ready to go on.
  private func leave() throws {
    let isAsBefore = folder.earlier["state"] == "done" && progress.doneNow == 0 && ledger.attempts.waiting.isEmpty
    if isAsBefore { try ledger.finish() } else { try ledger.pause() }
    try folder.end(ledger.counts, slowest, state: isAsBefore ? "done" : "stopped", jail: jail)
  }

  /// What the file is called that a run writes its results to.
  public static func resultsName(of shard: Shard?) -> String { RunNames(shard).results }

  /// What the files are called that a run writes into its folder.
  public static func fileNames(of shard: Shard?) -> [String] {
    let names = RunNames(shard)
    return names.all + [names.lock]
  }

  private var current: BulkProgress {
    progress.counts = ledger.counts
    progress.seconds = monotonicSeconds() - began
    progress.waiting = listing.waiting + inFlight.count + ledger.attempts.waiting.count
    progress.isAllListed = listing.hasEnded
    return progress
  }

  private func end(isStopped: Bool) throws -> BulkOutcome {
    for worker in workers { worker.stop() }
    if youngFailures > 0 {
      let what = youngFailures == 1 ? "1 document" : "\(youngFailures) documents"
      logger.warning("\(what) without a result may have changed since; '--retry all' tries again what failed")
    }
    var outcome = BulkOutcome(counts: ledger.counts, isStopped: isStopped, repeated: repeated)
    let code = listing.ending?.code ?? 0
    if let signal = listing.ending?.signal {
      try ledger.pause()
      throw BulkError("bulk.listing", "the list of documents broke off (signal \(signal)): what was listed is done")
    }
    outcome.hasUnreadableInput = code == 4
    if isStopped {
      try ledger.pause()
    } else if code != 0 && code != 4 {
      try ledger.pause()
      throw BulkError("bulk.listing", "the list of documents broke off (code \(code)): what was listed is done")
    } else {
      try ledger.finish()
    }
    try folder.end(ledger.counts, slowest, state: isStopped ? "stopped" : "done", jail: jail)
    return outcome
  }

  // MARK: Documents to workers

  /// Hands documents to the workers that have none.
  ///
  /// - Returns: whether nothing is left to do.
  private func dispatch() throws -> Bool {
    for (index, worker) in workers.enumerated() where worker.isIdle || worker.isAbsent {
      // Another try comes last, alone, in a process that has seen nothing else.
      if worker.isIdle {
        guard let request = try nextRequest() else { break }
        try send(request, to: index)
      } else if listing.waiting > 0 {
        try worker.start()
      }
    }
    guard inFlight.isEmpty, listing.hasEnded, listing.waiting == 0 else { return false }
    guard !ledger.attempts.waiting.isEmpty else { return true }
    let first = workers[0]
    for worker in workers.dropFirst() { worker.stop() }
    if first.isIdle, first.isFresh, let death = ledger.attempts.takeWaiting() {
      let request = try BulkRequest(line: death.line)
      try send(Next(request: request, key: DocumentKey(request.key)), to: 0, after: death.death)
    } else if !first.isBusy {
      if first.isIdle { first.stop() }
      if first.isAbsent { try first.start() }
    }
    return false
  }

  private func send(_ next: Next, to index: Int, after earlier: WorkerDeath? = nil) throws {
    if next.known == nil { try ledger.attempts.sends(next.request.id) }
    inFlight[index] = Flight(
      request: next.request, key: next.key, earlier: earlier, known: next.known, began: monotonicSeconds())
    workers[index].send(next.request)
  }

  /// A document for a worker.
  private struct Next {
    var request: BulkRequest
    var key: DocumentKey
    /// As ``Flight/known``.
    var known: UInt64?
  }

  /// The next document that this run has to do or to compare, and that can be opened.
  private func nextRequest() throws -> Next? {
    while let line = listing.next() {
      let request: BulkRequest
      do { request = try BulkRequest(line: line) } catch {
        logger.error("the list of documents has a line that cannot be read: \(error)")
        throw BulkError("bulk.listing", "the list of documents has a line that cannot be read: \(error)")
      }
      let key = DocumentKey(request.key)
      if let shard = settings.shard, !key.belongs(to: shard) { continue }
      guard ledger.takes(key) else {
        if let known = try knownDigest(of: request, key) { return Next(request: request, key: key, known: known) }
        continue
      }
      if let reason = request.reason {
        try give(up: request, Ledger.Failure(reason: reason, attempts: 0, message: request.message))
      } else if ledger.attempts.isToBlame(request.id) {
        try give(
          up: request,
          Ledger.Failure(
            reason: "crashed", attempts: Attempts.mostDeaths,
            message: "the run ended \(Attempts.mostDeaths) times in a row while it was being read"))
      } else {
        return Next(request: request, key: key)
      }
    }
    return nil
  }

  /// Whether the id may have been that of another document when its result was made.
  private func mayBeRenamed(_ request: BulkRequest) -> Bool {
    guard settings.readsStream, young != nil else { return false }
    do { return try DocumentAddress(json: request.source).id != request.id } catch { return true }
  }

  /// Of a document that is listed again: the digest of the contents that its result is of, where these may have changed.
  private func knownDigest(of request: BulkRequest, _ key: DocumentKey) throws -> UInt64? {
    if unlisted > 0 { unlisted -= 1 } else { repeated += 1 }
    guard request.reason == nil, young?.contain(request.source) == true || mayBeRenamed(request) else { return nil }
    if past == nil { past = try ledger.past }
    // Once is enough.
    switch past?.removeValue(forKey: key) {
    case .result(let digest)?: return digest
    case .quarantined?: youngFailures += 1
    case nil: break
    }
    return nil
  }

  private func give(up request: BulkRequest, _ failure: Ledger.Failure) throws {
    try ledger.give(up: request, failure)
    progress.doneNow += 1
  }

  // MARK: Workers to results

  private func handle(_ events: [Worker.Event], of index: Int) throws {
    for event in events {
      switch event {
      case .ready:
        if jail == nil { sayJail(workers[index]) }
      case .asks(let digest):
        inFlight[index]?.digest = digest
        if let flight = inFlight[index], let known = flight.known {
          guard digest.short == known else { throw changed(flight.request) }
        }
        workers[index].answer(isKnown: ledger.isKnown(digest))
      case .done(let outcome):
        guard let flight = inFlight.removeValue(forKey: index) else { continue }
        if let known = flight.known {
          guard Self.isOutcome(outcome, ofContents: known) else { throw changed(flight.request) }
          continue
        }
        try settle(flight, outcome)
        ledger.attempts.returned(flight.request.id)
      }
    }
  }

  private func changed(_ request: BulkRequest) -> BulkError {
    BulkError(
      "bulk.changed",
      "\(request.id) is not what it was when its result was made, or cannot be read any more; take another folder, or --fresh to throw away what is in \(folder.folder.path)"
    )
  }

  /// Whether a document that was read again has the contents whose digest starts so.
  private static func isOutcome(_ outcome: Worker.Outcome, ofContents known: UInt64) -> Bool {
    guard case .replied(let reply) = outcome else { return false }
    // It was asked for, and compared.
    if reply.status == .known { return true }
    return reply.status != .failed && LedgerLine.text("sha256", in: reply.payload[...])?.short == known
  }

  private func settle(_ flight: Flight, _ outcome: Worker.Outcome) throws {
    let request = flight.request
    let attempts = flight.earlier == nil ? 1 : 2
    slowest.add(request.id, seconds: monotonicSeconds() - flight.began)
    switch outcome {
    case .replied(let reply):
      progress.doneNow += 1
      switch reply.status {
      case .complete, .partial: try ledger.keep(reply, of: request)
      case .known:
        let isKept = try flight.digest.map { try ledger.keepCopy(of: $0, source: reply.payload, for: request) } ?? false
        if !isKept { try ledger.give(up: request, Ledger.Failure(reason: "crashed", attempts: attempts)) }
      case .failed:
        let failure = Ledger.Failure(
          reason: reply.reason ?? "stage.failed", stage: reply.stage, attempts: attempts, message: reply.message)
        try ledger.give(up: request, failure)
      }
    case .died(let death):
      logger.info("\(request.id): \(death.reason)")
      if flight.earlier == nil, death.isWorthAnotherTry {
        try ledger.attempts.died(request, death)
        return
      }
      let failure = Ledger.Failure(
        reason: death.reason, stage: death.stage, attempts: attempts, signal: death.signal, message: death.message)
      try give(up: request, failure)
    }
  }

  private func sayJail(_ worker: Worker) {
    jail = worker.jail
    let missing = worker.jail.map { Sandbox(bits: $0).missing } ?? []
    if !missing.isEmpty {
      logger.warning(
        "documents are opened without \(missing.joined(separator: ", ")), which this system does not offer")
    }
  }
}

extension WorkerReply {
  /// What it says to people, of a document that failed.
  var message: String? {
    do {
      if case .string(let text)? = try JSONValue(json: payload)["message"] { return text }
    } catch {}
    return nil
  }
}

extension WorkerDeath {
  /// For people.
  var message: String {
    let how = signal.map { "by signal \($0)" } ?? code.map { "with code \($0)" } ?? "by the run"
    return "its worker ended \(how)" + (stage.map { " in the stage '\($0)'" } ?? "")
      + (page.map { ", page \($0)" } ?? "")
  }
}
