/// Something odd about a document that could still be read.
public struct Diagnostic: Codable, Hashable, Sendable {
  /// Stable and dotted, such as `pdf.no_text`.
  public var code: String
  /// How bad it is.
  public var severity: Severity
  /// One sentence for a person.
  public var message: String
  /// Where, if it stands somewhere.
  public var places: [Place]

  /// Creates a diagnostic.
  public init(_ code: String, _ severity: Severity, _ message: String, places: [Place] = []) {
    self.code = code
    self.severity = severity
    self.message = message
    self.places = places
  }
}

extension Document {
  /// Withdraws what a later stage has settled: that a PDF has no text, once text was recognised in its pictures; and what no
  /// stage knows by itself: that the record is complete, where parts of the document may be missing.
  public mutating func withdrawSettled() {
    if diagnostics.contains(where: { $0.code == "ocr.recognised" }) {
      diagnostics.removeAll { $0.code == "pdf.no_text" }
    }
    if record?.status == .complete, diagnostics.contains(where: { Self.losses.contains($0.code) }) {
      record?.status = .partial
    }
  }

  private static let losses: Set<String> = ["pdf.damaged", "docx.damaged"]
}

/// How bad a finding is.
public enum Severity: String, Codable, CaseIterable, Hashable, Sendable {
  /// The document contradicts itself, or a required part is missing.
  case error
  /// Likely an error, or a different definition.
  case warning
  /// Worth knowing.
  case info
}
