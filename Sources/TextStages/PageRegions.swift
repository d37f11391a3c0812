import DocumentModel

/// Where tables stand in the source.
struct PageRegions {
  private var boxes: [(page: Int, box: Box, table: Int)] = []
  private var tableOfLine: [Int: Int] = [:]

  init(tables: [Table]) {
    for (index, table) in tables.enumerated() {
      for case .page(let page, let box) in table.regions { boxes.append((page, box, index)) }
      for cell in table.cells {
        for case .line(let number, _) in cell.places where tableOfLine[number] == nil { tableOfLine[number] = index }
      }
    }
  }

  /// The index of the table that a line at `place` belongs to: its centre lies in a region, or a cell uses the line.
  func table(at place: Place) -> Int? {
    switch place {
    case .page(let page, let box):
      boxes.first { $0.page == page && $0.box.contains(x: box.midX, y: box.midY) }?.table
    case .line(let number, _): tableOfLine[number]
    case .path: nil
    }
  }
}
