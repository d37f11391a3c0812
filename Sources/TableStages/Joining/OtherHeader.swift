import DocumentModel

extension Table {
  /// Whether it begins with a header that is not the one of `upper`, a table above it with the same columns.
  ///
  /// ```
  /// | kind | new | old |        | result | men | all |
  /// +------+-----+-----+        +--------+-----+-----+
  /// | abc  |  1  |  2  |        | won    |  3  |  4  |
  /// ```
  /// A header names every column of figures. A label or the name of a group stands alone in its row, and where `upper`
  /// has words in the place of figures a row of words may be a part of its body: then nothing can be told.
  func hasOtherHeader(than upper: Table) -> Bool {
    let stub = max(headerColumns, upper.headerColumns, 1)
    guard headerRows > 0, headerRows < rows, stub < columns, !cells.contains(where: { $0.columnSpan == columns }),
      upper.hasOnlyFigures(from: stub)
    else { return false }
    let names = (stub..<columns).map { column in
      cells.last { $0.row < headerRows && $0.columnRange.contains(column) && $0.content == .words }
    }
    guard names.allSatisfy({ $0 != nil }) else { return false }
    let known = Set(upper.cells.filter { $0.row < upper.headerRows }.map(\.text.raw.squeezed))
    return names.contains { name in name.map { !known.contains($0.text.raw.squeezed) } ?? false }
  }

  /// Whether its header has a name, right of the labels, that the header of `upper` does not have, whatever the columns.
  func names(otherThan upper: Table) -> Bool {
    let known = Set(upper.cells.filter { $0.row < upper.headerRows }.map(\.text.raw.squeezed))
    let stub = max(headerColumns, 1)
    return cells.contains {
      $0.row < headerRows && $0.column >= stub && $0.content == .words && !known.contains($0.text.raw.squeezed)
    }
  }

  /// Whether there are figures, and no words, right of the labels below the header.
  private func hasOnlyFigures(from column: Int) -> Bool {
    let body = cells.filter { $0.row >= headerRows && $0.column >= column }.map(\.content)
    return body.contains { $0.isValue } && !body.contains(.words)
  }
}

extension Cell {
  fileprivate var content: CellContent { CellContent(text.raw) }
}
