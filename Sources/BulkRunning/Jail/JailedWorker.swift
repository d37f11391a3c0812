import CJail
import DocumentModel
import Glibc
import PipelineKit

/// The process that opens documents, from inside: it takes requests from standard input and answers on what was its
/// standard output, as `WorkerFrame` describes. Nothing that a library prints gets between.
public struct JailedWorker {
  private let lines: SourceLines
  private let output: Int32
  private let reader: ContainerReader

  /// Takes over the standard streams.
  ///
  /// - Parameters:
  ///   - limits: what is taken out of archives at most.
  ///   - password: that of their entries that are encrypted.
  /// - Throws: `SystemError`.
  public init(limits: InputLimits = InputLimits(), password: String? = nil) throws {
    reader = ContainerReader(limits: limits, password: password)
    lines = try SourceLines(path: "-", longest: BulkRequest.mostBytes)
    output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    let nothing = Glibc.open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard output >= 0, nothing >= 0, dup2(nothing, STDOUT_FILENO) >= 0 else { throw SystemError(number: errno) }
    close(nothing)
    gouji_jail_say_memory(output)
  }

  /// Answers requests until there are no more.
  ///
  /// - Throws: `SystemError` or ``BulkError`` where nobody listens, or speaks another language.
  public func run(_ work: @Sendable (BulkRequest, JailedWorker) async throws -> WorkerReply) async throws {
    try say("ready \(gouji_jail_state())\n")
    while let line = try lines.next() {
      let reply = try await work(try BulkRequest(line: line), self)
      let head = [reply.status.rawValue, word(reply.reason), word(reply.stage), String(reply.payload.count)]
      try writeAll(
        Array("reply \(head.joined(separator: " "))\n".utf8) + reply.payload + [UInt8(ascii: "\n")], to: output)
    }
  }

  /// The document that is asked for. Those of an archive cost one pass over it if they are asked for in order.
  ///
  /// - Throws: ``BulkError``.
  public func open(_ request: BulkRequest) throws(BulkError) -> OpenedDocument {
    try reader.content(at: try ManifestLine(json: request.line).address)
  }

  /// Says which stage is about to work.
  public func begins(_ stage: String) throws { try say("stage \(word(stage))\n") }

  /// Says which page is about to be worked on, from whatever thread.
  public var beginsPage: @Sendable (Int) throws -> Void {
    { [output] in try writeAll(Array("page \($0)\n".utf8), to: output) }
  }

  /// Asks whether a document with these contents is done.
  public func isKnown(_ digest: String) throws -> Bool {
    try say("digest \(digest)\n")
    return try lines.next().map { $0.elementsEqual("known".utf8) } ?? false
  }

  private func say(_ text: String) throws { try say(Array(text.utf8)) }

  /// Says anything; tests say what no worker should.
  package func say(_ bytes: [UInt8]) throws { try writeAll(bytes, to: output) }

  private func word(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "-" }
    return String(text.prefix(100).map { $0.isWhitespace ? "_" : $0 })
  }
}
