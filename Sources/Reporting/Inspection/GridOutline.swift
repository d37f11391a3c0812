import DocumentModel

/// The rows and columns of a form's table, named by the cells that the document prints beside and above them.
///
/// ```
///             | Applicants     |      columns: [Applicants, Persons] [Applicants, Firms]
///             | Persons | Firms|
///   ----------+---------+------|
///   received  |    12   |   3  |      rows:    [received]
/// ```
///
/// Where nothing is printed, the keys of the pointers stand in.
struct GridOutline {
  private let grid: EvidenceGrid
  /// The cells that hold the figures of the grid, by their index in it.
  private let cells: [Int: FoundCell]
  private let finder: CellFinder
  /// The cells that hold the figures of any grid.
  private var mapped: Set<FoundCell.Key>

  private init(_ grid: EvidenceGrid, fields: [String: Field], finder: CellFinder) {
    self.grid = grid
    self.finder = finder
    var cells: [Int: FoundCell] = [:]
    for (index, pointer) in grid.pointers.enumerated() {
      guard let place = fields[pointer]?.provenance?.places.first else { continue }
      cells[index] = finder.cell(at: place)
    }
    self.cells = cells
    mapped = Set(cells.values.map(\.key))
  }

  /// The outlines of all grids of a record.
  static func outlines(of record: Record, tables: [Table]) -> [GridOutline] {
    let fields = Dictionary(record.fields.map { ($0.pointer, $0) }) { first, _ in first }
    let finder = CellFinder(tables)
    var outlines = record.grids.map { GridOutline($0, fields: fields, finder: finder) }
    let mapped = outlines.reduce(into: Set()) { $0.formUnion($1.mapped) }
    for index in outlines.indices { outlines[index].mapped = mapped }
    return outlines
  }

  /// `{"form", "table", "block", "at", "columns", "rows", "pointers", "amounts"}`.
  ///
  /// Columns and rows have their labels from the outermost in: `{"cell", "text"}`, or `{"text"}` for a key. `at` is the
  /// table and its row that the grid begins at.
  var inspected: JSONValue {
    let (rowKeys, columnKeys) = keys
    let columns = (0..<grid.columns).map { names(ofColumn: $0) ?? [label(columnKeys[$0])] }
    let rows = (0..<rowCount).map { names(ofRow: $0) ?? [label(rowKeys[$0])] }
    let first = cells.values.min { ($0.table, $0.cell.row) < ($1.table, $1.cell.row) }
    return [
      "form": .string(grid.form), "table": .string(grid.table), "block": .string(grid.block),
      "at": .string(orNull: first.map { "\($0.table):\($0.cell.row)" }),
      "columns": .array(columns.map { .array($0) }), "rows": .array(rows.map { .array($0) }),
      "pointers": .array(grid.pointers.map { .string($0) }),
      "amounts": .array(grid.amounts.indices.filter { grid.amounts[$0] }.map { .integer($0) }),
    ]
  }

  private var rowCount: Int { grid.columns > 0 ? grid.pointers.count / grid.columns : 0 }

  private func label(_ key: String) -> JSONValue { ["text": .string(key)] }

  private func label(_ found: FoundCell) -> JSONValue {
    ["cell": .string("\(found.table):\(found.index)"), "text": .string(found.cell.text.shown)]
  }

  /// Words over the topmost figure of a column, up to the figures of another block.
  private func names(ofColumn column: Int) -> [JSONValue]? {
    let figures = (0..<rowCount).compactMap { cells[$0 * grid.columns + column] }
    guard let top = figures.min(by: { ($0.table, $0.cell.row) < ($1.table, $1.cell.row) }) else { return nil }
    var found: [FoundCell] = []
    for row in stride(from: top.cell.row - 1, through: 0, by: -1) {
      guard let cell = finder.cell(table: top.table, row: row, column: top.cell.column) else { continue }
      if cell.index == found.last?.index || cell.cell.text.isBlank { continue }
      if mapped.contains(cell.key) { break }
      if cell.cell.text.shown.contains(where: \.isLetter) { found.append(cell) }
    }
    return found.isEmpty ? nil : found.reversed().map { label($0) }
  }

  /// Cells at the left of the leftmost figure of a row.
  private func names(ofRow row: Int) -> [JSONValue]? {
    let figures = (0..<grid.columns).compactMap { cells[row * grid.columns + $0] }
    guard let first = figures.min(by: { $0.cell.column < $1.cell.column }) else { return nil }
    var found: [FoundCell] = []
    for column in 0..<first.cell.column {
      guard let cell = finder.cell(table: first.table, row: first.cell.row, column: column),
        cell.index != found.last?.index, !cell.cell.text.isBlank
      else { continue }
      found.append(cell)
    }
    return found.isEmpty ? nil : found.map { label($0) }
  }

  /// What of the pointers varies over rows and over columns, as words.
  private var keys: (rows: [String], columns: [String]) {
    let paths = grid.pointers.map { $0.split(separator: "/") }
    guard let first = paths.first, grid.columns > 0 else { return ([], []) }
    func varies(_ position: Int, over indices: some Sequence<Int>) -> Bool {
      indices.contains { !paths[$0].indices.contains(position) || paths[$0][position] != first[position] }
    }
    let all = Array(first.indices.dropFirst())
    var columns = all.filter { varies($0, over: 0..<grid.columns) }
    var rows = all.filter { varies($0, over: stride(from: 0, to: paths.count, by: grid.columns)) }
    var rest = all.filter { !columns.contains($0) && !rows.contains($0) }
    if columns.isEmpty, let last = rest.popLast() { columns = [last] }
    if rows.isEmpty { rows = rest }
    func words(_ positions: [Int], at index: Int) -> String {
      positions.filter(paths[index].indices.contains).map { paths[index][$0].replacing("_", with: " ") }
        .joined(separator: ", ")
    }
    return (
      (0..<rowCount).map { words(rows, at: $0 * grid.columns) }, (0..<grid.columns).map { words(columns, at: $0) }
    )
  }
}
