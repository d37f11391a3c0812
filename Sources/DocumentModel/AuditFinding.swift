/// A rule over two records of one body, and what came out.
public struct AuditFinding: Hashable, Sendable {
  /// The body, as the later record names it.
  public var body: String
  /// The earlier record.
  public var before: Origin
  /// The later record.
  public var this: Origin
  /// What came out; its pointers are those of the figures, in their order.
  public var check: Check
  /// The figures of both sides of the rule.
  public var figures: [Figure]

  /// A record, as its file names it.
  public struct Origin: Hashable, Sendable {
    /// The year that it is about.
    public var year: Int
    /// The uri of its source.
    public var uri: String
    /// The SHA-256 of its source; empty where the record does not say.
    public var sha256: String

    /// Names a record.
    public init(year: Int, uri: String, sha256: String) {
      (self.year, self.uri, self.sha256) = (year, uri, sha256)
    }
  }

  /// One figure of a rule.
  public struct Figure: Hashable, Sendable {
    /// The year of its record.
    public var year: Int
    /// Relative to the data of that record.
    public var pointer: String
    /// An integer, a decimal string, or null.
    public var value: JSONValue
    /// How often it counts.
    public var times: Int

    /// Names a figure.
    public init(year: Int, pointer: String, value: JSONValue, times: Int) {
      (self.year, self.pointer, self.value, self.times) = (year, pointer, value, times)
    }
  }

  /// Puts a finding together.
  public init(body: String, before: Origin, this: Origin, check: Check, figures: [Figure]) {
    (self.body, self.before, self.this, self.check, self.figures) = (body, before, this, check, figures)
  }
}

/// What an audit looked at, so that no finding is not read as no fault.
public struct AuditSummary: Hashable, Sendable {
  /// Records read.
  public var records = 0
  /// Lines that are no record.
  public var skippedLines = 0
  /// Records that name no body or no year.
  public var namelessRecords = 0
  /// Records that say the same as another of the same body and year.
  public var repeatedRecords = 0
  /// Records of which another of the same body and year says otherwise; none of them is used.
  public var contradictedRecords = 0
  /// Bodies of which there is a record.
  public var bodies = 0
  /// Records that stand beside one of the same body on the year before.
  public var pairs = 0
  /// How often each rule came out how, in the order of the rules.
  public var rules: [Counts] = []

  /// How often a rule came out how.
  public struct Counts: Hashable, Sendable {
    /// The rule.
    public var id: String
    /// How often it holds.
    public var pass = 0
    /// How often it does not.
    public var fail = 0
    /// How often a figure that it needs is uncertain.
    public var uncertain = 0
    /// How often a figure that it needs is not printed.
    public var notAssessable = 0

    /// Nothing counted yet.
    public init(id: String) { self.id = id }

    /// Counts one more.
    public mutating func count(_ status: Check.Status) {
      switch status {
      case .pass: pass += 1
      case .fail: fail += 1
      case .uncertain: uncertain += 1
      case .notAssessable: notAssessable += 1
      }
    }
  }

  /// Nothing was looked at yet.
  public init() {}
}
