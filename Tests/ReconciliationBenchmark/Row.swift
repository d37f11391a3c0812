import ReconciliationTrials

/// A line of the table that the benchmark prints.
struct Row: CustomStringConvertible {
  private static let widths = [34, 7, 7, 7, 9, 9, 9, 9, 8, 7, 8, 8, 8, 9]
  static let header = line([
    "damage", "cases", "whole%", "asked", "printed", "derived", "repaired", "withheld", "flagged", "SILENT", "µs p50",
    "p90", "p99", "max",
  ])

  let description: String

  init(_ trial: Trial, _ outcome: Outcome) {
    let times = outcome.times.sorted()
    let score = outcome.score
    let whole = outcome.cases == 0 ? "-" : (100 * Double(outcome.full) / Double(outcome.cases)).tenths
    description = Self.line(
      [trial.name, "\(outcome.cases)", whole, trial.leastFull?.tenths ?? "-"]
        + [score.printed, score.derived, score.repaired, score.withheld, score.flagged, score.silent].map { "\($0)" }
        + [0.5, 0.9, 0.99, 1].map { times.percentile($0).tenths })
  }

  static func times(_ times: [Double]) -> String {
    let sorted = times.sorted()
    let parts = [("median", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("longest", 1)]
    return parts.map { "\($0) \(sorted.percentile($1).tenths)" }.joined(separator: ", ") + " µs of CPU"
  }

  private static func line(_ cells: [String]) -> String {
    zip(cells, widths).enumerated().map { index, cell in
      let padding = String(repeating: " ", count: max(1, cell.1 - cell.0.count))
      return index == 0 ? cell.0 + padding : padding + cell.0
    }.joined()
  }
}

extension [Double] {
  /// The value below which a share of the sorted values lies; 0 of none.
  func percentile(_ share: Double) -> Double {
    isEmpty ? 0 : self[Swift.min(count - 1, Int(share * Double(count)))]
  }
}

extension Double {
  /// With one decimal.
  var tenths: String {
    let tenths = Int((self * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
