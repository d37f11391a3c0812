public import DocumentModel
public import PipelineKit

/// Finds the figures that the running text states and says what they must agree with; checks the parts of the document.
///
/// Reads `blocks` and `record`, writes `record`: for every fact that is declared its value, unit, quote and section, null
/// where the text is silent, and the comparisons that ``CheckRecord`` looks at when the tables have been decided. It
/// therefore runs behind ``MapRecord``, which knows the year, and before the sums decide anything.
///
/// ```
///   "In the year 24 requests were received, 3 more than in the year before."
///      → requests_received: 24 (printed), nothing for the 3
/// ```
/// What needs no table is checked here: sections, years and wording (``DocumentRules``).
///
/// Silence is better than a wrong fact: see ``FactReader`` for what is never taken. It fails where one sentence counts
/// for the body alone and another for all bodies below it, as nothing tells them apart: then there is no value.
public struct FindFacts: Stage {
  /// The settings of ``FindFacts``.
  public struct Options: StageOptions {
    /// Which facts, in which words.
    public var facts: OptionFile?
    /// The words of the report outside of tables.
    public var vocabulary: OptionFile?

    /// No facts, no words.
    public init() {}

    /// What each option means, for people who write pipeline files.
    public static let meanings = [
      "facts": "Which facts, in which words.",
      "vocabulary": "The words of the report outside of tables.",
    ]

    /// Both.
    public var files: [OptionFile] { [facts, vocabulary].compactMap { $0 } }
  }

  /// `record.facts`.
  public static let contract = StageContract(
    "record.facts", version: 7, summary: "Finds the facts that the running text states", reads: [.blocks, .record],
    mayRead: [.pages], writes: [.record])

  private let file: FactFile
  private let vocabulary: Vocabulary

  /// Reads the facts and the vocabulary.
  ///
  /// - Throws: ``RecordError``.
  public init(options: Options) throws {
    guard let facts = options.facts else { throw RecordError("schema.invalid", "'facts' must name a file") }
    guard let words = options.vocabulary else { throw RecordError("schema.invalid", "'vocabulary' must name a file") }
    file = try schemaFile(facts.path)
    try file.validate(path: facts.path)
    vocabulary = try schemaFile(words.path)
  }

  /// Adds facts and comparisons.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard var record = document.record else { return }
    // Of several reports in a file the tables of the first are taken.
    let all = document.blocks ?? []
    let blocks = Chapters.reports(of: all).first.map { Array(all[$0]) } ?? []
    let text = Passage.passages(of: blocks, leftOut: file.leftOut, vocabulary: vocabulary)
    let passages = text.filter { !$0.isLeftOut }
    let organisation = Identity(blocks, vocabulary: vocabulary).organisation?.folded
    let reader = FactReader(
      file: file, numerals: vocabulary.numerals, year: record.year, organisation: organisation)
    let facts = zip(file.facts, reader.statements(in: passages)).map { Fact(key: $0.key, $1) }
    var fields = facts.flatMap { $0.fields(stage: context.stage) }
    RecognisedPages(document.pages).doubt(&fields)
    record.fields += fields
    document.diagnostics += facts.compactMap(\.diagnostic)
    let pointers = Set(record.fields.map(\.pointer))
    record.comparisons += file.checks.compactMap { $0.comparison(of: facts, pointers: pointers) }
    if let rules = file.document {
      record.checks += DocumentChecker(
        record: record, text: text, passages: passages, rules: rules, facts: facts, vocabulary: vocabulary,
        organisation: organisation
      ).checks()
    }
    document.record = record
  }
}

extension Record {
  /// The year that the report is about.
  fileprivate var year: Int? {
    guard case .integer(let year)? = fields.first(where: { $0.pointer == "/year" })?.value else { return nil }
    return year
  }
}

extension FactFile.Comparing {
  /// With the sums whose values the record has; nil where it has none of them, as in another form.
  fileprivate func comparison(of facts: [Fact], pointers: Set<String>) -> Comparison? {
    func term(_ name: String, _ isSubtracted: Bool) -> Comparison.Term {
      guard let fact = facts.first(where: { $0.key == name }) else {
        return Comparison.Term(name, isSubtracted: isSubtracted)
      }
      return Comparison.Term(
        Fact.pointer(name), isSubtracted: isSubtracted,
        bound: fact.isParted ? .open : fact.statement?.bound ?? .exact)
    }
    let accepted = accept.map { $0.terms.map(term) }.filter { $0.allSatisfy { pointers.contains($0.pointer) } }
    var left = left.terms.map(term)
    guard !accepted.isEmpty, left.allSatisfy({ pointers.contains($0.pointer) }) else { return nil }
    let first = facts.first { $0.key == self.left.terms[0].name }
    if let stated, first?.statement != nil, (stated == .words) != first?.isInWords { left[0].bound = .open }
    return Comparison(
      id: id, instance: instance, severity: severity, message: message, left: left,
      accepted: accepted)
  }
}
