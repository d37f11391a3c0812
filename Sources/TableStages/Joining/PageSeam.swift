import DocumentModel
import PipelineKit

/// The place where a page break cuts a table, and what stands on both sides of it.
///
/// ```
///   | II. | (4) Nor | 1.a | 5 | 0 |        last row of the upper part
///   +-----+---------+-----+---+---+ - - -
///   |     | thern   | 2.b | 1 | 0 |        first row of the lower part
/// ```
struct PageSeam {
  private var upper: Table
  private var lower: Table
  private let enumerators: [Pattern]
  /// Columns whose cells no rule closes at the break although it closes others.
  private let openColumns: Set<Int>
  /// Of both parts together.
  private let headerRows: Int
  private let stubColumns: Int
  private let hasFigures: Bool

  /// Takes two parts with the same columns.
  init(upper: Table, lower: Table, openColumns: Set<Int>, enumerators: [Pattern]) {
    self.upper = upper
    self.lower = lower
    self.enumerators = enumerators
    self.openColumns = openColumns
    self.lower.dropRepeatedHeader(of: upper)
    var whole = upper.stacked(on: self.lower)
    whole.findHeaders()
    (headerRows, stubColumns) = (whole.headerRows, whole.headerColumns)
    hasFigures = whole.cells.contains { CellContent($0.text.raw).isValue }
  }

  /// One table of both parts.
  func joined() -> Table {
    var seam = self
    if headerRows > upper.rows {
      seam.mendHeader()
    } else if lower.rows == 0 || headerRows == upper.rows {
      // The break runs below the header, or only the header is repeated.
    } else if seam.isRowCut {
      seam.mendRow()
    } else {
      seam.mendStub()
    }
    var table = seam.upper.stacked(on: seam.lower)
    table.findHeaders()
    return table
  }

  // MARK: The two sides

  private var lastRow: Int { upper.rows - 1 }

  private var firstRow: [Int] { lower.cells.indices.filter { lower.cells[$0].row == 0 } }

  /// The cell of the upper part that ends at the break above a cell of the lower part, with the same columns.
  private func cellAbove(_ cell: Cell) -> Int? {
    upper.cells.firstIndex { $0.rowRange.contains(lastRow) && $0.columnRange == cell.columnRange }
  }

  private func isNumbered(_ cell: Cell) -> Bool { enumerators.anyBegins(cell.text.raw) }

  private func content(_ cell: Cell) -> CellContent { CellContent(cell.text.raw) }

  private func isStub(_ cell: Cell) -> Bool { cell.columnRange.upperBound <= stubColumns }

  // MARK: Headers

  /// Mends header cells beside columns that are named in more detail below the break.
  private mutating func mendHeader() {
    guard hasFigures else { return }
    let pairs = firstRow.filter { cellAbove(lower.cells[$0]) != nil }
    guard !pairs.isEmpty else { return }
    if pairs.count == firstRow.count {
      mendRow()
    } else {
      let isRefined = firstRow.contains { index in
        let columns = lower.cells[index].columnRange
        return upper.cells.contains {
          $0.rowRange.contains(lastRow) && $0.columnRange != columns && $0.columnRange.contains(columns.lowerBound)
            && $0.columnRange.upperBound >= columns.upperBound
        }
      }
      if isRefined { for index in pairs.reversed() { extend(into: index) } }
    }
  }

  // MARK: Rows

  /// Whether the break runs through a row: its figures stand on one side only and its label goes on.
  private var isRowCut: Bool {
    let below = firstRow.map { lower.cells[$0] }
    let values = below.filter { !isStub($0) }
    let above = upper.cells.filter { $0.row == lastRow && $0.rowSpan == 1 && !isStub($0) && $0.column >= stubColumns }
    guard stubColumns > 0, !values.isEmpty, !above.isEmpty, values.allSatisfy({ $0.rowSpan == 1 }) else { return false }
    guard below.allSatisfy({ content($0) == .blank || cellAbove($0) != nil }) else { return false }
    let isBlankBelow = values.allSatisfy { content($0) == .blank }
    let isBlankAbove = above.allSatisfy { content($0) == .blank }
    guard isBlankBelow != isBlankAbove, (isBlankBelow ? above : values).contains(where: { content($0).isValue }) else {
      return false
    }
    guard let label = below.last(where: { isStub($0) && content($0) != .blank }) else { return true }
    guard let index = cellAbove(label) else { return false }
    if content(upper.cells[index]) == .blank {
      // The figures stand at the foot of one page, all of their label at the head of the next.
      return isBlankBelow && isLeaf(label) && isLeaf(upper.cells[index]) && !hasUnlabelledRows
    }
    guard !isNumbered(label) else { return false }
    return isNumbered(upper.cells[index]) || openColumns.contains(label.column)
  }

  /// Whether it is the last label of one row.
  private func isLeaf(_ cell: Cell) -> Bool { cell.rowSpan == 1 && cell.columnRange.upperBound == stubColumns }

  /// Whether some row away from the break has figures and no label.
  private var hasUnlabelledRows: Bool {
    func has(_ table: Table, except row: Int) -> Bool {
      table.cells.contains { label in
        label.row >= table.headerRows && label.row != row && isLeaf(label) && content(label) == .blank
          && table.cells.contains { $0.row == label.row && $0.column >= stubColumns && content($0) == .figure }
      }
    }
    return has(upper, except: lastRow) || has(lower, except: 0)
  }

  /// Puts the first row of the lower part into the last row of the upper part.
  private mutating func mendRow() {
    for index in firstRow.reversed() {
      let cell = lower.cells[index]
      if let above = cellAbove(cell) {
        upper.cells[above].take(cell)
        upper.cells[above].rowSpan += cell.rowSpan - 1
      }
      lower.cells.remove(at: index)
    }
    for index in lower.cells.indices { lower.cells[index].row -= 1 }
    lower.rows -= 1
  }

  // MARK: Labels

  /// Goes through the labels of the first row from the left for as long as they continue one above.
  private mutating func mendStub() {
    var continued: [Int] = []
    for index in firstRow where isStub(lower.cells[index]) {
      let cell = lower.cells[index]
      guard let above = cellAbove(cell), goesOn(upper.cells[above], in: cell) else { break }
      continued.append(index)
    }
    for index in continued.reversed() { extend(into: index) }
  }

  private func goesOn(_ above: Cell, in cell: Cell) -> Bool {
    let isGroup =
      above.rowSpan > 1 || cell.rowSpan > 1
      || firstRow.contains {
        lower.cells[$0].column > cell.column && isStub(lower.cells[$0]) && content(lower.cells[$0]) != .blank
      }
    // Nothing else says that two blank cells are one; and each row has a code of its own or none.
    let isMerged = above.rowSpan > 1 || cell.rowSpan > 1 || openColumns.contains(cell.column)
    switch (content(above), content(cell)) {
    case (.blank, .blank), (.blank, .figure), (.figure, .blank): return isMerged
    case (.figure, _), (_, .figure): return isMerged && above.text.raw.squeezed == cell.text.raw.squeezed
    case (_, .blank): return true
    case (.blank, _): return isGroup
    default:
      if !isGroup { return false }
      if above.text.raw.squeezed == cell.text.raw.squeezed { return true }
      return !isNumbered(cell) && (isNumbered(above) || openColumns.contains(cell.column))
    }
  }

  /// Lets the cell above the break cover the rows of the one below it.
  private mutating func extend(into index: Int) {
    let cell = lower.cells[index]
    guard let above = cellAbove(cell) else { return }
    upper.cells[above].take(cell)
    upper.cells[above].rowSpan += cell.rowSpan
    lower.cells.remove(at: index)
  }
}

extension Cell {
  /// Adds what `next` says, unless it repeats this cell, and its places.
  fileprivate mutating func take(_ next: Cell) {
    let said = CellContent(next.text.raw)
    if said == .blank { if !next.places.isEmpty { places += next.places }; return }
    if CellContent(text.raw) == .blank {
      text = next.text
    } else if text.raw.squeezed != next.text.raw.squeezed {
      text = PrintedText(text.raw.joined(with: next.text.raw))
    }
    places += next.places
  }
}

extension Table {
  /// Both, the rows of `lower` below the own ones.
  fileprivate func stacked(on lower: Table) -> Table {
    var table = self
    table.rows += lower.rows
    table.regions += lower.regions
    table.confidence = min(confidence, lower.confidence)
    if lower.columnEvidence == .ordered { table.columnEvidence = .ordered }
    for cell in lower.cells {
      var cell = cell
      cell.row += rows
      table.cells.append(cell)
    }
    table.cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    return table
  }

  /// Drops the rows at the top that say what the header of `upper` says.
  ///
  /// Words alone do not make a row below the first one a part of the header, only a merged cell above it does:
  /// ```
  /// | kind |  sum  |        | kind  | note |
  /// |      +---+---+        +-------+------+
  /// |      | a | b |        | other | none |       may be a row of the body
  /// ```
  fileprivate mutating func dropRepeatedHeader(of upper: Table) {
    func row(_ table: Table, _ row: Int) -> [String] {
      table.cells.filter { $0.row == row && CellContent($0.text.raw) != .blank }
        .map { "\($0.column) \($0.columnSpan) \($0.text.raw.squeezed)" }
    }
    var count = 0
    while count < min(upper.headerRows, rows), !row(self, count).isEmpty, row(self, count) == row(upper, count) {
      count += 1
      if !cells.contains(where: {
        $0.row == count - 1 && $0.columnSpan > 1 || $0.row < count && $0.rowRange.contains(count)
      }) {
        break
      }
    }
    while count > 0, cells.contains(where: { $0.row < count && $0.rowRange.upperBound > count }) { count -= 1 }
    guard count > 0 else { return }
    cells.removeAll { $0.row < count }
    for index in cells.indices { cells[index].row -= count }
    rows -= count
  }
}
