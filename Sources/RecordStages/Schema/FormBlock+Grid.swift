import DocumentModel

extension FormBlock {
  /// Shape of the grid as it is printed: a block in one line has one row.
  var printedColumns: Int { layout == .line ? rows.count * columns.count : columns.count }
  var printedRows: Int { layout == .line ? 1 : rows.count }

  /// The column of the schema that a printed column belongs to.
  func column(ofPrinted index: Int) -> FormColumn { columns[index % columns.count] }

  /// A grid in which nothing is printed yet.
  func grid(form: String, table: FormTable) -> EvidenceGrid {
    let pointers = rows.flatMap { row in columns.map { "/\(table.key)/\(row.key)/\($0.key)" } }
    let signed = rows.flatMap { _ in columns.map { $0.type == .change } }
    let amounts = rows.flatMap { _ in columns.map { $0.type == .amount } }
    return EvidenceGrid(
      form: form, table: table.key, block: key, columns: printedColumns, pointers: pointers, signed: signed,
      amounts: amounts,
      rows: Array(repeating: .absent, count: printedRows), equations: equations.flatMap(instances),
      rules: GridRule.Kind.allCases.compactMap { kind in
        table.rules[kind.rawValue].map { rule in
          GridRule(kind, id: rule.id, severity: Severity(rawValue: rule.severity) ?? .error)
        }
      })
  }

  /// One equation for each row or column.
  func instances(_ equation: FormEquation) -> [Equation] {
    let keys = equation.each == .row ? columns.map { ($0.key, $0.group) } : rows.map { ($0.key, $0.group) }
    func indices(_ names: [String]) -> [Int] {
      names.flatMap { name in keys.indices.filter { keys[$0].0 == name || keys[$0].1 == name } }
    }
    let (left, right) = (indices(equation.left), indices(equation.right))
    func sum(_ indices: [Int]) -> String { indices.map { keys[$0].0 }.joined(separator: " + ") }
    let instances = equation.each == .row ? rows.map(\.key) : columns.map(\.key)
    return instances.enumerated().map { index, instance in
      func cells(_ indices: [Int]) -> [Int] {
        indices.map { equation.each == .row ? index * columns.count + $0 : $0 * columns.count + index }
      }
      return Equation(
        id: equation.id, instance: instance, severity: Severity(rawValue: equation.severity) ?? .error,
        expression: "\(sum(left)) = \(sum(right))", message: equation.message, left: cells(left), right: cells(right))
    }
  }
}
