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

  static func pointer(_ key: String) -> String { "/facts/\(key)/value" }

  /// The fact as an object, and its value with where it stands.
  func fields(stage: String) -> [Field] {
    let quoted = statement ?? contradictory.first
    let isApproximate = statement.map { $0.bound != .exact }
    let object: JSONValue = [
      "value": .null, "unit": .string(orNull: statement?.unit), "approximate": isApproximate.map { .bool($0) } ?? .null,
      "quote": .string(orNull: quoted?.quote.shown), "section": .integer(orNull: quoted?.section),
    ]
    var provenance = Provenance(
      contradictory.isEmpty ? .missing : .ambiguous, raw: quoted?.raw.shown, stage: stage,
      places: quoted?.quote.places ?? [])
    if let statement {
      provenance.state = statement.isPlain ? .printed : .converted
      provenance.note = isInWords ? "said in words" : nil
    }
    return [
      Field("/facts/\(key)", object),
      Field(Fact.pointer(key), statement.map { .integer($0.value) } ?? .null, provenance),
    ]
  }

  /// Says which statements contradict each other.
  var diagnostic: Diagnostic? {
    guard !contradictory.isEmpty else { return nil }
    var quotes: [String] = []
    for statement in contradictory where !quotes.contains(statement.quote.shown) {
      quotes.append(statement.quote.shown)
    }
    return Diagnostic(
      "record.fact_ambiguous", .info, "statements of '\(key)' differ: " + quotes.joined(separator: " / "),
      places: contradictory[0].quote.places)
  }
}
