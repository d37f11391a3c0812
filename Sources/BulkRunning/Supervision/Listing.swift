import Glibc
import Logging
import PipelineKit

/// The lines of the process that lists the documents, read ahead so far as memory stays small: a long list waits in the
/// pipe.
final class Listing {
  private let child: ChildProcess
  private var isReaped = false
  private var bytes: [UInt8] = []
  private var start = 0
  private var lastWords: [UInt8] = []
  /// How many whole lines wait.
  private(set) var waiting = 0
  /// Whether all lines have come.
  private(set) var hasEnded = false
  /// How the process ended.
  private(set) var ending: ChildProcess.Ending?

  /// Bytes that are read ahead.
  static let mostAhead = 8 << 20

  /// Starts the process.
  ///
  /// - Throws: ``BulkError``.
  init(_ settings: WorkerSettings) throws {
    child = try ChildProcess(settings.command, variables: settings.variables, input: .shared)
  }

  deinit { if !isReaped { _ = child.end() } }

  /// What to wait for now.
  var streams: [Int32] {
    hasEnded ? [] : bytes.count - start < Self.mostAhead ? [child.output, child.messages] : [child.messages]
  }

  /// Reads what there is.
  ///
  /// - Parameter logger: is told what it says to people.
  func listen(_ ready: Set<Int32>, _ logger: Logger) {
    // The numbers of its closed pipes are those of others by now.
    guard !hasEnded else { return }
    if ready.contains(child.messages) { hear(logger) }
    guard ready.contains(child.output) else { return }
    if start > 1 << 16 {
      bytes.removeFirst(start)
      start = 0
    }
    let old = bytes.count
    let chunk = 1 << 16
    var count = 0
    bytes.append(contentsOf: repeatElement(0, count: chunk))
    bytes.withUnsafeMutableBytes { buffer in
      repeat {
        count = read(child.output, buffer.baseAddress.map { $0 + old }, chunk)
      } while count < 0 && errno == EINTR
    }
    bytes.removeLast(chunk - max(0, count))
    waiting += bytes[old...].count { $0 == UInt8(ascii: "\n") }
    guard count == 0 || count < 0 && errno != EAGAIN else { return }
    hear(logger)
    hasEnded = true
    // Without what it has started, and whatever it may still do: its list is closed.
    ending = child.end()
    isReaped = true
  }

  /// The next line.
  func next() -> ArraySlice<UInt8>? {
    guard waiting > 0, let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    waiting -= 1
    defer { start = end + 1 }
    return bytes[start..<end]
  }

  private func hear(_ logger: Logger) {
    var part = [UInt8](repeating: 0, count: 1 << 12)
    let count = read(child.messages, &part, part.count)
    guard count > 0 else { return }
    lastWords += part[..<count]
    while let end = lastWords.firstIndex(of: UInt8(ascii: "\n")) {
      say(String(decoding: lastWords[..<end], as: UTF8.self)[...], logger)
      lastWords.removeSubrange(...end)
    }
    if lastWords.count > 1 << 14 { lastWords = [] }
  }

  /// Says what the process said, as loud as it did.
  private func say(_ line: Substring, _ logger: Logger) {
    let line = line.hasPrefix("gouji: ") ? line.dropFirst(7) : line
    for level in [Logger.Level.error, .warning] where line.hasPrefix("\(level): ") {
      return logger.log(level: level, "\(line.dropFirst("\(level): ".count))")
    }
    logger.warning("\(line)")
  }
}
