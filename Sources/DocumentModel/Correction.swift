/// A value that a person gives in place of the one that was read.
///
/// As JSON, a line of `corrections.ndjson`: `{"document": SHA-256, "pointer", "expected_raw", "value", "by", "reason"}`.
public struct Correction: Codable, Hashable, Sendable {
  /// SHA-256 of the document; corrections of other documents are passed over.
  public var document: String
  /// Where the value stands in the record.
  public var pointer: String
  /// What is printed there as the person saw it; nil where nothing is.
  public var expectedRaw: String?
  /// An integer, a decimal string, or null.
  public var value: JSONValue
  /// Who says so.
  public var by: String
  /// Why.
  public var reason: String

  private enum CodingKeys: String, CodingKey {
    case document, pointer, value, by, reason
    case expectedRaw = "expected_raw"
  }

  /// Creates a correction.
  public init(
    document: String, pointer: String, expectedRaw: String?, value: JSONValue, by: String, reason: String
  ) {
    self.document = document
    self.pointer = pointer
    self.expectedRaw = expectedRaw
    self.value = value
    self.by = by
    self.reason = reason
  }
}
