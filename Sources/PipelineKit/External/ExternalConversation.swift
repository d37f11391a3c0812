import FoundationEssentials
import Glibc
import Logging
import Subprocess
import SystemPackage

/// Two lines to a program and two from it, within bounds of time and size.
struct ExternalConversation: Sendable {
  let command: [String]
  /// Seconds for all of it.
  let timeout: Double
  /// Bytes of all that the program may write to its standard output.
  let outputLimit: Int
  let logger: Logger

  /// How long a program that has answered may go on.
  private static let grace = Duration.seconds(2)
  /// How many lines of a program's messages are shown, and how many bytes of each.
  private static let (shownLines, shownWidth) = (100, 500)

  /// Starts the program, says `hello`, and what `reply` makes of its first line; gives what `reply` kept, the second line,
  /// and how the program failed after that. Where `reply` has nothing to say there is no second line.
  ///
  /// - Throws: ``ExternalError``, or what `reply` throws.
  func run<Kept: Sendable>(
    _ hello: Data, reply: @escaping @Sendable ([UInt8]) throws -> (Kept, Data?)
  ) async throws -> (Kept, answer: [UInt8]?, failure: ExternalError?) {
    let program = command[0]
    // To write to a program that has ended is an error here, and no reason to end with it.
    _ = Self.brokenPipesAreErrors
    var platform = PlatformOptions()
    // Of its own, so that what it starts ends with it; what makes a session of its own is found by its mark.
    platform.processGroupID = 0
    let started = MarkedProcesses()
    defer { started.forget() }
    do {
      let result = try await Subprocess.run(
        program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: .init(Array(command.dropFirst())),
        environment: .inherit.updating([.init(stringLiteral: MarkedProcesses.name): started.value]),
        platformOptions: platform, input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        let group = execution.processIdentifier.value
        defer { started.end(group) }
        let messages = Task { await show(execution.standardError) }
        let (lines, feed) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        let reading = Task { await read(execution.standardOutput, into: feed) }
        let clock = Task {
          try await Task.sleep(for: .seconds(timeout))
          feed.finish(
            throwing: ExternalError("external.timeout", "\(program) did not answer within \(timeout) seconds"))
          started.end(group)
        }
        defer { clock.cancel() }
        do {
          var answers = lines.makeAsyncIterator()
          let writer = execution.standardInputWriter
          try await write(hello, to: writer)
          guard let first = try await answers.next() else { throw died }
          let (kept, document) = try reply(first)
          var second: [UInt8]?
          if let document {
            try await write(document, to: writer)
            second = try await answers.next()
            if second == nil { throw died }
          }
          do { try await writer.finish() } catch { logger.debug("\(program): \(error)") }
          clock.cancel()
          await end(reading, messages) { started.end(group) }
          while let more = try await answers.next() {
            guard !more.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) else { continue }
            throw ExternalError(
              "external.bad_answer", "the program wrote more than its answer: \(Self.beginning(of: more))")
          }
          return Outcome.answered(kept, second, await messages.value)
        } catch {
          started.end(group)
          await reading.value
          return Outcome.failed(error, await messages.value)
        }
      }
      switch result.closureResult {
      case .answered(let kept, let answer, let last):
        // One that goes on after its answer is killed; what ends badly by itself may have answered badly, too.
        let isUnsound = answer != nil && Self.isUnsound(result.terminationStatus)
        let failure = isUnsound ? died("failed after it had answered", result.terminationStatus, last) : nil
        return (kept, answer, failure)
      case .failed(let error as ExternalError, let last) where error.code == "external.died":
        throw died("ended before it had answered", result.terminationStatus, last)
      case .failed(let error, _): throw error
      }
    } catch let error as SubprocessError {
      throw ExternalError("external.not_started", "\(program) cannot be started: \(error)", underlying: error)
    }
  }

  /// The signal is left as it is where the host program has set it.
  private static let brokenPipesAreErrors: Void = {
    var action = sigaction()
    sigaction(SIGPIPE, nil, &action)
    if action.__sigaction_handler.sa_handler == nil { signal(SIGPIPE, SIG_IGN) }
  }()

  /// Both with what the program said last on its standard error.
  private enum Outcome<Kept: Sendable>: Sendable {
    case answered(Kept, [UInt8]?, String)
    case failed(any Error, String)
  }

  private var died: ExternalError { ExternalError("external.died", "") }

  private func died(_ how: String, _ status: TerminationStatus, _ last: String) -> ExternalError {
    let said = last.isEmpty ? "" : "; it said: \(last)"
    return ExternalError("external.died", "\(command[0]) \(how) (\(status))\(said)")
  }

  private static func isUnsound(_ status: TerminationStatus) -> Bool {
    switch status {
    case .exited(let code): code != 0
    case .signaled(let signal): signal != SIGKILL
    }
  }

  /// The beginning of a line, for a person.
  static func beginning(of line: [UInt8]) -> String {
    "'\(String(decoding: line.prefix(60), as: UTF8.self))\(line.count > 60 ? "…" : "")'"
  }

  /// Writes a line. A program that does not read any more shows in what it answers.
  private func write(_ line: Data, to writer: StandardInputWriter) async throws {
    do { _ = try await writer.write(Array(line) + [UInt8(ascii: "\n")]) } catch {
      logger.debug("\(command[0]): \(error)")
    }
  }

  /// Hands on line by line what the program writes.
  private func read(
    _ output: SubprocessOutputSequence, into feed: AsyncThrowingStream<[UInt8], any Error>.Continuation
  ) async {
    var line: [UInt8] = []
    var total = 0
    do {
      for try await buffer in output {
        total += buffer.count
        guard total <= outputLimit else {
          throw ExternalError("external.flood", "\(command[0]) wrote more than \(outputLimit) bytes")
        }
        var part = buffer.withUnsafeBytes { Array($0) }[...]
        while let end = part.firstIndex(of: UInt8(ascii: "\n")) {
          feed.yield(line + part[..<end])
          line = []
          part = part[(end + 1)...]
        }
        line += part
      }
      if !line.isEmpty { feed.yield(line) }
      feed.finish()
    } catch {
      feed.finish(throwing: error)
    }
  }

  /// Waits until the program, and what it started, have closed their outputs, or their time is over.
  private func end(
    _ reading: Task<Void, Never>, _ messages: Task<String, Never>, or stop: @escaping @Sendable () -> Void
  ) async {
    let clock = Task {
      try await Task.sleep(for: Self.grace)
      stop()
    }
    await reading.value
    _ = await messages.value
    clock.cancel()
  }

  /// Shows the beginning of what the program says to people, and gives the last line of it.
  private func show(_ messages: SubprocessOutputSequence) async -> String {
    var end: [UInt8] = []
    var last: [UInt8] = []
    var shown = 0
    do {
      for try await buffer in messages {
        end += buffer.withUnsafeBytes { Array($0) }
        while shown < Self.shownLines, let line = end.firstIndex(of: UInt8(ascii: "\n")) {
          logger.info("\(command[0]): \(String(decoding: end[..<line].prefix(Self.shownWidth), as: UTF8.self))")
          last = Array(end[..<line])
          end.removeSubrange(...line)
          shown += 1
        }
        // Only the end of a flood is of use.
        if end.count > 1 << 16 { end.removeFirst(end.count - (1 << 12)) }
      }
    } catch { logger.debug("\(command[0]): \(error)") }
    if let rest = end.split(separator: UInt8(ascii: "\n")).last { last = Array(rest) }
    return String(decoding: last.prefix(Self.shownWidth), as: UTF8.self)
  }
}
