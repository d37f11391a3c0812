/// The rows and cells of one table of a Word file, with the texts of the cells.
///
/// A cell that goes on with the one above it is no cell of its own: that one is taller.
struct DOCXCells {
  private(set) var rows: [[MarkupGrid.RawCell]] = []
  /// The element of each row.
  private(set) var rowNodes: [Int] = []
  /// Tables of data in its cells.
  private(set) var inner: [Int] = []
  private(set) var shape = TableShape(parent: nil)

  private let parser: XMLTreeParser
  private let table: Int
  /// For each column, the cell in it that may go on below: its row, its place in the row, its columns.
  private var above: [Int: (row: Int, place: Int, columns: Int)] = [:]

  init(_ parser: XMLTreeParser, _ table: Int) {
    self.parser = parser
    self.table = table
  }

  /// Reads them.
  mutating func read() {
    let nodes = parser.tree.nodes
    let end = Int(nodes[table].end)
    var index = table + 1
    var column = 0
    var isRow = false
    while index < end {
      let node = nodes[index]
      switch DOCXKind(rawValue: node.kind) ?? .other {
      case .row:
        let said = rowProperties(index)
        if said.isDeleted {
          index = Int(node.end)
          continue
        }
        isRow = true
        rows.append([])
        rowNodes.append(index)
        shape.beginRow()
        column = said.before
        if column > 0 { rows[rows.count - 1].append(MarkupGrid.RawCell(text: "", columnSpan: column, node: index)) }
        index += 1
      case .cell where isRow:
        addCell(index, at: &column)
        index = Int(node.end)
      case .skipped, .deleted, .tableProperties, .rowProperties: index = Int(node.end)
      default: index += 1
      }
    }
  }

  private mutating func addCell(_ index: Int, at column: inout Int) {
    let said = cellProperties(index)
    let start = column
    column += said.columns
    if said.goesOn, let owner = above[start], owner.columns == said.columns, owner.row < rows.count - 1 {
      rows[owner.row][owner.place].rowSpan += 1
      return
    }
    let cell = MarkupGrid.RawCell(text: text(of: index), columnSpan: said.columns, node: index)
    rows[rows.count - 1].append(cell)
    above[start] = said.begins ? (rows.count - 1, rows[rows.count - 1].count - 1, said.columns) : nil
    var look = TableShape.CellShape()
    look.add(Array(cell.text.utf8)[...], isLinked: false)
    look.columns = said.columns
    shape.add(look, isName: false)
  }

  private func rowProperties(_ row: Int) -> (before: Int, isDeleted: Bool) {
    let nodes = parser.tree.nodes
    var result = (before: 0, isDeleted: false)
    var index = row + 1
    while index < Int(nodes[row].end), nodes[index].kind != DOCXKind.cell.rawValue {
      defer { index += 1 }
      guard nodes[index].kind == DOCXKind.rowProperties.rawValue else { continue }
      for node in nodes[(index + 1)..<max(index + 1, Int(nodes[index].end))] {
        if node.kind == DOCXKind.deleted.rawValue { result.isDeleted = true }
        if parser.localName(node) == "gridBefore" { result.before = number(node, atLeast: 0) }
      }
      break
    }
    return result
  }

  private func cellProperties(_ cell: Int) -> (columns: Int, goesOn: Bool, begins: Bool) {
    let nodes = parser.tree.nodes
    var result = (columns: 1, goesOn: false, begins: false)
    guard cell + 1 < Int(nodes[cell].end), nodes[cell + 1].kind == DOCXKind.cellProperties.rawValue else {
      return result
    }
    for node in nodes[(cell + 2)..<max(cell + 2, Int(nodes[cell + 1].end))] {
      switch parser.localName(node) {
      case "gridSpan": result.columns = number(node, atLeast: 1)
      case "vMerge":
        result.begins = parser.attribute("val", of: node) == "restart"
        result.goesOn = !result.begins
      default: break
      }
    }
    return result
  }

  private func number(_ node: MarkupTree.Node, atLeast least: Int) -> Int {
    let value = parser.attribute("val", of: node).flatMap { Int($0) } ?? least
    return min(max(value, least), MarkupGrid.mostColumns)
  }

  /// The paragraphs of a cell, a line each; tables of data within it stand for themselves.
  private mutating func text(of cell: Int) -> String {
    var text = MarkupText()
    let nodes = parser.tree.nodes
    let end = Int(nodes[cell].end)
    var index = cell + 1
    while index < end {
      let node = nodes[index]
      switch DOCXKind(rawValue: node.kind) ?? .other {
      case .paragraph:
        text.breakLine()
        var runs = DOCXRuns(parser, index)
        while let piece = runs.next() {
          switch piece {
          case .characters(let bytes): text.append(bytes)
          case .verbatim: text.breakWord()
          case .lineBreak: text.breakLine()
          case .box(let range):
            for inner in range where nodes[inner].kind == DOCXKind.text.rawValue {
              text.append(parser.tree.text(nodes[inner]))
            }
          }
        }
        index = Int(node.end)
      case .table:
        text.breakLine()
        inner.append(index)
        shape.innerTables += 1
        index = Int(node.end)
      case .skipped, .deleted, .cellProperties: index = Int(node.end)
      default: index += 1
      }
    }
    return text.taken()
  }
}
