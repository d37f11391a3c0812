import DocumentModel

extension [ColumnProfile.Cut] {
  /// Without the cuts inside a column whose words begin at its left side and whose figures end at its right.
  ///
  /// ```
  ///  State      Waiting period      no line has something on both sides of such a cut, figures stand on one side only,
  ///  Alabama    None                and the header does not name them apart
  ///  Alaska                  7
  /// ```
  /// Figures on both sides are two columns, as of debit and credit: which side one stands on is what it says. `shown` are
  /// the lines that show the columns, `all` also those of the header.
  func joiningHalves(of shown: [WordLine], below all: [WordLine], seams: [ClosedRange<Double>]) -> Self {
    guard count >= 2, shown.count >= 4, let top = shown.map(\.midY).min() else { return self }
    let heads = all.filter { $0.midY < top }
    var result = self
    var columns = texts(of: shown)
    var index = 1
    while index < result.count {
      let (left, cut) = (result[index - 1].position, result[index])
      let right = index + 1 < result.count ? result[index + 1].position : .infinity
      if Self.areHalves(columns[index], columns[index + 1]), heads.name(left, to: right),
        !heads.nameApart(left, cut.position, right),
        !seams.contains(where: { $0.lowerBound < cut.to && $0.upperBound > cut.from })
      {
        for line in shown.indices { columns[index][line] += columns[index + 1][line] }
        columns.remove(at: index + 1)
        result.remove(at: index)
      } else {
        index += 1
      }
    }
    return result
  }

  /// What each line has in each column.
  private func texts(of lines: [WordLine]) -> [[[Unicode.Scalar]]] {
    let blank = [[Unicode.Scalar]](repeating: [], count: lines.count)
    var columns = [[[Unicode.Scalar]]](repeating: blank, count: count + 1)
    for (index, line) in lines.enumerated() {
      for word in line.words {
        columns[partitioningIndex { $0.position > word.box.midX }][index] += word.scalars
      }
    }
    return columns
  }

  /// Whether each line has something in one of two columns, and figures stand in one of these only.
  private static func areHalves(_ left: [[Unicode.Scalar]], _ right: [[Unicode.Scalar]]) -> Bool {
    guard zip(left, right).allSatisfy({ $0.isEmpty != $1.isEmpty }) else { return false }
    let areFilled = [left, right].allSatisfy { half in half.contains { !$0.isEmpty } }
    func hasFigures(_ half: [[Unicode.Scalar]]) -> Bool { half.contains { CellContent($0) == .figure } }
    return areFilled && hasFigures(left) != hasFigures(right)
  }
}

extension [WordLine] {
  /// Whether something stands between two places.
  fileprivate func name(_ left: Double, to right: Double) -> Bool {
    contains { line in line.segments.contains { $0.x1 > left && $0.x0 < right } }
  }

  /// Whether a line has something on both sides of a place between two others.
  fileprivate func nameApart(_ left: Double, _ middle: Double, _ right: Double) -> Bool {
    contains { line in
      let inside = line.segments.filter { $0.midX > left && $0.midX < right }
      return inside.contains { $0.midX < middle } && inside.contains { $0.midX > middle }
    }
  }
}
