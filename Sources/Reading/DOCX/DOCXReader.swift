import DocumentModel

/// Reads the text and the tables of a Word file: its final text, with the numbers of its lists.
///
/// ```
/// <w:p>…</w:p>                       a line, or one for each break within it
/// <w:tbl><w:tr><w:tc>…</w:tbl>       a table, and a line for each of its rows
/// <w:ins>a</w:ins><w:del>b</w:del>   a
/// ```
/// What a text box says follows the paragraph that it is anchored to.
struct DOCXReader {
  private(set) var lines: [Line] = []
  private(set) var tables: [Table] = []
  private(set) var tooWide: [Place] = []
  /// What is odd about texts.
  private(set) var remarks = MarkupRemarks()

  private let parser: XMLTreeParser
  private let outline: DOCXOutline
  private let styles: DOCXTextStyles
  private var numbering: DOCXNumbering
  private var paths: MarkupPaths
  private var text = MarkupText()

  /// Reads a text.
  init(_ parser: XMLTreeParser, outline: DOCXOutline, numbering: DOCXNumbering, styles: DOCXTextStyles) {
    self.parser = parser
    paths = MarkupPaths(parser.tree)
    self.outline = outline
    self.styles = styles
    self.numbering = numbering
    read(0..<parser.tree.nodes.count)
  }

  // MARK: Flow

  /// Reads paragraphs and tables of a range; of text boxes in paragraphs, once these are over.
  private mutating func read(_ range: Range<Int>) {
    var waiting = [range]
    while let range = waiting.popLast() {
      var index = range.lowerBound
      while index < range.upperBound {
        let node = parser.tree.nodes[index]
        var inner: [Range<Int>] = []
        switch DOCXKind(rawValue: node.kind) ?? .other {
        case .paragraph:
          inner = addParagraph(index)
          index = Int(node.end)
        case .table where outline.holdsData(index):
          inner = addTable(index)
          index = Int(node.end)
        case .row where parser.rowProperties(index).isLeftOut: index = Int(node.end)
        case .cell where parser.cellProperties(index).goesOn: index = Int(node.end)
        case .skipped, .deleted, .tableProperties: index = Int(node.end)
        default: index += 1
        }
        if inner.isEmpty { continue }
        waiting.append(index..<range.upperBound)
        waiting += inner.reversed()
        break
      }
    }
  }

  /// Adds the lines of a paragraph, and tells where the text boxes in it are.
  private mutating func addParagraph(_ paragraph: Int) -> [Range<Int>] {
    var boxes: [Range<Int>] = []
    let path = paths.path(of: paragraph)
    var count = 0
    text.append(Array(label(of: paragraph).utf8)[...])
    var runs = DOCXRuns(parser, paragraph, styles: styles)
    while let piece = runs.next() {
      switch piece {
      case .characters(let bytes, let shown, let size):
        if shown.isSaid {
          text.append(bytes, shown: shown, size: size)
        } else if shown.isSeen, bytes.contains(where: { $0 > 0x20 }) {
          remarks.note(.struck, at: .path(path))
        }
      case .choice(let bytes): text.append(bytes)
      case .field, .picture: break
      case .verbatim(let bytes): text.append(verbatim: bytes)
      case .lineBreak: add(path, &count)
      case .box(let range): boxes.append(range)
      }
    }
    add(path, &count)
    return boxes
  }

  private mutating func add(_ path: String, _ count: inout Int) {
    let words = text.taken()
    guard words.contains(where: { !$0.isWhitespace }) else { return }
    count += 1
    lines.append(Line(PrintedText(words), place: .path(count > 1 ? path + "/text()[\(count)]" : path)))
  }

  /// The number of a paragraph in a list.
  private mutating func label(of paragraph: Int) -> String {
    let end = Int(parser.tree.nodes[paragraph].end)
    guard paragraph + 1 < end else { return "" }
    let properties = parser.tree.nodes[paragraph + 1]
    guard properties.kind == DOCXKind.paragraphProperties.rawValue else { return "" }
    var (list, level, style) = (String?.none, Int?.none, String?.none)
    for node in parser.tree.nodes[(paragraph + 2)..<max(paragraph + 2, Int(properties.end))] {
      switch parser.localName(node) {
      case "numId": list = list ?? parser.attribute("val", of: node)
      case "ilvl": level = level ?? parser.attribute("val", of: node).flatMap { Int($0) }
      case "pStyle": style = parser.attribute("val", of: node)
      // What the paragraph was before somebody changed it.
      case "pPrChange": return numbering.label(list: list, level: level, style: style)
      default: break
      }
    }
    return numbering.label(list: list, level: level, style: style)
  }

  // MARK: Tables

  /// Adds a table of data with a line for each of its rows, and tells where the tables in it are.
  private mutating func addTable(_ index: Int) -> [Range<Int>] {
    let tree = parser.tree
    var cells = DOCXCells(parser, outline, styles, index)
    cells.read()
    for (remark, node) in cells.remarks { remarks.note(remark, at: .path(paths.path(of: node))) }
    let inner = cells.inner.map { $0..<Int(tree.nodes[$0].end) }
    for (row, node) in zip(cells.rows, cells.rowNodes) {
      guard let line = row.line else { continue }
      lines.append(Line(PrintedText(line), place: .path(paths.path(of: node))))
    }
    let place = Place.path(paths.path(of: index))
    guard let grid = MarkupGrid(cells.rows, path: { paths.path(of: $0) }) else {
      tooWide.append(place)
      return inner
    }
    guard grid.rows > 0, grid.columns > 1 else { return inner }
    tables.append(
      Table(
        id: "t\(tables.count + 1)", kind: .text, confidence: 0.97, rows: grid.rows, columns: grid.columns,
        regions: [place], cells: grid.cells, columnEvidence: .placed))
    return inner
  }
}
