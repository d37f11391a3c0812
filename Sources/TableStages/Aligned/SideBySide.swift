import DocumentModel

extension AlignedRows {
  /// Where tables beside each other end: before columns whose heads begin anew.
  ///
  /// ```
  /// Northern  Visits │ Southern  Visits      the same head in the same place of every group, a label column first, and
  /// abc         12   │ ghi          3        white space between the groups
  /// def          4   │ jkl         44
  /// ```
  var seams: [Double] {
    let body = firstBodyRow
    guard body > 0, columnCount >= 4 else { return [] }
    var heads = Array(repeating: "", count: columnCount)
    for part in rows[..<body].flatMap(\.parts) where !part.isSpan {
      heads[part.columns.lowerBound] += part.words.text + " "
    }
    var (numbers, pieces) = (Array(repeating: 0, count: columnCount), Array(repeating: 0, count: columnCount))
    for part in rows[body...].flatMap(\.parts) where !part.isSpan {
      pieces[part.columns.lowerBound] += 1
      if part.isNumber { numbers[part.columns.lowerBound] += 1 }
    }
    for width in 2...(columnCount / 2) where columnCount % width == 0 {
      let starts = Array(stride(from: 0, to: columnCount, by: width))
      let isRepeated = (1..<width).contains { offset in
        !heads[offset].isEmpty && starts.allSatisfy { heads[$0 + offset] == heads[offset] }
      }
      let isLabelled = starts.allSatisfy { 10 * numbers[$0] < 2 * pieces[$0] && 2 * pieces[$0] > rows.count - body }
      let cuts = starts.dropFirst().map { self.cuts[$0 - 1] }
      if isRepeated, isLabelled, cuts.allSatisfy({ $0.to - $0.from >= em }) { return cuts.map(\.position) }
    }
    return []
  }
}
