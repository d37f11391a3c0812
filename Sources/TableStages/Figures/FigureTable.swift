import DocumentModel

/// A table read from the alignment of words on one page.
struct FigureTable {
  /// Without an id and without headers.
  var table: Table
  /// Around all its text.
  var box: Box
  /// Where its columns begin and end: from white space, so each edge may lie anywhere in a range.
  var edges: [ClosedRange<Double>]
  var em: Double
  /// Whether every figure stands in one column, apart from the others, whatever is known of the heads.
  var keepsColumns: Bool

  /// Reads a block of lines; `nil` unless it is a table without doubt, or a row of one where `leastRows` is 1.
  init?(_ lines: [RunLine], of page: Page, rules: TableRules, leastRows: Int) {
    guard let first = lines.first else { return nil }
    let text = lines.dropFirst().reduce(first.box) { $0.union($1.box) }
    box = rules.frame(of: text)
    let sizes = lines.map(\.size).sorted()
    em = sizes[sizes.count / 2]
    let starts = Self.starts(in: lines, box: box, em: em)
    var sections: [FigureSection] = []
    for (start, end) in zip(starts, starts.dropFirst() + [lines.count]) {
      guard
        let section = FigureSection(
          lines[start..<end], of: page.glyphs, frame: box, em: em, rules: rules, isLast: end == lines.count)
      else { return nil }
      sections.append(section)
    }
    guard Self.isTable(sections, leastRows: leastRows) else { return nil }
    edges = Self.union(of: sections, box: box)
    let em = em
    keepsColumns = sections.allSatisfy { $0.misfits == 0 && $0.hasWideGaps(em: em) }
    let isPlaced = sections.allSatisfy { $0.isCertain && $0.hasWideGaps(em: em) }
    table = Table(
      id: "", kind: .aligned, confidence: isPlaced ? 0.85 : 0.6, rows: 0, columns: edges.count - 1,
      regions: [.page(page.number, box)], columnEvidence: isPlaced ? .placed : .ordered)
    for section in sections {
      add(section, of: page)
    }
    fillBlanks(on: page)
  }

  // MARK: Sections

  /// Where sections begin: at words over columns that already had figures.
  private static func starts(in lines: [RunLine], box: Box, em: Double) -> [Int] {
    guard let left = lines.filter({ $0.segments.count > 1 }).joinedValues.map(\.box.x0).min() else { return [0] }
    func isFigures(_ line: RunLine) -> Bool { line.segments.contains { $0.isValue && $0.box.x0 >= left - 0.5 * em } }
    func isHeader(_ line: RunLine) -> Bool {
      !isFigures(line) && line.runs.contains { !$0.isValue && $0.box.midX > left + 0.5 * em }
    }
    let mixed = lines.filter { isFigures($0) && $0.segments.contains { !$0.isValue && $0.box.x0 > left } }
    guard 4 * mixed.count <= lines.count(where: isFigures) else { return [0] }
    var starts = [0]
    var hasFigures = false
    for index in lines.indices {
      if isFigures(lines[index]) { hasFigures = true; continue }
      guard hasFigures, lines[index...].contains(where: isFigures) else { continue }
      let line = lines[index]
      let isTitle =
        line.segments.count == 1 && abs(line.box.midX - box.midX) <= 1.25 * em && line.box.x0 > box.x0 + 1.5 * em
        && lines[(index + 1)...].first.map(isHeader) ?? false
      if isTitle || isHeader(line) {
        starts.append(index)
        hasFigures = false
      }
    }
    return starts
  }

  /// White space that sections share becomes one edge.
  private static func union(of sections: [FigureSection], box: Box) -> [ClosedRange<Double>] {
    let inner = sections.flatMap { $0.edges.dropFirst().dropLast() }
      .sorted { ($0.upperBound, $0.lowerBound) < ($1.upperBound, $1.lowerBound) }
    var result: [ClosedRange<Double>] = []
    for edge in inner {
      if let last = result.last, edge.lowerBound <= last.upperBound {
        result[result.count - 1] = max(last.lowerBound, edge.lowerBound)...last.upperBound
      } else {
        result.append(edge)
      }
    }
    return [box.x0...box.x0] + result + [box.x1...box.x1]
  }

  private mutating func add(_ section: FigureSection, of page: Page) {
    let places = section.edges.indices.map { index -> Int in
      if index == 0 { return 0 }
      if index == section.edges.count - 1 { return edges.count - 1 }
      let own = section.edges[index]
      return edges.indices.dropFirst().dropLast().first { edges[$0].overlaps(own) } ?? 0
    }
    for cell in section.cells {
      let (from, to) = (places[cell.columns.lowerBound], places[cell.columns.upperBound])
      guard from < to else { continue }
      let text = CellText(CellLines(cell.runs.flatMap(\.glyphs), of: page.glyphs))
      table.cells.append(
        Cell(
          row: table.rows + cell.rows.lowerBound, column: from, rowSpan: cell.rows.count, columnSpan: to - from,
          text: PrintedText(text.raw), places: [.page(page.number, cell.box)]))
    }
    table.rows += section.rows
  }

  /// Puts blank cells where nothing is printed.
  private mutating func fillBlanks(on page: Page) {
    var taken = Array(repeating: false, count: table.rows * table.columns)
    var bands = Array(repeating: (top: Double.infinity, bottom: -Double.infinity), count: table.rows)
    table.cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    var kept: [Cell] = []
    for cell in table.cells {
      let units = cell.rowRange.flatMap { row in cell.columnRange.map { row * table.columns + $0 } }
      if units.contains(where: { taken[$0] }) { continue }
      for unit in units { taken[unit] = true }
      kept.append(cell)
      if cell.rowSpan == 1, let box = cell.places.first?.box {
        bands[cell.row] = (min(bands[cell.row].top, box.y0), max(bands[cell.row].bottom, box.y1))
      }
    }
    let lost = table.cells.count - kept.count
    if lost > 0 {
      table.columnEvidence = .ordered
      table.confidence = 0.5
    }
    for row in 0..<table.rows {
      for column in 0..<table.columns where !taken[row * table.columns + column] {
        let band = bands[row].top < bands[row].bottom ? bands[row] : (top: box.y0, bottom: box.y1)
        let place = Box(
          edges[column].upperBound, band.top, max(edges[column].upperBound, edges[column + 1].lowerBound), band.bottom)
        kept.append(Cell(row: row, column: column, text: PrintedText(""), places: [.page(page.number, place)]))
      }
    }
    table.cells = kept.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
  }

  // MARK: Acceptance

  private static func isTable(_ sections: [FigureSection], leastRows: Int) -> Bool {
    let rows = sections.reduce(0) { $0 + $1.figureRows }
    let values = sections.reduce(0) { $0 + $1.values }
    let words = sections.reduce(0) { $0 + $1.words }
    let broken = sections.reduce(0) { $0 + $1.broken }
    let misfits = sections.reduce(0) { $0 + $1.misfits }
    let strays = sections.reduce(0) { $0 + $1.strays }
    let columns = sections.map(\.columns.count).max() ?? 0
    let heads = sections.flatMap(\.columns).count { $0.head != nil }
    let all = sections.reduce(0) { $0 + $1.rows - $1.headerRows }
    guard values >= 2, 10 * values >= 6 * (values + words), 4 * strays <= values, 8 * misfits <= values,
      broken == 0
    else {
      return false
    }
    // Without heads, figures that are rarely under each other are along the axes of a chart.
    if heads == 0, 2 * (values + words) < rows * columns { return false }
    if leastRows == 1, heads == 0, values >= 2 { return true }
    // One row is enough under as many heads.
    if rows == 1 { return heads >= values ? values >= 4 : values >= 6 && 2 * heads >= values }
    guard rows >= (heads > 0 ? 2 : 3), 10 * rows >= 3 * all, values + rows >= 6 || heads >= 2 else { return false }
    // Without a head, one column of figures may as well be the page numbers of a list of contents.
    return columns > 1 || heads > 0
  }
}

extension FigureSection {
  /// Whether white space keeps all columns of figures apart.
  fileprivate func hasWideGaps(em: Double) -> Bool {
    zip(columns, columns.dropFirst()).allSatisfy { $1.x0 - $0.x1 >= 0.5 * em }
  }
}

// Pages with more lines, and blocks with more words, are no tables that a person could read.
private let (mostLines, mostRuns) = (1000, 4000)

/// The aligned tables of page `index` outside some regions, from top to bottom.
///
/// `rowSpace` is the usual white space between rows, in points, and becomes that of this page where it has rows.
func figureTables(
  on index: Int, of pages: [Page], outside regions: [Box] = [], leastRows: Int = 2, rowSpace: inout Double
) -> [FigureTable] {
  let lines = RunLine.lines(on: index, of: pages, outside: regions)
  guard lines.count <= mostLines, lines.contains(where: { $0.segments.count > 1 && $0.values > 0 }) else { return [] }
  let rules = TableRules(of: pages[index])
  let blocks = FigureBlocks(in: lines, usual: rowSpace)
  rowSpace = blocks.rowSpace
  return blocks.ranges.compactMap {
    guard lines[$0].reduce(0, { $0 + $1.runs.count }) <= mostRuns else { return nil }
    return FigureTable(Array(lines[$0]), of: pages[index], rules: rules, leastRows: leastRows)
  }
}
