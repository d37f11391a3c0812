import DocumentModel

/// Rows that were not found, or print nothing, while figures stand in their place under a name that the form does not know.
///
/// ```
///   novels            | 12 | 3 | 15        The row of poems is not missing: what is printed may be its figures.
///   poems, from 2019  |  4 | 1 |  6        No sum may put others in their place.
///   sum               | 16 | 4 | 20
///
///   comic strips and  |    |   |           Nor is the row of strips blank.
///   graphic novels    |  4 | 1 |  6
/// ```
struct ClaimedRows {
  private let mapping: BlockMapping
  private let used: Set<Int>
  private let figures: FigureReader

  /// Looks beside the rows of a block; lines that are `used` belong to a row of some block.
  init(_ mapping: BlockMapping, used: Set<Int>, figures: FigureReader) {
    (self.mapping, self.used, self.figures) = (mapping, used, figures)
  }

  /// The row, with nothing certain in it where another line may print it.
  func doubt(_ row: EvidenceGrid.Row, at index: Int) -> EvidenceGrid.Row {
    guard mapping.block.layout == .rows,
      let line = place(of: index).lazy.map({ mapping.document.lines[$0] }).first(where: printsFigures)
    else { return row }
    let name = line.heads.last.map { ": \($0.text.shown)" } ?? ""
    let note = "figures of a row that the form does not know stand in its place\(name)"
    return .placed(mapping.block.columns.map { _ in Token(raw: "", value: .null, state: .ambiguous, note: note) })
  }

  /// The lines between the rows before and behind, up to the next line that is used; beside a row that prints nothing the
  /// next one on either side.
  private func place(of row: Int) -> [Int] {
    let lines = mapping.document.lines
    if let first = mapping.lines[row].min(), let last = mapping.lines[row].max() {
      guard mapping.lines[row].allSatisfy({ lines[$0].printsNothing }) else { return [] }
      return [first - 1, last + 1].filter {
        lines.indices.contains($0) && !used.contains($0) && lines[$0].table == lines[last].table
      }
    }
    guard !mapping.block.equations.isEmpty else { return [] }
    let (before, behind) = (mapping.lines[..<row].joined().max(), mapping.lines[(row + 1)...].joined().min())
    guard let known = before ?? behind else { return [] }
    let tables = Set([before, behind].compactMap { $0.map { lines[$0].table } })
    let isFree = { (index: Int) in lines.indices.contains(index) && !used.contains(index) }
    if let before, let behind {
      return (min(before, behind)...max(before, behind)).filter { isFree($0) && tables.contains(lines[$0].table) }
    }
    let step = before == nil ? -1 : 1
    var place: [Int] = []
    var next = known + step
    while isFree(next), tables.contains(lines[next].table) {
      place.append(next)
      next += step
    }
    return place
  }

  private func printsFigures(_ line: TableLine) -> Bool {
    (line.values + line.figuresBeforeName).contains { figures.hole($0.text) == nil && figures.isFigureOrHole($0.text) }
  }
}
