/// The rows and cells of one table of a page, with the texts of the cells.
struct HTMLCells {
  private(set) var rows: [[MarkupGrid.RawCell]] = []
  /// Tables of data in its cells, by their index.
  private(set) var inner: [Int] = []
  /// Texts of the table that stand in no cell.
  private(set) var strays: [(text: String, node: Int)] = []
  private(set) var caption: (text: String, node: Int)?

  /// For each row, the index behind the last row of its group.
  private(set) var groups: [Int] = []
  /// What is odd, and in which element.
  private(set) var remarks: [(MarkupRemarks.Remark, node: Int)] = []

  private let table: Int
  private let tree: MarkupTree
  private let shown: [Shown]
  private let outline: HTMLOutline
  private var text = MarkupText()
  private var open: (node: Int, end: Int, part: Part)?
  /// Whether the cell that is open holds what no text tells, or what may not be shown.
  private var isUnclear = false
  private var holdsPicture = false

  private enum Part { case cell, caption }

  init(_ table: Int, in tree: MarkupTree, shown: [Shown], outline: HTMLOutline) {
    self.table = table
    self.tree = tree
    self.shown = shown
    self.outline = outline
  }

  /// Reads them; what is laid out by a table within a cell is its text.
  mutating func read() {
    let end = Int(tree.nodes[table].end)
    var index = table + 1
    // Of tables within a cell that only lay out, whose rows and cells are no cells here.
    var layoutEnd = 0
    var blockEnds: [Int] = []
    var groupOfRows: [Int32] = []
    while index < end {
      if let open, open.end <= index { close() }
      while let last = blockEnds.last, last <= index {
        text.breakLine()
        blockEnds.removeLast()
      }
      let node = tree.nodes[index]
      if outline.isUnseen(index, node) {
        pass(index, node)
        index = Int(node.end)
        continue
      }
      switch HTMLKind(rawValue: node.kind) ?? .inline {
      case .text: add(index, node)
      case .lineBreak: text.breakLine()
      case .table where outline.tables[index]?.holdsData == true:
        inner.append(index)
        isUnclear = true
        text.breakLine()
        index = Int(node.end)
        continue
      case .table:
        text.breakLine()
        layoutEnd = max(layoutEnd, Int(node.end))
        blockEnds.append(Int(node.end))
      case .row where index >= layoutEnd:
        close()
        beginRow()
        groupOfRows.append(node.parent)
      case .cell where index >= layoutEnd, .headerCell where index >= layoutEnd:
        close()
        if rows.isEmpty {
          beginRow()
          groupOfRows.append(node.parent)
        }
        open = (index, Int(node.end), .cell)
      case .caption where index >= layoutEnd:
        close()
        open = (index, Int(node.end), .caption)
      case .inline, .link: break
      default:
        if open != nil {
          text.breakLine()
          blockEnds.append(Int(node.end))
        }
      }
      index += 1
    }
    close()
    groups = Array(repeating: rows.count, count: rows.count)
    for row in groups.indices.reversed().dropFirst() {
      groups[row] = groupOfRows[row] == groupOfRows[row + 1] ? groups[row + 1] : row + 1
    }
  }

  /// Begins a row, which will have as many cells as the one before.
  private mutating func beginRow() {
    var row: [MarkupGrid.RawCell] = []
    row.reserveCapacity(rows.last?.count ?? 0)
    rows.append(row)
  }

  private mutating func add(_ index: Int, _ node: MarkupTree.Node) {
    let shown = shown[index]
    guard shown.isSaid else {
      if shown.isSeen {
        if tree.holdsWords(index) { remarks.append((.struck, Int(node.parent))) }
      } else if tree.holdsDigits(index) {
        remarks.append((.hidden, Int(node.parent)))
      }
      return
    }
    if !shown.isDisjoint(with: [.doubtful, .pale]), tree.holdsDigits(index) { isUnclear = true }
    let isNote = text.endsWithFigure ? outline.isNoteInLink(index) : nil
    if isNote == false { isUnclear = true }
    text.append(tree.text(node), shown: isNote == true ? shown.union(.raised) : shown)
  }

  /// Passes an element that is no text of the page.
  private mutating func pass(_ index: Int, _ node: MarkupTree.Node) {
    guard shown[index].isSaid else {
      if shown[index].contains(.gone), (index..<Int(node.end)).contains(where: tree.holdsDigits) {
        remarks.append((.hidden, index))
      }
      return
    }
    switch HTMLKind(rawValue: node.kind) {
    case .field, .choice:
      let words = outline.filled(index, node)
      guard open != nil, words.contains(where: { $0 > 0x20 }) else { return }
      remarks.append((.field, open?.node ?? index))
      text.breakWord()
      text.append(words)
      text.breakWord()
    case .picture where outline.attributes(node)?.isMarked != true, .frame: holdsPicture = true
    default: break
    }
  }

  private mutating func close() {
    let words = text.taken()
    let (isUnclear, holdsPicture) = (isUnclear, holdsPicture)
    (self.isUnclear, self.holdsPicture) = (false, false)
    guard let open else {
      if words.contains(where: { !$0.isWhitespace }) { strays.append((words, table)) }
      return
    }
    self.open = nil
    switch open.part {
    case .cell:
      let node = tree.nodes[open.node]
      let said = outline.attributes(node)
      var cell = MarkupGrid.RawCell(
        text: words, rowSpan: said?.rowSpan ?? 1, columnSpan: said?.columnSpan ?? 1,
        isHeader: node.kind == HTMLKind.headerCell.rawValue, node: open.node)
      // A picture in the first cell is seldom that of a figure.
      let isFirst = cell.isHeader || rows[rows.count - 1].isEmpty
      if isUnclear || holdsPicture && !isFirst, cell.withholdFigure() { remarks.append((.unclear, open.node)) }
      rows[rows.count - 1].append(cell)
    case .caption:
      if !words.isEmpty { caption = (words, open.node) }
    }
  }
}
