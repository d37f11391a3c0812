import DocumentModel

extension AlignedRows {
  /// Lines that stand left of lines of figures and beside nearly all of them: their labels, broken so that no line of them
  /// is as high as the figures.
  ///
  /// ```
  ///   a label so long          only the lines of figures would show the columns
  ///                     1   2
  ///   that it is broken
  /// ```
  static func labels(beside figures: [WordLine], among lines: [WordLine], em: Double) -> [WordLine] {
    guard let left = figures.map(\.x0).min() else { return [] }
    let words = lines.filter { $0.segments.count == 1 && $0.numbers == 0 && $0.x1 < left - em }
    let labels = words.standing(beside: figures)
    guard labels.count > figures.count, figures.standing(beside: labels).count == figures.count else { return [] }
    return labels
  }
}

extension [WordLine] {
  /// Those that are no further from one of `others`, from middle to middle, than the higher of both is high.
  fileprivate func standing(beside others: [WordLine]) -> [WordLine] {
    // Within their own height of another, or another within its height of them: stretches of the lines by their middles.
    let middles = others.map(\.midY).sorted()
    let order = indices.sorted { self[$0].midY < self[$1].midY }
    let own = order.map { self[$0].midY }
    var (begun, ended) = (Array<Int>(repeating: 0, count: count + 1), Array<Int>(repeating: 0, count: count + 1))
    for other in others {
      let near = own.range(within: other.y1 - other.y0, of: other.midY)
      begun[near.lowerBound] += 1
      ended[near.upperBound] += 1
    }
    var isBeside = map { !middles.range(within: $0.y1 - $0.y0, of: $0.midY).isEmpty }
    var open = 0
    for (place, index) in order.enumerated() {
      open += begun[place] - ended[place]
      if open > 0 { isBeside[index] = true }
    }
    return zip(self, isBeside).filter(\.1).map(\.0)
  }
}

extension [Double] {
  /// Which of them, in ascending order, are less than `reach` from `middle`.
  fileprivate func range(within reach: Double, of middle: Double) -> Range<Int> {
    let first = partitioningIndex { middle - $0 < reach }
    return first..<Swift.max(first, partitioningIndex { $0 - middle >= reach })
  }
}

extension ColumnProfile.Cut {
  /// Between labels and what stands right of them.
  init(between labels: [WordLine], and figures: [WordLine]) {
    let from = labels.map(\.x1).max() ?? 0
    let to = figures.map(\.x0).min() ?? from
    self.init(position: (from + to) / 2, from: from, to: to)
  }
}
