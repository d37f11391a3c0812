/// The rows and cells of one table of a Word file, with the texts of the cells.
///
/// A cell that goes on with the one above it is no cell of its own: that one is taller.
struct DOCXCells {
  private(set) var rows: [[MarkupGrid.RawCell]] = []
  /// The element of each row.
  private(set) var rowNodes: [Int] = []
  /// Tables of data in its cells.
  private(set) var inner: [Int] = []
  /// What is odd, and in which element.
  private(set) var remarks: [(MarkupRemarks.Remark, node: Int)] = []

  private let parser: XMLTreeParser
  private let outline: DOCXOutline
  private let styles: DOCXTextStyles
  private let table: Int
  /// For each column, the cell in it that may go on below: its row, its place in the row, its columns.
  private var above: [Int: (row: Int, place: Int, columns: Int)] = [:]

  init(_ parser: XMLTreeParser, _ outline: DOCXOutline, _ styles: DOCXTextStyles, _ table: Int) {
    self.parser = parser
    self.outline = outline
    self.styles = styles
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
        let said = parser.rowProperties(index)
        if said.isLeftOut {
          if !said.isDeleted, (index..<Int(node.end)).contains(where: parser.tree.holdsDigits) {
            remarks.append((.hidden, index))
          }
          index = Int(node.end)
          continue
        }
        isRow = true
        rows.append([])
        rowNodes.append(index)
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
    let said = parser.cellProperties(index)
    let start = column
    column += said.columns
    if said.goesOn, let owner = above[start], owner.columns == said.columns, owner.row < rows.count - 1 {
      rows[owner.row][owner.place].rowSpan += 1
      return
    }
    let isFirst = rows[rows.count - 1].isEmpty
    rows[rows.count - 1].append(cell(index, columns: said.columns, isFirst: isFirst))
    above[start] = said.begins ? (rows.count - 1, rows[rows.count - 1].count - 1, said.columns) : nil
  }

  /// The paragraphs of a cell, a line each, those of text boxes and of tables that lay it out, too; tables of data within it
  /// stand for themselves.
  private mutating func cell(_ cell: Int, columns: Int, isFirst: Bool) -> MarkupGrid.RawCell {
    var content = Content()
    let nodes = parser.tree.nodes
    var waiting = [(cell + 1)..<Int(nodes[cell].end)]
    while let range = waiting.popLast() {
      var index = range.lowerBound
      while index < range.upperBound {
        let node = nodes[index]
        var boxes: [Range<Int>] = []
        switch DOCXKind(rawValue: node.kind) ?? .other {
        case .paragraph:
          boxes = add(paragraph: index, to: &content)
          index = Int(node.end)
        case .table where outline.holdsData(index):
          inner.append(index)
          content.isUnclear = true
          index = Int(node.end)
        case .row where parser.rowProperties(index).isLeftOut: index = Int(node.end)
        case .skipped, .deleted, .cellProperties, .tableProperties, .rowProperties: index = Int(node.end)
        case .control:
          content.isField = true
          index += 1
        default: index += 1
        }
        if boxes.isEmpty { continue }
        waiting.append(index..<range.upperBound)
        waiting += boxes.reversed()
        break
      }
    }
    remarks += content.remarks.map { ($0, cell) }
    var result = MarkupGrid.RawCell(text: content.text.taken(), columnSpan: columns, node: cell)
    if content.isField, result.text.contains(where: \.isNumber) { remarks.append((.field, cell)) }
    // A picture in the first cell is seldom that of a figure.
    let isUnclear = content.isUnclear || content.holdsPicture && !isFirst
    if isUnclear, result.withholdFigure() { remarks.append((.unclear, cell)) }
    return result
  }

  /// What stands in a cell.
  private struct Content {
    var text = MarkupText()
    /// Whether it holds what no text tells, or what may not be shown.
    var isUnclear = false
    var holdsPicture = false
    /// Whether it holds what was filled into a form.
    var isField = false
    var remarks: [MarkupRemarks.Remark] = []
  }

  /// Adds a paragraph, and tells where the text boxes in it are.
  private func add(paragraph: Int, to content: inout Content) -> [Range<Int>] {
    var boxes: [Range<Int>] = []
    content.text.breakLine()
    var runs = DOCXRuns(parser, paragraph, styles: styles)
    while let piece = runs.next() {
      switch piece {
      case .characters(let bytes, let shown, let size):
        let hasDigits = bytes.holdsDigits
        if shown.isSaid {
          if hasDigits, shown.contains(.pale) { content.isUnclear = true }
          content.text.append(bytes, shown: shown, size: size)
        } else if shown.isSeen {
          if bytes.contains(where: { $0 > 0x20 }) { content.remarks.append(.struck) }
        } else if hasDigits {
          content.remarks.append(.hidden)
        }
      case .verbatim: content.text.breakWord()
      case .lineBreak: content.text.breakLine()
      case .choice(let bytes):
        content.isField = true
        content.text.breakWord()
        content.text.append(bytes)
        content.text.breakWord()
      case .field: content.isField = true
      case .picture: content.holdsPicture = true
      case .box(let range): boxes.append(range)
      }
    }
    return boxes
  }
}
