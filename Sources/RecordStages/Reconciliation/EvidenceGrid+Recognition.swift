import DocumentModel

extension EvidenceGrid {
  /// Gives figures that were recognised in a picture their own state where sums prove them: at least two sums that the
  /// figure is part of hold, say of its row and of its column, and none fails.
  ///
  /// ```
  ///   1  2 | 3      4 is in a row and a column that hold: printed
  ///   4  4 | 8      a wrong reading would need three more that make up for it
  ///   ─────────
  ///   5  6 | 11
  /// ```
  /// Sums count only where each operand was read at its own place: what a search put there satisfies them by design.
  func settleRecognised(_ record: inout Record) {
    var holding = [Int](repeating: 0, count: pointers.count)
    var isContradicted = [Bool](repeating: false, count: pointers.count)
    for equation in equations {
      let cells = equation.left + equation.right
      guard let left = sum(equation.left), let right = sum(equation.right) else { continue }
      for cell in cells {
        if left == right { holding[cell] += 1 } else { isContradicted[cell] = true }
      }
    }
    let proven = Set(pointers.indices.filter { holding[$0] >= 2 && !isContradicted[$0] })
    guard !proven.isEmpty else { return }
    let places = Dictionary(
      proven.map { (pointers[$0], $0) }, uniquingKeysWith: { first, _ in first })
    for index in record.fields.indices {
      guard let cell = places[record.fields[index].pointer], let token = placed(cell),
        record.fields[index].provenance?.state == .uncertain, record.fields[index].value == token.value
      else { continue }
      record.fields[index].provenance?.state = token.state
      record.fields[index].provenance?.note = token.note
    }
  }

  /// The figure of a cell that was read at its own place.
  func placed(_ cell: Int) -> Token? {
    guard case .placed(let tokens) = rows[cell / columns], !doubtfulRows.contains(cell / columns) else { return nil }
    let token = tokens[cell % columns]
    return token.value != .null && (token.state == .printed || token.state == .converted) ? token : nil
  }

  /// In millionths; nil where an operand was not read.
  private func sum(_ cells: [Int]) -> Int128? {
    cells.reduce(0) { sum, cell in
      guard let sum, let token = placed(cell) else { return nil }
      return ExactDecimal(token.value)?.units(of: 6).map { sum + $0 }
    }
  }
}
