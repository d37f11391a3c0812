import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

@testable import RecordStages

/// The facts of a library's report, in English: what is known about a kind of report is data.
private let facts = #"""
  format: 1
  leftOut: Plans
  figure: '(?<![\d.])(?<value>\d[\d,]*(\.\d+)?|two|three)(?<scale>k?)(?<more>\+?) (?<unit>books|readers)'
  lead: '( (in all|over|nearly|about|were))* $'
  bounds: { atLeast: over, atMost: nearly, near: about, behindAtLeast: '^ or more', behindNear: '^ or so' }
  total: in all
  difference: (more|fewer) than.{0,9}$
  unless: [will be]
  parts: '^ ?of these'
  years:
    named: '(?<year>20\d\d)'
    leading: '^ ?[Ii]n (?<year>20\d\d)'
    other: last year
  facts:
    - { key: lent, units: [books], patterns: ['lent#'], zero: [lent nothing], elsewhere: sister library }
    - { key: novels, units: [books], patterns: ['novels#'], inParts: true }
    - { key: kept, units: [books], patterns: ['from last year#'], anyYear: true }
    - { key: visitors, units: [readers], patterns: ['came#', '#.{0,9} came'], context: reading room }
  checks:
    - { id: L-8, instance: lent, severity: warning, message: lent, left: lent, accept: [/loans/total, novels - /loans/lost] }
  """#

private let numerals = Numerals(digits: ["two": 2, "three": 3], units: ["k": 1000])

private func read(_ yaml: String) throws -> FactFile {
  let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-facts.yaml")
  try Data(yaml.utf8).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let read: FactFile = try schemaFile(file.path)
  try read.validate(path: "facts.yaml")
  return read
}

/// `lent 24, visitors 3+`: what a paragraph of the report on 2023 states, in the order of the rules.
private func stated(_ text: String) throws -> String {
  let file = try read(facts)
  let passage = Passage(block: Block(.paragraph, text: PrintedText(text), places: []), section: nil, opening: "")
  let reader = FactReader(file: file, numerals: numerals, year: 2023)
  return zip(file.facts, reader.statements(in: [passage])).flatMap { rule, statements in
    statements.map { "\(rule.key) \($0.value)\($0.bound == .exact ? "" : " \($0.bound.rawValue)")" }
  }.joined(separator: ", ")
}

@Suite struct `Facts of a text` {
  @Test(arguments: [
    ("We lent 24 books.", "lent 24"),
    ("We lent 2,400 books, 1.5k books were new.", "lent 2400"),
    ("We lent in all 2.4k books.", "lent 2400"),
    ("We lent 1.23456k books.", ""),
    ("We lent 24 readers.", ""),
    ("We lent nothing.", "lent 0"),
    ("We lent over 24 books.", "lent 24 atLeast"),
    ("We lent nearly 24 books.", "lent 24 atMost"),
    ("We lent about 24 books.", "lent 24 open"),
    ("We lent 24+ books.", "lent 24 atLeast"),
    ("We lent 24 books or more.", "lent 24 atLeast"),
  ])
  func `A figure has its unit, its multiple and its bound`(text: String, expected: String) throws {
    #expect(try stated(text) == expected)
  }

  @Test(arguments: [
    ("In 2022 we lent 24 books, and lent 3 books.", ""),
    ("In 2022 we lent 24 books, in 2023 we lent 30 books.", "lent 30"),
    ("We lent 30 books (in 2022 we lent 24 books), novels 9 books.", "lent 30, novels 9"),
    ("We lent 24 books last year, from last year 7 books.", "kept 7"),
    ("More than in 2022 were lent 24 books.", ""),
    ("We lent more than 24 books.", ""),
    ("There will be lent 24 books.", ""),
  ])
  func `A figure of another year, a difference or a plan is none`(text: String, expected: String) throws {
    #expect(try stated(text) == expected)
  }

  @Test(arguments: [
    ("We lent 24 books, of these novels 9 books, of these lent 2 books.", "lent 24, novels 9"),
    ("We lent 24 books; of these lent 2 books; we lent 3 books.", "lent 24, lent 3"),
    ("We (of these lent 2 books) lent 24 books.", "lent 24"),
  ])
  func `A part is not the whole, to the end of its clause or of its bracket`(text: String, expected: String) throws {
    #expect(try stated(text) == expected)
  }

  @Test(arguments: [
    ("To the reading room 24 readers came.", "visitors 24"),
    ("In the reading room; there came 3 readers.", "visitors 3"),
    ("To the feast 24 readers came.", ""), ("The reading room was full. There came 3 readers.", ""),
    ("The sister library, as it says, lent 24 books.", ""),
  ])
  func `What a figure is about stands in its sentence`(text: String, expected: String) throws {
    #expect(try stated(text) == expected)
  }

  @Test func `A sentence without end is a table that nobody found`() throws {
    #expect(try stated(String(repeating: "we lent 24 books, ", count: 1000)) == "")
  }

  @Test(arguments: [
    ("left: lent", "left: lnet", "check L-8 names 'lnet', which is no fact; did you mean 'lent'?"),
    ("severity: warning", "severity: wrning", "one of error, warning, info is expected"),
    ("left: lent", "left: lent +", "a sum such as a + b - c is expected"),
    ("left: lent", "left: lent novels", "a sum such as a + b - c is expected"),
    ("key: novels", "key: lent", "the fact 'lent' is declared twice"),
    ("zero: [lent nothing]", "zreo: [lent nothing]", "unknown key 'zreo'; did you mean 'zero'?"),
    ("leftOut: Plans", "leftOut: '('", "is not a regular expression"), ("format: 1", "format: 2", "'format' must be 1"),
  ])
  func `What is wrong with a file of facts is said`(old: String, new: String, message: String) {
    #expect {
      try read(facts.replacing(old, with: new))
    } throws: { error in
      "\(error)".contains("facts.yaml") && "\(error)".contains(message)
    }
  }
}

@Suite struct `The value of a fact` {
  private func fact(_ values: (value: Int, isTotal: Bool)...) -> Fact {
    let block = Block(.paragraph, text: PrintedText("24 books"), places: [])
    let range = block.text.folded.startIndex..<block.text.folded.endIndex
    return Fact(
      key: "lent",
      values.map { value in
        FactStatement(
          value: value.value, unit: "books", bound: .exact, isTotal: value.isTotal, isPlain: true,
          passage: Passage(block: block, section: 1, opening: ""), raw: range, quote: range)
      })
  }

  @Test func `Said twice it is one, called the sum it is the whole, and else nobody knows`() {
    #expect(fact((24, false), (24, false)).statement?.value == 24)
    #expect(fact((24, false), (30, true)).statement?.value == 30)
    #expect(fact((24, true), (30, false)).statement == nil)
    #expect(fact((24, true), (30, true)).statement == nil)
    #expect(fact((24, false), (30, false)).contradictory.count == 2)
    #expect(fact().statement == nil)
  }

  @Test func `A fact that is not stated has all its members, and a reason`() throws {
    let fields = fact().fields(stage: "trial")
    #expect(fields.map(\.pointer) == ["/facts/lent", "/facts/lent/value"])
    #expect(fields[1].value == .null)
    #expect(fields[1].provenance?.state == .missing)
    #expect(["value", "unit", "approximate", "quote", "section"].allSatisfy { fields[0].value[$0] == .null })
    #expect(fact((1, false), (2, false)).fields(stage: "trial")[1].provenance?.state == .ambiguous)
  }

  @Test func `A figure with a mark between its digits is uncertain, one with a space between thousands is not`() throws
  {
    let file = try read(facts)
    func lent(_ shown: String, gap: Int = 10) throws -> Field? {
      let kept = shown.unicodeScalars.enumerated().filter { $0.offset != gap }
      let text = PrintedText(
        raw: shown, shown: shown, folded: "We lent 13937 books.", foldedOffsets: .origins(kept.map { Int32($0.offset) })
      )
      let passage = Passage(block: Block(.paragraph, text: text, places: []), section: nil, opening: "")
      let reader = FactReader(file: file, numerals: numerals, year: 2023)
      return Fact(key: "lent", reader.statements(in: [passage])[0]).fields(stage: "trial").last
    }
    let marked = try lent("We lent 13\u{2019}937 books.")
    #expect(marked?.value == 13937)
    #expect(marked?.provenance?.state == .uncertain)
    #expect(try lent("We lent 13 937 books.")?.provenance?.state == .printed)
    #expect(try lent("We lent 1 3937 books.", gap: 9)?.provenance?.state == .uncertain)
    #expect(try lent("We lent 1393 7 books.", gap: 12)?.provenance?.state == .uncertain)
  }
}
