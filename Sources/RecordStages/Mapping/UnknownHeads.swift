import DocumentModel

/// Words over the figures of a block that the form does not know, and what they leave unsure.
///
/// The sums do not see two columns exchanged. A single other word in the place of a head is another word for it; two of them
/// may stand in each other's place, and where known heads are moved beside them nothing tells which column is which:
///
/// ```
///   form      adults | children | dogs  | total
///   adults | kids     | dogs    | total          kids: children
///   adults | kids     | animals | total          children and dogs are unsure
///   adults | dogs     | kids    | total          all are unsure
/// ```
struct UnknownHeads {
  private let block: FormBlock
  private let document: TableLines
  private let groups: [(columns: [Int], labels: [Label])]

  /// What a word of a header is.
  private enum Name: Equatable {
    case column(Int)
    case group(Int)
    case unknown
  }

  init(of block: FormBlock, in document: TableLines) {
    self.block = block
    self.document = document
    groups =
      block.layout == .line
      ? []
      : block.headings.map { heading in
        (block.columns.indices.filter { block.columns[$0].group == heading.group }, heading.labels)
      }
  }

  /// The columns that are unsure under the words above these lines of the block.
  func columns(of lines: [Int]) -> Set<Int> {
    let all = Set(block.columns.indices)
    guard all.count > 1 else { return [] }
    var unsure: Set<Int> = []
    for line in lines {
      for (row, words) in document.headerWords(above: line)
      where words.count > 1 && row < document.lines[line].row && unsure.count < all.count {
        unsure.formUnion(
          block.layout == .line ? columns(ofCases: words, above: line) : columns(ofRow: words, above: line))
      }
      if block.layout == .line, hasUnknownRows(above: line) { return all }
    }
    return unsure
  }

  // MARK: A line for each row

  private func columns(ofRow words: [TableLines.Word], above line: Int) -> Set<Int> {
    guard words.contains(where: { name(of: $0) == .unknown }) else { return [] }
    // A piece of a name is one where all are in their places.
    let pieced = words.map(nameOrPiece)
    let isPieced = fits(pieced) || isCorner(words, pieced, above: line) && fits(Array(pieced.dropFirst()))
    let names = isPieced ? pieced : words.map(name(of:))
    guard isCorner(words, names, above: line) else { return columns(unsureIn: names) }
    // What stands over the names of the rows is no head, unless the others are too few for the figures.
    let heads = Array(names.dropFirst())
    let isWhole = fits(heads) || document.lines[line].values.count < names.count
    return columns(unsureIn: isWhole || !levels.contains { $0.count == names.count } ? heads : names)
  }

  /// The names that may stand side by side: all columns, those of a group, or groups beside what stands in none.
  private var levels: [[Name]] {
    let all = block.columns.indices.map { Name.column($0) }
    guard !groups.isEmpty else { return [all] }
    var upper: [Name] = []
    for column in block.columns.indices {
      let group = groups.firstIndex { $0.columns.contains(column) }
      let name = group.map { Name.group($0) } ?? .column(column)
      if upper.last != name { upper.append(name) }
    }
    return [all, upper] + groups.map { $0.columns.map { .column($0) } }
  }

  /// Whether they are a whole level, each in its place, as far as they are known.
  private func fits(_ names: [Name]) -> Bool { level(of: names) != nil }

  private func level(of names: [Name]) -> [Name]? {
    levels.first { level in level.count == names.count && zip(level, names).allSatisfy { $1 == .unknown || $0 == $1 } }
  }

  private func columns(unsureIn names: [Name]) -> Set<Int> {
    let unknown = names.count { $0 == .unknown }
    guard unknown > 0 else { return [] }
    if let level = level(of: names) {
      // One of them is what the level has besides.
      return unknown == 1 ? [] : Set(zip(level, names).filter { $1 == .unknown }.flatMap { columns(of: $0.0) })
    }
    let isWhole = levels.contains { $0.count == names.count }
    guard isWhole || names.count >= unknown + 2 else { return [] }
    return isWhole || isMoved(names) ? Set(block.columns.indices) : []
  }

  /// Whether unknown words stand where the form has another number of columns, in a row that is no whole level.
  private func isMoved(_ names: [Name]) -> Bool {
    let level = levels.last { level in names.allSatisfy { $0 == .unknown || level.contains($0) } } ?? levels[0]
    let places = names.map { level.firstIndex(of: $0) }
    let known = places.indices.filter { places[$0] != nil }
    guard let first = known.first, let last = known.last, let start = places[first], let end = places[last] else {
      return false
    }
    if first > 0, start > 0, first != start { return true }
    if last < names.count - 1, end < level.count - 1, level.count - end != names.count - last { return true }
    return zip(known, known.dropFirst()).contains { left, right in
      names[left...right].contains(.unknown) && places[right].map { $0 - (places[left] ?? 0) } != right - left
    }
  }

  private func columns(of name: Name) -> [Int] {
    switch name {
    case .column(let column): [column]
    case .group(let group): groups[group].columns
    case .unknown: []
    }
  }

  /// Whether the first word is an unknown one over the names of the rows.
  private func isCorner(_ words: [TableLines.Word], _ names: [Name], above line: Int) -> Bool {
    guard names.first == .unknown, let name = document.lines[line].heads.last else { return false }
    return words[0].cell.column < name.columnRange.upperBound
  }

  // MARK: All in one line

  /// The same for a block in one line, whose heads repeat for each of its rows.
  private func columns(ofCases words: [TableLines.Word], above line: Int) -> Set<Int> {
    let all = Set(block.columns.indices)
    var names = words.filter { !isRowName($0.label) }
    if let name = document.lines[line].heads.last {
      names.removeAll { $0.cell.column < name.columnRange.upperBound && self.name(of: $0) == .unknown }
    }
    let heads = names.map(nameOrPiece)
    guard names.contains(where: { name(of: $0) == .unknown }) else { return [] }
    guard heads.count.isMultiple(of: all.count) else {
      return names.count { name(of: $0) != .unknown } > 1 ? all : []
    }
    // A head that is known in one row of the block is so in all.
    var unknown = all
    for (index, head) in heads.enumerated() where head != .unknown {
      let column = index % all.count
      guard head == .column(column) else { return all }
      unknown.remove(column)
    }
    return unknown.count > 1 ? unknown : []
  }

  private func isRowName(_ label: Label) -> Bool {
    let names = block.rows.map(\.labels) + block.headings.map(\.labels)
    return names.contains { $0.likeness(to: label) >= 0.7 }
  }

  /// Whether the words above a line without a name are as many as its rows, or as the groups of them, and none of them is
  /// known.
  private func hasUnknownRows(above line: Int) -> Bool {
    guard document.lines[line].heads.isEmpty else { return false }
    let rows = document.headerWords(above: line).map(\.words)
    guard !rows.joined().contains(where: { isRowName($0.label) }) else { return false }
    return rows.contains { words in
      (2...block.rows.count).contains(words.count) && words.allSatisfy { name(of: $0) == .unknown }
    }
  }

  // MARK: Words

  private func name(of word: TableLines.Word) -> Name {
    let columns = block.columns.enumerated().map { (Name.column($0), $1.labels.likeness(to: word.label)) }
    let groups = groups.enumerated().map { (Name.group($0), $1.labels.likeness(to: word.label)) }
    guard let best = (columns + groups).max(by: { $0.1 < $1.1 }), best.1 >= 0.7 else { return .unknown }
    return best.0
  }

  /// The same; a word that is a piece of one column's name, and of no other's, is its name.
  private func nameOrPiece(_ word: TableLines.Word) -> Name {
    let whole = name(of: word)
    guard whole == .unknown, word.label.core.count > 1 else { return whole }
    let holders = block.columns.indices.filter { block.columns[$0].labels.contains { $0.contains(word.label) } }
    return holders.count == 1 ? .column(holders[0]) : .unknown
  }
}
