import DocumentModel
import PipelineKit

/// A part of a text that a pattern found, as it should be shown.
struct Found {
  var shown: String
  var folded: String
  var places: [Place]
}

extension Block {
  /// What the named group of the pattern takes out of the folded text.
  func find(_ pattern: Pattern, _ group: String) -> Found? {
    guard let match = pattern.firstMatch(in: text.folded), let range = match[group] else { return nil }
    return found(range)
  }

  /// A part of the folded text with what is shown for it.
  func found(_ range: Range<String.Index>) -> Found {
    let scalars = text.folded.unicodeScalars
    let start = scalars.distance(from: scalars.startIndex, to: range.lowerBound)
    let count = scalars.distance(from: range.lowerBound, to: range.upperBound)
    return Found(
      shown: text.shown(atFolded: start..<(start + count)), folded: String(text.folded[range]),
      places: places(ofRaw: text.foldedOffsets.origins(of: start..<(start + count))))
  }

  /// The lines that a part of the raw text stands on; in a text source, and on one line, its columns.
  private func places(ofRaw range: Range<Int>) -> [Place] {
    guard !range.isEmpty else { return places }
    // A joined text has a line break between its lines, of which each has a place.
    var (line, first, last, lineStart) = (0, 0, 0, 0)
    for (index, scalar) in text.raw.unicodeScalars.enumerated() {
      if index == range.lowerBound { first = line }
      if index == range.upperBound - 1 { last = line }
      guard scalar == "\n" else { continue }
      line += 1
      if index < range.lowerBound { lineStart = index + 1 }
    }
    guard line + 1 == places.count, first <= last else { return places }
    guard first == last, case .line(let number, let columns) = places[first] else { return Array(places[first...last]) }
    let start = columns.lowerBound + range.lowerBound - lineStart
    let part = start...(start + range.count - 1)
    return [columns.upperBound >= part.upperBound ? .line(number, columns: part) : places[first]]
  }

  /// The clauses of the folded text: from one full stop or semicolon to the next.
  var sentences: [Range<String.Index>] {
    var result: [Range<String.Index>] = []
    let folded = text.folded
    var start = folded.startIndex
    for index in folded.indices {
      let isDecimalPoint =
        folded[index] == "." && folded.index(after: index) < folded.endIndex
        && folded[folded.index(after: index)].isDigit
      guard "\u{3002};.!?".contains(folded[index]), !isDecimalPoint else { continue }
      let end = folded.index(after: index)
      result.append(start..<end)
      start = end
    }
    if start < folded.endIndex { result.append(start..<folded.endIndex) }
    return result
  }
}
