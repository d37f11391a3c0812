import DocumentModel
import PipelineKit

/// Checks the parts, the years and the wording of one document.
struct DocumentChecker {
  let record: Record
  /// All the running text, of which the wording is checked.
  let text: [Passage]
  /// What of it tells what was done in the year.
  let passages: [Passage]
  let rules: DocumentRules
  let facts: [Fact]
  let vocabulary: Vocabulary
  /// The folded name of the body that reports.
  let organisation: String?

  /// All that is asked; nothing is assessable of a document that has no table of the kind of report.
  func checks() -> [Check] {
    var checks = formChecks() + [sectionCheck(), openingCheck()].compactMap { $0 }
    checks +=
      briefChecks() + [multipleCheck(), partsCheck(), authorCheck(), unableCheck(), extrasCheck()].compactMap { $0 }
    checks += shareChecks() + wordingChecks() + [coincidenceCheck()].compactMap { $0 }
    guard record.grids.isEmpty else { return checks }
    for index in checks.indices { checks[index].status = .notAssessable }
    return checks
  }

  private var year: Int? {
    guard case .integer(let year)? = value("/year") else { return nil }
    return year
  }

  func value(_ pointer: String) -> JSONValue? { record.fields.first { $0.pointer == pointer }?.value }

  private func formChecks() -> [Check] {
    guard let rule = rules.forms else { return [] }
    return rule.tables.map { table in
      let pointer = "/table_forms/\(table)"
      var check = Check(
        id: rule.id, instance: table, status: .notAssessable, severity: rule.severity,
        message: "the table follows the form in force for its year", pointers: ["/year", pointer])
      guard let year, case .string(let form)? = value(pointer), let years = rule.years[form],
        let expected = rule.years.sorted(by: { $0.key > $1.key })
          .first(where: { $0.value[0]...max($0.value[0], $0.value[1]) ~= year })?.key
      else { return check }
      check.expression = "\(form) in force from \(years[0]) to \(years[1])"
      (check.left, check.right) = (.string(form), .string(expected))
      check.status = form == expected ? .pass : .fail
      return check
    }
  }

  private func sectionCheck() -> Check? {
    guard let rule = rules.sections else { return nil }
    let numbers = sections.compactMap { section -> JSONValue? in
      if case .integer? = section["number"] { section["number"] } else { nil }
    }
    let expected = (1...max(1, rule.last)).map { JSONValue.integer($0) }
    return Check(
      id: rule.id, instance: "document", status: numbers == expected ? .pass : .fail, severity: rule.severity,
      message: "the sections from 1 to \(rule.last) are there, each once and in order", pointers: ["/sections"],
      left: .array(numbers), right: .array(expected))
  }

  private var sections: [JSONValue] {
    if case .array(let sections)? = value("/sections") { sections } else { [] }
  }

  private func openingCheck() -> Check? {
    guard let rule = rules.opening else { return nil }
    var check = Check(
      id: rule.id, instance: "section \(rule.section)", status: .notAssessable, severity: rule.severity,
      message: "the section begins with the year of the report", pointers: ["/year"])
    let text = passages.first { passage in
      if case .paragraph = passage.block.kind { passage.section == rule.section } else { false }
    }?.block.text.folded
    guard let year, let text, let named = rule.pattern.firstMatch(in: text)?["year"],
      let begun = vocabulary.numerals.year(text[named])
    else { return check }
    (check.left, check.right) = (.integer(begun), .integer(year))
    check.status = begun == year ? .pass : .fail
    return check
  }

  private func briefChecks() -> [Check] {
    guard let rule = rules.brief else { return [] }
    return rule.sections.map { number in
      var check = Check(
        id: rule.id, instance: "section \(number)", status: .notAssessable, severity: rule.severity,
        message: "the section says something")
      guard let index = sections.firstIndex(where: { $0["number"] == .integer(number) }),
        case .string(let text)? = sections[index]["text"]
      else { return check }
      check.pointers = ["/sections/\(index)/text"]
      check.status = text.count(where: \.isLetter) >= rule.letters ? .pass : .fail
      return check
    }
  }

  private func multipleCheck() -> Check? {
    guard let rule = rules.multiple else { return nil }
    var check = Check(
      id: rule.id, instance: "document", status: .notAssessable, severity: rule.severity,
      message: "the amount is a multiple of \(rule.of)", pointers: [rule.pointer])
    guard case .string(let amount)? = value(rule.pointer) else { return check }
    let parts = amount.split(separator: ".")
    let isWhole = parts.dropFirst().allSatisfy { $0.allSatisfy { $0 == "0" } }
    check.left = .string(amount)
    check.status = isWhole && Int(parts.first ?? "")?.isMultiple(of: rule.of) == true ? .pass : .fail
    return check
  }

  private func wordingChecks() -> [Check] {
    (rules.wordings ?? []).map { rule in
      let isAsked = rule.since.map { since in year.map { $0 >= since } ?? false } ?? true
      let found = text.lazy.filter { rule.pattern.matches($0.block.text.folded) }.first
      let section = found?.section.flatMap { number in sections.firstIndex { $0["number"] == .integer(number) } }
      return Check(
        id: rule.id, instance: "document", status: !isAsked ? .notAssessable : found == nil ? .pass : .fail,
        severity: rule.severity, message: rule.message, pointers: section.map { ["/sections/\($0)/text"] } ?? [])
    }
  }
}
