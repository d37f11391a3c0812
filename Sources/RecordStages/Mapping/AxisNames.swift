import DocumentModel

/// The names along one side of a block, with the headings that some of them stand under.
///
/// In running text a header of two levels is flattened, one printed row after the other, and what spans both may stand in
/// either. Within a printed row the order is certain; a heading stands for all names under it:
///
/// ```
///   girls | adults | total               girls | adults        | total        total | girls | adults
///   novels: women | men            =           | women | men   |          ≠         |       | women | men
///
///   girls, women, men, total             girls, women, men, total             total, girls, women, men
/// ```
struct AxisNames {
  private let names: [(labels: [Label], group: String?)]
  private let headings: [(group: String, labels: [Label])]

  /// What a word of a header is.
  private enum Name: Hashable {
    case item(Int)
    case heading(String)
  }

  /// A printed row of words; loose where they stand one a line, so that rows cannot be told from one another.
  struct Row {
    var words: [Label]
    var isLoose: Bool
  }

  /// A printed row of names.
  private struct Line {
    var names: [Name]
    var isLoose: Bool
  }

  init(_ names: [(labels: [Label], group: String?)], headings: [(group: String, labels: [Label])]) {
    self.names = names
    self.headings = headings
  }

  /// Their order in the rows of a header, each with its words from left to right; nil where fewer than two are named.
  func order(in rows: [Row]) -> PrintedOrder? {
    let lines = lines(rows)
    guard lines.reduce(0, { $0 + $1.names.count }) > 1 else { return nil }
    var upper: [Int]?
    var members: [String: [Int]] = [:]
    for line in lines {
      for level in levels(of: line, among: lines) where level.map(place) != level.map(place).sorted() {
        let items = level.compactMap(item)
        let groups = Set(items.map { names[$0].group })
        if let group = groups.first ?? nil, groups.count == 1, items.count == level.count {
          guard items.count == names.count(where: { $0.group == group }) else { return .unknown }
          members[group] = items
        } else {
          // Words one a line come in the order of a program that read the page: another than the form's tells nothing.
          guard !line.isLoose, upper == nil, let whole = whole(level) else { return .unknown }
          upper = whole
        }
      }
    }
    let order = (upper ?? Array(names.indices)).reduce(into: [Int]()) { order, item in
      guard let group = names[item].group, let inOrder = members[group] else { return order.append(item) }
      if !inOrder.contains(where: order.contains) { order += inOrder }
    }
    return PrintedOrder(order)
  }

  // MARK: Levels

  /// The row cut where one level ends and the other begins.
  private func levels(of line: Line, among lines: [Line]) -> [[Name]] {
    let headed = Set(lines.flatMap(\.names).compactMap { if case .heading(let group) = $0 { group } else { nil } })
    let isUnder = { (name: Name) in item(name).flatMap { names[$0].group }.map(headed.contains) ?? false }
    let upper = line.names.filter { !isUnder($0) }
    var levels = [upper]
    for group in headed { levels.append(line.names.filter { item($0).map { names[$0].group == group } ?? false }) }
    // A lost heading leaves what it stood beside, then what it stood over.
    let alone = upper.prefix { item($0).map { names[$0].group == nil } ?? true }
    let rest = upper.dropFirst(alone.count)
    let isFlat = rest.allSatisfy { item($0).map { names[$0].group != nil } ?? false }
    if isFlat, alone.count > 1, !rest.isEmpty, line.isLoose || upper.count < names.count {
      levels[0] = Array(alone)
      levels.append(Array(rest))
    }
    return levels
  }

  /// The items of a level that names each once, be it by a heading; nil where one is not named.
  private func whole(_ level: [Name]) -> [Int]? {
    let items = level.flatMap { name -> [Int] in
      switch name {
      case .item(let item): [item]
      case .heading(let group): names.indices.filter { names[$0].group == group }
      }
    }
    return items.sorted() == Array(names.indices) ? items : nil
  }

  /// Where it stands in the form.
  private func place(_ name: Name) -> Int {
    switch name {
    case .item(let item): item
    case .heading(let group): names.firstIndex { $0.group == group } ?? 0
    }
  }

  private func item(_ name: Name) -> Int? {
    if case .item(let item) = name { item } else { nil }
  }

  // MARK: Words

  /// The rows with what their words name, each name where it stands first.
  private func lines(_ rows: [Row]) -> [Line] {
    var seen: Set<Name> = []
    var lines: [Line] = []
    for row in rows where !row.words.isEmpty {
      let named = row.words.compactMap(name).filter { seen.insert($0).inserted }
      if row.isLoose, lines.last?.isLoose == true {
        lines[lines.count - 1].names += named
      } else {
        lines.append(Line(names: named, isLoose: row.isLoose))
      }
    }
    return lines
  }

  /// What a word names best.
  private func name(_ word: Label) -> Name? {
    let all =
      names.indices.map { (Name.item($0), names[$0].labels) } + headings.map { (Name.heading($0.group), $0.labels) }
    let best = all.map { ($0, $1.likeness(to: word)) }.max { $0.1 < $1.1 }
    return best.flatMap { $0.1 >= 0.7 ? $0.0 : nil }
  }
}
