import DocumentModel
import Logging

/// What is odd about the lines, of each kind the first three and how many there are.
struct Notices {
  let logger: Logger
  /// Whether all of them are said.
  let isVerbose: Bool
  private var counts: [(code: String, count: Int)] = []

  private static let mostSaid = 3

  init(logger: Logger, isVerbose: Bool) {
    (self.logger, self.isVerbose) = (logger, isVerbose)
  }

  mutating func say(_ diagnostic: Diagnostic) {
    let index = counts.firstIndex { $0.code == diagnostic.code } ?? counts.count
    if index == counts.count { counts.append((diagnostic.code, 0)) }
    counts[index].count += 1
    guard isVerbose || counts[index].count <= Self.mostSaid else { return }
    logger.warning("\(diagnostic.message) [\(diagnostic.code)]")
  }

  func sayRest() {
    guard !isVerbose else { return }
    for (code, count) in counts where count > Self.mostSaid {
      logger.warning("… and \(count - Self.mostSaid) more [\(code)]; -v says all")
    }
  }
}
