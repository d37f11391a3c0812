import DocumentModel

/// The order in which a block that is printed in one line prints its cells.
///
/// Where columns are certain each figure has its words above it, whatever their level. In running text the header is
/// flattened: the names of the rows say in which order these come, and those of the columns repeat for each of them.
///
/// ```
///   appeals        | suits                       suits first, and in each of them:  lost, won
///   won lost total | direct         | late       → unknown, if not all of it is said
/// ```
struct LineOrder {
  /// For each printed figure the cell of the block, as far as the header says so.
  let order: PrintedOrder
  /// Whether a flattened header names some of the rows and has lost others, so that their order is only likely.
  let isHalfSaid: Bool

  init(_ mapping: BlockMapping) {
    let run = mapping.lines.first ?? []
    let isPlaced = run.allSatisfy { mapping.document.isPlaced(mapping.document.lines[$0]) }
    order = isPlaced ? Self.placed(run, mapping) : Self.flattened(run, mapping)
    let named = isPlaced || run.count != 1 ? [] : Self.namedRows(above: run[0], mapping)
    isHalfSaid = !named.isEmpty && named.count < mapping.block.rows.count
  }

  // MARK: Certain columns

  private static func placed(_ run: [Int], _ mapping: BlockMapping) -> PrintedOrder {
    let (block, document) = (mapping.block, mapping.document)
    let named = run.map { rowName(of: document.lines[$0], in: block) }
    let cells = zip(run, named).flatMap { index, ownRow -> [(row: Int?, column: Int?)] in
      let line = document.lines[index]
      return line.values.map { value in
        let above = document.words[line.table].filter {
          $0.cell.rowRange.upperBound <= line.row && $0.cell.columnRange.overlaps(value.columnRange)
        }
        return (
          ownRow ?? lowest(above, among: block.rows.map(\.labels)), lowest(above, among: block.columns.map(\.labels))
        )
      }
    }
    let width = block.columns.count
    let places = cells.map { cell in cell.row.flatMap { row in cell.column.map { row * width + $0 } } }
    let known = places.compactMap { $0 }
    guard cells.count == block.printedColumns else { return known == known.sorted() ? .form : .unknown }
    if known.count == cells.count, Set(known).count == known.count { return PrintedOrder(known) }
    let isOfForm = cells.enumerated().allSatisfy { index, cell in
      (cell.row ?? index / width) == index / width && (cell.column ?? index % width) == index % width
    }
    return isOfForm ? .form : .unknown
  }

  /// Which of the names the lowest of the words that say any of them says.
  private static func lowest(_ words: [TableLines.Word], among names: [[Label]]) -> Int? {
    words.compactMap { word in best(word.label, among: names).map { (word.cell.rowRange.upperBound, $0) } }
      .max { $0.0 < $1.0 }?.1
  }

  private static func best(_ word: Label, among names: [[Label]]) -> Int? {
    let best = names.indices.map { ($0, names[$0].likeness(to: word)) }.max { $0.1 < $1.1 }
    return best.flatMap { $0.1 >= 0.7 ? $0.0 : nil }
  }

  /// The row that the words of a line itself name.
  private static func rowName(of line: TableLine, in block: FormBlock) -> Int? {
    line.heads.isEmpty ? nil : best(line.label, among: block.rows.map(\.labels))
  }

  // MARK: Running text

  private static func flattened(_ run: [Int], _ mapping: BlockMapping) -> PrintedOrder {
    let (block, document) = (mapping.block, mapping.document)
    guard let first = run.first else { return .form }
    let rows = AxisNames(block.rows.map { ($0.labels, $0.group) }, headings: block.headings)
    // Lines that bear the names of the rows were taken in the order of the rows.
    let rowOrder = run.count > 1 ? .form : rows.order(in: document.header(above: first)) ?? .form
    let names = block.columns.map(\.labels)
    let columnOrders = run.compactMap { index in
      let words = document.header(above: index).flatMap(\.words)
      return Self.columnOrder(words.compactMap { best($0, among: names) }, of: names.count)
    }
    let columnOrder = columnOrders.first ?? PrintedOrder.form
    guard columnOrders.allSatisfy({ $0 == columnOrder }) else { return .unknown }
    guard let inRows = places(rowOrder, block.rows.count), let inColumns = places(columnOrder, block.columns.count)
    else { return .unknown }
    return PrintedOrder(inRows.flatMap { row in inColumns.map { row * block.columns.count + $0 } })
  }

  /// The rows that the header above a line names.
  private static func namedRows(above line: Int, _ mapping: BlockMapping) -> Set<Int> {
    let names = mapping.block.rows.map(\.labels)
    return Set(mapping.document.header(above: line).flatMap(\.words).compactMap { best($0, among: names) })
  }

  /// The order of the columns, whose names repeat for each row; nil where hardly any is named.
  ///
  /// Where some are lost it is that of the form, as long as none of them turns back within a row.
  private static func columnOrder(_ names: [Int], of width: Int) -> PrintedOrder? {
    guard names.count > 1 else { return nil }
    let rows = stride(from: 0, to: names.count, by: width).map { Array(names[$0..<min($0 + width, names.count)]) }
    if rows.allSatisfy({ $0.sorted() == Array(0..<width) }) {
      return Set(rows).count == 1 ? PrintedOrder(rows[0]) : .unknown
    }
    let runs = 1 + zip(names, names.dropFirst()).count { $0 >= $1 }
    let repeats = Dictionary(grouping: names) { $0 }.values.map(\.count).max() ?? 1
    return runs <= repeats ? .form : .unknown
  }

  private static func places(_ order: PrintedOrder, _ count: Int) -> [Int]? {
    switch order {
    case .form: Array(0..<count)
    case .other(let places): places.count == count ? places : nil
    case .unknown: nil
    }
  }
}
