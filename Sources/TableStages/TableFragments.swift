import DocumentModel

/// Single rows that a page break left of a table: alone at the top of a page, or a header alone at the bottom.
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
  let numbers = Set(tables.flatMap { $0.regions.compactMap(\.page) })
  var result: [Table] = []
  for (index, page) in pages.enumerated()
  where numbers.contains(page.number - 1) || numbers.contains(page.number + 1) {
    let taken = tables.flatMap(\.regions).filter { $0.page == page.number }.compactMap(\.box)
    for found in ruledTables(on: index, of: pages, options: RuledTableOptions(), leastRows: 1)
    where found.table.rows == 1 {
      let box = found.grid.box
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

extension Table {
  /// Begins the ids of fragments until they are joined to a table.
  fileprivate static let fragmentPrefix = "fragment "

  /// Whether it is a single row that may be a part of a table.
  var isFragment: Bool { id.hasPrefix(Self.fragmentPrefix) }
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
