import DocumentModel

/// A table read from the alignment of words on one page.
struct AlignedTable {
  /// Without an id and without headers.
  var table: Table
  /// Around all its text, and the rules that frame it.
  var box: Box
  /// How many of its cells hold text.
  let filledCells: Int
  /// Whether figures seem to go on in the line below because their cells are full.
  let hasBrokenFigures: Bool

  /// Reads the cells of lines whose columns are known; `frame` is around the rules that enclose them, if there are any.
  init(
    _ lines: AlignedRows, endsWithRest: Bool, frame: Box?, rules: [Ruling], page: Page
  ) {
    var lines = lines
    let walls = page.rulings.filter { $0.axis == .vertical }
    HeaderSpans(rules: rules, walls: walls, em: lines.em).widen(&lines)
    lines.widenSectionTitles()
    let whole = rules.joiningTouching
    let labelled = LabelledRows(lines, rules: whole)
    let headerLines = labelled?.headerLines ?? lines.firstBodyRow
    let joining = LineJoining(lines, rules: whole, headerLines: labelled?.headerLines)
    let header = HeaderBlocks(lines.rows[..<headerLines], joined: joining.groups, em: lines.em, rules: rules)
    var pieces = header?.pieces ?? []
    var count = header?.count ?? 0
    var groups = joining.groups
    if header != nil { groups.removeAll { $0.lowerBound < headerLines } }
    if endsWithRest, labelled == nil, groups.count > 1, groups.last?.count == 1 { groups.removeLast() }
    for group in groups {
      var row: [Piece] = []
      for part in lines.rows[group].flatMap(\.parts) { row.appendJoining(Piece(row: count, part: part)) }
      pieces += row
      count += 1
    }
    if let labelled {
      pieces += labelled.pieces.map { $0.moved(by: count) }
      count += labelled.count
    }
    hasBrokenFigures = labelled.map { 8 * $0.broken > $0.count } ?? joining.breaksFigures
    let text = pieces.dropFirst().reduce(pieces.first?.box) { $0?.union($1.box) }
    let starts = Set(pieces.map(\.columns.lowerBound)).sorted()
    let around = text ?? Box(0, 0, 0, 0)
    box = frame.map { $0.union(around) } ?? around
    filledCells = pieces.count
    let isPlaced = lines.hasCertainColumns(of: pieces)
    table = Table(
      id: "", kind: .aligned, confidence: isPlaced ? 0.97 : 0.88, rows: count, columns: starts.count,
      regions: [.page(page.number, box)], columnEvidence: isPlaced ? .placed : .ordered)
    for piece in pieces {
      // A column in which nothing begins is none.
      let from = (starts.lastIndex { $0 <= piece.columns.lowerBound }) ?? 0
      let to = (starts.lastIndex { $0 <= piece.columns.upperBound }) ?? from
      let text = CellText(CellLines(piece.words.flatMap(\.glyphs), of: page.glyphs))
      table.cells.append(
        Cell(
          row: piece.rows.lowerBound, column: from, rowSpan: piece.rows.count, columnSpan: to - from + 1,
          text: PrintedText(text.raw),
          places: [.page(page.number, text.box ?? piece.box)]))
    }
    fillBlanks(on: page)
  }

  /// Words of one cell.
  struct Piece {
    var rows: Range<Int>
    var columns: ClosedRange<Int>
    var words: [TextWord]
    var box: Box

    init(rows: Range<Int>, columns: ClosedRange<Int>, words: [TextWord], box: Box) {
      (self.rows, self.columns, self.words, self.box) = (rows, columns, words, box)
    }

    init(row: Int, part: AlignedRows.Part) {
      self.init(
        rows: row..<(row + 1), columns: part.columns, words: part.words,
        box: part.words.dropFirst().reduce(part.words[0].box) { $0.union($1.box) })
    }

    func moved(by count: Int) -> Piece {
      Piece(rows: (rows.lowerBound + count)..<(rows.upperBound + count), columns: columns, words: words, box: box)
    }
  }

  /// Puts blank cells where nothing is printed.
  private mutating func fillBlanks(on page: Page) {
    var bands = Array(repeating: (top: Double.infinity, bottom: -Double.infinity), count: table.rows)
    var sides = Array(repeating: (left: Double.infinity, right: -Double.infinity), count: table.columns)
    var isTaken = Array(repeating: false, count: table.rows * table.columns)
    for cell in table.cells {
      for row in cell.rowRange { for column in cell.columnRange { isTaken[row * table.columns + column] = true } }
      guard let box = cell.places.first?.box, cell.rowSpan == 1 else { continue }
      bands[cell.row] = (min(bands[cell.row].top, box.y0), max(bands[cell.row].bottom, box.y1))
      guard cell.columnSpan == 1 else { continue }
      sides[cell.column] = (min(sides[cell.column].left, box.x0), max(sides[cell.column].right, box.x1))
    }
    for row in 0..<table.rows {
      for column in 0..<table.columns where !isTaken[row * table.columns + column] {
        let side = sides[column].left <= sides[column].right ? sides[column] : (left: box.x0, right: box.x1)
        let place = Box(side.left, bands[row].top, side.right, bands[row].bottom)
        table.cells.append(
          Cell(row: row, column: column, text: PrintedText(""), places: [.page(page.number, place)]))
      }
    }
    table.cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
  }
}

extension [AlignedTable.Piece] {
  /// Adds a piece to those of its row, joined to the ones that share columns with it.
  fileprivate mutating func appendJoining(_ piece: AlignedTable.Piece) {
    var piece = piece
    while let index = lastIndex(where: { $0.columns.overlaps(piece.columns) }) {
      let other = remove(at: index)
      piece.columns =
        Swift.min(
          other.columns.lowerBound, piece.columns.lowerBound)...Swift.max(
          other.columns.upperBound, piece.columns.upperBound)
      piece.words = other.words + piece.words
      piece.box = other.box.union(piece.box)
    }
    append(piece)
  }
}

extension AlignedRows {
  /// Lets a line of one piece in the middle of the table stand over all columns: it names the rows below it.
  fileprivate mutating func widenSectionTitles() {
    guard columnCount >= 2, let x0 = rows.map(\.line.x0).min(), let x1 = rows.map(\.line.x1).max() else { return }
    let body = firstBodyRow
    let first = body >= 2 && rows[body - 2].parts.count >= 2 ? body - 1 : body
    for index in rows.indices.dropFirst(first) where rows[index].parts.count == 1 {
      let part = rows[index].parts[0]
      if let headRule, rows[index].line.midY < headRule { continue }
      // A long label that begins where the others do stands over no figures.
      if part.isSpan, index >= body, part.x0 <= x0 + 1.5 * em {
        rows[index].parts[0].columns = 0...0
        continue
      }
      guard part.columns.upperBound > 0, !part.isNumber, part.x0 > x0 + 1.5 * em,
        abs(part.midX - (x0 + x1) / 2) <= 1.25 * em, !isFlush(part)
      else { continue }
      rows[index].parts[0].columns = 0...(columnCount - 1)
    }
  }

  /// Whether a piece begins where most others of its column do.
  private func isFlush(_ part: Part) -> Bool {
    let column = rows.flatMap(\.parts).filter { $0.columns == part.columns }
    return column.count >= 4 && 3 * column.count { abs($0.x0 - part.x0) < 0.3 * em } > 2 * column.count
  }

  /// Whether each figure stands in one column only, apart from the next, and below a head of that column alone.
  fileprivate func hasCertainColumns(of pieces: [AlignedTable.Piece]) -> Bool {
    guard misfits == 0, zip(extents, extents.dropFirst()).allSatisfy({ $1.lowerBound - $0.upperBound >= 0.5 * em })
    else { return false }
    let values = rows.dropFirst(firstBodyRow).flatMap(\.parts).filter { $0.isNumber && $0.columns.lowerBound > 0 }
    guard values.allSatisfy({ !$0.isSpan }) else { return false }
    let heads = rows.prefix(firstBodyRow).flatMap(\.parts).filter { !$0.isSpan }
    return values.allSatisfy { value in heads.contains { $0.columns == value.columns } }
  }
}
