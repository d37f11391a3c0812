package import RecordStages

/// A table of 25 rows and 7 columns with the sums of the applications table: every row adds up to its last column, 21
/// result rows add up to their total, and what came in equals what was settled or carried over.
package struct ApplicationTable: TrialTable, Equatable {
  package static let rows = 25
  package static let columns = 7
  package static let decimals = 0
  package static let received = 0
  package static let carriedIn = 1
  package static let results = 2..<23
  package static let resultTotal = 23
  package static let carriedOut = 24
  package static let total = 6

  package var figures: [[Int]]

  package init(figures: [[Int]]) { self.figures = figures }

  /// Fills in all sums from the first six columns of the rows that come in, are settled and are carried over.
  package init(received: [Int], carriedOut: [Int], results: [Int: [Int]]) {
    var figures = [[Int]](repeating: [Int](repeating: 0, count: Self.columns), count: Self.rows)
    figures[Self.received].replaceSubrange(0..<6, with: received)
    figures[Self.carriedOut].replaceSubrange(0..<6, with: carriedOut)
    for (row, cells) in results { figures[row].replaceSubrange(0..<6, with: cells) }
    self.init(figures: figures)
    addUp()
  }

  package mutating func addUp() {
    for column in 0..<Self.total {
      figures[Self.resultTotal][column] = Self.results.reduce(0) { $0 + figures[$1][column] }
    }
    for row in 0..<Self.rows { figures[row][Self.total] = figures[row][..<Self.total].reduce(0, +) }
  }

  package static let equations: [LinearEquation] = {
    func cell(_ row: Int, _ column: Int, _ coefficient: Int = 1) -> LinearEquation.Term {
      LinearEquation.Term(cell: row * columns + column, coefficient: coefficient)
    }
    var equations: [LinearEquation] = []
    for row in 0..<rows {
      let terms = (0..<total).map { cell(row, $0) } + [cell(row, total, -1)]
      equations.append(LinearEquation(terms: terms, label: row))
    }
    for column in 0..<columns {
      let sum = results.map { cell($0, column) } + [cell(resultTotal, column, -1)]
      equations.append(LinearEquation(terms: sum, label: 100 + column))
      let flow = [
        cell(received, column), cell(carriedIn, column), cell(resultTotal, column, -1), cell(carriedOut, column, -1),
      ]
      equations.append(LinearEquation(terms: flow, label: 200 + column))
    }
    return equations
  }()
}
