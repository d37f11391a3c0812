import DocumentModel
import PipelineKit

/// Tells of what time the words of a table are, where they say it by numbers or in words of their own.
///
/// ```
///   report on 2024:   "2024", "24", "January to December"      its own year
///                     "2023", "23", "January to June", "five years"      another time
/// ```
struct TimeReader: Sendable {
  private let times: Vocabulary.Times?
  private let numerals: Numerals?
  /// The year of the report, where it is known; else no year that is named is the report's.
  let year: Int?
  private let marks: Set<Unicode.Scalar>

  init(_ times: Vocabulary.Times? = nil, numerals: Numerals? = nil, year: Int? = nil) {
    (self.times, self.numerals, self.year) = (times, numerals, year)
    marks = Set((times?.marks ?? "").unicodeScalars)
  }

  /// What a text says.
  struct Said {
    /// The years that it names.
    var years: [Int] = []
    /// Whether it names a part of a year, or several years by their number.
    var isOther = false
  }

  /// The times that a folded text names.
  func said(in text: String) -> Said {
    var said = Said(years: Self.years(in: text))
    guard let times, text.unicodeScalars.contains(where: marks.contains) else { return said }
    var rest = text
    for pattern in times.years {
      while let match = pattern.firstMatch(in: rest), !match.range.isEmpty {
        if let range = match["year"], let year = numerals?.year(rest[range]) {
          said.years.append(year < 100 ? year + Self.century : year)
        }
        rest.replaceSubrange(match.range, with: " ")
      }
    }
    while let match = times.whole.firstMatch(in: rest), !match.range.isEmpty {
      rest.replaceSubrange(match.range, with: " ")
    }
    said.isOther = times.others.matches(rest)
    return said
  }

  private static let century = 2000

  /// Numbers of four digits from 1900 on.
  private static func years(in text: String) -> [Int] {
    text.split { !$0.isDigit }.compactMap { digits in
      digits.count == 4 ? Int(digits).flatMap { (1900..<2100).contains($0) ? $0 : nil } : nil
    }
  }

  /// Whether words over a table, or before it, say that it is of another time than the report's year.
  func isOfOtherTime(_ text: String) -> Bool {
    guard let times, times.own.firstMatch(in: text) == nil else { return false }
    let said = said(in: text)
    if let year, said.years.contains(year) { return false }
    return !said.years.isEmpty || said.isOther || times.relative.matches(text)
  }

  /// Whether a note beside a figure only explains it.
  func explains(_ note: String) -> Bool { times?.explaining.matches(note) ?? true }
}
