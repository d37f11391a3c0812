import DocumentModel

/// Reads the text and the tables of a page, without the site around it.
///
/// ```
/// <div class="nav">…</div>                         left out
/// <h1>Report</h1>                                  a line
/// <p>In <span>2024</span> the<br>office …</p>      two lines
/// <table><tr><td>kind<td>sum …</table>             a table, and a line for each of its rows
/// <table><tr><td><p>…</p><td><ul>…</table>         laid out by a table: lines
/// ```
struct HTMLReader {
  private(set) var lines: [Line] = []
  private(set) var tables: [Table] = []
  /// Files that the page links to, by what the link says, and where.
  private(set) var attachments: [(name: String, place: Place)] = []
  /// Tables that are wider than a grid may be.
  private(set) var tooWide: [Place] = []

  /// What is odd about texts.
  private(set) var remarks = MarkupRemarks()

  private let tree: MarkupTree
  private var paths: MarkupPaths
  private let shown: [Shown]
  private let outline: HTMLOutline
  private let particulars: Particulars
  private var text = MarkupText()
  /// The block elements around what is being read, with the index behind each.
  private var open: [(index: Int, end: Int, lines: Int)] = []

  /// Reads a page.
  init(_ parser: HTMLParser, outline: HTMLOutline, particulars: Particulars) {
    tree = parser.tree
    paths = MarkupPaths(tree)
    shown = parser.shown
    self.particulars = particulars
    self.outline = outline
    walk()
    addNames()
  }

  // MARK: Flow

  private mutating func walk() {
    var index = 0
    let nodes = tree.nodes
    while index < nodes.count {
      while let last = open.last, last.end <= index {
        if tree.nodes[last.index].kind != HTMLKind.term.rawValue { flush() }
        open.removeLast()
      }
      let node = nodes[index]
      if outline.isUnseen(index, node) || outline.isChrome(index, node) {
        noteAttachments(in: index..<Int(node.end))
        index = Int(node.end)
        continue
      }
      switch HTMLKind(rawValue: node.kind) ?? .inline {
      case .text: add(node, at: index)
      case .lineBreak: flush()
      case .table where outline.tables[index]?.holdsData == true:
        flush()
        addTable(index)
        index = Int(node.end)
        continue
      case .table where outline.tables[index]?.isListOfParticulars == true:
        flush()
        addParticulars(index)
        index = Int(node.end)
        continue
      case .definition:
        text.breakWord()
        text.seam()
        open.append((index, Int(node.end), 0))
      case .link:
        noteAttachment(index)
        text.seam()
      case .inline: text.seam()
      default:
        flush()
        open.append((index, Int(node.end), 0))
      }
      index += 1
    }
    flush()
  }

  /// Adds characters to a text, unless they are not shown or do not hold any more.
  private mutating func add(_ node: MarkupTree.Node, at index: Int) {
    guard shown[index].isSaid else {
      if shown[index].isSeen, tree.holdsWords(index) {
        remarks.note(.struck, at: .path(paths.path(of: Int(node.parent))))
      }
      return
    }
    let isVerbatim = open.last.map { tree.nodes[$0.index].kind == HTMLKind.preformatted.rawValue } ?? false
    guard isVerbatim else {
      let isNote = text.endsWithFigure && outline.isNoteInLink(index) == true
      text.append(tree.text(node), shown: isNote ? shown[index].union(.raised) : shown[index])
      return
    }
    for (number, line) in tree.text(node).split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if number > 0 { flush() }
      if !line.isEmpty { text.append(verbatim: line) }
    }
  }

  private mutating func flush() {
    guard !text.isEmpty else {
      text.clear()
      return
    }
    let path = paths.path(of: open.last?.index ?? 0)
    var start = 0
    for end in particulars.cuts(text.bytes, at: text.seams) + [text.bytes.count] {
      let part = text.bytes[start..<end]
      start = end
      guard part.contains(where: { $0 != 0x20 }), !particulars.isLeftOut(part) else { continue }
      // The lines of an element behind its first are told apart by their number.
      let number = open.last.map { $0.lines + 1 } ?? 1
      if let last = open.indices.last { open[last].lines = number }
      let place = number > 1 ? path + "/text()[\(number)]" : path
      lines.append(Line(PrintedText(String(decoding: part, as: UTF8.self)), place: .path(place)))
    }
    text.clear()
  }

  // MARK: Tables

  /// Adds a table of data and those within its cells, each with a line for each of its rows.
  private mutating func addTable(_ first: Int) {
    var waiting = [first]
    noteAttachments(in: first..<Int(tree.nodes[first].end))
    while let index = waiting.popLast() {
      var cells = HTMLCells(index, in: tree, shown: shown, outline: outline)
      cells.read()
      for (remark, node) in cells.remarks { remarks.note(remark, at: .path(paths.path(of: node))) }
      for stray in cells.strays {
        lines.append(Line(PrintedText(stray.text), place: .path(paths.path(of: stray.node))))
      }
      waiting += cells.inner.reversed()
      for row in cells.rows {
        guard let line = row.line else { continue }
        let parent = Int(tree.nodes[row[0].node].parent)
        lines.append(Line(PrintedText(line), place: .path(paths.path(of: parent))))
      }
      let place = Place.path(paths.path(of: index))
      guard let grid = MarkupGrid(cells.rows, groups: cells.groups, path: { paths.path(of: $0) }) else {
        tooWide.append(place)
        continue
      }
      guard grid.rows > 0, grid.columns > 1 else { continue }
      var table = Table(
        id: "t\(tables.count + 1)", kind: .text, confidence: Self.confidence, rows: grid.rows, columns: grid.columns,
        regions: [place], cells: grid.cells, columnEvidence: .placed)
      table.caption = cells.caption.map { Table.Legend(PrintedText($0.text), places: [.path(paths.path(of: $0.node))]) }
      tables.append(table)
    }
  }

  /// How sure a table of markup is.
  private static let confidence = 0.97

  /// Adds a line for each name and what is said of it.
  private mutating func addParticulars(_ index: Int) {
    var cells = HTMLCells(index, in: tree, shown: shown, outline: outline)
    cells.read()
    noteAttachments(in: index..<Int(tree.nodes[index].end))
    for row in cells.rows {
      var next = 0
      while next < row.count {
        let name = row[next].text
        next += 1
        guard particulars.isName(Array(name.utf8)) else {
          if !name.isEmpty { lines.append(Line(PrintedText(name), place: place(of: row[next - 1]))) }
          continue
        }
        var value = ""
        if next < row.count, !particulars.isName(Array(row[next].text.utf8)) {
          value = row[next].text.split(separator: "\n").joined(separator: " ")
          next += 1
        }
        let isClosed = name.last.map { [":", "\u{FF1A}"].contains($0) } ?? false
        lines.append(Line(PrintedText(name + (isClosed ? "" : ":") + value), place: place(of: row[next - 1])))
      }
    }
  }

  private mutating func place(of cell: MarkupGrid.RawCell) -> Place { .path(paths.path(of: cell.node)) }

  // MARK: Names of the page

  /// Adds what the page calls itself, where its text does not have it.
  ///
  /// What stands behind a stroke or a bar is the name of the site.
  private mutating func addNames() {
    var names: [(name: String, index: Int)] = []
    for (index, node) in tree.nodes.enumerated().prefix(Self.longestHead) {
      switch HTMLKind(rawValue: node.kind) {
      case .title where index + 1 < Int(node.end):
        let text = String(decoding: tree.text(tree.nodes[index + 1]), as: UTF8.self)
        names.append((String(text.split { "_|-\u{2013}\u{2014}".contains($0) }.first ?? ""), index))
      case .meta:
        guard let said = outline.attributes(node), said.name?.lowercased().hasSuffix("title") == true else { continue }
        names.append((said.content ?? "", index))
      default: continue
      }
    }
    var printed = lines.prefix(Self.longestHead).map { $0.text.raw.filter { !$0.isWhitespace } }.joined()
    var added: [Line] = []
    for (name, index) in names.prefix(4) {
      let squeezed = name.filter { !$0.isWhitespace }
      guard squeezed.count > 3, !printed.contains(squeezed) else { continue }
      printed += squeezed
      let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      added.append(Line(PrintedText(words), place: .path(paths.path(of: index))))
    }
    lines.insert(contentsOf: added, at: 0)
  }

  private static let longestHead = 200

  // MARK: Attachments

  private mutating func noteAttachments(in range: Range<Int>) {
    for index in range { noteAttachment(index) }
  }

  private mutating func noteAttachment(_ index: Int) {
    let node = tree.nodes[index]
    guard node.kind == HTMLKind.link.rawValue || node.kind == HTMLKind.frame.rawValue,
      let address = outline.attributes(node)?.address, Self.isFile(address)
    else { return }
    var name: [UInt8] = []
    for inner in index..<Int(node.end) where tree.nodes[inner].kind == MarkupTree.text {
      if name.count < 300 { name += tree.text(tree.nodes[inner]) }
    }
    let words = String(decoding: name, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    attachments.append((words.isEmpty ? address : words, .path(paths.path(of: index))))
  }

  private static func isFile(_ address: String) -> Bool {
    let path = address.prefix { $0 != "?" && $0 != "#" }.lowercased()
    return files.contains { path.hasSuffix($0) }
  }

  private static let files = [
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".ofd", ".zip", ".rar", ".7z", ".csv",
  ]
}
