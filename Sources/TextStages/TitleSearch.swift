import DocumentModel

/// Finds the title among the first lines of the text.
///
/// ```
///   Office of X                      }  up to three lines that match together,
///   2024 annual report               }  the fewest that do
///   1. Overview                         the first heading ends the search
/// ```
/// A line that begins a block, such as a date above the title, is no part of it. On pages a title is not smaller than the text;
/// one that is larger, 1.15 times, goes before others that match as well, and lines right above in the same size belong to it.
struct TitleSearch {
  private let patterns: BlockPatterns
  private let lines: [Line]
  private let column: TextColumn?

  /// Searches the lines of running text.
  init(_ lines: [Line], patterns: BlockPatterns, column: TextColumn?) {
    self.patterns = patterns
    self.column = column
    let end = lines.firstIndex { patterns.levelOfHeading($0.text.folded) == 1 } ?? lines.count
    self.lines = Array(lines[..<min(end, 40)])
  }

  /// The lines of the title; a line of a list of particulars says it only where no other does.
  var range: Range<Int>? {
    let particulars = lines.map(isParticular)
    return range { !particulars[$0] } ?? range { particulars[$0] }
  }

  /// The lines of the title of which the last fulfils a condition.
  private func range(where canEnd: (Int) -> Bool) -> Range<Int>? {
    for pattern in 0..<patterns.titleCount {
      let able = lines.indices.filter { canEnd($0) && !isSmall(lines[$0]) }
      for last in able.filter({ isLarge(lines[$0]) }) + able {
        var folded = ""
        for first in stride(from: last, through: max(0, last - 2), by: -1) {
          if first < last, isParticular(lines[first]) || !isNear(lines[first], lines[first + 1]) { break }
          folded = lines[first].text.folded + folded
          if patterns.isTitle(folded, after: pattern) { return extended(first..<(last + 1)) }
        }
      }
    }
    return nil
  }

  /// Whether it begins a block of its own, such as a line of a list of particulars, and is no part of a title.
  private func isParticular(_ line: Line) -> Bool { patterns.startsBlock(line.text.folded) }

  private func isSmall(_ line: Line) -> Bool { column.map { line.size < 0.95 * $0.bodySize } ?? false }

  private func isLarge(_ line: Line) -> Bool { column.map { line.size >= Self.larger * $0.bodySize } ?? false }

  private static let larger = 1.15

  private func isNear(_ upper: Line, _ lower: Line) -> Bool {
    switch (upper.place, lower.place) {
    case (.page, .page): TextColumn.distance(upper, lower).map { $0 <= 4 } ?? false
    case (.line(let above, _), .line(let below, _)): below - above <= 2
    default: true
    }
  }

  private func extended(_ range: Range<Int>) -> Range<Int> {
    var first = range.lowerBound
    while first > 0, range.upperBound - first < 3, !isParticular(lines[first - 1]),
      isNear(lines[first - 1], lines[first]),
      isLarge(lines[first]),
      abs(lines[first - 1].size - lines[first].size) <= 0.03 * lines[first].size
    {
      first -= 1
    }
    return first..<range.upperBound
  }
}
