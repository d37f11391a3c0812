import ArgumentParser
import BulkRunning
import Glibc
import PipelineKit

/// The exit codes that people's scripts rely on.
enum ExitStatus: Int32 {
  case done = 0
  case checkFailed = 1
  case usage = 2
  case dependencyMissing = 3
  case inputUnreadable = 4
  case outputNotWritable = 5
  case password = 8
  case bug = 70
  case interrupted = 130
}

/// A command that ends with a status and nothing more to say.
struct Ended: Error {
  var status: ExitStatus
}

/// How the program ends after an error: one message, one exit code.
struct Ending {
  var status: ExitStatus
  var message: String

  /// The signal that ends the process instead.
  private var signal: Int32?

  init(of error: any Error) {
    switch error {
    case is ReaderGone: (status, message, signal) = (.done, "", SIGPIPE)
    case let ended as Ended: (status, message) = (ended.status, "")
    case let failure as StageFailure:
      (status, message) = (Ending.status(of: failure.code), "\(failure) [\(failure.code)]")
    case let coded as any CodedError:
      (status, message) = (Ending.status(of: coded.code), Self.bounded("\(coded)"))
    case let error as OutputError: (status, message) = (.outputNotWritable, error.description)
    default:
      let isHelp = Gouji.exitCode(for: error) == .success
      status = isHelp ? .done : Gouji.exitCode(for: error) == .validationFailure ? .usage : .bug
      message = isHelp || status == .usage ? Gouji.fullMessage(for: error) : "\(error)"
    }
  }

  /// The first lines of a message that goes on and on, such as the faults of a file that is no pipeline at all.
  private static func bounded(_ message: String) -> String {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > mostLines else { return message }
    return lines.prefix(mostLines).joined(separator: "\n") + "\n… and \(lines.count - mostLines) more"
  }

  private static let mostLines = 100

  /// The exit code for a stable error code.
  private static func status(of code: String) -> ExitStatus {
    switch code {
    case "pdf.encrypted", "archive.encrypted": .password
    case "reader.missing", "converter.missing", "worker.not_started", "worker.no_sandbox": .dependencyMissing
    case "stage.failed": .bug
    case "store.missing", "record.no_value", "bulk.changed", "bulk.busy", "bulk.folder", "bulk.shard": .usage
    case "output.not_writable", "scratch.not_writable": .outputNotWritable
    case "external.not_started", "external.died", "external.timeout", "external.flood", "external.bad_answer":
      .dependencyMissing
    case _ where code.hasPrefix("pipeline.") || code.hasPrefix("schema.") || code.hasPrefix("pattern."): .usage
    default: .inputUnreadable
    }
  }

  /// Says the message on standard error (help on standard output) and ends the process.
  func exit() -> Never {
    var (status, message) = (status, message)
    if let signal = signal ?? StopSignals.received { Self.end(by: signal) }
    if status == .done {
      do { try Output.standard.write(message) } catch is ReaderGone { Self.end(by: SIGPIPE) } catch {
        (status, message) = (.outputNotWritable, "\(error)")
      }
    }
    if status != .done, !message.isEmpty {
      let text = status == .usage && message.hasPrefix("Error:") ? message : "gouji: " + message
      StandardStreams.say(text.visible().utf8)
    }
    Glibc.exit(status.rawValue)
  }

  /// As a signal ends a process that does not look out for it: in silence, with the code that a shell expects.
  private static func end(by signal: Int32) {
    Glibc.signal(signal, SIG_DFL)
    // Threads that run asynchronous work hold signals back.
    var own = sigset_t()
    sigemptyset(&own)
    sigaddset(&own, signal)
    pthread_sigmask(SIG_UNBLOCK, &own, nil)
    raise(signal)
  }
}
