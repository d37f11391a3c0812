import DocumentModel

/// Checks one grid against the record's fields.
struct GridChecker {
  let grid: EvidenceGrid
  let fields: [String: Field]

  private func state(_ cell: Int) -> ValueState { fields[grid.pointers[cell]]?.provenance?.state ?? .missing }

  /// The figure of a cell, if it is printed.
  private func printed(_ cell: Int) -> ExactDecimal? {
    state(cell).isPrinted || isRecognised(cell)
      ? fields[grid.pointers[cell]].flatMap { ExactDecimal($0.value) } : nil
  }

  /// Whether the figure of a cell is uncertain only because it was recognised in a picture.
  private func isRecognised(_ cell: Int) -> Bool {
    grid.isRecognised && state(cell) == .uncertain && grid.placed(cell) != nil
  }

  /// The check, uncertain where it failed and one of its figures may have been read wrongly.
  func withDoubt(_ check: Check) -> Check {
    guard grid.isRecognised, check.status == .fail, check.severity == .error,
      check.pointers.contains(where: { fields[$0]?.provenance?.state == .uncertain })
    else { return check }
    var check = check
    (check.status, check.cause) = (.uncertain, nil)
    return check
  }

  private func isNegative(_ cell: Int) -> Bool {
    switch fields[grid.pointers[cell]]?.value {
    case .integer(let value)?: value < 0
    case .string(let value)?: value.hasPrefix("-")
    default: false
    }
  }

  /// What is left of which nothing is known, so that the record is not complete; nil where nothing is.
  var gaps: String? {
    let open = [ValueState.missing, .ambiguous, .unreadable].compactMap { open -> String? in
      let cells = grid.pointers.indices.filter { state($0) == open }
      guard let first = cells.first else { return nil }
      return "\(cells.count) \(open.rawValue) from \(grid.pointers[first]) on"
    }
    guard open.isEmpty else {
      return "of the \(grid.pointers.count) cells of \(grid.instance): " + open.joined(separator: ", ")
    }
    return isPrinted ? nil : "no figure of \(grid.instance) is printed"
  }

  /// Whether any figure of the grid is printed.
  private var isPrinted: Bool {
    grid.rows.contains { $0.tokens.contains { $0.value != .null || $0.state == .unreadable } }
  }

  private func check(_ equation: Equation) -> Check {
    var check = Check(
      id: equation.id, instance: equation.instance, status: .notAssessable, severity: equation.severity,
      message: equation.message, expression: equation.expression,
      pointers: (equation.left + equation.right).map { grid.pointers[$0] })
    let places = (equation.left + equation.right).compactMap { printed($0)?.places }.max() ?? 0
    guard let left = sum(equation.left, places), let right = sum(equation.right, places) else { return check }
    let isCount = (equation.left + equation.right).allSatisfy {
      !grid.amounts.indices.contains($0) || !grid.amounts[$0]
    }
    func json(_ units: Int128) -> JSONValue { ExactDecimal.json(units, places: places, isCount: isCount) }
    (check.left, check.right, check.difference) = (json(left), json(right), json(left - right))
    check.status = left == right ? .pass : .fail
    return check
  }

  /// The sum of some cells in units of so many decimals, nil where one of them is not printed; no grid has enough cells to
  /// overflow it.
  private func sum(_ cells: [Int], _ places: Int) -> Int128? {
    cells.reduce(0) { sum, cell in sum.flatMap { sum in printed(cell)?.units(of: places).map { sum + $0 } } }
  }

  /// All equations, failures with their cause.
  ///
  /// Where the source fixes every column it is the source that does not add up, unless another reading of a row does. Where
  /// only the number of figures fixes them, it is so if one fault explains all failures (``FailurePattern``); else two faults
  /// of the reading may have met.
  func equations() -> [Check] {
    var checks = grid.equations.map(check)
    guard checks.contains(where: { $0.status == .fail }) else { return checks }
    let isWhole = grid.rows.allSatisfy { if case .placed = $0 { true } else { false } }
    let isCertain = grid.isLaidOut || isWhole && FailurePattern(grid, checks).isOneFault
    for (index, equation) in zip(checks.indices, grid.equations) where checks[index].status == .fail {
      let isSuspect = grid.suspect.map { suspect in
        (equation.left + equation.right).contains { $0 / grid.columns == suspect.row }
      }
      checks[index].cause = isSuspect == true ? grid.suspect?.cause : isCertain ? .source : .undecided
    }
    return checks
  }

  func check(_ rule: GridRule) -> Check? {
    switch rule.kind {
    case .feasible, .unheaded, .spelt: nil
    case .countable:
      countable(rule)
    case .present:
      check(rule, "all rows and columns of the form are printed") { cell in
        switch grid.rows[cell / grid.columns] {
        case .absent: true
        case .placed(let tokens): tokens[cell % grid.columns].state == .missing
        // A row without any figure is blank, not missing.
        case .ordered(let tokens), .unordered(let tokens):
          !tokens.isEmpty && tokens.count < grid.columns && !state(cell).isPrinted
        }
      }
    case .filled:
      check(rule, "no cell is blank or holds only a stroke") { [.blank, .slash, .dash].contains(tokenState($0)) }
    case .certain:
      check(rule, "every figure has its unit and a row of its own") { state($0) == .uncertain && !isRecognised($0) }
    case .fitting:
      check(rule, "no row prints more figures than the form has columns") { cell in
        grid.rows[cell / grid.columns].tokens.count > grid.columns
      }
    case .bare:
      check(rule, "no cell names a unit beside its figure", violates: namesUnit)
    case .single:
      check(rule, "no cell stands for several rows or columns") { note($0) == BlockEvidence.severalPlaces }
    case .legible:
      legible(rule)
    case .underived:
      check(rule, "every figure is printed, none had to be derived") { state($0) == .derived }
    }
  }

  /// A figure that is none of the numbers asked for fails; of what cannot be read nobody knows.
  private func countable(_ rule: GridRule) -> Check {
    var check = check(rule, "counts are integers that are not below zero") { cell in
      state(cell) == .unreadable && note(cell) == FigureReader.notAnInteger || !grid.signed[cell] && isNegative(cell)
    }
    let unread = grid.pointers.indices.filter { state($0) == .unreadable }
    if check.status != .fail, !unread.isEmpty {
      (check.status, check.pointers) = (.uncertain, unread.map { grid.pointers[$0] })
    }
    return check
  }

  /// Fails where nothing is known of more than half of the cells of a table that prints some figures.
  private func legible(_ rule: GridRule) -> Check {
    let unknown = grid.pointers.indices.filter { [.missing, .ambiguous, .unreadable].contains(state($0)) }
    let isLost = isPrinted && unknown.count * 2 > grid.pointers.count
    return check(rule, "of most cells it is known what is printed in them") { isLost && unknown.contains($0) }
  }

  /// Whether letters stand right behind the figure, before any bracket.
  private func namesUnit(_ cell: Int) -> Bool {
    guard state(cell) == .converted, let raw = fields[grid.pointers[cell]]?.provenance?.raw else { return false }
    return raw.prefix { $0 != "(" && $0 != "\u{FF08}" }.last { !$0.isWhitespace }?.isLetter ?? false
  }

  private func note(_ cell: Int) -> String? { fields[grid.pointers[cell]]?.provenance?.note }

  /// What is printed in a cell whose place is certain, whatever was derived for it; all of a row with no figure is blank.
  private func tokenState(_ cell: Int) -> ValueState? {
    switch grid.rows[cell / grid.columns] {
    case .absent: nil
    case .placed(let tokens): tokens[cell % grid.columns].state
    case .ordered(let tokens), .unordered(let tokens): tokens.isEmpty ? .blank : nil
    }
  }

  private func check(_ rule: GridRule, _ message: String, violates: (Int) -> Bool) -> Check {
    let cells = grid.pointers.indices.filter(violates)
    let status: Check.Status = !cells.isEmpty ? .fail : isPrinted ? .pass : .notAssessable
    return Check(
      id: rule.id, instance: grid.instance, status: status, severity: rule.severity,
      message: message, pointers: cells.map { grid.pointers[$0] })
  }
}

extension EvidenceGrid {
  /// What a check on the whole grid is about: its table and block.
  var instance: String { "\(table)/\(block)" }
}

extension ValueState {
  /// Whether the document itself prints the figure.
  var isPrinted: Bool {
    switch self {
    case .printed, .converted, .corrected, .repaired: true
    case .derived, .uncertain, .blank, .slash, .dash, .text, .missing, .unreadable, .ambiguous: false
    }
  }
}
