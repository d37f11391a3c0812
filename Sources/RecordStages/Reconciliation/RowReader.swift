/// Lists the readings of a row of which only the order of the tokens is known.
///
/// Every order-preserving placement of every number sequence (``TokenLists``) in the columns that may hold a figure:
///
/// ```
///   12 3 15  in four columns    12 3 15 ·   12 3 · 15   12 · 3 15   · 12 3 15
///   their last is the sum        ✗           ✓ (· = 0)   ✓ (· = 0)   ✓ (· = 0)
/// ```
///
/// Cost: the number of placements, each with one or two passes over the equations inside the row.
struct RowReader {
  let system: LinearSystem
  let budget: ReconciliationBudget
  /// The columns in which a token may stand.
  var openColumns: [Int]
  /// Whether figures have to satisfy the equations inside the row.
  var obeysEquations = true
  /// Whether tokens may be cut, joined and dropped.
  var admitsEdits: Bool
  /// Digits of the figures that stand behind the point.
  var decimals = 0

  /// The readings; `nil` where they are too many or too far from the width of the table to be listed, so that the row
  /// says nothing.
  ///
  /// - Parameter width: The number of columns that the table seems to print.
  func readings(of tokens: [CellEvidence], row: Int, width: Int) -> RowCandidates? {
    let (count, columns) = (tokens.count, system.columns)
    var sequences: [[TokenLists.Element]] = []
    var edits: [(cuts: Int, surplus: Int)] = []
    if count <= width {
      let most = admitsEdits ? max(0, openColumns.count - count) : 0
      edits = (0...most).map { (cuts: $0, surplus: 0) }
    } else {
      let least = max(0, count - columns)
      let most = admitsEdits ? min(2, count - width) : 0
      guard least <= most else { return nil }
      edits = (least...most).map { (cuts: 0, surplus: $0) }
    }
    for edit in edits {
      let room = budget.placementsPerRow - sequences.count
      guard
        let lists = TokenLists.lists(
          of: tokens, decimals: decimals, cuts: edit.cuts, surplus: edit.surplus, most: room)
      else { return nil }
      sequences += lists
    }
    return place(sequences, row: row)
  }

  /// Every placement of the sequences.
  private func place(_ sequences: [[TokenLists.Element]], row: Int) -> RowCandidates? {
    var candidates = RowCandidates()
    var placements = 0
    for sequence in sequences where sequence.count <= openColumns.count {
      var places = Array(0..<sequence.count)
      repeat {
        placements += 1
        if placements > budget.placementsPerRow { return nil }
        add(sequence, at: places, row: row, to: &candidates)
      } while Self.advance(&places, below: openColumns.count)
    }
    candidates.mergeEqual(columns: system.columns)
    return candidates.count > budget.readingsPerRow ? nil : candidates
  }

  /// Adds one placement, if its figures are possible.
  private func add(_ sequence: [TokenLists.Element], at places: [Int], row: Int, to candidates: inout RowCandidates) {
    let first = row * system.columns
    var low = Array(system.domainLow[first..<first + system.columns])
    var high = Array(system.domainHigh[first..<first + system.columns])
    var sources = [TokenSource](repeating: .none, count: system.columns)
    for (element, place) in zip(sequence, places) {
      guard let figure = element.figure else { continue }
      let column = openColumns[place]
      guard !obeysEquations || low[column]...high[column] ~= figure else { return }
      (low[column], high[column], sources[column]) = (figure, figure, element.source)
    }
    if obeysEquations && !system.completeRow(row, &low, &high) { return }
    candidates.append(low: low, high: high, sources: sources)
  }

  /// Moves to the next rising choice of places.
  private static func advance(_ places: inout [Int], below end: Int) -> Bool {
    var index = places.count - 1
    while index >= 0 && places[index] == end - places.count + index { index -= 1 }
    if index < 0 { return false }
    places[index] += 1
    for later in index + 1..<places.count { places[later] = places[later - 1] + 1 }
    return true
  }
}

extension LinearSystem {
  /// Fills in what the equations inside a row force; false where they cannot hold.
  func completeRow(_ row: Int, _ low: inout [Int], _ high: inout [Int]) -> Bool {
    let passes = 4  // enough for equations that feed each other; more would only fill in more
    for _ in 0..<passes {
      var hasChanged = false
      let isPossible = equationsInRow.allSatisfy(in: row) { equation in
        narrow(equation, &low, &high, offset: row * columns, changed: { _ in hasChanged = true })
      }
      if !isPossible { return false }
      if !hasChanged { break }
    }
    return true
  }
}
