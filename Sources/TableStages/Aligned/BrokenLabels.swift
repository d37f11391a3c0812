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
    func stands(_ line: WordLine, beside figure: WordLine) -> Bool {
      abs(line.midY - figure.midY) < max(line.y1 - line.y0, figure.y1 - figure.y0)
    }
    let labels = lines.filter { line in
      line.segments.count == 1 && line.numbers == 0 && line.x1 < left - em
        && figures.contains { stands(line, beside: $0) }
    }
    let labelled = figures.count { figure in labels.contains { stands($0, beside: figure) } }
    return labels.count > figures.count && labelled == figures.count ? labels : []
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
