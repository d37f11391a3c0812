/// Which line of the document is which row of the schema.
///
/// Rows come in the form's order, so the likest order-preserving matching wins (global alignment, Needleman and Wunsch
/// 1970, gaps free). What it leaves over is matched by name alone when the name leaves no doubt, and then by order: as
/// many lines without a name between two named ones as rows are missing there. A cell that names several lines names none,
/// and these are not placed by order. A name that was recognised in a picture and is
/// like no other row's is none.
///
/// A line counts for the rows that it names best, and for no other: labels that differ in two letters are like each other,
/// and taken for one another they would outweigh the row that a line says it is.
struct RowAlignment {
  /// For each row of the schema, the index of its line.
  private(set) var lines: [Int?]
  /// How well each row's label was met, from 0 to 1; rows found by order alone count half.
  private(set) var likeness: [Double]

  /// Rows whose name another line bears as well, and rows whose line would stand for another row just as well.
  private(set) var contested: Set<Int> = []

  /// Aligns `rows` with those of `lines` that are `open`, in order; `takesNameless` says whether lines without a name may be told
  /// by order alone, and `ambiguous` which rows have a name that other things have, too, so that it says nothing without the order. The names
  /// in the tables `recognised` may be beyond recognition.
  init(
    rows: [FormRow], lines: [TableLine], open: [Int], takesNameless: Bool = true, ambiguous: Set<Int> = [],
    recognised: Set<Int> = []
  ) {
    self.lines = Array(repeating: nil, count: rows.count)
    likeness = Array(repeating: 0, count: rows.count)
    let candidates = open.filter { !(lines[$0].heads.isEmpty && lines[$0].values.isEmpty) }
    let likest = Self.bestOnly(rows.map { row in candidates.map { lines[$0].likeness(to: row.labels) } })
    let scores = likest.map { zip($0, candidates).map { $0 * (lines[$1].values.isEmpty ? 0.5 : 1) } }
    alignInOrder(scores, candidates)
    takeCertainNames(scores, candidates, but: ambiguous) { !lines[$0].values.isEmpty }
    if takesNameless || !recognised.isEmpty {
      takeNameless(candidates.filter { !lines[$0].values.isEmpty }) { line, between in
        if lines[line].sharesName { return false }
        if takesNameless, lines[line].label.core.isEmpty { return true }
        guard recognised.contains(lines[line].table) else { return false }
        return rows.indices.allSatisfy { between.contains($0) || lines[line].likeness(to: rows[$0].labels) < 0.7 }
      }
    }
    // A line that prints nothing, such as the head of a column with the same name, is in no row's place.
    let free = candidates.indices.filter {
      !self.lines.contains(candidates[$0]) && !lines[candidates[$0]].printsNothing
    }
    contested.formUnion(
      rows.indices.filter { row in
        self.lines[row] != nil && free.contains { scores[row][$0] >= max(0.9, likeness[row]) }
      })
  }

  /// The lines of all rows that were found, in document order.
  var found: [Int] { lines.compactMap { $0 }.sorted() }

  /// Keeps of each line, a column of `likeness`, what it says of the rows that it is likest to.
  private static func bestOnly(_ likeness: [[Double]]) -> [[Double]] {
    guard var best = likeness.first else { return [] }
    for row in likeness { best = zip(best, row).map(max) }
    return likeness.map { zip($0, best).map { $0 < $1 ? 0 : $0 } }
  }

  private mutating func alignInOrder(_ scores: [[Double]], _ candidates: [Int]) {
    let (rows, columns) = (scores.count, candidates.count)
    var best = Array(repeating: Array(repeating: 0.0, count: columns + 1), count: rows + 1)
    for row in 0..<rows {
      for column in 0..<columns {
        let taken = scores[row][column] > 0 ? best[row][column] + scores[row][column] : 0
        best[row + 1][column + 1] = max(best[row][column + 1], best[row + 1][column], taken)
      }
    }
    markUncertain(scores, best)
    var (row, column) = (rows, columns)
    while row > 0, column > 0 {
      if best[row][column] == best[row][column - 1] {
        column -= 1
      } else if best[row][column] == best[row - 1][column] {
        row -= 1
      } else {
        (row, column) = (row - 1, column - 1)
        lines[row] = candidates[column]
        likeness[row] = scores[row][column]
      }
    }
  }

  /// Marks rows that have another line, and lines that have another row, in some other matching that is as like.
  private mutating func markUncertain(_ scores: [[Double]], _ above: [[Double]]) {
    let (rows, columns) = (scores.count, scores.first?.count ?? 0)
    var below = Array(repeating: Array(repeating: 0.0, count: columns + 1), count: rows + 1)
    var pairs: [(row: Int, column: Int)] = []
    for row in (0..<rows).reversed() {
      for column in (0..<columns).reversed() {
        let taken = scores[row][column] > 0 ? below[row + 1][column + 1] + scores[row][column] : 0
        below[row][column] = max(below[row + 1][column], below[row][column + 1], taken)
        if taken > 0, above[row][column] + taken > above[rows][columns] - 1e-9 { pairs.append((row, column)) }
      }
    }
    let lines = Dictionary(grouping: pairs, by: \.row)
    let named = Dictionary(grouping: pairs, by: \.column)
    for pair in pairs where (lines[pair.row]?.count ?? 0) > 1 || (named[pair.column]?.count ?? 0) > 1 {
      contested.insert(pair.row)
    }
  }

  private mutating func takeCertainNames(
    _ scores: [[Double]], _ candidates: [Int], but ambiguous: Set<Int>, hasFigures: (Int) -> Bool
  ) {
    for row in scores.indices where lines[row] == nil && !ambiguous.contains(row) {
      let named = candidates.indices.filter {
        scores[row][$0] >= 0.9 && !lines.contains(candidates[$0]) && hasFigures(candidates[$0])
      }
      guard named.count == 1, let column = named.first else { continue }
      guard scores.indices.allSatisfy({ $0 == row || scores[$0][column] < 0.9 }) else { continue }
      lines[row] = candidates[column]
      likeness[row] = scores[row][column]
    }
  }

  private mutating func takeNameless(
    _ candidates: [Int], mayBe: (_ line: Int, _ rows: Range<Int>) -> Bool
  ) {
    let matched = lines.indices.filter { lines[$0] != nil }
    for (above, below) in zip(matched, matched.dropFirst()) {
      guard below - above > 1, let first = lines[above], let last = lines[below], first < last else { continue }
      let between = candidates.filter { $0 > first && $0 < last && !lines.contains($0) }
      guard between.count == below - above - 1,
        between.allSatisfy({ mayBe($0, above + 1..<below) })
      else { continue }
      for (offset, line) in between.enumerated() {
        lines[above + 1 + offset] = line
        likeness[above + 1 + offset] = 0.5
      }
    }
  }
}
