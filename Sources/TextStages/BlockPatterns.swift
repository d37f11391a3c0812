import PipelineKit

/// What headings and titles look like, by the words and numbers of a language.
struct BlockPatterns: Sendable {
  /// For each level, how its headings begin.
  let headings: [[Pattern]]
  /// What is found in a title.
  let title: [Pattern]
  /// How lines begin that begin a block.
  let starts: [Pattern]
  /// The longest heading, in scalars.
  let headingLength: Int

  /// Whether a line with this folded text begins a block, whatever stands above it.
  func startsBlock(_ folded: String) -> Bool {
    levelOfBeginning(folded) != nil || starts.contains { $0.prefixMatch(of: folded) != nil }
  }

  /// The level at whose patterns a folded text begins, however long it is.
  func levelOfBeginning(_ folded: String) -> Int? { beginning(of: folded)?.level }

  /// The level of a folded text that is a heading as a whole.
  func levelOfHeading(_ folded: String) -> Int? {
    guard let (level, number) = beginning(of: folded) else { return nil }
    let scalars = folded.unicodeScalars
    guard scalars.count <= headingLength else { return nil }
    return isRunIn(scalars.dropFirst(number), allowing: level == 1 ? 8 : 0) ? nil : level
  }

  private func beginning(of folded: String) -> (level: Int, number: Int)? {
    guard !headings.isEmpty else { return nil }
    let start = String(folded.unicodeScalars.prefix(headingLength))
    for (index, patterns) in headings.enumerated() {
      for pattern in patterns {
        guard let number = pattern.prefixMatch(of: start)?.range else { continue }
        return (index + 1, start.unicodeScalars.distance(from: number.lowerBound, to: number.upperBound))
      }
    }
    return nil
  }

  /// Whether more than `allowed` scalars go on behind the words of the heading; the last section of a report may well
  /// say "none" in the line of its heading.
  private func isRunIn(_ rest: Substring.UnicodeScalarView, allowing allowed: Int) -> Bool {
    guard let stop = rest.firstIndex(where: { ".:;".unicodeScalars.contains($0) }) else { return false }
    return rest[rest.index(after: stop)...].count > allowed
  }

  /// How many title patterns there are; the first is the most trusted.
  var titleCount: Int { title.count }

  /// Whether a folded text is a title after the pattern with this index.
  func isTitle(_ folded: String, after index: Int) -> Bool {
    folded.unicodeScalars.count <= 100 && !folded.unicodeScalars.contains { ",.;".unicodeScalars.contains($0) }
      && title[index].matches(folded)
  }
}
