import CJail
import Glibc
import Logging
import PipelineKit

/// How workers are started and what they may use.
public struct WorkerSettings: Sendable {
  /// The program and its arguments; it speaks as ``JailedWorker`` does.
  public var command: [String]
  /// Seconds for a document.
  public var timeout = 120.0
  /// Seconds for a page.
  public var pageTimeout = 30.0
  /// Bytes of address space.
  public var memory = 1500 << 20
  /// Bytes of a result.
  public var outputLimit = 1 << 28
  /// Documents after which a worker is replaced by a new one, or some more where its first one was far to get at.
  public var documents = 500
  /// Whether it may start other programs, as a pipeline with stages that are such needs.
  public var mayStartPrograms = false
  /// Whether a jail that is not whole is an error.
  public var requiresSandbox = false

  /// Variables of the environment that it has besides those of this process.
  public var environment: [String: String] = [:]

  /// With the usual limits.
  public init(command: [String]) { self.command = command }

  /// Seconds that a worker may take until it is ready.
  static let secondsToStart = 60.0

  /// Processor seconds after which the system ends a worker.
  var mostSeconds: Double { max(1, min(timeout, 1e6).rounded(.down) * Double(documents)) + ArchiveReach.most }

  /// What the environment of a worker says.
  var variables: [String: String] {
    let own = [
      "GOUJI_JAIL": "\(getpid()) \(memory) 256 \(Int(mostSeconds)) \(mayStartPrograms ? 1 : 0)",
      // A crash is no news here, and takes seconds to print.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    return environment.merging(own) { $1 }
  }
}

/// One place for a process that opens documents: it is started when it is needed, watched, ended and started again.
final class Worker {
  /// How a document ended.
  enum Outcome: Equatable {
    case replied(WorkerReply)
    /// Its worker did not live to the end.
    case died(WorkerDeath)
  }

  /// What the one who owns the worker may have to do next.
  enum Event: Equatable {
    case ready
    /// The worker waits for ``answer(isKnown:)``.
    case asks(digest: String)
    case done(Outcome)
  }

  private enum State { case absent, starting, idle, busy }

  let settings: WorkerSettings
  private let logger: Logger
  private var child: ChildProcess?
  private var frames = FrameReader(limit: 0)
  private var state = State.absent
  private var age = WorkerAge()
  private var reach = ArchiveReach()
  /// When it was handed the document that it has.
  private var sent = 0.0
  /// Seconds that it may take to get at that document.
  private var longestWay = 0.0
  /// Seconds that it took; nil while it is on its way.
  private var way: Double?
  private var saidMemory = false
  private var lastWords: [UInt8] = []
  private var failedStarts = 0
  /// The id of the stage that works on the document.
  private var stage: String?
  /// The number of the page that the stage works on.
  private var page: Int?
  /// When the time of the document is over.
  private var documentDeadline = Double.infinity
  /// When the time of what it does is over.
  private(set) var deadline = Double.infinity
  /// The bits of CJail that the last process had.
  private(set) var jail: Int?

  init(_ settings: WorkerSettings, logger: Logger) {
    self.settings = settings
    self.logger = logger
  }

  deinit { _ = child?.end() }

  var isIdle: Bool { state == .idle }
  var isAbsent: Bool { state == .absent }
  var isBusy: Bool { state == .busy }
  /// Whether its process has not had a document.
  var isFresh: Bool { age == WorkerAge() }
  /// What to wait for: its output and its messages.
  var streams: [Int32] { child.map { [$0.output, $0.messages] } ?? [] }

  /// Starts a process.
  ///
  /// - Throws: ``BulkError``.
  func start() throws {
    precondition(state == .absent, "a worker is started once")
    child = try ChildProcess(settings.command, variables: settings.variables, input: .pipe)
    frames = FrameReader(limit: settings.outputLimit)
    (age, saidMemory, stage, page, lastWords) = (WorkerAge(), false, nil, nil, [])
    state = .starting
    deadline = monotonicSeconds() + WorkerSettings.secondsToStart
  }

  /// Hands it a document. One that is gone shows when it is read from.
  func send(_ request: BulkRequest) {
    precondition(state == .idle, "a worker has one document at a time")
    state = .busy
    (stage, page, saidMemory, way) = (nil, nil, false, nil)
    sent = monotonicSeconds()
    longestWay = reach.seconds(to: request.source)
    documentDeadline = sent + settings.timeout + longestWay
    deadline = documentDeadline
    write(request.line + [UInt8(ascii: "\n")])
  }

  /// Answers a digest.
  func answer(isKnown: Bool) { write(Array((isKnown ? "known\n" : "go\n").utf8)) }

  private func write(_ bytes: [UInt8]) {
    guard let child else { return }
    do { try writeAll(bytes, to: child.input) } catch { logger.debug("worker \(child.process): \(error)") }
  }

  /// Ends its process; a document that it has is given up.
  func stop() {
    guard let child else { return }
    _ = child.end()
    self.child = nil
    state = .absent
    deadline = .infinity
  }

  /// Reads what it said.
  ///
  /// - Throws: ``BulkError`` where workers cannot be started.
  func listen() throws -> [Event] {
    guard let child else { return [] }
    hear(child)
    var events: [Event] = []
    let filled = frames.fill(from: child.output)
    do {
      while let frame = try frames.next() {
        switch frame {
        case .memory: saidMemory = true
        case .stage(let id):
          arrives()
          (stage, page) = (id, nil)
          if state == .busy { deadline = documentDeadline }
        case .page(let number):
          page = number
          if state == .busy { deadline = min(documentDeadline, monotonicSeconds() + settings.pageTimeout) }
        case .ready(let bits):
          guard state == .starting else { throw FrameReader.Fault.noFrame }
          try accept(bits)
          events.append(.ready)
        case .digest(let digest):
          guard state == .busy else { throw FrameReader.Fault.noFrame }
          arrives()
          events.append(.asks(digest: digest))
        case .reply(let reply):
          guard state == .busy else { throw FrameReader.Fault.noFrame }
          (state, deadline) = (.idle, .infinity)
          events.append(.done(.replied(reply)))
          let took = monotonicSeconds() - sent
          age.add(seconds: took, way: longestWay > 0 ? way ?? took : 0)
          if age.isOver(after: settings.documents, most: settings.mostSeconds / 2) { stop() }
          if self.child == nil { return events }
        }
      }
    } catch let fault as FrameReader.Fault {
      return events + (try bury(because: fault == .tooLong ? "limit.output" : "crashed"))
    }
    return filled == .end ? events + (try bury(because: nil)) : events
  }

  /// Notes that it has the document, whose time begins now where it lies in an archive.
  private func arrives() {
    guard state == .busy, way == nil else { return }
    let now = monotonicSeconds()
    way = now - sent
    guard longestWay > 0 else { return }
    documentDeadline = now + settings.timeout
    deadline = documentDeadline
  }

  /// Ends the process when its time is over.
  ///
  /// - Throws: ``BulkError`` where workers cannot be started.
  func watch(_ now: Double) throws -> [Event] { now < deadline ? [] : try bury(because: "limit.time") }

  private func accept(_ bits: Int) throws {
    jail = bits
    let whole = Sandbox(bits: bits)
    if settings.requiresSandbox, !whole.missing.isEmpty {
      throw BulkError(
        "worker.no_sandbox", "this system does not offer \(whole.missing.joined(separator: ", ")) to workers")
    }
    (state, deadline, failedStarts) = (.idle, .infinity, 0)
  }

  /// Keeps the end of what it says to people.
  private func hear(_ child: ChildProcess) {
    var part = [UInt8](repeating: 0, count: 1 << 12)
    // A flood is heard bit by bit.
    let count = read(child.messages, &part, part.count)
    if count > 0 { lastWords = Array((lastWords + part[..<count]).suffix(1 << 11)) }
  }

  /// Ends the process, and says how the document ended that it had.
  ///
  /// - Parameter verdict: why it had to be ended; nil where it ended by itself.
  private func bury(because verdict: String?) throws -> [Event] {
    guard let child else { return [] }
    hear(child)
    let (before, stage, page) = (state, stage, page)
    // One that has closed its output is about to end, or has turned away.
    let ending = child.end(patience: verdict == nil ? 0.5 : 0)
    let verdict = verdict ?? (ending.wasKilled ? "crashed" : nil)
    self.child = nil
    (state, deadline) = (.absent, .infinity)
    let words = String(decoding: lastWords, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? ""
    guard before != .starting else {
      failedStarts += 1
      if failedStarts < 3 { return [] }
      throw BulkError(
        "worker.not_started",
        "a worker ended before it was ready (\(ending.plain))" + (words.isEmpty ? "" : ": \(words)"))
    }
    guard before == .busy else { return [] }
    let reason = verdict ?? (saidMemory ? "limit.memory" : ending.reason)
    let said = words.isEmpty ? "" : "; it said: \(words)"
    logger.info("worker \(child.process) ended (\(ending.plain))\(said)")
    let death = WorkerDeath(
      reason: reason, stage: stage, page: page, signal: verdict == nil ? ending.signal : nil,
      code: verdict == nil && ending.signal == nil ? ending.code : nil)
    return [.done(.died(death))]
  }
}

/// How a worker died over a document.
struct WorkerDeath: Equatable {
  /// `limit.time`, `limit.memory`, `limit.output` or `crashed`.
  var reason: String
  /// The id of the stage that was at work.
  var stage: String?
  /// The number of the page that it was at work on.
  var page: Int?
  /// The signal that ended it, unless it came from here.
  var signal: Int32?
  /// The exit code, where it ended by itself.
  var code: Int32?

  /// Whether it may end otherwise in a new worker: what is too slow or too large stays so, and costs as much again.
  var isWorthAnotherTry: Bool { reason != "limit.time" && reason != "limit.output" }
}

extension ChildProcess.Ending {
  /// The reason that a death by itself stands for.
  fileprivate var reason: String {
    switch signal {
    // Nobody else but the system kills it, and that for its memory.
    case SIGKILL: "limit.memory"
    case SIGXCPU: "limit.time"
    case SIGXFSZ: "limit.output"
    default: "crashed"
    }
  }

  /// For people.
  fileprivate var plain: String { signal.map { "signal \($0)" } ?? "code \(code)" }
}

/// What the jail of a worker holds.
public struct Sandbox: Sendable {
  /// The bits of CJail.
  let bits: Int

  /// By their names, in the order in which they are said.
  private static let parts = [
    ("parent_death", GOUJI_JAIL_DIES_TOO), ("limits", GOUJI_JAIL_LIMITS), ("landlock", GOUJI_JAIL_READ_ONLY),
    ("seccomp", GOUJI_JAIL_CALLS),
  ]

  /// The names of parts that could be had, and whether.
  var members: [(name: String, isHeld: Bool)] {
    Self.parts.map { ($0.0, bits & $0.1 != 0) }
  }

  /// The names of those that could not be had.
  public var missing: [String] { members.filter { !$0.isHeld }.map(\.name) }
}
