@testable import RecordStages

/// A table of 25 rows and 7 columns with the sums of the applications table: every row adds up to its last column, 21
/// result rows add up to their total, and what came in equals what was settled or carried over.
struct ApplicationTable: Equatable {
  static let rows = 25
  static let columns = 7
  static let received = 0
  static let carriedIn = 1
  static let results = 2..<23
  static let resultTotal = 23
  static let carriedOut = 24
  static let total = 6

  var figures: [[Int]]

  init(figures: [[Int]]) { self.figures = figures }

  /// Fills in all sums from the first six columns of the rows that come in, are settled and are carried over.
  init(received: [Int], carriedOut: [Int], results: [Int: [Int]]) {
    var figures = [[Int]](repeating: [Int](repeating: 0, count: Self.columns), count: Self.rows)
    figures[Self.received].replaceSubrange(0..<6, with: received)
    figures[Self.carriedOut].replaceSubrange(0..<6, with: carriedOut)
    for (row, cells) in results { figures[row].replaceSubrange(0..<6, with: cells) }
    self.init(figures: figures)
    addUp()
  }

  mutating func addUp() {
    for column in 0..<Self.total {
      figures[Self.resultTotal][column] = Self.results.reduce(0) { $0 + figures[$1][column] }
    }
    for row in 0..<Self.rows { figures[row][Self.total] = figures[row][..<Self.total].reduce(0, +) }
  }

  static let equations: [LinearEquation] = {
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

  var isConsistent: Bool {
    Self.equations.allSatisfy { $0.sum { figures[$0 / Self.columns][$0 % Self.columns] } == 0 }
  }

  /// The table as it is printed whole.
  var printed: PrintedTable {
    PrintedTable(
      rows: figures.map { $0.map(CellEvidence.figure) },
      headedColumns: [Bool](repeating: true, count: Self.columns))
  }
}

/// What is left of a printed table: of every row the order of its tokens.
struct PrintedTable {
  var rows: [[CellEvidence]]
  var headedColumns: [Bool]?

  var problem: ReconciliationProblem {
    ReconciliationProblem(
      rows: ApplicationTable.rows, columns: ApplicationTable.columns, equations: ApplicationTable.equations,
      evidence: rows.map { $0.isEmpty ? .absent : .ordered($0) }, headedColumns: headedColumns)
  }

  /// Loses the token of a row at a place, if it has one there.
  mutating func erase(_ row: Int, _ place: Int) {
    if place < rows[row].count { rows[row].remove(at: place) }
  }

  /// Loses a column that is still whole.
  mutating func eraseColumn(_ column: Int) {
    for row in rows.indices { erase(row, column) }
    headedColumns?[column] = false
  }
}

/// How a reconciliation compares with the truth.
struct Score: Equatable {
  var printed = 0
  var derived = 0
  var withheld = 0
  var wrong = 0

  init(_ answer: Reconciliation, truth: ApplicationTable) {
    for (cell, given) in answer.cells.enumerated() {
      guard let value = given.value else {
        withheld += 1
        continue
      }
      if value != truth.figures[cell / ApplicationTable.columns][cell % ApplicationTable.columns] {
        wrong += 1
      } else if given.basis == .printed {
        printed += 1
      } else {
        derived += 1
      }
    }
  }

  init(printed: Int = 0, derived: Int = 0, withheld: Int = 0, wrong: Int = 0) {
    (self.printed, self.derived, self.withheld, self.wrong) = (printed, derived, withheld, wrong)
  }
}

/// Steele, Lea and Flood's generator: small, and the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }
}
