import DocumentModel

/// Figures that another program writes must say where they are printed: what has no place cannot be looked at.
enum PlacedFigures {
  /// The first figure of `answer` that has no place and was not `given` without one, in words; nil where there is none.
  ///
  /// A figure is a cell or block with a digit in it, what is printed for a cell of a form, and a value whose state says that
  /// it is printed. Values that say nothing of where they come from, such as the form, may be words and not numbers.
  static func fault(of answer: Document, given: Document) -> String? {
    let known = Set(unplaced(in: given))
    return unplaced(in: answer).first { !known.contains($0) }.map { "\($0) has no place" }
  }

  private static func unplaced(in document: Document) -> [String] {
    var found: [String] = []
    for table in document.tables ?? [] {
      found += table.cells.lazy.filter { $0.places.isEmpty && $0.text.raw.hasDigit }.map {
        "the figure '\($0.text.raw)' in row \($0.row), column \($0.column) of the table '\(table.id)'"
      }
    }
    found += (document.blocks ?? []).lazy.filter { $0.places.isEmpty && $0.text.raw.hasDigit }.map {
      "the block '\($0.text.raw.prefix(40))'"
    }
    for field in document.record?.fields ?? [] {
      guard let provenance = field.provenance else {
        if field.value.isNumber { found.append("the figure \(field.value.inOneLine) at \(field.pointer)") }
        continue
      }
      if provenance.state.isPrinted, provenance.places.isEmpty {
        found.append("the value \(field.value.inOneLine) at \(field.pointer)")
      }
    }
    for grid in document.record?.grids ?? [] {
      found += grid.rows.flatMap(\.tokens).lazy.filter { $0.state.isPrinted && $0.places.isEmpty }.map {
        "the figure '\($0.raw)' of the table '\(grid.table)' of the form"
      }
    }
    return found
  }
}

extension ValueState {
  /// Whether the document prints the value.
  fileprivate var isPrinted: Bool {
    switch self {
    case .printed, .converted, .repaired, .uncertain: true
    default: false
    }
  }
}

extension JSONValue {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number: true
    default: false
    }
  }
}

extension String {
  /// Whether a decimal digit of any script stands in it.
  fileprivate var hasDigit: Bool { unicodeScalars.contains { $0.properties.generalCategory == .decimalNumber } }
}
