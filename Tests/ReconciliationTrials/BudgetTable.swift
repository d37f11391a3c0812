package import RecordStages

/// A sum tree with decimals: a budget of chapters and items, each in three kinds of money and their total.
///
/// ```
///   whole            12.5   3    0   15.5
///     chapter        10     3    0   13       whole = chapters, chapter = its items, total = its kinds
///       item          7.25  3    0   10.25
///       item          2.75  0    0    2.75
///     chapter         2.5   0    0    2.5
/// ```
package struct BudgetTable: TrialTable {
  package static let columns = 4
  package static let decimals = 2
  /// Items of each chapter; a chapter stands before its items, and the whole before all.
  static let chapters = [5, 3, 6, 4]

  package var figures: [[Int]]

  /// For the whole and each chapter, its row and the rows that add up to it.
  private static let sums: [(row: Int, parts: [Int])] = {
    var heads: [Int] = []
    var sums: [(Int, [Int])] = []
    var next = 1
    for items in chapters {
      heads.append(next)
      sums.append((next, Array(next + 1...next + items)))
      next += items + 1
    }
    return [(0, heads)] + sums
  }()

  package static let equations: [LinearEquation] = {
    let rows = 1 + chapters.count + chapters.reduce(0, +)
    func term(_ row: Int, _ column: Int, _ coefficient: Int = 1) -> LinearEquation.Term {
      LinearEquation.Term(cell: row * columns + column, coefficient: coefficient)
    }
    let acrossRows = (0..<rows).map { row in
      LinearEquation(
        terms: (0..<columns - 1).map { term(row, $0) } + [term(row, columns - 1, -1)], label: row)
    }
    let downColumns = sums.flatMap { sum in
      (0..<columns).map { column in
        LinearEquation(
          terms: sum.parts.map { term($0, column) } + [term(sum.row, column, -1)], label: 100 + sum.row + column)
      }
    }
    return acrossRows + downColumns
  }()

  package static func random(using generator: inout SplitMix64) -> BudgetTable {
    let rows = 1 + chapters.count + chapters.reduce(0, +)
    let largest = [100, 5_000, 300_000, 90_000_000][generator.integer(0...3)]
    let filled = [0.9, generator.chance(0.5) ? 0.3 : 0.8, generator.chance(0.5) ? 0.05 : 0.5]
    var table = BudgetTable(figures: Array(repeating: Array(repeating: 0, count: columns), count: rows))
    for row in sums.dropFirst().flatMap(\.parts) {
      for column in 0..<columns - 1 where generator.chance(filled[column]) {
        // Money is often round.
        let unit = [1, 10, 100][generator.integer(0...2)]
        table.figures[row][column] = generator.integer(0...largest) / unit * unit
      }
    }
    for (row, parts) in sums.reversed() {
      for column in 0..<columns - 1 { table.figures[row][column] = parts.reduce(0) { $0 + table.figures[$1][column] } }
    }
    for row in 0..<rows { table.figures[row][columns - 1] = table.figures[row].dropLast().reduce(0, +) }
    return table
  }
}
