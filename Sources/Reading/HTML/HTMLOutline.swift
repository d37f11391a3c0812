/// What has to be known of all elements of a page before its text is read: how much text lies within each, how much of it
/// links, and which tables are tables.
struct HTMLOutline {
  /// What there is before an index.
  private struct Totals {
    /// Bytes of text that are printed, and of them those in links.
    var printed: Int32 = 0
    var linked: Int32 = 0
    /// Elements that begin.
    var links: Int32 = 0
    var headings: Int32 = 0
  }

  private var totals: [Totals] = [Totals()]
  /// For each index, how many data tables begin before it.
  private var dataTables: [Int32] = []
  /// The tables, by the index of their element.
  private(set) var tables: [Int: TableShape] = [:]
  /// How many cells they have.
  private(set) var cells = 0
  /// The places at which a table begins.
  private var tableStarts: [Int] = []
  private let parser: HTMLParser

  /// Looks at a page; `particulars` tells the names of a list of particulars.
  init(_ parser: HTMLParser, particulars: Particulars) {
    self.parser = parser
    measure(particulars)
    decide()
  }

  /// What the attributes of an element say, if anything.
  func attributes(_ node: MarkupTree.Node) -> HTMLAttributes? {
    node.kind == MarkupTree.text || node.first < 0 ? nil : parser.attributes[Int(node.first)]
  }

  // MARK: Text that is shown

  /// Whether a text is a link of its own with nothing but digits in it, and, if so, whether it leads to a place in a page, as
  /// the marks of notes do: behind a figure its digits are none of the figure's.
  func isNoteInLink(_ text: Int) -> Bool? {
    let nodes = parser.tree.nodes
    let words = parser.tree.text(nodes[text]).filter { $0 > 0x20 }
    guard !words.isEmpty, words.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    var around = Int(nodes[text].parent)
    while around >= 0, nodes[around].kind == HTMLKind.inline.rawValue { around = Int(nodes[around].parent) }
    guard around >= 0, nodes[around].kind == HTMLKind.link.rawValue, let address = attributes(nodes[around])?.address
    else { return nil }
    return words.count < 4 && address.contains("#")
  }

  /// Whether nothing within an element is part of the text, whatever it is.
  func isUnseen(_ index: Int, _ node: MarkupTree.Node) -> Bool {
    switch HTMLKind(rawValue: node.kind) {
    case .skipped, .head, .title, .meta, .style, .frame, .column, .field, .choice, .option, .picture: true
    default: parser.shown[index].contains(.gone)
    }
  }

  /// What was written into a field of a form, or chosen in it.
  func filled(_ index: Int, _ node: MarkupTree.Node) -> ArraySlice<UInt8> {
    let nodes = parser.tree.nodes
    let end = Int(node.end)
    guard node.kind == HTMLKind.choice.rawValue else { return texts(in: index..<end) }
    let options = (index..<end).filter { nodes[$0].kind == HTMLKind.option.rawValue && nodes[$0].end > $0 + 1 }
    let chosen = options.first { attributes(nodes[$0])?.isMarked == true } ?? options.first
    return chosen.map { texts(in: $0..<Int(nodes[$0].end)) } ?? []
  }

  private func texts(in range: Range<Int>) -> ArraySlice<UInt8> {
    let nodes = parser.tree.nodes
    var result: [UInt8] = []
    for index in range where nodes[index].kind == MarkupTree.text { result += parser.tree.text(nodes[index]) }
    return result[...]
  }

  /// Whether an element is a part of the site around the article, and no part of that.
  ///
  /// It says so by its name, its class or its id, or its text is links for the most part, of which it has three or more. An
  /// element with much of all text, a table of data or a heading of its own is none, whatever it says: classes lie, and an
  /// element that is not closed has all that follows.
  func isChrome(_ index: Int, _ node: MarkupTree.Node) -> Bool {
    let range = (index, Int(node.end))
    let kind = HTMLKind(rawValue: node.kind)
    let isNamed = kind == .chrome || parser.looks.looks[Int(parser.looks.places[index])].isChrome
    let canBeList = kind == .block || kind == .table || kind == .cell || kind == .definition || kind == .chrome
    guard isNamed || canBeList else { return false }
    let (text, link, links) = (sum(\.printed, range), sum(\.linked, range), sum(\.links, range))
    let isList = canBeList && links >= 3 && 10 * link >= 6 * text && text > 0
    guard isNamed || isList, dataTables[range.0] == dataTables[range.1] else { return false }
    let whole = (0, totals.count - 1)
    if 10 * (text - link) > 3 * (sum(\.printed, whole) - sum(\.linked, whole)) { return false }
    return isList || sum(\.headings, range) == 0 || kind == .chrome && links >= 3
  }

  private func sum(_ total: (Totals) -> Int32, _ range: (Int, Int)) -> Int {
    Int(total(totals[range.1]) - total(totals[range.0]))
  }

  // MARK: Measuring

  private mutating func measure(_ particulars: Particulars) {
    let nodes = parser.tree.nodes
    var open: [OpenTable] = []
    var linkEnd = 0
    var unseenEnd = 0
    totals.reserveCapacity(nodes.count + 1)
    var total = Totals()
    for (index, node) in nodes.enumerated() {
      while let last = open.indices.last {
        if open[last].hasCell, open[last].cellEnd <= index { open[last].closeCell(particulars) }
        guard open[last].end <= index else { break }
        tables[open[last].index] = open.removeLast().shape
      }
      if index >= unseenEnd, isUnseen(index, node) {
        unseenEnd = Int(node.end)
        let isFilled = node.kind == HTMLKind.field.rawValue || node.kind == HTMLKind.choice.rawValue
        if isFilled, parser.shown[index].isSaid, let last = open.indices.last {
          open[last].add(filled(index, node), isLinked: false)
        }
      }
      if index >= unseenEnd {
        switch HTMLKind(rawValue: node.kind) {
        case .text where parser.shown[index].isSaid:
          let bytes = parser.tree.text(node)
          let printed = Int32(bytes.printed)
          total.printed += printed
          if index < linkEnd { total.linked += printed }
          if let last = open.indices.last { open[last].add(bytes, isLinked: index < linkEnd) }
        case .link where attributes(node)?.address != nil:
          linkEnd = max(linkEnd, Int(node.end))
          total.links += 1
        case .heading:
          total.headings += 1
          if let last = open.indices.last { open[last].cell.isFlow = true }
        case .table:
          tableStarts.append(index)
          let shape = TableShape(parent: open.last?.index)
          open.append(OpenTable(index: index, end: Int(node.end), shape: shape))
        case .row:
          if let last = open.indices.last { open[last].shape.beginRow() }
        case .cell, .headerCell:
          cells += 1
          guard let last = open.indices.last else { break }
          open[last].beginCell(isHeader: node.kind == HTMLKind.headerCell.rawValue, end: Int(node.end), particulars)
        default: break
        }
      }
      totals.append(total)
    }
    while var last = open.popLast() {
      last.closeCell(particulars)
      tables[last.index] = last.shape
    }
  }

  /// A table in which the walk is.
  private struct OpenTable {
    let index: Int
    let end: Int
    var shape: TableShape
    var cell = TableShape.CellShape()
    private(set) var hasCell = false
    private(set) var cellEnd = 0

    init(index: Int, end: Int, shape: TableShape) {
      self.index = index
      self.end = end
      self.shape = shape
    }

    mutating func beginCell(isHeader: Bool, end: Int, _ particulars: Particulars) {
      closeCell(particulars)
      cell.clear(isHeader: isHeader)
      (hasCell, cellEnd) = (true, end)
    }

    mutating func add(_ bytes: ArraySlice<UInt8>, isLinked: Bool) {
      if hasCell { cell.add(bytes, isLinked: isLinked) }
    }

    mutating func closeCell(_ particulars: Particulars) {
      guard hasCell else { return }
      shape.add(cell, isName: particulars.isName(cell.text))
      hasCell = false
    }
  }

  private mutating func decide() {
    var dataStarts: [Int] = []
    for table in tableStarts.reversed() {
      guard let shape = tables[table], shape.isData else { continue }
      dataStarts.append(table)
      tables[table]?.holdsData = true
      if let parent = shape.parent { tables[parent]?.innerTables += 1 }
    }
    dataTables.reserveCapacity(parser.tree.nodes.count + 1)
    var count: Int32 = 0
    dataTables.append(0)
    for index in parser.tree.nodes.indices {
      if dataStarts.last == index {
        dataStarts.removeLast()
        count += 1
      }
      dataTables.append(count)
    }
  }
}
