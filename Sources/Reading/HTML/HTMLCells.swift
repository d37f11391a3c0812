/// The rows and cells of one table of a page, with the texts of the cells.
struct HTMLCells {
  private(set) var rows: [[MarkupGrid.RawCell]] = []
  /// Tables of data in its cells, by their index.
  private(set) var inner: [Int] = []
  /// Texts of the table that stand in no cell.
  private(set) var strays: [(text: String, node: Int)] = []
  private(set) var caption: (text: String, node: Int)?

  private let table: Int
  private let tree: MarkupTree
  private let outline: HTMLOutline
  private var text = MarkupText()
  private var open: (node: Int, end: Int, part: Part)?

  private enum Part { case cell, caption }

  init(_ table: Int, in tree: MarkupTree, outline: HTMLOutline) {
    self.table = table
    self.tree = tree
    self.outline = outline
  }

  /// Reads them; what is laid out by a table within a cell is its text.
  mutating func read() {
    let end = Int(tree.nodes[table].end)
    var index = table + 1
    // Of tables within a cell that only lay out, whose rows and cells are no cells here.
    var layoutEnd = 0
    var blockEnds: [Int] = []
    var invisibleEnd = 0
    while index < end {
      if let open, open.end <= index { close() }
      while let last = blockEnds.last, last <= index {
        text.breakLine()
        blockEnds.removeLast()
      }
      let node = tree.nodes[index]
      if outline.isUnseen(node) {
        index = Int(node.end)
        continue
      }
      if outline.attributes(node)?.isInvisible == true { invisibleEnd = max(invisibleEnd, Int(node.end)) }
      switch HTMLKind(rawValue: node.kind) ?? .inline {
      case .text:
        if index >= invisibleEnd { text.append(tree.text(node)) }
      case .lineBreak: text.breakLine()
      case .table where outline.tables[index]?.holdsData == true:
        inner.append(index)
        index = Int(node.end)
        continue
      case .table:
        text.breakLine()
        layoutEnd = max(layoutEnd, Int(node.end))
        blockEnds.append(Int(node.end))
      case .row where index >= layoutEnd:
        close()
        rows.append([])
      case .cell where index >= layoutEnd, .headerCell where index >= layoutEnd:
        close()
        if rows.isEmpty { rows.append([]) }
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
  }

  private mutating func close() {
    let words = text.taken()
    guard let open else {
      if words.contains(where: { !$0.isWhitespace }) { strays.append((words, table)) }
      return
    }
    self.open = nil
    switch open.part {
    case .cell:
      let node = tree.nodes[open.node]
      let said = outline.attributes(node)
      rows[rows.count - 1].append(
        MarkupGrid.RawCell(
          text: words, rowSpan: said?.rowSpan ?? 1, columnSpan: said?.columnSpan ?? 1,
          isHeader: node.kind == HTMLKind.headerCell.rawValue, node: open.node))
    case .caption:
      if !words.isEmpty { caption = (words, open.node) }
    }
  }
}
