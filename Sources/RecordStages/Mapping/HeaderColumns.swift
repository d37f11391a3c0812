import DocumentModel

/// Where the words of a block's columns stand in a table.
struct HeaderColumns {
  /// For each column of the block, the cells that name it.
  private let cells: [[Cell]]

  /// Looks for the columns of `block` among the words of one table.
  init(of block: FormBlock, in words: [TableLines.Word]) {
    cells = block.columns.map { column in
      words.filter { column.labels.likeness(to: $0.label) >= 0.7 }.map(\.cell)
    }
  }

  /// For each column, the nearest naming cell above `row` that reaches to the right of `column`, where the labels of rows
  /// end; nil where hardly any is named, or two in one place.
  func nearest(above row: Int, from column: Int) -> [Cell?]? {
    let heads = cells.map { candidates in
      candidates.filter { $0.rowRange.upperBound <= row && $0.columnRange.upperBound > column }
        .max { ($0.rowRange.upperBound, -$0.column) < ($1.rowRange.upperBound, -$1.column) }
    }
    let starts = heads.compactMap { $0?.column }
    return starts.count * 2 > heads.count && Set(starts).count == starts.count ? heads : nil
  }

  /// The nearest cell that names a column, in `row` or above it.
  func nearest(of column: Int, upTo row: Int) -> Cell? {
    cells[column].filter { $0.row <= row }.max { $0.row < $1.row }
  }

  /// The columns that the nearest row above `row` names, in order; one that is printed over several columns may be there
  /// as often as it has columns, where a copy repeats it in each.
  func columns(above row: Int) -> [Int] {
    guard let head = cells.joined().map(\.row).filter({ $0 < row }).max() else { return [] }
    return cells.indices.flatMap { column in cells[column].filter { $0.row == head }.map { (column, $0.column) } }
      .sorted { $0.1 < $1.1 }.map(\.0)
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
