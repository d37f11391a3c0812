import DocumentModel

/// Where the words of a block's columns stand in a table.
struct HeaderColumns {
  /// For each column of the block, the cells that name it.
  private let cells: [[Cell]]

  /// Looks for the columns of `block` among the words of one table.
  init(of block: FormBlock, in words: [Cell]) {
    cells = block.columns.map { column in
      words.filter { column.labels.likeness(to: Label($0.text.folded)) >= 0.7 }
    }
  }

  /// For each column, the nearest naming cell above `row`; nil unless all are named, in different places.
  func nearest(above row: Int) -> [Cell]? {
    var result: [Cell] = []
    for candidates in cells {
      let above = candidates.filter { $0.rowRange.upperBound <= row }
      guard let cell = above.max(by: { ($0.rowRange.upperBound, -$0.column) < ($1.rowRange.upperBound, -$1.column) })
      else {
        return nil
      }
      result.append(cell)
    }
    let starts = result.map(\.column)
    return Set(starts).count == starts.count ? result : nil
  }

  /// Which columns are named in the rows; nil where hardly any is, so that the header itself must be lost.
  func headed(in rows: Range<Int>) -> [Bool]? {
    let headed = cells.map { $0.contains { rows.contains($0.row) } }
    return headed.count { $0 } * 2 > headed.count ? headed : nil
  }

  /// How many columns are named somewhere in the rows.
  func count(in rows: Range<Int>) -> Int {
    cells.count { $0.contains { rows.contains($0.row) } }
  }
}
