public import DocumentModel
public import PipelineKit

/// Maps what a document prints to the tables and facts of a schema.
///
/// Reads `blocks` and `tables`, writes `record`. A table's form is told by its words. Rows are found by aligning labels
/// with the form's order, columns by the words above them where the grid is certain, else by their number:
///
/// ```
///            | natural person | total |        rows, in the form's order
///   received |      12        |   13  |   →    /applications/new_received/natural_person = 12
/// ```
///
/// A row that prints fewer figures than the form has columns is left open, with its figures in order, for
/// ``ReconcileRecord``. Fails on tables whose labels are lost: they stay unmapped and are reported as missing.
public struct MapRecord: Stage {
  /// What is known about the kind of report.
  public struct Options: StageOptions {
    /// Forms that its tables may follow.
    public var schemas: [OptionFile] = []
    /// Its words outside of tables.
    public var vocabulary: OptionFile?

    /// No forms, no words.
    public init() {}

    /// What each option means, for people who write pipeline files.
    public static let meanings = [
      "schemas": "Forms that its tables may follow.",
      "vocabulary": "Its words outside of tables.",
    ]

    /// The schemas, the forms they may extend by convention beside them, and the vocabulary.
    public var files: [OptionFile] { schemas + [vocabulary].compactMap { $0 } }
  }

  /// `record.map`.
  public static let contract = StageContract(
    "record.map", version: 33, summary: "Maps tables and text to the rows, columns and facts of a schema",
    reads: [.blocks, .tables], mayRead: [.pages], writes: [.record])

  private let forms: [Form]
  private let vocabulary: Vocabulary
  private let figures: FigureReader
  private let stackedHeads: StackedHeads

  /// Reads the schemas and the vocabulary.
  ///
  /// - Throws: ``RecordError``.
  public init(options: Options) throws {
    guard !options.schemas.isEmpty else { throw RecordError("schema.invalid", "'schemas' must name at least one file") }
    guard let file = options.vocabulary else { throw RecordError("schema.invalid", "'vocabulary' must name a file") }
    forms = try Form.forms(in: options.schemas)
    vocabulary = try schemaFile(file.path)
    let units = forms.flatMap(\.tables).flatMap(\.blocks).flatMap(\.columns).flatMap(\.units.keys)
    figures = FigureReader(
      countUnits: Set(vocabulary.countUnits), nothing: Set(vocabulary.nothing),
      multiples: Set(vocabulary.numerals.units.keys), amountUnits: Set(units),
      signs: vocabulary.signs, unitWords: vocabulary.unitWords, loose: vocabulary.looseFigure)
    stackedHeads = StackedHeads(of: forms, figures: figures)
  }

  /// Writes the record.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    let blocks = document.blocks ?? []
    let identity = Identity(blocks, vocabulary: vocabulary)
    let year = identity.year.flatMap { vocabulary.numerals.year($0.folded) }
    let times = TimeReader(vocabulary.times, numerals: vocabulary.numerals, year: year)
    let recognised = RecognisedPages(document.pages)
    let tables = (document.tables ?? []).map(stackedHeads.joined)
    let chapters = Chapters(blocks, tables: tables)
    let lines = TableLines(
      tables, figures: figures, years: year.map(wordsOfYears) ?? [:], captions: chapters.captions,
      recognised: Set(tables.indices.filter { recognised.hold(tables[$0].regions) }))
    let mappings = FormMapping.choose(among: forms, in: lines, chapters: chapters, year: year)
    var record = Record()
    record.fields = identityFields(identity, mappings, blocks, stage: context.stage)
    // A table that is missing is part of a report, with all its cells missing; of another document it is none. What has the
    // title of a report on a year with a form is one, though none of its tables can be read.
    let isTitled =
      identity.title != nil && year.map { year in forms.contains { $0.years?.contains(year) == true } } == true
    let isReport = isTitled || mappings.contains(where: \.isFound)
    let used = mappings.reduce(into: Set<Int>()) { $0.formUnion($1.lines) }
    for mapping in mappings where isReport { record.grids += mapping.grids(figures, times: times, used: used) }
    for index in record.grids.indices { record.grids[index].isRecognised = recognised.hold(record.grids[index]) }
    for mapping in mappings where mapping.isFound {
      let form = "table '\(mapping.table.key)' follows form \(mapping.form.name)"
      document.diagnostics.append(Diagnostic("record.form", .info, "\(form), score \(hundredths(mapping.score))"))
      if !mapping.form.completes {
        let message = "form \(mapping.form.name) has not all tables that a complete record needs"
        document.diagnostics.append(Diagnostic("record.form_partial", .info, message))
      }
      guard let rival = mapping.rival else { continue }
      let message = "\(form), or \(rival.forms.joined(separator: ", ")): less than one word tells them apart"
      document.diagnostics.append(Diagnostic("record.form_doubtful", .warning, message))
    }
    for grid in record.grids { record.fields += grid.fields(stage: context.stage) }
    let own = Chapters.reports(of: blocks).first.map { Array(blocks[$0]) } ?? []
    record.fields += ProcessingFee(own, year: identity.year?.folded, vocabulary: vocabulary).fields(
      stage: context.stage)
    let leftover = Leftover(isReport ? mappings : [], lines, figures: figures, times: times)
    record.fields.append(
      Field(
        "/extra_rows", .array(leftover.rows),
        Provenance(leftover.rows.isEmpty ? .missing : .printed, stage: context.stage, places: leftover.places)))
    recognised.doubt(&record.fields)
    record.unexplained = leftover.figures + record.grids.flatMap(\.withheld)
    for (table, note) in record.grids.flatMap({ grid in grid.notesOfWithheld.map { (grid.table, $0) } }) {
      let message = "table '\(table)' prints figures that are not taken; \(note)"
      document.diagnostics.append(Diagnostic("record.figures_withheld", .warning, message))
    }
    if chapters.reports.count > 1, isReport {
      let message =
        "the file holds \(chapters.reports.count) reports, one after the other; the record is of one of them"
      document.diagnostics.append(Diagnostic("record.reports_several", .warning, message))
    }
    for mapping in mappings where mapping.isFound && mapping.isRepeated {
      let message =
        "the document prints rows of table '\(mapping.table.key)' in more than one place; see which were taken"
      document.diagnostics.append(Diagnostic("record.table_repeated", .warning, message))
    }
    for mapping in mappings where !mapping.isFound {
      document.diagnostics.append(
        Diagnostic("record.table_missing", .error, "table '\(mapping.table.key)' was not found in the document"))
    }
    record.checks =
      identityChecks(identity) + periodChecks(identity) + mappings.filter(\.isFound).flatMap(spellingChecks)
      + mappings.filter { !$0.isFound }.flatMap(missingTableChecks)
    let isWhole =
      // What stands in another place is in no field, and is listed nowhere.
      mappings.allSatisfy { $0.isFound && !$0.isRepeated && $0.form.completes } && identity.organisation != nil
      && identity.year != nil && chapters.reports.count < 2
    record.status = isWhole ? .complete : .partial
    document.record = record
  }

  /// For the years beside the report's and for itself, as they are printed, the words that mean them.
  private func wordsOfYears(_ year: Int) -> [String: String] {
    forms.map(\.exclusions.qualifiers).reduce(into: [:]) { words, qualifiers in
      guard let mark = qualifiers.yearMark else { return }
      for (word, offset) in qualifiers.relative { words["\(year + offset)\(mark)"] = word }
      if let own = qualifiers.own.first { words["\(year)\(mark)"] = own }
    }
  }

  private func identityFields(
    _ identity: Identity, _ mappings: [FormMapping], _ blocks: [Block], stage: String
  ) -> [Field] {
    func field(_ pointer: String, _ found: Found?, _ value: (Found) -> JSONValue = { .string($0.shown) }) -> Field {
      guard let found else { return Field(pointer, .null, Provenance(.missing, stage: stage)) }
      var provenance = Provenance(.printed, raw: found.shown, stage: stage, places: found.places)
      if found.shown.unicodeScalars.contains("\u{FFFD}") {
        (provenance.state, provenance.note) = (.uncertain, "a letter of it is lost")
      }
      return Field(pointer, value(found), provenance)
    }
    func form(_ mapping: FormMapping?) -> JSONValue {
      .string(mapping.flatMap { $0.isFound ? $0.form.name : nil } ?? "unknown")
    }
    // A form is told by the words of a table, so that it is printed nowhere.
    func told(_ pointer: String, _ mapping: FormMapping?) -> Field {
      let state: ValueState = mapping?.isFound == true ? .derived : .missing
      return Field(pointer, form(mapping), Provenance(state, stage: stage, note: "told by the words of the table"))
    }
    var fields = [told("/form", mappings.first)]
    fields += mappings.map { told("/table_forms/\($0.table.key)", $0) }
    fields.append(field("/title", identity.title))
    fields.append(field("/organisation", identity.organisation))
    fields.append(field("/year", identity.year) { .integer(orNull: vocabulary.numerals.year($0.folded)) })
    func date(_ pointer: String, _ date: String?, _ quote: Found?) -> Field {
      let state: ValueState = quote == nil ? .missing : date == nil ? .unreadable : .printed
      return Field(
        pointer, .string(orNull: date), Provenance(state, raw: quote?.shown, stage: stage, places: quote?.places ?? []))
    }
    fields.append(date("/period/from", identity.period?.from, identity.period?.quote))
    fields.append(date("/period/to", identity.period?.to, identity.period?.quote))
    fields.append(
      date("/published", identity.published.flatMap { Identity.date($0, vocabulary) }, identity.published))
    fields.append(field("/document_numbers/index", identity.index))
    fields.append(field("/document_numbers/issue", identity.issue))
    for (key, pattern) in vocabulary.contact.all {
      let found = blocks.lazy.filter { $0.table == nil }.compactMap { $0.find(pattern, "value") }.first
      fields.append(field("/contact/\(key)", found))
    }
    let sections = Section.sections(of: blocks, vocabulary: vocabulary)
    fields.append(
      Field(
        "/sections", .array(sections.map(\.json)),
        Provenance(sections.isEmpty ? .missing : .printed, stage: stage, places: sections.flatMap(\.places))))
    return fields
  }

  private func identityChecks(_ identity: Identity) -> [Check] {
    guard let rule = vocabulary.rules.identity else { return [] }
    let missing = [identity.organisation == nil ? "organisation" : nil, identity.year == nil ? "year" : nil]
      .compactMap { $0 }
    return [
      Check(
        id: rule.id, instance: "document", status: missing.isEmpty ? .pass : .fail,
        severity: Severity(rawValue: rule.severity) ?? .error,
        message: missing.isEmpty
          ? "organisation and year are printed" : "not found: " + missing.joined(separator: ", "),
        pointers: ["/organisation", "/year"])
    ]
  }

  /// Whether the year of the report is the one that its figures are said to be about, from one day to a later one.
  private func periodChecks(_ identity: Identity) -> [Check] {
    guard let rule = vocabulary.rules.period else { return [] }
    let year = identity.year.flatMap { vocabulary.numerals.year($0.folded) }
    let first = identity.period?.from.flatMap { Int($0.prefix(4)) }
    let isTime = identity.period.map { period in period.from.flatMap { from in period.to.map { from < $0 } } ?? false }
    let status: Check.Status =
      isTime == false ? .fail : year == nil || first == nil ? .notAssessable : year == first ? .pass : .fail
    return [
      Check(
        id: rule.id, instance: "document", status: status, severity: Severity(rawValue: rule.severity) ?? .warning,
        message: "the report and the period of its figures are of one year",
        pointers: ["/year", "/period/from"] + (isTime == false ? ["/period/to"] : []),
        left: .integer(orNull: year), right: .integer(orNull: first))
    ]
  }

  private func spellingChecks(_ mapping: FormMapping) -> [Check] {
    guard let rule = mapping.table.rules[GridRule.Kind.spelt.rawValue] else { return [] }
    let misspelt = mapping.blocks.flatMap { $0.misspelt(inTable: mapping.table.key) }
    return [
      Check(
        id: rule.id, instance: mapping.table.key, status: misspelt.isEmpty ? .pass : .fail,
        severity: Severity(rawValue: rule.severity) ?? .info, message: "rows are called what the form calls them",
        pointers: misspelt)
    ]
  }

  private func missingTableChecks(_ mapping: FormMapping) -> [Check] {
    guard let rule = mapping.table.rules[GridRule.Kind.present.rawValue] else { return [] }
    return [
      Check(
        id: rule.id, instance: mapping.table.key, status: .fail,
        severity: Severity(rawValue: rule.severity) ?? .error, message: "the table was not found")
    ]
  }

  private func hundredths(_ value: Double) -> String {
    JSONValue.number(value).inOneLine
  }
}

extension Vocabulary.Contact {
  fileprivate var all: [(key: String, pattern: Pattern)] {
    [("address", address), ("postcode", postcode), ("phone", phone), ("email", email)]
  }
}
