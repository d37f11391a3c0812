/// What a document states, in the terms of a schema, with proof.
public struct Record: Codable, Hashable, Sendable {
  /// Whether everything that the schema requires was found.
  public var status: Status
  /// Every value with its pointer, in the order of the schema.
  public var fields: [Field]
  /// What is printed for the tables of the schema, and what must hold of it.
  public var grids: [EvidenceGrid]
  /// What the text states, and which sums of the tables it must be equal to.
  public var comparisons: [Comparison]
  /// The equations and rules that were looked at.
  public var checks: [Check]
  /// What was moved from where it is printed to where the sums prove that it belongs.
  public var repairs: [Repair]
  /// Figures in a table region that no field uses.
  public var unexplained: [Unexplained]

  /// How much of what the schema requires was found.
  public enum Status: String, Codable, Hashable, Sendable {
    case complete, partial, failed
  }

  enum CodingKeys: String, CodingKey {
    case status, fields, grids, comparisons, checks, repairs, unexplained
  }

  /// Creates an empty record.
  public init(status: Status = .failed) {
    self.status = status
    self.fields = []
    self.grids = []
    self.comparisons = []
    self.checks = []
    self.repairs = []
    self.unexplained = []
  }
}

/// One value of a record.
public struct Field: Codable, Hashable, Sendable {
  /// RFC 6901, relative to the data.
  public var pointer: String
  /// The value; counts are integers, amounts decimal strings.
  public var value: JSONValue
  /// Why the value is what it is; `nil` for values that are not read off a single place.
  public var provenance: Provenance?

  /// Creates a field.
  public init(_ pointer: String, _ value: JSONValue, _ provenance: Provenance? = nil) {
    self.pointer = pointer
    self.value = value
    self.provenance = provenance
  }
}

/// Where a value comes from.
public struct Provenance: Codable, Hashable, Sendable {
  /// How the value is known, or why it is not.
  public var state: ValueState
  /// As printed; `nil` where nothing is.
  public var raw: String?
  /// The stage that decided.
  public var stage: String
  /// Where it is printed.
  public var places: [Place]
  /// For derived values: whether they would still hold if one printed figure were wrong.
  public var isConfirmed: Bool?
  /// What a person should know, such as the unit it was converted from.
  public var note: String?

  private enum CodingKeys: String, CodingKey {
    case state, raw, stage, places, note
    case isConfirmed = "confirmed"
  }

  /// Creates a provenance.
  public init(
    _ state: ValueState, raw: String? = nil, stage: String, places: [Place] = [], isConfirmed: Bool? = nil,
    note: String? = nil
  ) {
    self.state = state
    self.raw = raw
    self.stage = stage
    self.places = places
    self.isConfirmed = isConfirmed
    self.note = note
  }
}

/// How a value is known, or why it is null.
public enum ValueState: String, CaseIterable, Codable, Hashable, Sendable {
  /// Printed as it is given.
  case printed
  /// Printed with another unit or a note.
  case converted
  /// Not printed, proven by the sums.
  case derived
  /// Printed elsewhere, moved to the place that the sums prove.
  case repaired
  /// Given by a person.
  case corrected
  /// Read, but not proven.
  case uncertain
  /// Null: nothing is printed in the cell.
  case blank
  /// Null: a slash is printed.
  case slash
  /// Null: a dash is printed.
  case dash
  /// Null: other words are printed.
  case text
  /// Null: there is no such row or column in the source.
  case missing
  /// Null: what is printed cannot be read.
  case unreadable
  /// Null: several readings survive.
  case ambiguous
}

/// One rule, looked at for one row, column or block.
public struct Check: Codable, Hashable, Sendable {
  /// The rule.
  public var id: String
  /// What it was looked at for.
  public var instance: String
  /// What came out.
  public var status: Status
  /// How bad a failure would be.
  public var severity: Severity
  /// One sentence for a person.
  public var message: String
  /// The rule in words of the schema, such as `a + b = c`.
  public var expression: String
  /// The values concerned.
  public var pointers: [String]
  /// Left side, where it can be computed.
  public var left: JSONValue
  /// Right side, where it can be computed.
  public var right: JSONValue
  /// Left less right.
  public var difference: JSONValue
  /// Whose error a failure is.
  public var cause: Cause?

  /// What came out of a rule.
  public enum Status: String, Codable, Hashable, Sendable {
    case pass, fail, uncertain
    case notAssessable = "not_assessable"
  }

  /// Whose error it is.
  public enum Cause: String, Codable, Hashable, Sendable {
    /// The reading is certain: the document itself does not add up.
    case source
    /// Another reading of the document adds up.
    case extraction
    case undecided
  }

  /// Creates a check.
  public init(
    id: String, instance: String, status: Status, severity: Severity, message: String, expression: String = "",
    pointers: [String] = [], left: JSONValue = .null, right: JSONValue = .null, difference: JSONValue = .null,
    cause: Cause? = nil
  ) {
    self.id = id
    self.instance = instance
    self.status = status
    self.severity = severity
    self.message = message
    self.expression = expression
    self.pointers = pointers
    self.left = left
    self.right = right
    self.difference = difference
    self.cause = cause
  }
}

/// A change between what is printed where, and the record.
public struct Repair: Codable, Hashable, Sendable {
  /// What was done, such as `move`.
  public var operation: String
  /// Where the value came from.
  public var from: String?
  /// The pointer that changed.
  public var path: String
  /// The value before.
  public var before: JSONValue
  /// The value after.
  public var after: JSONValue
  /// Why it is proven.
  public var reason: String

  /// Creates a repair.
  public init(
    operation: String, from: String? = nil, path: String, before: JSONValue = .null, after: JSONValue, reason: String
  ) {
    self.operation = operation
    self.from = from
    self.path = path
    self.before = before
    self.after = after
    self.reason = reason
  }
}

/// A figure in a table region that no field uses.
public struct Unexplained: Codable, Hashable, Sendable {
  /// As printed.
  public var raw: String
  /// Where.
  public var places: [Place]

  /// Creates an unexplained figure.
  public init(_ raw: String, places: [Place]) {
    self.raw = raw
    self.places = places
  }
}
