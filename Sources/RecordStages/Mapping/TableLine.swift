import DocumentModel

/// One line of a table as a person reads it: the words that name it, then what stands behind them.
///
/// A class, as each block of each form looks at every line, and a copy would touch all that it holds.
final class TableLine {
  /// Index of the table in the document.
  let table: Int
  /// Row in the table's grid.
  let row: Int
  /// Cells with words before the first figure; the last of them is the nearest to the figures.
  let heads: [Cell]
  /// Cells from the first figure on.
  let values: [Cell]
  /// All cells behind the words, the blank ones too.
  let fields: [Cell]
  /// Figures among the words, before the name: numbers that count the rows, or figures on the wrong side.
  let figuresBeforeName: [Cell]
  /// The cell beside the figure that holds nothing but its unit.
  let unit: Cell?
  /// The nearest words, and all words.
  let label: Label
  let path: Label
  /// In a text its words, cell by cell, and those of the next line: where figures stand beside the middle of a label of several
  /// lines, its end is there.
  fileprivate(set) var pieces: [Label] = []
  /// Whether all words beside it stand beside other lines, too, so that they name none of them.
  let sharesName: Bool
  /// The nearest words with words for the years that they name; nil where they name none.
  private let dated: Label?

  init(
    table: Int, row: Int, heads: [Cell], values: [Cell], fields: [Cell], figuresBeforeName: [Cell] = [],
    unit: Cell? = nil, years: [String: String] = [:]
  ) {
    self.figuresBeforeName = figuresBeforeName
    self.table = table
    self.row = row
    self.heads = heads
    self.values = values
    self.fields = fields
    self.unit = unit
    sharesName = false
    label = Label(heads.nearestWords)
    path = heads.count > 1 ? Label(heads.map(\.text.folded).joined()) : label
    dated = heads.last?.text.folded.saying(years).map { Label($0) }
  }

  /// The same line without its name, as its nearest words are those of other lines as well.
  init(sharingNameOf line: TableLine) {
    (table, row, heads, values, fields, unit) =
      (line.table, line.row, line.heads, line.values, line.fields, line.unit)
    figuresBeforeName = line.figuresBeforeName
    sharesName = line.heads.allSatisfy { $0.rowSpan > 1 }
    (label, path, dated) = (Label(""), Label(""), nil)
  }

  /// Whether no figure stands on either side of its words.
  var printsNothing: Bool { figuresBeforeName.isEmpty && values.allSatisfy(\.text.isBlank) }

  /// How well the line is named by one of `labels`: by its nearest words, or by all of them when its label is torn, so
  /// that the nearest words are a piece of it.
  func likeness(to labels: [Label]) -> Double {
    let near = max(labels.likeness(to: label), dated.map { labels.likeness(to: $0) } ?? 0)
    guard near < 0.9, heads.count > 1 || !pieces.isEmpty else { return near }
    let torn = labels.filter { $0.contains(label) }
    return max(near, 0.9 * torn.likeness(to: path), 0.8 * labels.likeness(toPieces: pieces, first: heads.count))
  }
}

extension TableLine {
  /// All lines of all tables, in reading order.
  static func lines(of tables: [Table], figures: FigureReader, years: [String: String] = [:]) -> [TableLine] {
    tables.indices.flatMap { index in
      var rows = Array(repeating: [Cell](), count: tables[index].rows)
      for cell in tables[index].cellsOfPrintedColumns {
        for row in cell.rowRange where row < rows.count { rows[row].append(cell) }
      }
      var lines = rows.indices.map { row in
        let cells = rows[row].sorted { $0.column < $1.column }
        return line(cells, table: tables[index], index: index, row: row, figures: figures, years: years)
      }
      lines.dropSharedNames()
      if tables[index].columnEvidence == .ordered { lines.findPieces() }
      return lines
    }
  }

  /// Figures begin at the first cell behind a word that holds a figure, or a sign for none.
  ///
  /// Where columns are certain a blank is such a sign. In running text it is only a separator and is passed over. A cell with
  /// nothing but a unit, before the figure or behind it, is neither a name nor a figure.
  private static func line(
    _ cells: [Cell], table: Table, index: Int, row: Int, figures: FigureReader, years: [String: String]
  ) -> TableLine {
    let isPlaced = table.columnEvidence == .placed
    let read = isPlaced ? cells : cells.filter { !$0.text.isBlank }
    let firstWord = read.firstIndex { !figures.isFigureOrHole($0.text) }
    let start = read.indices.first { index in
      guard figures.isFigureOrHole(read[index].text) else { return false }
      if let firstWord, index < firstWord { return false }
      return isPlaced ? read[index].column >= table.headerColumns : true
    }
    let end = start ?? read.endIndex
    let words = read[..<end].filter { !$0.text.isBlank }
    let wordsEnd = words.last?.columnRange.upperBound ?? 0
    var fields = cells.filter { $0.column >= wordsEnd }
    var values = Array(read[end...])
    let names = words.filter { !figures.isUnit($0.text) }
    var unit = names.isEmpty || names.count == words.count ? nil : words.last { figures.isUnit($0.text) }
    if unit == nil, values.count == 2, figures.isUnit(values[1].text), !figures.isUnit(values[0].text) {
      unit = values.removeLast()
      fields.removeAll { $0 == unit }
    }
    // Both end with the last cell; where nothing but figures stands behind the words they are one.
    let isSame = fields.count == values.count && (isPlaced || read.count == cells.count)
    let before = names.dropLast().filter { figures.hole($0.text) == nil && figures.isFigureOrHole($0.text) }
    return TableLine(
      table: index, row: row, heads: unit == nil ? words : names, values: isSame ? fields : values, fields: fields,
      figuresBeforeName: Array(before), unit: unit, years: years)
  }
}

extension [Cell] {
  /// The words of the last cell, and of those before it back to where a bracket opens that closes in it.
  fileprivate var nearestWords: String {
    var words = last?.text.folded ?? ""
    for cell in dropLast().reversed() where words.closesMore { words = cell.text.folded + words }
    return words.closesMore ? last?.text.folded ?? "" : words
  }
}

extension String {
  /// Whether it closes more brackets than it opens.
  fileprivate var closesMore: Bool {
    unicodeScalars.reduce(0) { $0 + ($1 == "(" ? 1 : $1 == ")" ? -1 : 0) } < 0
  }

  /// The text with each of these years replaced by its words; nil where it names none.
  fileprivate func saying(_ years: [String: String]) -> String? {
    let named = years.keys.filter { contains($0) }.sorted()
    return named.isEmpty ? nil : named.reduce(self) { $0.replacing($1, with: years[$1] ?? $1) }
  }
}

extension [TableLine] {
  /// Takes its name from every line that shares it with other figures: a cell that names several rows names none of them.
  fileprivate mutating func dropSharedNames() {
    var bearers: [[Int]: [Int]] = [:]
    for (index, line) in enumerated() {
      guard let head = line.heads.last, head.rowSpan > 1, line.values.contains(where: { !$0.text.isBlank }) else {
        continue
      }
      bearers[[head.row, head.column], default: []].append(index)
    }
    for group in bearers.values where group.contains(where: { self[$0].values != self[group[0]].values }) {
      for index in group { self[index] = TableLine(sharingNameOf: self[index]) }
    }
  }
}

extension [TableLine] {
  /// Finds what may be pieces of a label beside figures and in the next line.
  fileprivate func findPieces() {
    for (line, next) in zip(self, dropFirst()) where !line.heads.isEmpty && !line.printsNothing {
      line.pieces = (line.heads + next.heads).map { Label($0.text.folded) }
    }
  }
}

extension Table {
  /// All cells but, where columns are certain, the blank ones of columns in which nothing is printed at all.
  fileprivate var cellsOfPrintedColumns: [Cell] {
    guard columnEvidence == .placed else { return cells }
    let printed = Set(cells.filter { !$0.text.isBlank }.flatMap(\.columnRange))
    return cells.filter { cell in cell.columnRange.contains { printed.contains($0) } }
  }
}
