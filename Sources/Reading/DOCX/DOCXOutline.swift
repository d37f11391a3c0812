/// Which tables of a Word file are tables of data, and which lay out its pages.
struct DOCXOutline {
  /// For each node, whether it is a table of data.
  private var isData: [Bool]
  /// How many cells all tables have.
  private(set) var cells = 0

  init(_ parser: XMLTreeParser) {
    let nodes = parser.tree.nodes
    isData = Array(repeating: false, count: nodes.count)
    var shapes: [(table: Int, parent: Int?, shape: TableShape)] = []
    /// The tables around, by their places in `shapes`, with the cell that is open in each.
    var open: [(place: Int, cell: TableShape.CellShape?, cellEnd: Int)] = []
    func closeCell() {
      guard let last = open.indices.last, let cell = open[last].cell else { return }
      shapes[open[last].place].shape.add(cell, isName: false)
      open[last].cell = nil
    }
    var index = 0
    while index < nodes.count {
      let node = nodes[index]
      while let last = open.last {
        if last.cell != nil, last.cellEnd <= index { closeCell() }
        guard Int(nodes[shapes[last.place].table].end) <= index else { break }
        open.removeLast()
      }
      switch DOCXKind(rawValue: node.kind) ?? .other {
      case .text:
        if let last = open.indices.last { open[last].cell?.add(parser.tree.text(node), isLinked: false) }
      case .table:
        shapes.append((index, open.last?.place, TableShape(parent: nil)))
        open.append((shapes.count - 1, nil, 0))
      case .row:
        if parser.rowProperties(index).isLeftOut {
          index = Int(node.end)
          continue
        }
        if let last = open.last { shapes[last.place].shape.beginRow() }
      case .cell:
        cells += 1
        guard let last = open.indices.last else { break }
        if open[last].cell != nil { closeCell() }
        if parser.cellProperties(index).goesOn {
          index = Int(node.end)
          continue
        }
        open[last].cell = TableShape.CellShape()
        open[last].cellEnd = Int(node.end)
      case .skipped, .deleted, .tableProperties, .rowProperties, .cellProperties, .paragraphProperties, .runProperties:
        index = Int(node.end)
        continue
      default: break
      }
      index += 1
    }
    while !open.isEmpty {
      closeCell()
      open.removeLast()
    }
    for place in shapes.indices.reversed() where shapes[place].shape.isData {
      isData[shapes[place].table] = true
      if let parent = shapes[place].parent { shapes[parent].shape.innerTables += 1 }
    }
  }

  /// Whether a table is one of data.
  func holdsData(_ table: Int) -> Bool { isData[table] }
}

extension XMLTreeParser {
  /// What a row says: how many columns are left free before its first cell, and whether it is deleted, or not shown.
  func rowProperties(_ row: Int) -> (before: Int, isDeleted: Bool, isHidden: Bool, isLeftOut: Bool) {
    var (before, isDeleted, isHidden) = (0, false, false)
    let nodes = tree.nodes
    var index = row + 1
    while index < Int(nodes[row].end), nodes[index].kind != DOCXKind.cell.rawValue {
      defer { index = Int(nodes[index].end) }
      guard nodes[index].kind == DOCXKind.rowProperties.rawValue else { continue }
      for node in nodes[(index + 1)..<max(index + 1, Int(nodes[index].end))] {
        if node.kind == DOCXKind.deleted.rawValue { isDeleted = true }
        if localName(node) == "gridBefore" { before = number(node, atLeast: 0) }
        if localName(node) == "hidden" {
          isHidden = !["0", "false", "off"].contains(attribute("val", of: node) ?? "1")
        }
      }
      break
    }
    return (before, isDeleted, isHidden, isDeleted || isHidden)
  }

  /// What a cell says: how many columns it covers, whether it goes on with the one above it, and whether it may go on below.
  func cellProperties(_ cell: Int) -> (columns: Int, goesOn: Bool, begins: Bool) {
    let nodes = tree.nodes
    var result = (columns: 1, goesOn: false, begins: false)
    guard cell + 1 < Int(nodes[cell].end), nodes[cell + 1].kind == DOCXKind.cellProperties.rawValue else {
      return result
    }
    for node in nodes[(cell + 2)..<max(cell + 2, Int(nodes[cell + 1].end))] {
      switch localName(node) {
      case "gridSpan": result.columns = number(node, atLeast: 1)
      case "vMerge":
        result.begins = attribute("val", of: node) == "restart"
        result.goesOn = !result.begins
      // What the cell was before somebody changed it.
      case "tcPrChange": return result
      default: break
      }
    }
    return result
  }

  private func number(_ node: MarkupTree.Node, atLeast least: Int) -> Int {
    let value = attribute("val", of: node).flatMap { Int($0) } ?? least
    return min(max(value, least), MarkupGrid.mostColumns)
  }
}
