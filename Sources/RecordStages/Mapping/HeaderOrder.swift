/// The order in which running text prints the columns of a block with a line for each row.
///
/// A header holds for the lines below it, up to the next.
struct HeaderOrder {
  /// For each line with a header of its own above it, the order that it names.
  private var orders: [Int: PrintedOrder] = [:]

  init(_ mapping: BlockMapping) {
    let (block, document) = (mapping.block, mapping.document)
    guard block.layout == .rows else { return }
    let names = AxisNames(block.columns.map { ($0.labels, $0.group) }, headings: block.headings)
    for index in mapping.lines.joined() where !document.isPlaced(document.lines[index]) {
      orders[index] = names.order(in: document.header(above: index))
    }
  }

  /// The order of the figures of a line.
  func order(of line: Int) -> PrintedOrder {
    orders.filter { $0.key <= line }.max { $0.key < $1.key }?.value ?? .form
  }
}
