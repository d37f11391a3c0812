/// The order in which the header of running text prints the columns of a block.
///
/// Flattened headers mix their levels (a total that spans two header rows comes before what stands under its neighbours),
/// so only columns of one group are compared.
struct HeaderOrder {
  /// For each printed column, the column of the form; nil for the form's own order.
  private var columns: [Int]?

  init(_ mapping: BlockMapping) {
    guard mapping.block.layout == .rows, let first = mapping.lines.joined().min(),
      !mapping.document.isPlaced(mapping.document.lines[first]),
      let header = mapping.headers[mapping.document.lines[first].table]
    else { return }
    let printed = header.printedOrder(in: mapping.document.headerRows(above: first))
    var order = Array(mapping.block.columns.indices)
    for group in Set(mapping.block.columns.map(\.group)) {
      let members = printed.filter { mapping.block.columns[$0].group == group }
      for (place, column) in zip(members.sorted(), members) { order[place] = column }
    }
    if order != Array(order.indices) { columns = order }
  }

  /// Whether it is the order of the form.
  var isOfForm: Bool { columns == nil }

  /// Puts one value for each printed column into the order of the form.
  func inOrderOfForm<Value>(_ values: [Value]) -> [Value] {
    guard let columns, columns.count == values.count else { return values }
    var result = values
    for (place, column) in columns.enumerated() { result[column] = values[place] }
    return result
  }
}
