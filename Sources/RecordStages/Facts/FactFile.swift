import DocumentModel
import PipelineKit

/// Which facts the running text of a kind of report states, in which words, and what they must agree with.
struct FactFile: Codable, Sendable {
  var format: Int
  /// Headings of the highest level whose text is not looked at.
  var leftOut: Pattern?
  /// A figure: its `value` in digits or numerals, its `scale`, its `unit`, and `more` where it is a lower bound.
  var figure: Pattern
  /// Words between what is counted and its figure; they are taken away before `patterns` are tried.
  var lead: Pattern
  var bounds: Bounds
  /// What stands before a figure that is called a sum.
  var total: Pattern
  /// What stands before a figure that is a difference from another.
  var difference: Pattern
  /// What stands before something that shares its figure with what stands there.
  var joined: Pattern?
  /// Parts of a clause whose figures are not those of the whole year, such as what is planned.
  var unless: [Pattern]
  /// What the sentence up to a figure says where that sums up several years.
  var cumulative: Pattern?
  /// Whose figures they are; all are the body's where it is not said.
  var scopes: Scopes?
  /// How a part of a clause begins that, with all behind it, counts parts of what was said before.
  var parts: Pattern
  var years: Years
  var facts: [Rule]
  var checks: [Comparing]
  var document: DocumentRules?

  /// Words that make a figure a bound.
  struct Bounds: Codable, Sendable {
    /// Among the words of `lead`.
    var atLeast: Pattern
    var atMost: Pattern
    var near: Pattern
    /// Behind the unit.
    var behindAtLeast: Pattern
    var behindNear: Pattern
  }

  /// Words about years.
  struct Years: Codable, Sendable {
    /// A `year` by its number.
    var named: Pattern
    /// A `year` at the beginning of a part of a clause: what follows is about it.
    var leading: Pattern
    /// The beginning of a part of a clause: what follows is about a part of the year, or about the whole of it again.
    var within: Pattern?
    var whole: Pattern?
    /// Another year than the one of the report.
    var other: Pattern
  }

  /// Words that say whose figures follow: see ``Scope``.
  struct Scopes: Codable, Sendable {
    /// All of an area or a body, by the `level` of it.
    var whole: Pattern
    /// What closes the name of a body behind that of its area.
    var closing: Pattern
    /// Others than the body that reports, or parts of it.
    var parts: Pattern
    /// A `body` and what it did.
    var named: Pattern
    /// How a body calls itself.
    var own: Pattern
  }

  /// How one fact is stated.
  struct Rule: Codable, Sendable {
    var key: String
    var units: [String]
    /// Matched against a clause in which `#` stands for the figure and for the words of `lead` before it.
    var patterns: [Pattern]
    /// A part of a clause that says in words that there was none.
    var zero: [Pattern]?
    /// What the sentence up to the figure, the heading, or the opening of the paragraph must hold.
    var context: Pattern?
    /// What the part of the clause may not hold.
    var unrelated: Pattern?
    /// What the sentence up to the figure may not hold.
    var elsewhere: Pattern?
    /// Whether it may be counted among the parts of another.
    var inParts: Bool?
    /// Whether it never shares its figure: no `joined` words stand before its pattern.
    var alone: Bool?
    /// Whether it stands at the end of the year, so that a sum over years is no other figure.
    var standing: Bool?
    /// Whether its words name another year by themselves.
    var anyYear: Bool?
  }

  /// A fact, or a sum of facts, and the sums of which one must be equal to it.
  struct Comparing: Codable, Sendable {
    var id: String
    var instance: String
    var severity: Severity
    var message: String
    var left: Sum
    var accept: [Sum]
    /// How the first fact must be stated to be compared; in either way where it is not said.
    var stated: Manner?
  }

  /// Keys of facts and pointers into the record that are summed up: `a + b - c`.
  struct Sum: Codable, Sendable {
    var terms: [(name: String, isSubtracted: Bool)] = []

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      var (isSubtracted, isDue) = (false, true)
      for word in try container.decode(String.self).split(separator: " ") {
        if isDue != (word != "+" && word != "-") {
          throw DecodingError.dataCorruptedError(in: container, debugDescription: "a sum such as a + b - c is expected")
        }
        if isDue { terms.append((String(word), isSubtracted)) } else { isSubtracted = word == "-" }
        isDue.toggle()
      }
      if isDue {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "a sum such as a + b - c is expected")
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      let text = terms.map { ($0.isSubtracted ? "- " : "+ ") + $0.name }.joined(separator: " ")
      try container.encode(String(text.dropFirst(2)))
    }
  }

  /// How a fact is stated.
  enum Manner: String, Codable, CaseIterable, Sendable {
    case figure, words
  }
}

extension FactFile {
  /// Names and severities that mean something.
  ///
  /// - Throws: ``RecordError``.
  func validate(path: String) throws {
    func fault(_ text: String) -> RecordError { RecordError("schema.invalid", "\(path): \(text)") }
    guard format == 1 else { throw fault("'format' must be 1") }
    try document?.validate(path: path, facts: facts.map(\.key))
    let keys = facts.map(\.key)
    if let key = keys.first(where: { key in keys.count { $0 == key } > 1 }) {
      throw fault("the fact '\(key)' is declared twice")
    }
    for check in checks {
      guard !check.accept.isEmpty else { throw fault("check \(check.id) accepts nothing") }
      for name in (check.left.terms + check.accept.flatMap(\.terms)).map(\.name)
      where !name.hasPrefix("/") && !keys.contains(name) {
        throw fault("check \(check.id) names '\(name)', which is no fact" + didYouMean(name, among: keys))
      }
    }
  }
}
