import DocumentModel

/// What a page break left of a table and is none by itself: a single row at the top of a page, or a header alone at the
/// bottom; also two rows of aligned figures without a header.
///
/// ```
///   | A | 1 |
///   +---+---+      a table of the page before
///     - 4 -
///   +---+---+
///   | B | 2 |      a fragment: on its own it could be any box with text
///   +---+---+
///   Text goes on.
/// ```
func fragments(beside tables: [Table], on pages: [Page], margins: PageMargins) -> [Table] {
  let regions = Dictionary(grouping: tables.flatMap(\.regions)) { $0.page ?? 0 }
  let hasAligned = tables.contains { $0.kind == .aligned }
  var result: [Table] = []
  var rowSpace = 0.0
  for (index, page) in pages.enumerated()
  where regions[page.number - 1] != nil || regions[page.number + 1] != nil {
    let taken = (regions[page.number] ?? []).compactMap(\.box)
    let rules = page.rulings.filter { rule in !taken.contains { $0.holds(rule) } }
    // What stands above all that is drawn stands above a table of it, too; the same below.
    let isDrawn =
      !rules.isEmpty
      && (margins.isClear(index, from: 0, to: (rules.map(\.top) + page.fills.map(\.y0)).min() ?? 0)
        || margins.isClear(
          index, from: (rules.map(\.bottom) + page.fills.map(\.y1)).max() ?? 0, to: page.height))
    let ruled =
      isDrawn
      ? (RuledPage(index, of: pages, options: RuledTableOptions())?.tables(leastRows: 1) ?? []).compactMap { found in
        found.table.regions.first?.box.map { (table: found.table, box: $0) }
      } : []
    // A row of words that the pages repeat is no part of a table.
    let aligned =
      hasAligned
      ? figureTables(on: index, of: pages, outside: taken + ruled.map(\.box), leastRows: 1, rowSpace: &rowSpace)
        .map { (table: $0.table, box: $0.box) }
        .filter { !margins.isClear(index, from: $0.box.y0, to: $0.box.y1) } : []
    for found in ruled.filter({ $0.table.rows == 1 }) + aligned {
      let box = found.box
      guard !taken.contains(where: { $0.overlapX(box) > 0 && $0.overlapY(box) > 0 }),
        margins.isClear(index, from: 0, to: box.y0) || margins.isClear(index, from: box.y1, to: page.height)
      else { continue }
      var table = found.table
      table.id = Table.fragmentPrefix + "\(result.count + 1)"
      table.findHeaders()
      result.append(table)
    }
  }
  return result
}

extension Ruling {
  fileprivate var top: Double { axis == .horizontal ? position : start }
  fileprivate var bottom: Double { axis == .horizontal ? position : end }
}

extension Box {
  /// Whether a rule runs inside, or along a side up to two points away.
  fileprivate func holds(_ rule: Ruling) -> Bool {
    let middle = (rule.start + rule.end) / 2
    let (x, y) = rule.axis == .horizontal ? (middle, rule.position) : (rule.position, middle)
    return x >= x0 - 2 && x <= x1 + 2 && y >= y0 - 2 && y <= y1 + 2
  }
}

extension Table {
  /// Begins the ids of fragments until they are joined to a table.
  fileprivate static let fragmentPrefix = "fragment "

  /// Whether it is a fragment that no other part was joined to.
  var isLoneFragment: Bool { id.hasPrefix(Self.fragmentPrefix) && regions.count == 1 }
}

extension [Table] {
  /// These and the fragments, in the order of their pages and of their tops.
  func adding(_ fragments: [Table]) -> [Table] {
    var result = self
    for fragment in fragments {
      let next = result.firstIndex { fragment.top < $0.top }
      result.insert(fragment, at: next ?? result.count)
    }
    return result
  }
}

extension Table {
  /// Where it begins: page, and height on the page in points.
  fileprivate var top: (Int, Double) { (regions.first?.page ?? 0, regions.first?.box?.y0 ?? 0) }
}
