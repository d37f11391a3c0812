import DocumentModel

/// What the whole text states of one fact.
struct Fact {
  var key: String
  /// The statement that counts; nil where there is none, or none of several that differ.
  var statement: FactStatement?
  /// Statements that differ from each other.
  var contradictory: [FactStatement] = []

  /// Takes the value that all statements give, or all that call it a sum where no other gives more.
  init(key: String, _ statements: [FactStatement]) {
    self.key = key
    let totals = statements.filter(\.isTotal)
    let most = statements.map(\.value).max()
    if Set(statements.map(\.value)).count <= 1 {
      statement = statements.first { $0.bound == .exact } ?? statements.first
    } else if Set(totals.map(\.value)).count == 1, totals.first?.value == most {
      statement = totals.first
    } else {
      contradictory = statements
    }
  }

  /// Whether the value is said in words.
  var isInWords: Bool { statement.map { $0.unit == nil } ?? false }

  /// Whether something stands between digits of the value, so that they may be those of two figures.
  var isParted: Bool { statement.map { $0.passage.block.text.partsNumbers(in: $0.raw) } ?? false }

  static func pointer(_ key: String) -> String { "/facts/\(key)/value" }

  /// The fact as an object, and its value with where it stands.
  func fields(stage: String) -> [Field] {
    let quoted = statement ?? contradictory.first
    let quote = quoted.map { $0.passage.block.found($0.quote) }
    let raw = quoted.map { $0.passage.block.found($0.raw) }
    let isApproximate = statement.map { $0.bound != .exact }
    let object: JSONValue = [
      "value": .null, "unit": .string(orNull: statement?.unit), "approximate": isApproximate.map { .bool($0) } ?? .null,
      "quote": .string(orNull: quote?.shown), "section": .integer(orNull: quoted?.passage.section),
    ]
    var provenance = Provenance(
      contradictory.isEmpty ? .missing : .ambiguous, raw: raw?.shown, stage: stage,
      places: raw?.places ?? [])
    if let statement {
      provenance.state = isParted ? .uncertain : statement.isPlain ? .printed : .converted
      provenance.note = isInWords ? "said in words" : isParted ? "something stands between its digits" : nil
    }
    return [
      Field("/facts/\(key)", object),
      Field(Fact.pointer(key), statement.map { .integer($0.value) } ?? .null, provenance),
    ]
  }

  /// Says which statements contradict each other.
  var diagnostic: Diagnostic? {
    guard !contradictory.isEmpty else { return nil }
    var values: Set<Int> = []
    let quotes = contradictory.filter { values.insert($0.value).inserted }.prefix(Self.mostQuotes).map { statement in
      statement.passage.block.found(statement.quote)
    }
    return Diagnostic(
      "record.fact_ambiguous", .info, "statements of '\(key)' differ: " + quotes.map(\.shown).joined(separator: " / "),
      places: quotes.flatMap(\.places))
  }

  private static let mostQuotes = 6
}

extension PrintedText {
  /// Whether digits of this part of `folded` may be those of two numbers in a running text.
  func partsNumbers(in range: Range<String.Index>) -> Bool {
    let scalars = folded.unicodeScalars
    let start = scalars.distance(from: scalars.startIndex, to: range.lowerBound)
    let length = scalars.distance(from: range.lowerBound, to: range.upperBound)
    return holdsTwoNumbers(atFolded: start..<start + length, allowingThousands: true)
  }
}
