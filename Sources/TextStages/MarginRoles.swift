import DocumentModel

/// What the lines in the margins are for, seen over all pages.
struct MarginRoles {
  /// One for each line.
  private(set) var roles: [Line.Role]

  init(_ lines: [MarginLine], pageCount: Int) {
    roles = Array(repeating: .body, count: lines.count)
    // Most pages, but a few are enough in a long document.
    let half = (pageCount + 1) / 2
    for group in groups(of: lines, by: { $0.words.isEmpty ? nil : Key(isTop: $0.margin.isTop, words: $0.words) }) {
      for level in levels(of: group, in: lines) {
        let pages = Set(level.map { lines[$0].margin.page }).count
        if pages >= 3 || (pages >= 2 && pages >= half) { mark(level, as: .runningHead) }
      }
    }
    // A page number counts with the pages ...
    let steps = groups(of: lines) { line in
      line.number.map { Key(isTop: line.margin.isTop, step: $0.number - line.margin.page) }
    }
    for group in steps {
      let pages = Set(group.map { lines[$0].margin.page }).count
      if pages >= 2 { mark(group, as: .pageNumber) }
    }
    // ... or wears on most pages what bare figures of a text do not wear.
    let dresses = groups(of: lines) { line in
      line.number.flatMap { $0.dress.isEmpty ? nil : Key(isTop: line.margin.isTop, words: $0.dress) }
    }
    for group in dresses {
      let pages = Set(group.map { lines[$0].margin.page }).count
      if pages >= half, pages > 1 || group.allSatisfy({ isAlone(lines[$0]) }) { mark(group, as: .pageNumber) }
    }
  }

  private struct Key: Hashable {
    var isTop: Bool
    var words = ""
    var step = 0
  }

  private mutating func mark(_ indices: [Int], as role: Line.Role) {
    for index in indices { roles[index] = role }
  }

  /// On a document of one page only the number 1 in strokes is beyond doubt.
  private func isAlone(_ line: MarginLine) -> Bool {
    line.number.map { $0.number == line.margin.page && $0.dress.hasPrefix("-") && $0.dress.hasSuffix("-") } ?? false
  }

  /// Indices with the same key, in the order in which the keys first occur.
  private func groups(of lines: [MarginLine], by key: (MarginLine) -> Key?) -> [[Int]] {
    var positions: [Key: Int] = [:]
    var groups: [[Int]] = []
    for (index, line) in lines.enumerated() {
      guard let key = key(line) else { continue }
      if let position = positions[key] {
        groups[position].append(index)
      } else {
        positions[key] = groups.count
        groups.append([index])
      }
    }
    return groups
  }

  /// Splits a group where its lines stand at heights more than 1 em apart.
  private func levels(of group: [Int], in lines: [MarginLine]) -> [[Int]] {
    var levels: [[Int]] = []
    for index in group.sorted(by: { (lines[$0].distance, $0) < (lines[$1].distance, $1) }) {
      if let last = levels.last?.last, lines[index].distance - lines[last].distance <= max(lines[index].size, 1) {
        levels[levels.count - 1].append(index)
      } else {
        levels.append([index])
      }
    }
    return levels
  }
}
