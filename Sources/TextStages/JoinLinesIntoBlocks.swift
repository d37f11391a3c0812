public import DocumentModel
public import PipelineKit

/// Joins lines to headings and paragraphs, and finds the title and the places of tables.
///
/// Reads lines, and tables and pages where they are; writes blocks. Run it after the lines have been normalised.
///
/// ```
/// Annual report              title       matches a pattern of the title, before the first heading
/// 1. Overview                heading 1   begins with a pattern of its level, and is short
///    In 2024 the office had  paragraph   lines joined over line and page breaks
/// twelve cases.
/// (1) Cases: there were ...  paragraph   its heading is run in
/// | a | b |                  table       once, at the first line that belongs to it
/// ```
/// Page numbers and running heads are left out. Which lines belong together is the rule of ``TextColumn`` on pages and
/// of ``WrappedText`` in text sources; in markup every line is a paragraph. A line that begins like a heading or with
/// a number begins a block. What is a heading is decided when its lines have been joined: it has at most
/// `headingLength` scalars, and no sentence goes on behind a stop or a colon; at level 1 a few words may. A line in three parts that
/// stand apart is no heading and stays by itself: it is a row of a table that nobody found.
///
/// A line printed across the text or beside it is a paragraph after the one that it would cut.
///
/// Fails where paragraphs are neither indented nor set apart and their last line is full, and in texts of several
/// columns. A line of marks alone between two lines of one table is part of it. A table without a line of text has no block.
public struct JoinLinesIntoBlocks: Stage {
  /// The settings of ``JoinLinesIntoBlocks``; patterns are regular expressions over folded texts.
  public struct Options: StageOptions {
    /// For each level of headings, from the highest, how they begin.
    public var headings: [[Pattern]] = []
    /// The longest heading, in scalars of its folded text.
    public var headingLength = 40
    /// How other lines begin that begin a block, such as the names of a list of particulars.
    public var starts: [Pattern] = []
    /// What is found in a title, the most trusted pattern first.
    public var title: [Pattern] = []

    /// No headings and no title.
    public init() {}

    /// What each option means, for people who write pipeline files.
    public static let meanings = [
      "headings": "For each level of headings, from the highest, how they begin.",
      "headingLength": "The longest heading, in scalars of its folded text.",
      "starts": "How other lines begin that begin a block, such as the names of a list of particulars.",
      "title": "What is found in a title, the most trusted pattern first.",
    ]
  }

  /// See ``Stage/contract``.
  public static let contract = StageContract(
    "text.blocks", version: 4, summary: "Joins lines to headings and paragraphs", reads: [.lines],
    mayRead: [.tables, .pages], writes: [.blocks])

  private let patterns: BlockPatterns

  /// Ready as it is.
  public init(options: Options) {
    patterns = BlockPatterns(
      headings: options.headings, title: options.title, starts: options.starts,
      headingLength: options.headingLength)
  }

  /// See ``Stage/run(_:in:)``.
  public func run(_ document: inout Document, in context: StageContext) throws {
    let tables = document.tables ?? []
    let regions = PageRegions(tables: tables)
    var flow = (document.lines ?? []).filter { $0.role == .body && !$0.text.isBlank }
      .map { (line: $0, table: regions.table(at: $0.place)) }
    // Rules of Markdown, and marks that were torn from a cell.
    for index in flow.indices.dropFirst().dropLast()
    where flow[index].table == nil && flow[index].line.isOfMarksOnly && flow[index - 1].table != nil
      && flow[index - 1].table == flow[index + 1].table
    {
      flow[index].table = flow[index - 1].table
    }
    let strays = strays(in: document.lines ?? [])
    var text: [Line] = []
    for part in flow where part.table == nil && !strays.contains(part.line.place) { text.append(part.line) }

    let column = text.contains { $0.place.page != nil } ? TextColumn(text, pages: document.pages ?? []) : nil
    let title = TitleSearch(text, patterns: patterns, column: column).range
    var writer = BlockWriter(patterns: patterns, column: column, wrapped: WrappedText(text.filter { !$0.isTabular }))
    var position = 0
    for part in flow {
      if let table = part.table {
        writer.addTable(tables[table], at: part.line.place)
      } else if strays.contains(part.line.place) {
        writer.addStray(part.line)
      } else {
        writer.add(part.line, isTitle: title?.contains(position) ?? false)
        position += 1
      }
    }
    document.blocks = writer.finished()
  }

  /// Places of lines that follow a lower one on the same page: they are printed across the text or beside it.
  private func strays(in lines: [Line]) -> Set<Place> {
    var lowest: [Int: Double] = [:]
    var strays: Set<Place> = []
    for line in lines {
      guard case .page(let page, let box) = line.place else { continue }
      if let low = lowest[page], box.midY < low - line.size { strays.insert(line.place) }
      lowest[page] = max(lowest[page] ?? box.midY, box.midY)
    }
    return strays
  }
}

/// Writes blocks, a line at a time.
private struct BlockWriter {
  let patterns: BlockPatterns
  let column: TextColumn?
  let wrapped: WrappedText
  private var blocks: [Block] = []
  private var open: [Line] = []
  private var openIsTitle = false
  private var strays: [Line] = []
  private var tableBlocks: [String: Int] = [:]

  init(patterns: BlockPatterns, column: TextColumn?, wrapped: WrappedText) {
    self.patterns = patterns
    self.column = column
    self.wrapped = wrapped
  }

  mutating func add(_ line: Line, isTitle: Bool) {
    if isTitle != openIsTitle || !(isTitle || continues(line)) { close() }
    open.append(line)
    openIsTitle = isTitle
  }

  /// Takes a line that is no part of the flow; it comes after the paragraph that is open.
  mutating func addStray(_ line: Line) {
    strays.append(line)
    if open.isEmpty { close() }
  }

  mutating func addTable(_ table: Table, at place: Place) {
    close()
    if let index = tableBlocks[table.id] {
      if table.regions.isEmpty { blocks[index].places.append(place) }
    } else {
      tableBlocks[table.id] = blocks.count
      let places = table.regions.isEmpty ? [place] : table.regions
      blocks.append(Block(.table(id: table.id), text: PrintedText(""), places: places))
    }
  }

  mutating func finished() -> [Block] {
    close()
    return blocks
  }

  private func continues(_ line: Line) -> Bool {
    guard let last = open.last, !last.isTabular, !line.isTabular else { return false }
    if startsWithNumber(line.text.folded) || patterns.startsBlock(line.text.folded) { return false }
    if let column { return column.joins(last, line) }
    return wrapped.joins(last, line) && patterns.levelOfHeading(last.text.folded) == nil
  }

  /// `1.`, `12)`, `(3)` or a circled number.
  private func startsWithNumber(_ folded: String) -> Bool {
    let scalars = folded.unicodeScalars
    guard let first = scalars.first else { return false }
    if (0x2460...0x2473).contains(first.value) { return true }
    let rest = first == "(" ? scalars.dropFirst() : scalars[...]
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard (1...2).contains(digits.count), let mark = rest.dropFirst(digits.count).first else { return false }
    if first == "(" { return mark == ")" }
    let isDecimal = rest.dropFirst(digits.count + 1).first.map { ("0"..."9").contains($0) } ?? false
    return ".)\u{3001}".unicodeScalars.contains(mark) && !isDecimal
  }

  private mutating func close() {
    defer {
      blocks += strays.map { Block(.paragraph, text: $0.text, places: [$0.place]) }
      strays.removeAll()
    }
    guard !open.isEmpty else { return }
    let text = JoinedText.of(open.map(\.text))
    let kind: Block.Kind =
      if openIsTitle {
        .title
      } else if !open.contains(where: \.isTabular), let level = patterns.levelOfHeading(text.folded) {
        .heading(level: level)
      } else {
        .paragraph
      }
    blocks.append(Block(kind, text: text, places: open.map(\.place)))
    open.removeAll()
    openIsTitle = false
  }
}

extension Line {
  /// Whether it has neither a letter nor a figure.
  fileprivate var isOfMarksOnly: Bool {
    !text.raw.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
  }

  /// Whether two gaps of more than 1.5 em part it, or separators of columns in a text source.
  fileprivate var isTabular: Bool {
    if words.isEmpty {
      let parts = text.raw.unicodeScalars.split { $0 == "\t" || $0 == "|" }
      return parts.count(where: { $0.contains { !$0.properties.isWhitespace } }) > 2
    }
    return zip(words, words.dropFirst()).count(where: { $1.box.x0 - $0.box.x1 > 1.5 * size }) > 1
  }
}
