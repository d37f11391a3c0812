public import PipelineKit

/// Words around tables: evidence of where a table begins and ends, never a condition.
public struct TableCaptions: Codable, Sendable {
  /// The beginning of lines that stand above a table, or name where its figures come from.
  public var captions: [Pattern] = []
  /// The beginning of captions with the number of a table, a figure or a box.
  public var numbered: [Pattern] = []
  /// The same of a table only.
  public var tables: [Pattern] = []
  /// The beginning of notes, sources and units below or above a table.
  public var notes: [Pattern] = []

  /// Titles of tables without a number.
  public var titles: [Pattern] = []
  /// The beginning of what says what figures count.
  public var units: [Pattern] = []

  /// No words.
  public init() {}

  func begins(_ text: String) -> Bool { captions.begin(text) }
  func isNote(_ text: String) -> Bool { notes.begin(text) }
  func isUnit(_ text: String) -> Bool { units.begin(text) }
  func isTitle(_ text: String) -> Bool { isNumberedTable(text) || titles.contains { $0.wholeMatch(of: text) != nil } }
  func isNumberedTable(_ text: String) -> Bool { tables.begin(text) }
  func isCaption(_ line: WordLine) -> Bool { captions.begin(line.beginning) }
  func isNumbered(_ line: WordLine) -> Bool { numbered.begin(line.beginning) }
  func isOfTable(_ line: WordLine) -> Bool { tables.begin(line.beginning) }
  func isNote(_ line: WordLine) -> Bool { notes.begin(line.beginning) }
}

extension [Pattern] {
  fileprivate func begin(_ text: String) -> Bool { contains { $0.prefixMatch(of: text) != nil } }
}
