import DocumentModel

extension Table {
  /// Columns whose texts stand under another column of the part above, where a page break cuts the table.
  ///
  /// ```
  /// above   | 12 |    | 7 |      columns 0 1 2
  /// below        | 12 |  | 7 |   the text of column 0 under that of column 1
  /// ```
  func drift(from above: TextOnPage, to below: TextOnPage) -> TableDoubt? {
    let (upper, lower) = (extents(in: above), extents(in: below))
    // Pages may have margins of their own.
    let shift = below.region.x0 - above.region.x0
    let drifted = lower.filter { column, extent in
      guard let own = upper[column] else { return false }
      func shared(_ other: ClosedRange<Double>) -> Double {
        min(other.upperBound, extent.upperBound - shift) - max(other.lowerBound, extent.lowerBound - shift)
      }
      return upper.contains { $0.key != column && shared($0.value) > max(0, shared(own)) + 0.5 * below.em }
    }
    guard !drifted.isEmpty, let place = regions.first(where: { $0.box == below.region }) else { return nil }
    return TableDoubt(
      code: "table.column_drift",
      finding: "columns that do not go on under themselves after a page break: \(drifted.count)",
      cells: drifted.count * rows / max(1, regions.count), places: [place])
  }

  /// From where to where the texts of single columns reach below the header, in points.
  private func extents(in text: TextOnPage) -> [Int: ClosedRange<Double>] {
    var result: [Int: ClosedRange<Double>] = [:]
    for (index, box) in text.cells where cells[index].columnSpan == 1 && cells[index].row >= headerRows {
      guard box.x0 <= box.x1 else { continue }
      let known = result[cells[index].column] ?? box.x0...box.x1
      result[cells[index].column] = min(known.lowerBound, box.x0)...max(known.upperBound, box.x1)
    }
    return result
  }
}
