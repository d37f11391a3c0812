/// How many columns a table seems to print, judged from its header and from the lengths of its rows.
///
/// A header that lacks labels is believed (assumption A4: header and rows have lost the same columns) unless three rows
/// print a figure in every column; then only the header has lost a label. Nor is it believed where three rows of which the
/// order alone is known, and three fifths of these, print more than it names. A figure in a sure place shows its column,
/// too. Without a header, three full rows prove that no column is lost, and three fifths of the rows having one or two
/// numbers too few make it likely that some are.
struct TableWidth {
  /// Rows that print as many numbers as the table has columns.
  private static let fullRowsThatProve = 3

  /// Columns printed.
  let columns: Int
  /// The columns that the header prints, where it prints only some and is believed.
  let headed: [Int]?
  /// Whether columns seem to be lost, and it is not known which.
  let lostColumnsAreUnknown: Bool

  init(_ problem: ReconciliationProblem) {
    let width = problem.columns
    var rows = 0
    var fullRows = 0
    var unheadedFigures = 0
    var orderedRows = [Int](repeating: 0, count: width + 1)
    var shown = [Bool](repeating: false, count: width)
    for row in 0..<(problem.rows - problem.statedRows) {
      switch problem.evidence(ofRow: row) {
      case .absent: continue
      case .ordered(let tokens):
        fullRows += tokens.count == width ? 1 : 0
        orderedRows[min(tokens.count, width)] += 1
      case .placed(let cells):
        fullRows += cells.allSatisfy { $0.figure != nil } ? 1 : 0
        let isUnheaded = problem.headedColumns.map { headed in
          zip(cells, headed).contains { $0.figure != nil && !$1 }
        }
        unheadedFigures += isUnheaded == true ? 1 : 0
        for (column, cell) in zip(shown.indices, cells) where cell.figure != nil { shown[column] = true }
      }
      rows += 1
    }
    let isFull = max(fullRows, unheadedFigures) >= min(Self.fullRowsThatProve, max(rows, 1))
    let named = problem.headedColumns.map { labels in
      shown.indices.filter { $0 < labels.count && labels[$0] || shown[$0] }
    }
    let wider = named.map { orderedRows.dropFirst($0.count + 1).reduce(0, +) } ?? 0
    let isOutdone = wider >= Self.fullRowsThatProve && wider * 5 >= orderedRows.reduce(0, +) * 3
    if let labels = problem.headedColumns, let seen = named, !isOutdone || isFull {
      let isBelieved = labels.count == width && !seen.isEmpty && seen.count < width && !isFull
      headed = isBelieved ? seen : nil
      columns = isBelieved ? seen.count : width
      lostColumnsAreUnknown = false
    } else {
      headed = nil
      let likely = (max(1, width - 2)..<max(1, width)).last { orderedRows[$0] * 5 >= rows * 3 && !isFull && rows > 0 }
      columns = likely ?? width
      lostColumnsAreUnknown = likely != nil
    }
  }
}
