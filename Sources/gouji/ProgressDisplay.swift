import BulkRunning
import FoundationEssentials
import Glibc
import Logging
import PipelineKit

/// `1 document`, `2 documents`.
func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }

/// How far a bulk run is: a line that is written over on a terminal, else a message every few seconds.
final class ProgressDisplay {
  private let isTerminal: Bool
  private let isQuiet: Bool
  private let inner: Logger
  private var nextMessage = 5.0
  private let line: Line

  /// What stands on the terminal now, which messages must not run into.
  private final class Line: @unchecked Sendable {
    /// Touched by the thread of the run only.
    var isShown = false

    func clear() {
      guard isShown else { return }
      isShown = false
      do { try StandardStreams.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) } catch {}
    }
  }

  init(isQuiet: Bool, isJSON: Bool, logger: Logger) {
    isTerminal = isatty(STDERR_FILENO) == 1 && !isJSON
    self.isQuiet = isQuiet
    inner = logger
    line = Line()
  }

  /// A logger whose messages stand on lines of their own.
  var logger: Logger {
    guard isTerminal else { return inner }
    var logger = Logger(label: "gouji") { [line] _ in
      ClearingLog(inner: StandardErrorLog(format: .text)) { line.clear() }
    }
    logger.logLevel = inner.logLevel
    return logger
  }

  /// Shows it.
  func show(_ progress: BulkProgress) {
    guard !isQuiet else { return }
    if isTerminal {
      line.isShown = true
      do { try StandardStreams.write(Array("\r\(progress.plain)\u{1B}[K".utf8), to: STDERR_FILENO) } catch {}
    } else if progress.seconds >= nextMessage {
      nextMessage = progress.seconds + 5
      inner.notice("\(progress.plain)", metadata: progress.metadata)
    }
  }

  /// Takes it away.
  func clear() { line.clear() }
}

/// Makes room before each message.
private struct ClearingLog: LogHandler {
  var inner: StandardErrorLog
  var clear: @Sendable () -> Void
  var logLevel: Logger.Level {
    get { inner.logLevel }
    set { inner.logLevel = newValue }
  }
  var metadata: Logger.Metadata {
    get { inner.metadata }
    set { inner.metadata = newValue }
  }

  init(inner: StandardErrorLog, clear: @escaping @Sendable () -> Void) { (self.inner, self.clear) = (inner, clear) }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { inner[metadataKey: key] }
    set { inner[metadataKey: key] = newValue }
  }

  func log(event: LogEvent) {
    clear()
    inner.log(event: event)
  }
}

extension BulkProgress {
  /// Documents a second.
  private var rate: Double { seconds > 0 ? Double(doneNow) / seconds : 0 }
  /// Seconds that are left, once all documents are listed.
  private var secondsLeft: Int? { isAllListed && rate > 0 ? Int(Double(waiting) / rate) : nil }

  fileprivate var plain: String {
    let all = isAllListed ? "of \(counts.documents + waiting)" : "of more than \(counts.documents + waiting)"
    let left =
      secondsLeft.map { ", \($0 / 3600 > 0 ? "\($0 / 3600) h " : "")\($0 / 60 % 60) min \($0 % 60) s left" } ?? ""
    return "\(counts.documents) \(all), \(counts.failures) failed, \(rate.formatted)/s\(left)"
  }

  fileprivate var metadata: Logger.Metadata {
    var metadata: Logger.Metadata = [
      "done": "\(counts.documents)", "failed": "\(counts.failures)", "rate": "\(rate.formatted)",
    ]
    if let secondsLeft { metadata["seconds_left"] = "\(secondsLeft)" }
    return metadata
  }
}

extension Double {
  /// With one decimal.
  fileprivate var formatted: String { "\((self * 10).rounded() / 10)" }
}
