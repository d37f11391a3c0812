/// Pages by number, such as `1-3,5`.
public struct PageSelection: CustomStringConvertible, Hashable, Sendable {
  /// The selected ranges, 1-based, in the order given.
  public var ranges: [ClosedRange<Int>]

  /// Reads `1-3,5,9-`; `nil` when the text is not of that form.
  public init?(_ text: String) {
    ranges = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count <= 2, let first = ends.first.flatMap({ Int($0) }), first >= 1 else { return nil }
      let last = ends.count == 1 ? first : (ends[1].isEmpty ? Int.max : Int(ends[1]) ?? 0)
      guard last >= first else { return nil }
      ranges.append(first...last)
    }
  }

  /// The ranges as a person writes them.
  public var description: String {
    ranges.map { range in
      range.lowerBound == range.upperBound
        ? "\(range.lowerBound)" : "\(range.lowerBound)-" + (range.upperBound == .max ? "" : "\(range.upperBound)")
    }.joined(separator: ",")
  }

  /// Whether it names pages that a document of `count` pages does not have; `9-` names those that there are.
  public func exceeds(_ count: Int) -> Bool {
    ranges.contains { $0.lowerBound > count || ($0.upperBound > count && $0.upperBound < .max) }
  }

  /// Whether the page is selected.
  public func contains(_ page: Int) -> Bool { ranges.contains { $0.contains(page) } }
}
