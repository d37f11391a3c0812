import DocumentModel
import PipelineKit

/// What is asked of the document beside its figures: its parts, its years, its wording. Each rule may be left out.
struct DocumentRules: Codable, Sendable {
  var forms: Forms?
  var sections: Sections?
  var opening: Opening?
  var brief: Brief?
  var multiple: Multiple?
  var parts: Parts?
  var shares: Shares?
  var author: Author?
  var unable: Unable?
  var extras: Extras?
  var wordings: [Wording]?
  var coincidence: Coincidence?

  /// Sums that are not zero all at once, as they would be if a column were printed that is the sum of others.
  struct Coincidence: Codable, Sendable {
    var id: String
    var severity: Severity
    var message: String
    /// Sums of figures, of which so many at least have to be known and not be of noughts.
    var sums: [FactFile.Sum]
    var least: Int
  }

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

  /// The parts of an amount that are listed behind it, all of them, sum up to it.
  struct Parts: Codable, Sendable {
    var id: String
    var severity: Severity
    var pointer: String
    /// Words of a list that is not whole, or not of what was paid.
    var unless: Pattern
  }

  /// A share in per cent that stands behind a fact is that of the fact in one of the whole figures that are stated.
  struct Shares: Codable, Sendable {
    var id: String
    var severity: Severity
    /// What stands right behind the figure of a fact: its `share`.
    var pattern: Pattern
    /// The facts that are shares of another.
    var facts: [String]
    /// Sums of facts, of which each is a whole.
    var of: [FactFile.Sum]
    /// How far off the share may be printed beside its rounding, in hundredths of a per cent.
    var tolerance: Int
  }

  /// The body that a sentence says wrote the report is the one in its title.
  struct Author: Codable, Sendable {
    var id: String
    var severity: Severity
    /// A sentence with the `body`.
    var pattern: Pattern
    /// The name of a body that says its area; of others nobody knows whose they are.
    var area: Pattern
  }

  /// Bodies of a kind have no such figures.
  struct Unable: Codable, Sendable {
    var id: String
    var severity: Severity
    var message: String
    var bodies: Pattern
    var pointers: [String]
  }

  /// The tables have no rows that the form does not know.
  struct Extras: Codable, Sendable {
    var id: String
    var severity: Severity
    var pointer: String
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
  func validate(path: String, facts: [String]) throws {
    if let years = forms?.years, let form = years.first(where: { $0.value.count != 2 })?.key {
      throw RecordError("schema.invalid", "\(path): form '\(form)' needs its first and its last year")
    }
    let names = Set(facts)
    for name in (shares?.facts ?? []) + (shares?.of ?? []).flatMap({ $0.terms.map(\.name) }) where !names.contains(name)
    {
      throw RecordError(
        "schema.invalid", "\(path): 'shares' names '\(name)', which is no fact" + didYouMean(name, among: facts))
    }
    if let multiple, multiple.of < 1 {
      throw RecordError("schema.invalid", "\(path): 'of' must be at least 1")
    }
  }
}
