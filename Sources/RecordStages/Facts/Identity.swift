import DocumentModel
import PipelineKit

/// Who reports on which year, under which title.
struct Identity {
  private(set) var title: Found?
  private(set) var organisation: Found?
  private(set) var year: Found?
  private(set) var period: Period?
  private(set) var published: Found?
  private(set) var index: Found?
  private(set) var issue: Found?
  /// Marks of headings in Markdown, which `title` of the vocabulary passes over, too.
  private static let marks: Set<Character> = ["#", "*"]
  /// How lines begin that name a value.
  private let names: [Pattern]

  /// Looks first at the title, then at named lines, then at sentences; the first that speaks decides.
  init(_ blocks: [Block], vocabulary: Vocabulary) {
    title = blocks.first { $0.kind == .title }.map { block in
      let named = vocabulary.metadata.title.flatMap { block.find($0, "value") }
      let text = block.text.folded
      // The marks of a heading in Markdown are no part of it.
      return named ?? block.found((text.firstIndex { !Self.marks.contains($0) } ?? text.startIndex)..<text.endIndex)
    }
    names =
      [
        vocabulary.metadata.organisation, vocabulary.metadata.published, vocabulary.metadata.index,
        vocabulary.metadata.issue,
      ] + [vocabulary.metadata.title, vocabulary.metadata.other].compactMap { $0 }
    readTitle(blocks, vocabulary)
    let opening = blocks.prefix { $0.table == nil }
    let flow = blocks
    let blocks = Array(flow.prefix { $0.kind != .heading(level: 1) })
    organisation = organisation ?? named(vocabulary.metadata.organisation, in: blocks)
    published = named(vocabulary.metadata.published, in: blocks)
    index = named(vocabulary.metadata.index, in: blocks)
    issue = named(vocabulary.metadata.issue, in: blocks)
    organisation = organisation ?? first(vocabulary.organisation, "organisation", in: opening)
    year = year ?? first(vocabulary.year, "year", in: opening)
    for block in opening where period == nil { period = Identity.readPeriod(block, vocabulary) }
  }

  private mutating func readTitle(_ blocks: [Block], _ vocabulary: Vocabulary) {
    guard let block = blocks.first(where: { $0.kind == .title }) else { return }
    for pattern in vocabulary.title {
      guard let organisation = block.find(pattern, "organisation"), let year = block.find(pattern, "year") else {
        continue
      }
      self.organisation = organisation
      self.year = year
      return
    }
  }

  private func first(_ patterns: [Pattern], _ group: String, in blocks: ArraySlice<Block>) -> Found? {
    for pattern in patterns {
      for block in blocks where block.kind != .title {
        if let found = block.find(pattern, group) { return found }
      }
    }
    return nil
  }

  /// The value of a named line: behind the name, or the whole next line.
  private func named(_ pattern: Pattern, in blocks: [Block]) -> Found? {
    for (index, block) in blocks.enumerated() where block.table == nil && block.text.folded.count <= 80 {
      guard let value = block.find(pattern, "value") else { continue }
      if !value.folded.isEmpty { return value }
      guard index + 1 < blocks.count, blocks[index + 1].table == nil else { continue }
      let next = blocks[index + 1]
      if names.contains(where: { $0.prefixMatch(of: next.text.folded) != nil }) { return nil }
      return next.found(next.text.folded.startIndex..<next.text.folded.endIndex)
    }
    return nil
  }

  /// The date in a text, in ISO 8601; nil where none is printed that the calendar has.
  static func date(_ found: Found, _ vocabulary: Vocabulary) -> String? {
    guard let match = vocabulary.date.firstMatch(in: found.folded) else { return nil }
    let parts = ["year", "month", "day"].compactMap { match[$0].map { String(found.folded[$0]) } }
    return parts.count == 3 ? date(parts[0], parts[1], parts[2]) : nil
  }

  private static func date(_ year: String, _ month: String, _ day: String) -> String? {
    guard let year = Int(year), let month = Int(month), let day = Int(day), 1...12 ~= month else { return nil }
    let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day >= 1, day <= lengths[month - 1] else { return nil }
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private static func readPeriod(_ block: Block, _ vocabulary: Vocabulary) -> Period? {
    guard let match = vocabulary.period.firstMatch(in: block.text.folded) else { return nil }
    func part(_ name: String) -> String? { match[name].map { String(block.text.folded[$0]) } }
    guard let year = part("fromYear"), let month = part("fromMonth"), let day = part("fromDay"),
      let lastMonth = part("toMonth"), let lastDay = part("toDay")
    else { return nil }
    return Period(
      from: date(year, month, day), to: date(part("toYear") ?? year, lastMonth, lastDay),
      quote: block.found(match.range))
  }
}

/// The time that the figures are about.
struct Period {
  /// Its ends in ISO 8601; nil where what is printed is no date.
  var from: String?
  var to: String?
  /// As printed.
  var quote: Found
}

extension Block {
  /// The id of the table that stands here.
  var table: String? {
    if case .table(let id) = kind { id } else { nil }
  }
}
