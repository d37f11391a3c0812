import DocumentModel
import Glibc
public import Logging
public import PipelineKit

/// Answers requests one after the other: a line in, a line out, in the same order.
///
///     -> {"v":1,"id":"a.pdf","source":{"path":"a.pdf"}}
///     <- {"v":1,"id":"a.pdf","status":"complete","reason":null,"record":{…}}
///
/// This process opens no document: it hands them to a jailed worker, which is started again when it dies. What kills it
/// twice has failed, and the next request is answered.
public final class WorkerStream {
  private let worker: Worker
  private let logger: Logger
  private var saidJail = false

  /// Starts nothing before the first request.
  public init(_ settings: WorkerSettings, logger: Logger) {
    worker = Worker(settings, logger: logger)
    self.logger = logger
  }

  /// Answers what comes from `input` until it ends.
  ///
  /// - Parameter answer: is given each line, which must be on its way when it returns.
  /// - Throws: ``BulkError`` where no worker can be started, and what `answer` throws.
  public func run(_ input: SourceLines, _ answer: ([UInt8]) throws -> Void) throws {
    defer { worker.stop() }
    while let line = try input.next() {
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
      let request: BulkRequest
      do { request = try BulkRequest(line: line) } catch {
        let key = BulkRequest.key(ofMalformed: line)
        try answer(Self.line(key, failed: "request.malformed", message: "\(error)"))
        continue
      }
      try answer(try reply(to: request))
    }
  }

  private func reply(to request: BulkRequest) throws -> [UInt8] {
    if let reason = request.reason { return Self.line(request.key, failed: reason, message: request.message) }
    var outcome = try outcome(of: request)
    if case .died(let death) = outcome, death.isWorthAnotherTry {
      worker.stop()
      outcome = try self.outcome(of: request)
    }
    switch outcome {
    case .died(let death):
      return Self.line(request.key, failed: death.reason, stage: death.stage, message: death.message)
    case .replied(let reply) where reply.status == .failed || reply.status == .known:
      return Self.line(
        request.key, failed: reply.reason ?? "stage.failed", stage: reply.stage, message: reply.message)
    case .replied(let reply):
      let reason = JSONValue.string(orNull: reply.reason).encoded()
      let status = JSONValue.string(reply.status.rawValue).encoded()
      let head = Self.head(request.key) + Array(#","status":"#.utf8) + status + Array(#","reason":"#.utf8) + reason
      return head + Array(#","record":"#.utf8) + reply.payload + [UInt8(ascii: "}")]
    }
  }

  private static func head(_ id: [UInt8]?) -> [UInt8] { Array(#"{"v":1,"id":"#.utf8) + (id ?? Array("null".utf8)) }

  private static func line(
    _ id: [UInt8]?, failed reason: String, stage: String? = nil, message: String? = nil
  ) -> [UInt8] {
    let rest: JSONValue = [
      "status": "failed", "reason": .string(reason), "record": .null, "stage": .string(orNull: stage),
      "message": .string(orNull: message),
    ]
    return head(id) + [UInt8(ascii: ",")] + rest.encoded().dropFirst()
  }

  /// Hands the document to a worker and waits for what becomes of it.
  private func outcome(of request: BulkRequest) throws -> Worker.Outcome {
    // One that has ended since its last answer shows now.
    if worker.isIdle, !wait(for: worker.streams, until: 0).isEmpty { _ = try worker.listen() }
    while !worker.isIdle {
      if worker.isAbsent { try worker.start() }
      _ = try events()
    }
    if !saidJail, let jail = worker.jail {
      saidJail = true
      let missing = Sandbox(bits: jail).missing
      if !missing.isEmpty {
        logger.warning(
          "documents are opened without \(missing.joined(separator: ", ")), which this system does not offer")
      }
    }
    worker.send(request)
    while true {
      for event in try events() {
        switch event {
        case .ready: break
        case .asks: worker.answer(isKnown: false)
        case .done(let outcome): return outcome
        }
      }
    }
  }

  /// What the worker says next, or its end when its time is over.
  private func events() throws -> [Worker.Event] {
    let deadline = worker.deadline
    if !wait(for: worker.streams, until: deadline).isEmpty { return try worker.listen() }
    return try worker.watch(monotonicSeconds())
  }
}
