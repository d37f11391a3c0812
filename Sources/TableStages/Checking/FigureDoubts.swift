import DocumentModel

extension Table {
  /// Places of the grid that more than one cell covers.
  var sharedPlaces: TableDoubt? {
    var taken = Set<Int>()
    let guilty = cells.filter { cell in
      let places = cell.rowRange.flatMap { row in cell.columnRange.map { row * columns + $0 } }
      defer { taken.formUnion(places) }
      return places.contains { taken.contains($0) }
    }
    guard let first = guilty.first else { return nil }
    return TableDoubt(
      code: "table.cells_overlap", finding: "cells that cover a place of another one: \(guilty.count)",
      cells: guilty.count,
      places: first.places)
  }

  /// Figures that seem to be cut by the border of a cell, and cells that seem to hold two.
  func figureDoubts(among texts: [TextOnPage]) -> [TableDoubt] {
    let split = texts.flatMap { text in splitFigures(in: text) }
    let double = cellsWithTwoFigures
    return [
      split.isEmpty
        ? nil
        : TableDoubt(
          code: "table.figure_split", finding: "figures that seem to go on in the next cell: \(split.count)",
          cells: 2 * split.count, places: cells[split[0]].places),
      double.isEmpty
        ? nil
        : TableDoubt(
          code: "table.figures_in_one_cell", finding: "cells with several figures: \(double.count)",
          cells: double.count, places: cells[double[0]].places),
    ].compactMap { $0 }
  }

  /// Cells that end with a digit just before the next cell of their line begins with one, nearer than any space and with
  /// no rule between.
  private func splitFigures(in text: TextOnPage) -> [Int] {
    let order = text.cells.sorted { (cells[$0.cell].row, $0.box.x0) < (cells[$1.cell].row, $1.box.x0) }
    return zip(order, order.dropFirst()).compactMap { left, right in
      guard cells[left.cell].row == cells[right.cell].row, left.cell != right.cell,
        left.box.overlapY(right.box) > 0.5 * min(left.box.height, right.box.height),
        abs(right.box.x0 - left.box.x1) < 0.15 * text.em, !text.isParted(left.box, right.box),
        let last = cells[left.cell].text.raw.unicodeScalars.last, last.isDigit || last.isSeparator,
        let first = cells[right.cell].text.raw.unicodeScalars.first, first.isDigit || first.isSeparator
      else { return nil }
      return left.cell
    }
  }

  /// Cells with more than one figure in columns where nearly all others have one, or where nearly all have more.
  ///
  /// Groups of three digits are one figure: `12 345` may be nothing else.
  private var cellsWithTwoFigures: [Int] {
    let body = cells.indices.filter { cells[$0].row >= headerRows && cells[$0].columnSpan == 1 }
    let counts = body.map { (cell: $0, figures: figures(in: cells[$0].text.raw)) }
    let columns = Dictionary(grouping: counts) { cells[$0.cell].column }
    return columns.values.flatMap { column -> [Int] in
      let printed = column.filter { !cells[$0.cell].text.raw.isEmpty }
      let double = printed.filter { $0.figures > 1 }.map(\.cell)
      let single = printed.count { $0.figures == 1 }
      let others = printed.count - double.count
      let isSingle = single >= 2 * double.count && 5 * single >= 4 * others
      // Nearly all: two columns were read as one.
      return isSingle || double.count >= 3 && double.count > 2 * others ? double : []
    }.sorted()
  }

  /// How many figures the text consists of; 0 where there is anything else.
  private func figures(in text: String) -> Int {
    let parts = text.unicodeScalars.split(whereSeparator: \.isBlank)
    guard parts.allSatisfy({ CellContent($0) == .figure }) else { return 0 }
    let groups = parts.dropFirst().count { $0.prefix { $0.isDigit }.count == 3 }
    return parts.count - groups + parts.count(where: \.holdsTwoFigures)
  }
}

extension Collection<Unicode.Scalar> {
  /// Whether digits go on behind the last group of three, as where two figures touch: `9,123,456202`.
  ///
  /// Two separators at least: what stands behind a single one may be decimals.
  fileprivate var holdsTwoFigures: Bool {
    let groups = drop { !$0.isDigit }.split(omittingEmptySubsequences: false, whereSeparator: \.isSeparator)
    guard groups.count >= 3, Set(filter(\.isSeparator)).count == 1, (1...3).contains(groups[0].count),
      groups[1..<(groups.count - 1)].allSatisfy({ $0.count == 3 })
    else { return false }
    return groups[groups.count - 1].prefix { $0.isDigit }.count > 3
  }
}
