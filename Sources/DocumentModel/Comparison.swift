/// What the text states against what the tables print: the left side must be one of several sums.
///
/// Several, as the field has several readings of one word: the requests that were dealt with may or may not count those
/// carried over. It carries everything that a check needs, so that it is looked at when the tables have been decided.
public struct Comparison: Codable, Hashable, Sendable {
  /// The rule.
  public var id: String
  /// What it is looked at for.
  public var instance: String
  /// How bad a failure is.
  public var severity: Severity
  /// What holds, for a person.
  public var message: String
  /// The terms that are summed up on the left.
  public var left: [Term]
  /// The sums of which one must be equal to it, the usual first; at least one.
  public var accepted: [[Term]]

  /// One value of a sum.
  public struct Term: Codable, Hashable, Sendable {
    /// Where it stands in the record.
    public var pointer: String
    /// Whether it is taken away from the sum.
    public var isSubtracted: Bool
    /// What its value says of the figure that is meant.
    public var bound: Bound

    private enum CodingKeys: String, CodingKey {
      case pointer, bound
      case isSubtracted = "subtracted"
    }

    /// Creates a term.
    public init(_ pointer: String, isSubtracted: Bool = false, bound: Bound = .exact) {
      self.pointer = pointer
      self.isSubtracted = isSubtracted
      self.bound = bound
    }
  }

  /// What a value says of the figure that is meant.
  public enum Bound: String, Codable, Hashable, Sendable {
    /// It is the figure.
    case exact
    /// The figure is not smaller: "more than seventy".
    case atLeast
    /// The figure is not larger: "nearly seventy".
    case atMost
    /// It is near the figure, so that nothing can be compared.
    case open
  }

  /// Creates a comparison.
  public init(
    id: String, instance: String, severity: Severity, message: String, left: [Term], accepted: [[Term]]
  ) {
    self.id = id
    self.instance = instance
    self.severity = severity
    self.message = message
    self.left = left
    self.accepted = accepted
  }
}
