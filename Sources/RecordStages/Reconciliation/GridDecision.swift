import DocumentModel

/// What the sums decide about one grid, in the terms of the record.
struct GridDecision {
  /// The fields that differ from what mapping alone could say.
  private(set) var fields: [Field] = []
  private(set) var checks: [Check] = []
  private(set) var repairs: [Repair] = []
  private(set) var unexplained: [Unexplained] = []

  private let grid: EvidenceGrid
  private let stage: String
  private let answer: Reconciliation

  init(_ grid: EvidenceGrid, stage: String) {
    self.grid = grid
    self.stage = stage
    answer = reconcile(grid.problem)
    for row in grid.rows.indices where !grid.doubtfulRows.contains(row) { decide(row) }
    checks = grid.rules.compactMap(check)
  }

  private mutating func decide(_ row: Int) {
    let tokens = grid.rows[row].tokens
    var used: Set<Int> = []
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
      guard case .integer(let value) = tokens[index].value else { return true }
      // An equal figure that is used may be this one.
      return !(0..<grid.columns).contains { column in
        let known = answer.cells[row * grid.columns + column]
        return known.value == value && known.basis == .printed && known.token == nil
      }
    }.map { Unexplained(tokens[$0].raw, places: tokens[$0].places) }
  }

  private mutating func field(
    _ cell: Int, _ value: Int, _ known: CellAnswer, _ tokens: [Token], _ column: Int
  ) -> Field {
    let pointer = grid.pointers[cell]
    let sources = known.tokens.map { tokens[$0] }
    var provenance = Provenance(.derived, stage: stage, places: sources.flatMap(\.places))
    if let edit = known.edit {
      provenance.state = .repaired
      provenance.raw = sources.map(\.raw).joined(separator: " ")
      let reason = edit.isPart ? "two figures are printed as one" : "one figure is printed as two"
      repairs.append(
        Repair(
          operation: edit.isPart ? "split" : "join", path: pointer, before: .string(provenance.raw ?? ""),
          after: .integer(value), reason: "\(reason); no other reading satisfies the sums"))
    } else if known.basis == .printed {
      provenance.state = sources.first?.state ?? .printed
      provenance.raw = sources.first?.raw ?? String(value)
      provenance.note = sources.first?.note
      if sources.isEmpty { provenance.places = tokens.filter { $0.value == .integer(value) }.flatMap(\.places) }
    } else {
      provenance.isConfirmed = known.isConfirmed
      if case .placed = grid.rows[cell / grid.columns] {
        (provenance.raw, provenance.places) = (tokens[column].raw, tokens[column].places)
      }
    }
    if known.usedHeader { provenance.note = "placed by the words of the header" }
    return Field(pointer, .integer(value), provenance)
  }

  private func check(_ rule: GridRule) -> Check? {
    switch rule.kind {
    case .feasible: feasible(rule)
    case .unheaded: unheaded(rule)
    case .countable, .present, .filled, .certain, .fitting, .underived: nil
    }
  }

  private func feasible(_ rule: GridRule) -> Check {
    let isPrinted = grid.rows.contains { $0.tokens.contains { $0.value != .null } }
    let (status, message): (Check.Status, String) =
      switch answer.verdict {
      case _ where !isPrinted: (.notAssessable, "no figure of the table is printed")
      case .intact, .consistent: (.pass, "some figures for what is not printed satisfy all sums")
      case .inconsistent: (.fail, "no figures for what is not printed satisfy all sums")
      case .undecided: (.uncertain, "columns are lost, and nothing tells which; no common gap satisfies all sums")
      case .overBudget: (.uncertain, "the search for a solution was cut short; what it did not prove is withheld")
      }
    return Check(
      id: rule.id, instance: grid.instance, status: status, severity: rule.severity, message: message,
      expression: "all sums at once", pointers: grid.pointers,
      cause: status == .fail ? (grid.isLaidOut ? .source : .undecided) : nil)
  }

  private func unheaded(_ rule: GridRule) -> Check? {
    let cells = grid.pointers.indices.filter {
      (answer.cells[$0].usedHeader || grid.isPlacedByHeader) && answer.cells[$0].value != nil
    }
    guard !cells.isEmpty else { return nil }
    return Check(
      id: rule.id, instance: grid.instance, status: .fail, severity: rule.severity,
      message: "figures were placed by the words of the header; the sums alone do not decide",
      pointers: cells.map { grid.pointers[$0] })
  }
}

extension EvidenceGrid.Row {
  /// Whether it has figures of which the column is not known.
  fileprivate var isOpen: Bool {
    switch self {
    case .absent, .placed: false
    case .ordered, .unordered: true
    }
  }
}

extension EvidenceGrid {
  /// Figures of rows whose columns are not known.
  var unplaced: [Unexplained] {
    rows.filter(\.isOpen).flatMap(\.tokens).filter(\.printsFigure).map { Unexplained($0.raw, places: $0.places) }
  }

  /// Whether the sums have anything to decide: some figure has no certain place, or some place no figure.
  var isOpen: Bool {
    !equations.isEmpty
      && rows.contains { row in
        if case .placed(let tokens) = row { tokens.contains { $0.value == .null } } else { true }
      }
  }

  /// The grid in plain integers.
  var problem: ReconciliationProblem {
    ReconciliationProblem(
      rows: rows.count, columns: columns,
      equations: equations.enumerated().map { index, equation in
        LinearEquation(
          terms: equation.left.map { LinearEquation.Term(cell: $0, coefficient: 1) }
            + equation.right.map { LinearEquation.Term(cell: $0, coefficient: -1) }, label: index)
      },
      evidence: rows.map { row in
        switch row {
        case .absent, .unordered: .absent
        case .placed(let tokens): .placed(tokens.map(\.evidence))
        case .ordered(let tokens): .ordered(tokens.map(\.evidence))
        }
      },
      headedColumns: headedColumns, lowerBounds: signed.contains(true) ? signed.map { $0 ? nil : 0 } : nil)
  }
}

extension Token {
  /// Whether a figure is printed, be it one that cannot be read or belongs to several rows; no sum may replace it.
  fileprivate var printsFigure: Bool { value != .null || state == .unreadable || state == .ambiguous }

  /// What is uncertain proves nothing.
  fileprivate var evidence: CellEvidence {
    if case .integer(let value) = value, state != .uncertain { .figure(value) } else { .hole }
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
