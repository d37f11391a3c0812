import DocumentModel

/// How much a table that alignment shows looks as tables do, from 0 to 1.
///
/// Nothing of this is wrong by itself: there are tables without a header, with hardly anything in them, and with figures
/// and words in one column. But most grids that look so are lists, forms or running text (see `scripts/bench/tables`,
/// which reports how often each confidence holds).
struct Plausibility {
  let value: Double

  init(of table: Table) {
    guard table.kind == .aligned else { value = 1; return }
    let body = table.cells.filter { $0.row >= table.headerRows && $0.columnSpan == 1 }
    let places = (table.rows - table.headerRows) * table.columns
    var values: [Int: (figures: Int, words: Int)] = [:]
    for cell in body {
      switch CellContent(cell.text.raw) {
      case .blank: break
      case .hole, .figure: values[cell.column, default: (0, 0)].figures += 1
      case .words: values[cell.column, default: (0, 0)].words += 1
      }
    }
    let printed = values.values.reduce(0) { $0 + $1.figures + $1.words }
    let alike = values.values.reduce(0) { $0 + max($1.figures, $1.words) }
    var value = 1.0
    // Two thirds of the places of most tables hold something.
    value *= min(1, Double(printed) / Double(max(1, places)) / 0.65)
    // Nine in ten cells of a column are of one kind.
    value *= min(1, Double(alike) / Double(max(1, printed)) / 0.9)
    // A header stands over more than it holds.
    if table.headerRows == 0 || 2 * table.headerRows > table.rows { value *= 0.7 }
    self.value = max(0.2, value)
  }
}
