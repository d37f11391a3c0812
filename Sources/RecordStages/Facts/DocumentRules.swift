import DocumentModel
import PipelineKit

/// What is asked of the document beside its figures: its parts, its years, its wording. Each rule may be left out.
struct DocumentRules: Codable, Sendable {
  var forms: Forms?
  var sections: Sections?
  var opening: Opening?
  var brief: Brief?
  var multiple: Multiple?
  var wordings: [Wording]?

  /// The forms of tables are those in force for the year.
  struct Forms: Codable, Sendable {
    var id: String
    var severity: Severity
    /// Tables that differ from form to form.
    var tables: [String]
    /// The first and the last year of each form.
    var years: [String: [Int]]
  }

  /// The sections from 1 to `last`, by their numbers, else by their words, are there, each once and in order.
  struct Sections: Codable, Sendable {
    var id: String
    var severity: Severity
    var last: Int
  }

  /// The first paragraph of a section, where it begins with a `year`, begins with that of the report.
  struct Opening: Codable, Sendable {
    var id: String
    var severity: Severity
    var section: Int
    var pattern: Pattern
  }

  /// The text of these sections has so many letters at least.
  struct Brief: Codable, Sendable {
    var id: String
    var severity: Severity
    var sections: [Int]
    var letters: Int
  }

  /// An amount is a multiple of a whole number.
  struct Multiple: Codable, Sendable {
    var id: String
    var severity: Severity
    var pointer: String
    var of: Int
  }

  /// The running text has no such wording.
  struct Wording: Codable, Sendable {
    var id: String
    var severity: Severity
    var message: String
    var pattern: Pattern
    /// The first year of reports of which it is asked.
    var since: Int?
  }

  /// Names that mean something.
  ///
  /// - Throws: ``RecordError``.
  func validate(path: String) throws {
    if let years = forms?.years, let form = years.first(where: { $0.value.count != 2 })?.key {
      throw RecordError("schema.invalid", "\(path): form '\(form)' needs its first and its last year")
    }
    if let multiple, multiple.of < 1 {
      throw RecordError("schema.invalid", "\(path): 'of' must be at least 1")
    }
  }
}
