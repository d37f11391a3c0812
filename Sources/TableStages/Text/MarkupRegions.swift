import DocumentModel

/// Which elements of a markup source are tables that are known.
struct MarkupRegions {
  private var tableOfPath: [String: Int] = [:]

  init(_ tables: [Table]) {
    for (index, table) in tables.enumerated() {
      for case .path(let path) in table.regions { tableOfPath[path] = index }
    }
  }

  /// The index of the nearest table around an element.
  func table(at place: Place) -> Int? {
    guard !tableOfPath.isEmpty, case .path(let path) = place else { return nil }
    var rest = path[...]
    while !rest.isEmpty {
      if let table = tableOfPath[String(rest)] { return table }
      rest = rest[..<(rest.lastIndex(of: "/") ?? rest.startIndex)]
    }
    return nil
  }

  /// The first line of each table that has any.
  func firstLines(in lines: [Line]) -> [Int: Int] {
    var first: [Int: Int] = [:]
    for (index, line) in lines.enumerated() {
      guard let table = table(at: line.place), first[table] == nil else { continue }
      first[table] = index
    }
    return first
  }
}
