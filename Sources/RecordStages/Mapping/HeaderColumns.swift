import DocumentModel

/// Where the words of a block's columns stand in a table.
struct HeaderColumns {
  /// For each column of the block, the cells that name it.
  private let cells: [[Cell]]
  /// For each column of the block, the cells that would name it, but say that they are of another time or of something else.
  private let foreign: [[Cell]]

  /// Looks for the columns of `block` among the words of one table.
  init(of block: FormBlock, in words: [TableLines.Word]) {
    let named = block.columns.map { column in
      words.indices.filter { column.labels.likeness(to: words[$0].label) >= 0.7 }
    }
    cells = named.map { $0.map { words[$0].cell } }
    let own = Set(named.joined())
    let others = words.indices.filter { !own.contains($0) }.map { index in
      (words[index].cell, block.columns.map { $0.labels.likeness(toOpposed: words[index].label) })
    }
    foreign = block.columns.indices.map { column in
      others.filter { $1[column] >= 0.6 && $1[column] == $1.max() }.map(\.0)
    }
  }

  /// The words of the header that say of a column, at `row`, that it counts something else than the form does.
  func foreign(_ column: Int, upTo row: Int) -> Cell? {
    guard let head = foreign[column].filter({ $0.row <= row }).max(by: { $0.row < $1.row }) else { return nil }
    return head.row > nearest(of: column, upTo: row)?.row ?? -1 ? head : nil
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
