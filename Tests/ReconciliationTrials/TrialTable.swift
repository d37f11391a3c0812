package import RecordStages

/// A table that adds up, made to be damaged.
package protocol TrialTable: SendableMetatype {
  static var columns: Int { get }
  /// Digits behind the point: figures are integers of so small a unit.
  static var decimals: Int { get }
  static var equations: [LinearEquation] { get }
  /// Row by row.
  var figures: [[Int]] { get set }
  /// A table of a random size.
  static func random(using generator: inout SplitMix64) -> Self
}

extension TrialTable {
  package var isConsistent: Bool {
    Self.equations.allSatisfy { $0.sum { figures[$0 / Self.columns][$0 % Self.columns] } == 0 }
  }

  /// The table as it is printed whole.
  package var printed: PrintedTable {
    PrintedTable(
      columns: Self.columns, decimals: Self.decimals, equations: Self.equations,
      rows: figures.map { $0.map(CellEvidence.figure) },
      headedColumns: [Bool](repeating: true, count: Self.columns))
  }

  /// Puts one error into the source, after which it does not add up: a wrong digit, a nought for a figure or a figure for
  /// a nought, a figure in the neighbouring column, a total that is one off. False where none was found.
  package mutating func misprint(using generator: inout SplitMix64) -> Bool {
    let whole = figures
    for _ in 0..<20 {
      let row = generator.integer(0...figures.count - 1)
      let column = generator.integer(0...Self.columns - 1)
      let figure = figures[row][column]
      switch generator.integer(0...3) {
      case 0: figures[row][column] = figure.withDigit(using: &generator) ?? figure
      case 1: figures[row][column] = figure == 0 ? generator.integer(1...9) : 0
      case 2: figures[row].swapAt(column, column == Self.columns - 1 ? column - 1 : column + 1)
      default: figures[row][Self.columns - 1] += generator.chance(0.5) || figures[row][Self.columns - 1] == 0 ? 1 : -1
      }
      if !isConsistent { return true }
      figures = whole
    }
    return false
  }
}

extension Int {
  /// The same number with one digit replaced by another; nil where it comes out as no number as they are written.
  func withDigit(using generator: inout SplitMix64) -> Int? {
    var digits = Array(String(self).utf8)
    digits[generator.integer(0...digits.count - 1)] = UInt8(48 + generator.integer(0...9))
    if digits.count > 1 && digits[0] == 48 { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}

/// What is left of a printed table: of every row the order of its tokens.
package struct PrintedTable {
  package let columns: Int
  package let decimals: Int
  package let equations: [LinearEquation]
  package var rows: [[CellEvidence]]
  package var headedColumns: [Bool]?

  package var problem: ReconciliationProblem {
    ReconciliationProblem(
      rows: rows.count, columns: columns, equations: equations,
      evidence: rows.map { $0.isEmpty ? .absent : .ordered($0) }, headedColumns: headedColumns, decimals: decimals)
  }

  /// Loses the token of a row at a place, if it has one there.
  package mutating func erase(_ row: Int, _ place: Int) {
    if place < rows[row].count { rows[row].remove(at: place) }
  }

  /// Loses a column that is still whole.
  package mutating func eraseColumn(_ column: Int) {
    for row in rows.indices { erase(row, column) }
    headedColumns?[column] = false
  }

  /// Prints two neighbouring numbers as one; what comes out as no number is a token without a figure.
  package mutating func glue(_ row: Int, _ place: Int) -> Bool {
    guard let front = rows[row][place].figure, let back = rows[row][place + 1].figure, front > 0 else { return false }
    let text = front.written(decimals) + back.written(decimals)
    rows[row].replaceSubrange(place...place + 1, with: [Int(written: text, decimals).map { .figure($0) } ?? .hole])
    return true
  }

  /// Prints a number as two, if it has two digits that allow for it.
  mutating func split(_ row: Int, _ place: Int, using generator: inout SplitMix64) -> Bool {
    guard place < rows[row].count, let figure = rows[row][place].figure else { return false }
    let text = figure.written(decimals)
    guard text.count > 1 else { return false }
    let cut = generator.integer(1...text.count - 1)
    guard let front = Int(written: String(text.prefix(cut)), decimals),
      let back = Int(written: String(text.dropFirst(cut)), decimals)
    else { return false }
    rows[row].replaceSubrange(place...place, with: [.figure(front), .figure(back)])
    return true
  }
}

extension Int {
  /// As it is printed, without noughts at the end of the decimals.
  func written(_ decimals: Int) -> String {
    let digits = String(magnitude)
    let padded = String(repeating: "0", count: Swift.max(0, decimals + 1 - digits.count)) + digits
    var (whole, part) = (padded.dropLast(decimals), padded.suffix(decimals))
    while part.last == "0" { part.removeLast() }
    if whole.isEmpty { whole = "0" }
    return (self < 0 ? "-" : "") + whole + (part.isEmpty ? "" : "." + part)
  }

  /// The number that is written so; nil where it is none as they are written.
  init?(written text: String, _ decimals: Int) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let part = parts.count == 2 ? parts[1] : ""
    guard parts.count <= 2, !parts[0].isEmpty, parts.count == 1 || !part.isEmpty, part.count <= decimals,
      parts[0].count == 1 || parts[0].first != "0", text.allSatisfy({ $0.isNumber || $0 == "." }),
      let value = Int(parts[0] + part + String(repeating: "0", count: decimals - part.count))
    else { return nil }
    self = value
  }
}
