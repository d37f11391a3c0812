import DocumentModel

/// Finds one block of a form among lines of tables.
struct BlockMapping {
  let block: FormBlock
  /// For each row of the grid, the lines that print it; none where it was not found.
  private(set) var lines: [[Int]]
  /// Rows and columns that were recognised, each from 0 to 1.
  private(set) var met: Double = 0
  /// Lines between the first and the last row that are no row of the block.
  private(set) var strangers = 0
  /// Rows of the grid that another line claims with the same words; which of both is meant cannot be told.
  private(set) var contested: Set<Int> = []
  /// For each table that prints rows of the block, where the words of its columns stand.
  private(set) var headers: [Int: HeaderColumns] = [:]
  /// Whether each column is named above the first row.
  private(set) var headedColumns: [Bool]?

  /// Columns of which the words over the figures do not tell which they are.
  private(set) var unsureColumns: Set<Int> = []

  let document: TableLines

  /// Looks for the block among the lines that are `open`, in order.
  init(_ block: FormBlock, in document: TableLines, open: [Int]) {
    self.block = block
    self.document = document
    lines = []
    switch block.layout {
    case .rows: findRows(open)
    case .line: findLine(open)
    }
  }

  /// The pointers of the cells of rows whose names are printed with other letters than any that the form has.
  func misspelt(inTable table: String) -> [String] {
    guard block.layout == .rows else { return [] }
    return zip(block.rows, lines).flatMap { row, lines -> [String] in
      guard let line = lines.first, !document.lines[line].heads.isEmpty else { return [] }
      let (label, path) = (document.lines[line].label, document.lines[line].path)
      let isMisspelt =
        row.labels.contains { $0.isMisspelt(in: label) }
        && !row.labels.contains { $0.likeness(to: label) > 0 && !$0.isMisspelt(in: label) || path.contains($0) }
      return isMisspelt ? block.columns.map { "/\(table)/\(row.key)/\($0.key)" } : []
    }
  }

  var isFound: Bool { lines.contains { !$0.isEmpty } }

  private mutating func findRows(_ open: [Int]) {
    let alignment = RowAlignment(
      rows: block.rows, lines: document.lines, open: open, takesNameless: !block.equations.isEmpty,
      ambiguous: block.rowsNamedLikeColumns, recognised: document.recognised)
    let taken = Set(alignment.found)
    let free = Set(open).subtracting(taken)
    lines = zip(block.rows, alignment.lines).map { row, line in
      line.map { [free.contains($0 + 1) && endsName(of: row, at: $0) ? $0 + 1 : $0] } ?? []
    }
    met = alignment.likeness.reduce(0, +)
    contested = alignment.contested
    guard let first = alignment.found.first, let last = alignment.found.last else { return }
    let all = taken.union(lines.joined())
    strangers = (first...last).count { !all.contains($0) && !document.lines[$0].values.isEmpty }
    for table in Set(alignment.found.map { document.lines[$0].table }) {
      headers[table] = HeaderColumns(of: block, in: document.words[table])
    }
    guard let header = headers[document.lines[first].table] else { return }
    let above = document.headerRows(above: first)
    headedColumns = header.headed(in: above)
    met += Double(header.count(in: above))
    unsureColumns = UnknownHeads(of: block, in: document).columns(of: alignment.found)
  }

  /// Whether the next line has the figures of a row whose line prints none, and the end of its name.
  ///
  /// ```
  /// comic strips and |   |   |
  /// graphic novels   | 4 | 1 | 6
  /// ```
  private func endsName(of row: FormRow, at index: Int) -> Bool {
    let (line, next) = (document.lines[index], document.lines[index + 1])
    guard line.printsNothing, !next.printsNothing, line.table == next.table, let head = line.heads.last,
      let rest = next.heads.last, head.columnRange == rest.columnRange
    else { return false }
    let whole = Label(head.text.folded + rest.text.folded)
    return row.labels.likeness(to: whole) > line.likeness(to: row.labels)
  }

  // MARK: Blocks in one line

  /// The line, or the lines one after the other, that print as many figures as the block has, under the block's words.
  ///
  /// Lines that bear the names of the rows are taken by name. Else it is usually one line; where no run of lines fits,
  /// the longest line is taken.
  private mutating func findLine(_ lines: [Int]) {
    let wide = lines.filter { length(of: [$0]) >= block.columns.count }
    let words = LabelRows(
      block.rows.map(\.labels) + block.columns.map(\.labels), in: document,
      tables: Set(wide.map { document.lines[$0].table }))
    let named = Set(wide.filter { words.count(above: [$0]) * 2 >= block.rows.count })
    // The words over the first line of a run may have stayed on the page before.
    let open = zip(wide, wide.dropFirst() + wide.suffix(1)).filter { line, next in
      named.contains(line)
        || named.contains(next) && document.lines[line].heads.isEmpty
          && document.lines[line].table == document.lines[next].table
    }
    .map(\.0)
    let whole = wholeRuns(of: open)
    let runs = whole + open.filter { length(of: [$0]) * 2 > block.printedColumns }.map { [$0] }
    let best = runs.map { run in (run, met: words.count(above: run)) }.max { left, right in
      let isWhole = (length(of: left.0) == block.printedColumns, length(of: right.0) == block.printedColumns)
      if isWhole.0 != isWhole.1 { return isWhole.1 }
      return (left.met, length(of: left.0)) < (right.met, length(of: right.0))
    }
    let byName = namedRun(of: open)
    self.lines = [byName ?? best?.0 ?? []]
    met = Double(byName.map { words.count(above: $0) } ?? best?.met ?? 0)
    let inOrder = NamedLines(self.lines[0], of: block, in: document).inOrderOfForm { length(of: [$0]) }
    self.lines = [inOrder.run]
    if !inOrder.isSure { contested = [0] }
    if byName == nil, Set(whole.compactMap(\.first)).count > 1 { contested = [0] }
    unsureColumns = UnknownHeads(of: block, in: document).columns(of: self.lines[0])
  }

  /// How many figures the lines print, or how many cells, where a line without a name has as many as the block.
  private func length(of run: [Int]) -> Int {
    run.reduce(0) { length, index in
      let line = document.lines[index]
      let isWhole = line.heads.isEmpty && !line.values.isEmpty && line.fields.count == block.printedColumns
      return length + (isWhole ? line.fields.count : line.values.count)
    }
  }

  /// Runs of lines, each with whole rows of the block, that are as long as the block.
  private func wholeRuns(of open: [Int]) -> [[Int]] {
    let whole = open.filter { length(of: [$0]).isMultiple(of: block.columns.count) }
    return whole.indices.compactMap { start in
      let run = whole[start...].prefix(block.rows.count)
      return (1...run.count).map { Array(run.prefix($0)) }.first { length(of: $0) == block.printedColumns }
    }
  }

  /// One line for each row of the block that bears its name, in the order of the block.
  private func namedRun(of open: [Int]) -> [Int]? {
    let rows = open.filter { document.lines[$0].values.count == block.columns.count }
    let run = block.rows.map { row in rows.filter { document.lines[$0].likeness(to: row.labels) >= 0.7 } }
    return run.allSatisfy { $0.count == 1 } ? run.flatMap { $0 } : nil
  }
}

extension FormBlock {
  /// Rows with a label that a column has, too: in a text the end of a header may stand before figures.
  fileprivate var rowsNamedLikeColumns: Set<Int> {
    let names = Set(columns.flatMap(\.labels).map(\.core))
    return Set(rows.indices.filter { rows[$0].labels.contains { names.contains($0.core) } })
  }
}

/// In which row of each table labels first stand.
private struct LabelRows {
  private let document: TableLines
  private let labels: [[Label]]
  private let first: [Int: [Int?]]

  init(_ labels: [[Label]], in document: TableLines, tables: Set<Int>) {
    self.document = document
    self.labels = labels
    let rows = tables.map { table in
      let words = document.words[table]
      return (
        table, labels.map { label in words.lazy.filter { label.likeness(to: $0.label) >= 0.7 }.map(\.cell.row).min() }
      )
    }
    first = Dictionary(uniqueKeysWithValues: rows)
  }

  /// How many of the labels stand in the tables of these lines, not below them.
  ///
  /// Where a header is torn from its table, the words over that count.
  func count(above run: [Int]) -> Int {
    var last: [Int: Int] = [:]
    for index in run { last[document.lines[index].table] = document.lines[index].row }
    return labels.indices.count { label in
      last.contains { table, row in
        first[table]?[label].map { $0 <= row } ?? false
          || document.captions[table]?.contains { labels[label].likeness(to: Label($0.folded)) >= 0.7 } ?? false
      }
    }
  }
}
