import DocumentModel

/// The cells of the lines of a block, blanks included, where running text keeps its blanks in their places.
///
/// The columns stand in a window that has one place in all lines, counted from the end of the line or from the edge of the
/// table, with nothing but blanks outside of it:
///
/// ```
///   a  | adults | children | other |          header; the total has lost its name
///   b  | 12     |          | 3     |  |       one blank at the end of each line: the window begins at 12
///   b1 |        | 5        |       |  |
/// ```
///
/// Where the header names all columns and every line has the same number of cells, that is enough; else the sums down the
/// columns have to hold as they stand, with nothing for a blank: a line that lost a cell would break them. That the header and
/// the lines lack the same columns is an assumption, which ``isHeaded`` tells. Fails, on purpose, where two windows fit.
struct RegularFields {
  /// For each line the cell of each column; nil for a column that no line prints.
  private(set) var cells: [Int: [Cell?]] = [:]
  /// Whether only the words of the header say which columns are printed.
  private(set) var isHeaded = false

  private let block: FormBlock
  private let lines: [(row: Int, index: Int, line: TableLine)]
  private let figure: (Cell, FormColumn) -> Int?

  /// Looks for the window in the lines of `mapping`; `figure` reads a cell of a column.
  init(_ mapping: BlockMapping, figure: @escaping (Cell, FormColumn) -> Int?) {
    let document = mapping.document
    block = mapping.block
    self.figure = figure
    lines = mapping.lines.enumerated().flatMap { row, indices in indices.map { (row, $0, document.lines[$0]) } }
      .filter { !$0.line.fields.isEmpty }
    // A text that drops or pads blanks has none between two figures.
    guard block.layout == .rows, let headed = mapping.headedColumns,
      lines.allSatisfy({ !document.isPlaced($0.line) }), lines.contains(where: \.line.hasInnerBlank)
    else { return }
    let named = headed.indices.filter { headed[$0] }
    let isComplete = named.count == headed.count
    var found: [(columns: [Int], windows: [[Cell]])] = []
    for columns in isComplete ? [named] : [named, Array(headed.indices)] {
      found += windows(columns.count).filter { fits($0, columns, isComplete: isComplete) }.map { (columns, $0) }
    }
    guard let first = found.first, found.allSatisfy({ figures($0) == figures(first) }) else { return }
    isHeaded = !isComplete
    for (line, window) in zip(lines, first.windows) {
      var row: [Cell?] = Array(repeating: nil, count: headed.count)
      for (column, cell) in zip(first.columns, window) { row[column] = cell }
      cells[line.index] = row
    }
  }

  /// All windows of so many columns with nothing but blanks outside.
  private func windows(_ width: Int) -> [[[Cell]]] {
    let shortest = lines.map(\.line.fields.count).min() ?? 0
    guard width > 1, shortest >= width else { return [] }
    let fromEnd = (0...(shortest - width)).map { padding in
      lines.map { Array($0.line.fields.dropLast(padding).suffix(width)) }
    }
    let starts = lines.map { $0.line.fields[0].column }.max() ?? 0
    let fromEdge = (starts...(starts + shortest - width)).map { start in
      lines.map { $0.line.fields.filter { (start..<(start + width)).contains($0.column) } }
    }
    return (fromEnd + fromEdge).filter { windows in
      zip(lines, windows).allSatisfy { line, window in
        window.count == width && line.line.fields.allSatisfy { $0.text.isBlank || window.contains($0) }
      }
    }
  }

  private func fits(_ windows: [[Cell]], _ columns: [Int], isComplete: Bool) -> Bool {
    func isFilled(_ column: Int) -> Bool { windows.contains { !$0[column].text.isBlank } }
    // A column at the edge that is blank in every line is padding.
    guard isFilled(0), !isComplete || isFilled(columns.count - 1) else { return false }
    // Blanks at the end may be padding, so that lines are even only up to their last figures; but padding takes the place of
    // blanks that were dropped, and most lines are full, so that a line is whole where it keeps, before its last figure, the
    // blank of a column that is blank in every line.
    let filled = zip(lines, windows).filter { line, _ in line.line.fields.contains { !$0.text.isBlank } }
    let ends = Set(filled.map { line, _ in line.line.fields.lastIndex { !$0.text.isBlank } })
    let edges = Set(filled.map { _, window in window.last.flatMap { $0.text.isBlank ? nil : $0.column } })
    let short = filled.filter { _, window in window.last?.text.isBlank != false }
    let areAsLong = Set(filled.map { line, _ in line.line.fields.last?.column }).count == 1
    let blank = columns.indices.first { column in filled.allSatisfy { _, window in window[column].text.isBlank } }
    let isWhole =
      areAsLong && 4 * short.count <= filled.count
      && short.allSatisfy { _, window in
        blank.map { window[$0...].contains { !$0.text.isBlank } } ?? false
      }
    let isEven = ends == [columns.count - 1] || edges.count == 1 && !edges.contains(nil) || isWhole
    return isComplete && isEven || sumsHold(windows, columns)
  }

  /// The figures with their places.
  private func figures(_ found: (columns: [Int], windows: [[Cell]])) -> [[Int: Cell]] {
    found.windows.map { window in
      Dictionary(
        zip(found.columns, window).filter { !$1.text.isBlank }.map { ($0, $1) }, uniquingKeysWith: { first, _ in first }
      )
    }
  }

  /// Whether every sum whose rows and columns are all printed holds with nothing for a blank, and some sum is of figures.
  private func sumsHold(_ windows: [[Cell]], _ columns: [Int]) -> Bool {
    let width = block.columns.count
    var values: [Int: Int] = [:]
    for (line, window) in zip(lines, windows) {
      for (column, cell) in zip(columns, window) {
        values[line.row * width + column] = cell.text.isBlank ? 0 : figure(cell, block.columns[column])
      }
    }
    return block.hold(values)
  }
}

extension FormBlock {
  /// Whether every equation over cells that all have a value holds, and such equations tell of every figure where it stands.
  ///
  /// Where each row has a line of its own only a sum down a column tells of that: the sum of a row with one figure and its
  /// total is the same wherever the figure stands.
  func hold(_ values: [Int: Int]) -> Bool {
    var proven: Set<Int> = []
    for equation in equations {
      for instance in instances(equation) {
        let (left, right) = (instance.left.compactMap { values[$0] }, instance.right.compactMap { values[$0] })
        guard left.count == instance.left.count, right.count == instance.right.count else { continue }
        guard left.sum == right.sum else { return false }
        if layout == .line || equation.each == .column { proven.formUnion(instance.left + instance.right) }
      }
    }
    let figures = values.keys.filter { values[$0] != 0 }
    return !figures.isEmpty && proven.isSuperset(of: figures)
  }
}

extension [Int] {
  /// The sum, wide enough for any figures that a grid has.
  fileprivate var sum: Int128 { reduce(0) { $0 + Int128($1) } }
}
