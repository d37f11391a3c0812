import DocumentModel

/// What the sums decide about one grid, in the terms of the record.
struct GridDecision {
  /// The fields that differ from what mapping alone could say.
  private(set) var fields: [Field] = []
  private(set) var checks: [Check] = []
  private(set) var repairs: [Repair] = []
  private(set) var unexplained: [Unexplained] = []

  /// The row that alone explains why no figures satisfy the sums.
  private(set) var suspect: EvidenceGrid.Suspect?

  private let grid: EvidenceGrid
  private let stage: String
  private let problem: ReconciliationProblem
  private let answer: Reconciliation
  /// Equations that contradict each other, where that can be told.
  private var conflict: [Int]?
  /// Rows for which the sums leave other figures than they print; none of these is given.
  private var unheld: [Int] = []
  /// Cells that the sums leave open and the text decides.
  private let chosen: Set<Int>

  /// What is said of a figure that the text decided.
  static let chosenByText = "chosen by what the text states"

  init(_ grid: EvidenceGrid, stage: String, text: TextEvidence? = nil) {
    self.grid = grid
    self.stage = stage
    problem = grid.problem
    let bySums = reconcile(problem)
    // What is chosen has to be named.
    let isNamed = grid.rules.contains { $0.kind == .unheaded }
    (answer, chosen) = (isNamed ? text : nil)?.deciding(problem, bySums) ?? (bySums, [])
    if answer.verdict == .inconsistent {
      (conflict, suspect) = explanation(of: problem, answer, isLaidOut: grid.isLaidOut)
    }
    for row in grid.rows.indices where !grid.doubtfulRows.contains(row) { decide(row) }
    checks = grid.rules.compactMap(check)
  }

  private mutating func decide(_ row: Int) {
    let tokens = grid.rows[row].tokens
    var used: Set<Int> = []
    guard let held = figuresHeld(inRow: row) else {
      unheld.append(row)
      unexplained += tokens.filter(\.printsFigure).map { Unexplained($0.raw, places: $0.places) }
      return
    }
    used.formUnion(held)
    for column in 0..<grid.columns {
      let cell = row * grid.columns + column
      let known = answer.cells[cell]
      if case .placed(let tokens) = grid.rows[row], tokens[column].printsFigure { continue }
      guard let value = known.value else { continue }
      used.formUnion(known.tokens)
      fields.append(field(cell, value, known, tokens, column))
    }
    guard grid.rows[row].isOpen else { return }
    unexplained += tokens.indices.filter { index in
      guard !used.contains(index), tokens[index].printsFigure else { return false }
      guard let value = tokens[index].units(of: problem.decimals) else { return true }
      // An equal figure that is used may be this one.
      return !(0..<grid.columns).contains { column in
        let known = answer.cells[row * grid.columns + column]
        return known.value == value && known.basis == .printed && known.token == nil
      }
    }.map { Unexplained(tokens[$0].raw, places: tokens[$0].places) }
  }

  /// Of a row of which no figure could be read in its place, the tokens whose figures the sums leave for it, in whatever
  /// order: one with another order than the form, or with too many readings. Nil where they leave others, so that the row
  /// contradicts them. A row prints no more than its columns; what it does not print, and what they leave open, may differ.
  private func figuresHeld(inRow row: Int) -> Set<Int>? {
    let tokens = grid.rows[row].tokens
    let cells = row * grid.columns..<(row + 1) * grid.columns
    var left = cells.compactMap { answer.cells[$0].value }
    let printed = tokens.indices.filter { tokens[$0].printsFigure }
    guard grid.rows[row].isOpen, !left.isEmpty, !printed.isEmpty,
      cells.allSatisfy({ answer.cells[$0].basis != .printed })
    else { return [] }
    let open = grid.columns - left.count
    var held: Set<Int> = []
    for token in printed {
      guard let value = tokens[token].units(of: problem.decimals), let index = left.firstIndex(of: value) else {
        continue
      }
      left.remove(at: index)
      held.insert(token)
    }
    return printed.count - held.count <= open && left.count <= grid.columns - printed.count ? held : nil
  }

  private mutating func field(
    _ cell: Int, _ value: Int, _ known: CellAnswer, _ tokens: [Token], _ column: Int
  ) -> Field {
    let pointer = grid.pointers[cell]
    let isCount = problem.decimals == 0 || !grid.amounts[cell]
    let json = ExactDecimal.json(Int128(value), places: problem.decimals, isCount: isCount)
    let sources = known.tokens.map { tokens[$0] }
    var provenance = Provenance(.derived, stage: stage, places: sources.flatMap(\.places))
    if let edit = known.edit {
      provenance.state = .repaired
      provenance.raw = sources.map(\.raw).joined(separator: " ")
      let reason = edit.isPart ? "two figures are printed as one" : "one figure is printed as two"
      repairs.append(
        Repair(
          operation: edit.isPart ? "split" : "join", path: pointer, before: .string(provenance.raw ?? ""),
          after: json, reason: "\(reason); no other reading satisfies the sums"))
    } else if known.basis == .printed {
      provenance.state = sources.first?.state ?? .printed
      provenance.raw = sources.first?.raw ?? json.written
      provenance.note = sources.first?.note
      if sources.isEmpty {
        provenance.places = tokens.filter { $0.units(of: problem.decimals) == value }.flatMap(\.places)
      }
    } else {
      provenance.isConfirmed = known.isConfirmed
      if case .placed = grid.rows[cell / grid.columns] {
        (provenance.raw, provenance.places) = (tokens[column].raw, tokens[column].places)
      }
    }
    if known.usedHeader { provenance.note = "placed by the words of the header" }
    if chosen.contains(cell) {
      provenance.note = Self.chosenByText
      // No sum proves it.
      if provenance.state == .derived { provenance.state = .uncertain }
    }
    return Field(pointer, sources.count == 1 && known.edit == nil ? sources[0].value : json, provenance)
  }

  private func check(_ rule: GridRule) -> Check? {
    switch rule.kind {
    case .feasible: feasible(rule)
    case .unheaded: unheaded(rule)
    case .countable, .present, .filled, .certain, .fitting, .underived, .bare, .single, .legible, .spelt: nil
    }
  }

  private func feasible(_ rule: GridRule) -> Check {
    let isPrinted = grid.rows.contains { $0.tokens.contains { $0.value != .null } }
    let (status, message): (Check.Status, String) =
      switch answer.verdict {
      case _ where !isPrinted: (.notAssessable, "no figure of the table is printed")
      case let verdict where !unheld.isEmpty && [.intact, .consistent].contains(verdict):
        (.uncertain, "what the sums leave for a row whose figures are in no known order is not what it prints")
      case .intact, .consistent: (.pass, "some figures for what is not printed satisfy all sums")
      case .inconsistent: (.fail, "no figures for what is not printed satisfy all sums")
      case .undecided: (.uncertain, "columns are lost, and nothing tells which; no common gap satisfies all sums")
      case .overBudget:
        (
          .uncertain,
          "the search for a solution was cut short; what is neither printed in its place nor proven is withheld"
        )
      }
    var check = Check(
      id: rule.id, instance: grid.instance, status: status, severity: rule.severity, message: message,
      expression: "all sums at once", pointers: grid.pointers)
    if status == .fail {
      check.cause = suspect?.cause ?? (grid.isLaidOut ? .source : .undecided)
      if let equations = conflict {
        let cells = Set(equations.flatMap { grid.equations[$0].left + grid.equations[$0].right })
        check.pointers = cells.sorted().map { grid.pointers[$0] }
        check.expression = equations.map { grid.equations[$0].expression }.uniqued.joined(separator: "; ")
      }
    }
    return check
  }

  private func unheaded(_ rule: GridRule) -> Check? {
    let byHeader = grid.pointers.indices.filter {
      (answer.cells[$0].usedHeader || grid.placement != nil) && answer.cells[$0].value != nil && !chosen.contains($0)
    }
    let others = Set(noughtsBesideBlanks + unconfirmedPlaces)
    let cells = Set(byHeader).union(others).union(chosen)
    guard !cells.isEmpty else { return nil }
    let isHeader = !byHeader.isEmpty && grid.placement != .count
    if !chosen.isEmpty, !isHeader {
      return Check(
        id: rule.id, instance: grid.instance, status: .fail, severity: rule.severity,
        message: "figures were chosen by what the text states; the sums alone do not decide",
        pointers: cells.sorted().map { grid.pointers[$0] })
    }
    return Check(
      id: rule.id, instance: grid.instance, status: isHeader ? .fail : .uncertain, severity: rule.severity,
      message: isHeader
        ? "figures were placed by the words of the header; the sums alone do not decide"
        : "figures beside blanks or lost ones are placed by their number or order; the sums hold, but nothing else confirms it",
      pointers: cells.sorted().map { grid.pointers[$0] })
  }

  /// The figures of rows that have lost some, where a single misprint could have put them into other columns.
  private var unconfirmedPlaces: [Int] {
    grid.rows.indices.flatMap { row -> [Int] in
      let cells = row * grid.columns..<(row + 1) * grid.columns
      guard case .ordered(let tokens) = grid.rows[row], tokens.count != grid.columns,
        cells.contains(where: { answer.cells[$0].isConfirmed == false })
      else { return [] }
      return cells.filter { answer.cells[$0].basis == .printed }
    }
  }

  /// The noughts of rows of a text that have a blank where other rows have none: a line that lost a nought and gained a blank
  /// elsewhere has as many cells and the same sums.
  private var noughtsBesideBlanks: [Int] {
    guard !grid.isLaidOut else { return [] }
    let rows = grid.rows.map { row in if case .placed(let tokens) = row { tokens } else { [Token]() } }
    let filled = (0..<grid.columns).map { column in
      rows.contains { !$0.isEmpty && $0[column].state != .blank }
    }
    return rows.enumerated().flatMap { row, tokens -> [Int] in
      guard tokens.indices.contains(where: { tokens[$0].state == .blank && filled[$0] }) else { return [] }
      return tokens.indices.filter { tokens[$0].units(of: problem.decimals) == 0 }.map { row * grid.columns + $0 }
    }
  }
}

extension CellAnswer {
  /// The tokens that the figure was read from.
  fileprivate var tokens: [Int] {
    switch edit {
    case .part(let index): [index]
    case .joined(let first): [first, first + 1]
    case nil: token.map { [$0] } ?? []
    }
  }
}

extension TokenEdit {
  fileprivate var isPart: Bool {
    if case .part = self { true } else { false }
  }
}

extension JSONValue {
  /// A figure as text.
  fileprivate var written: String? {
    switch self {
    case .integer(let count): String(count)
    case .string(let text): text
    case .null, .bool, .number, .array, .object: nil
    }
  }
}

extension [String] {
  /// Each once, in the order of its first.
  fileprivate var uniqued: [String] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
