import DocumentModel

extension [ColumnProfile.Cut] {
  /// Without the cuts inside a column whose words begin at its left side and whose figures end at its right.
  ///
  /// ```
  ///  State      Waiting period      no line has something on both sides of such a cut, and the header does not name
  ///  Alabama    None                them apart
  ///  Alaska                  7
  /// ```
  /// `shown` are the lines that show the columns, `all` also those of the header.
  func joiningHalves(of shown: [WordLine], below all: [WordLine], seams: [ClosedRange<Double>]) -> Self {
    guard count >= 2, shown.count >= 4, let top = shown.map(\.midY).min() else { return self }
    let heads = all.filter { $0.midY < top }
    var result = self
    var index = 1
    while index < result.count {
      let (left, cut) = (result[index - 1].position, result[index])
      let right = index + 1 < result.count ? result[index + 1].position : .infinity
      func isFilled(_ line: WordLine, _ range: (Double, Double)) -> Bool {
        line.words.contains { $0.box.midX > range.0 && $0.box.midX < range.1 }
      }
      let before = shown.map { isFilled($0, (left, cut.position)) }
      let behind = shown.map { isFilled($0, (cut.position, right)) }
      let isNamed = heads.contains { line in
        line.segments.contains { $0.x1 > left && $0.x0 < right }
      }
      let areNamedApart = heads.contains { line in
        let inside = line.segments.filter { $0.midX > left && $0.midX < right }
        return inside.contains { $0.midX < cut.position } && inside.contains { $0.midX > cut.position }
      }
      let areHalves = zip(before, behind).allSatisfy { $0 != $1 } && before.contains(true) && behind.contains(true)
      if areHalves, isNamed, !areNamedApart,
        !seams.contains(where: { $0.lowerBound < cut.to && $0.upperBound > cut.from })
      {
        result.remove(at: index)
      } else {
        index += 1
      }
    }
    return result
  }
}
