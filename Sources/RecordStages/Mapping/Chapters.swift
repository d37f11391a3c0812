import DocumentModel

/// Which tables stand together: in one section of one report.
///
/// A file may hold two reports, and a report may print other tables with the words of the form in its narrative. Rows of one
/// table of the form are never gathered from both.
struct Chapters {
  /// For each report of the file, for each of its sections with tables, the indices of the tables.
  private(set) var reports: [[[Int]]] = []
  /// For each table, the words that stand over it: the headings of its section, short lines right before it, and its legend.
  private(set) var captions: [Int: [PrintedText]] = [:]

  /// The longest line before a table that is taken for words over it, in letters.
  private static let longestCaption = 40

  /// The blocks of each report of the file: the first level-one heading, printed again with the same words behind a table,
  /// begins another one.
  static func reports(of blocks: [Block]) -> [Range<Int>] {
    var first: Label?
    var starts = [0]
    var hasTable = false
    for (index, block) in blocks.enumerated() {
      switch block.kind {
      case .table: hasTable = true
      case .heading(level: 1):
        let label = Label(block.text.folded)
        if first == label, hasTable {
          starts.append(index)
          hasTable = false
        }
        first = first ?? label
      default: continue
      }
    }
    return zip(starts, starts.dropFirst() + [blocks.count]).map { $0..<$1 }
  }

  /// A level-one heading begins a section.
  init(_ blocks: [Block], tables: [Table]) {
    let indices = Dictionary(tables.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var placed: Set<Int> = []
    var sections: [[Int]] = [[]]
    var (headings, lines) = ([PrintedText](), [PrintedText]())
    let starts = Set(Self.reports(of: blocks).dropFirst().map(\.lowerBound))
    for (index, block) in blocks.enumerated() {
      switch block.kind {
      case .heading(level: let level):
        if level == 1 { headings = [] }
        headings.append(block.text)
        lines = []
      case .paragraph:
        lines = block.text.folded.unicodeScalars.count <= Self.longestCaption ? lines + [block.text] : []
      case .table(let id):
        if let index = indices[id] {
          captions[index] = headings + lines + [tables[index].caption, tables[index].unit].compactMap { $0?.text }
        }
        lines = []
      case .title: break
      }
      switch block.kind {
      case .heading(level: 1):
        if starts.contains(index) {
          reports.append(sections)
          sections = []
        }
        sections.append([])
      case .table(let id):
        guard let index = indices[id], placed.insert(index).inserted else { continue }
        sections[sections.count - 1].append(index)
      default: continue
      }
    }
    // Tables that have no place in the flow stand with the last.
    sections[sections.count - 1] += tables.indices.filter { !placed.contains($0) }
    reports.append(sections)
    reports = reports.map { $0.filter { !$0.isEmpty } }.filter { !$0.isEmpty }
    if reports.isEmpty { reports = [[Array(tables.indices)]] }
  }
}
