import DocumentModel

/// Heads whose lines stand in cells of their own, one under the other, as where nothing but white space parts the rows.
///
/// ```
///   natural | public  |       two cells that say no known head each, and one both together: they are one
///   persons | welfare | all
///   abc   1 |       2 |  3
/// ```
/// Only words that are letter by letter what some form calls a column count, so that a head is never made of two others.
struct StackedHeads {
  private let known: Set<[Unicode.Scalar]>
  private let figures: FigureReader

  /// The most lines of a head.
  private static let mostLines = 6

  /// What the forms call their columns, the groups of these, and the rows of blocks in one line.
  init(of forms: [Form], figures: FigureReader) {
    self.figures = figures
    let blocks = forms.flatMap(\.tables).flatMap(\.blocks)
    let labels =
      blocks.flatMap(\.columns).flatMap(\.labels) + blocks.flatMap(\.headings).flatMap(\.labels)
      + blocks.filter { $0.layout == .line }.flatMap(\.rows).flatMap(\.labels)
    known = Set(labels.map(\.core))
  }

  /// The table with each of them in one cell.
  func joined(_ table: Table) -> Table {
    var isFigureRow = Array(repeating: false, count: table.rows)
    for cell in table.cells where figures.reading(cell.text) != nil {
      for row in cell.rowRange where row < table.rows { isFigureRow[row] = true }
    }
    let words = table.cells.indices.filter { index in
      let cell = table.cells[index]
      return cell.row < table.rows && !isFigureRow[cell.row] && !figures.isFigureOrHole(cell.text)
    }
    var below: [Place: Int] = [:]
    for index in words { below[Place(row: table.cells[index].row, column: table.cells[index].column)] = index }
    var taken: Set<Int> = []
    var result = table
    for index in words.sorted(by: { table.cells[$0].row < table.cells[$1].row }) where !taken.contains(index) {
      var chain = [index]
      while chain.count < Self.mostLines, let last = chain.last,
        let next = below[Place(row: table.cells[last].rowRange.upperBound, column: table.cells[last].column)],
        !known.contains(Label(table.cells[next].text.folded).core)
      {
        chain.append(next)
      }
      guard let count = (1..<chain.count).last(where: { isKnown(chain[...$0].map { table.cells[$0] }) }) else {
        continue
      }
      taken.formUnion(chain[1...count])
      result.cells[index] = Cell(joining: chain[...count].map { table.cells[$0] })
    }
    guard !taken.isEmpty else { return table }
    result.cells = result.cells.indices.filter { !taken.contains($0) }.map { result.cells[$0] }
    return result
  }

  private func isKnown(_ cells: [Cell]) -> Bool {
    known.contains(Label(cells.map(\.text.folded).joined()).core)
  }

  private struct Place: Hashable {
    var row: Int
    var column: Int
  }
}

extension Cell {
  /// What cells under each other say together, over the columns of the last.
  fileprivate init(joining cells: [Cell]) {
    self = cells[0]
    rowSpan = cells.reduce(0) { $0 + $1.rowSpan }
    columnSpan = cells[cells.count - 1].columnSpan
    text = PrintedText(
      raw: cells.map(\.text.raw).joined(separator: "\n"), shown: cells.map(\.text.shown).joined(),
      folded: cells.map(\.text.folded).joined())
    places = cells.flatMap(\.places)
  }
}
