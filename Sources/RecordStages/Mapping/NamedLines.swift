import DocumentModel

/// Which rows of a block in one line its lines are, where it is printed in several lines.
///
/// Each says it by its own name, by a word over its figures, or by words over a table of its own:
///
/// ```
///   suits   | 3 1 4        appeals                suits
///   appeals | 2 0 2        won | lost | all       won | lost | all
///                          2   | 0    | 2         3   | 1    | 4
/// ```
/// Lines of which all are named come in the order of the form; a single other name is another word for the row that is left.
struct NamedLines {
  private let block: FormBlock
  private let document: TableLines
  private let run: [Int]

  /// What a name says: the row that it names, or the first of those that it is the heading of; nil for one that the form does
  /// not know.
  private typealias Name = Int?

  init(_ run: [Int], of block: FormBlock, in document: TableLines) {
    (self.run, self.block, self.document) = (run, block, document)
  }

  /// The lines in the order of the form, as far as their names say it, and whether that is sure; `length` tells how many figures
  /// a line prints.
  func inOrderOfForm(length: (Int) -> Int) -> (run: [Int], isSure: Bool) {
    guard run.count > 1 else { return (run, true) }
    let names = run.map(name(of:))
    let rows = names.compactMap { $0.flatMap { $0 } }
    let isEachNamed = Set(rows).count == rows.count
    if run.count == block.rows.count, rows.count == run.count, isEachNamed {
      return (zip(rows, run).sorted { $0.0 < $1.0 }.map(\.1), true)
    }
    var place = 0
    for (line, name) in zip(run, names) {
      if case .some(.some(let row)) = name, row * block.columns.count != place { return (run, false) }
      place += length(line)
    }
    return (run, names.count { $0 == .some(nil) } < 2 && isEachNamed)
  }

  /// What the nearest words say of a line; nil where there are none.
  private func name(of line: Int) -> Name? {
    if let own = document.lines[line].heads.last { return .some(row(named: Label(own.text.folded))) }
    for (_, words) in document.headerWords(above: line).reversed() {
      let rows = Set(words.compactMap { row(named: $0.label) })
      if let row = rows.first { return rows.count == 1 ? row : nil }
    }
    guard Set(run.map { document.lines[$0].table }).count == run.count else { return nil }
    let captions = document.captions[document.lines[line].table]?.reversed() ?? []
    return captions.lazy.compactMap { row(named: Label($0.folded)) }.first
  }

  private func row(named label: Label) -> Int? {
    let rows = block.rows.enumerated().map { ($0, $1.labels.likeness(to: label)) }
    let groups = block.headings.compactMap { heading in
      block.rows.firstIndex { $0.group == heading.group }.map { ($0, heading.labels.likeness(to: label)) }
    }
    guard let best = (rows + groups).max(by: { $0.1 < $1.1 }), best.1 >= 0.7 else { return nil }
    return best.0
  }
}
