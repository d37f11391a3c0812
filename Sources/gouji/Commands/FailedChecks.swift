import DocumentModel
import Logging

/// What a person is told of the checks that failed: the worst first, of each severity the first ones, and how many there are.
struct FailedChecks {
  var input: String
  var record: Record
  /// Whether all of them are said.
  var isVerbose: Bool

  /// How many of one severity are said by themselves.
  private static let mostSaid = 10

  func say(to logger: Logger) {
    let failed = record.checks.filter { $0.status == .fail }
    for (severity, level) in [(Severity.error, Logger.Level.error), (.warning, .warning), (.info, .info)] {
      let some = failed.filter { $0.severity == severity }
      for check in isVerbose ? some[...] : some.prefix(Self.mostSaid) {
        logger.log(level: level, "\(input): check \(check.id) failed for \(check.instance): \(check.summary)")
      }
      if !isVerbose, some.count > Self.mostSaid {
        logger.log(
          level: level,
          "\(input): … and \(some.count - Self.mostSaid) more failed checks of severity \(severity.rawValue)")
      }
    }
    // Else what was looked at is said by the diagnostic.
    let isOdd = record.checks.contains { $0.status == .uncertain || $0.status == .fail && $0.severity != .info }
    guard isOdd, !isVerbose else { return }
    logger.warning("\(input): \(record.status.rawValue); \(CheckCoverage(record.checks))")
  }
}

extension Check {
  /// What it says, mostly what it asks for, and what was found.
  fileprivate var summary: String {
    var summary = "'\(message)'"
    if let left = left.plain, let right = right.plain {
      summary += ": \(left) against \(right)"
    } else if let first = pointers.first {
      summary += ": \(first)" + (pointers.count > 1 ? " and \(pointers.count - 1) more" : "")
    }
    if let cause { summary += cause == .undecided ? ", cause undecided" : ", an error of the \(cause.rawValue)" }
    return summary
  }
}

extension JSONValue {
  /// A figure or a text as a person writes it; nil for anything else.
  fileprivate var plain: String? {
    switch self {
    case .integer(let count): String(count)
    case .string(let text): text
    case .null, .bool, .number, .array, .object: nil
    }
  }
}
