/// What other forms make of a table that they fit nearly as well as the form that was chosen.
struct FormRival {
  /// The names of the forms.
  let forms: [String]
  private let mappings: [FormMapping]

  /// Nil where they say of every line what the chosen form says.
  init?(_ mappings: [FormMapping], of chosen: FormMapping) {
    self.mappings = mappings
    forms = mappings.map(\.form.name)
    let differs = chosen.blocks.contains { block in
      !unknownRows(of: block).isEmpty || block.lines.joined().contains { !agrees(with: block, on: $0) }
    }
    guard differs else { return nil }
  }

  /// Whether all of them take the figures of a line for the same cells as `mapping` does.
  func agrees(with mapping: BlockMapping, on line: Int) -> Bool {
    let cells = mapping.cells(of: line)
    return mappings.allSatisfy { $0.blocks.contains { $0.cells(of: line) == cells } }
  }

  /// Rows of a block that were found nowhere, and that some of them do not have.
  func unknownRows(of mapping: BlockMapping) -> Set<Int> {
    let keys = mapping.block.printedRowKeys
    return Set(
      keys.indices.filter { row in
        mapping.lines[row].isEmpty
          && mappings.contains { rival in !rival.blocks.contains { $0.block.printedRowKeys.contains(keys[row]) } }
      })
  }
}

extension BlockMapping {
  /// The keys of the rows and columns whose figures a line prints; none where it is not a line of the block.
  fileprivate func cells(of line: Int) -> [String] {
    lines.firstIndex { $0.contains(line) }.map { block.printedRowKeys[$0] } ?? []
  }
}

extension FormBlock {
  /// For each printed row, the keys of its rows and columns.
  fileprivate var printedRowKeys: [[String]] {
    layout == .line ? [(rows.map(\.key) + columns.map(\.key))] : rows.map { [$0.key] + columns.map(\.key) }
  }
}
