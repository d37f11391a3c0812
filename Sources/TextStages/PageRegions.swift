import DocumentModel

/// Where tables stand in the source.
struct PageRegions {
  private var boxes: [(page: Int, box: Box, table: Int)] = []
  private var tableOfLine: [Int: Int] = [:]
  private var tableOfPath: [String: Int] = [:]
  /// Of tables in the text of a markup source, which are no elements.
  private var tableOfText: [String: Int] = [:]

  init(tables: [Table]) {
    for (index, table) in tables.enumerated() {
      for case .page(let page, let box) in table.regions { boxes.append((page, box, index)) }
      for case .path(let path) in table.regions { tableOfPath[path] = index }
      for cell in table.cells {
        for case .line(let number, _) in cell.places where tableOfLine[number] == nil { tableOfLine[number] = index }
        guard table.regions.isEmpty else { continue }
        for case .path(let path) in cell.places where tableOfText[path] == nil { tableOfText[path] = index }
      }
    }
  }

  /// The index of the table that a line at `place` belongs to: its centre lies in a region, a cell uses
  /// the line, or the element lies in that of the table.
  func table(at place: Place) -> Int? {
    switch place {
    case .page(let page, let box):
      boxes.first { $0.page == page && $0.box.contains(x: box.midX, y: box.midY) }?.table
    case .line(let number, _): tableOfLine[number]
    case .path(let path): table(at: path)
    }
  }

  /// Of the nearest element around a path that is a table.
  private func table(at path: String) -> Int? {
    if let table = tableOfText[path] { return table }
    guard !tableOfPath.isEmpty else { return nil }
    var path = path[...]
    while !path.isEmpty {
      if let table = tableOfPath[String(path)] { return table }
      path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    }
    return nil
  }
}
