import DocumentModel
import PipelineKit

/// What one part of a clause states of a fact.
struct FactStatement {
  var value: Int
  /// As printed; nil for what is said in words.
  var unit: String?
  var bound: Comparison.Bound
  /// Whether the figure is called a sum.
  var isTotal: Bool
  /// Whether the value is written in digits.
  var isPlain: Bool
  var passage: Passage
  /// The figure, or the words, in the folded text.
  var raw: Range<String.Index>
  /// The part of the clause.
  var quote: Range<String.Index>
}

/// Reads facts off a running text, part by part of its clauses.
///
/// ```
///   in 2023 , 24 requests came in ( 2 more than in 2022 ) , 3 carried over from last year ; 20 were dealt with , of these 9 granted
///   ^ this year ------------------^ difference, no fact     ^ other year, unless the       ^ next clause         ^ part of 20
///                                                             rule is about it
/// ```
/// A figure is a fact only where its unit and the words before and behind it are those of the rule. Never taken are
/// figures of another year, differences, plans, shares (they have no unit), and parts for the whole. The work grows with
/// the text, as sentences have a bound.
struct FactReader {
  let file: FactFile
  let numerals: Numerals
  /// The year of the report.
  let year: Int?
  /// The folded name of the body that reports.
  var organisation: String?

  /// The statements about each fact, in the order of the rules.
  func statements(in passages: [Passage]) -> [[FactStatement]] {
    var statements = Array(repeating: [FactStatement](), count: file.facts.count)
    for passage in passages {
      let text = passage.block.text.folded
      for sentence in Sentence.sentences(of: text)
      where text.utf8.distance(from: sentence.range.lowerBound, to: sentence.range.upperBound) <= Self.longest {
        var topic = Topic(file: file, numerals: numerals, year: year, organisation: organisation)
        for clause in sentence.clauses {
          topic.beginClause()
          for part in clause.parts {
            let words = String(text[part.range])
            topic.follow(words, isAside: part.isAside)
            guard topic.isOfReport, !file.unless.contains(where: { $0.matches(words) }) else { continue }
            let piece = Piece(passage: passage, sentence: sentence.range, clause: clause.range, part: part.range)
            read(piece, isPart: topic.isPart, into: &statements)
          }
        }
      }
    }
    return statements
  }

  /// A part of a clause with all that it stands in.
  private struct Piece {
    var passage: Passage
    var sentence: Range<String.Index>
    var clause: Range<String.Index>
    var part: Range<String.Index>
    var text: String { passage.block.text.folded }
    var words: String { String(text[part]) }
    /// The sentence to the end of the part, as far back as is looked at.
    var sentenceSoFar: String {
      let start = text.index(part.upperBound, offsetBy: -FactReader.context, limitedBy: sentence.lowerBound)
      return String(text[(start ?? sentence.lowerBound)..<part.upperBound])
    }
  }

  /// A figure with the words around it, as patterns are matched against them.
  private struct Surrounded {
    var figure: StatedFigure
    var isTotal: Bool
    var text: String
  }

  private func read(_ piece: Piece, isPart: Bool, into statements: inout [[FactStatement]]) {
    let words = piece.words
    let isOfOtherYear = isOfOtherYear(words)
    let figures = file.figures(in: piece.text, piece.part, numerals).compactMap { surrounded($0, piece) }
    lazy var before = piece.sentenceSoFar
    lazy var isCumulative = file.cumulative?.matches(before) ?? false
    for (index, rule) in file.facts.enumerated() {
      guard !isOfOtherYear || rule.anyYear == true, !isPart || rule.inParts == true else { continue }
      let zero = rule.zero?.lazy.compactMap { $0.firstMatch(in: words) }.first
      let stated = figures.filter { figure in
        rule.units.contains(figure.figure.unit) && rule.patterns.contains { isStated($0, by: rule, in: figure.text) }
      }
      guard zero != nil || !stated.isEmpty, rule.unrelated?.matches(words) != true,
        rule.elsewhere?.matches(before) != true,
        rule.context.map({ $0.matches(before) || $0.matches(piece.passage.opening) }) ?? true,
        rule.standing == true || !isCumulative
      else { continue }
      for stated in stated {
        statements[index].append(statement(stated, piece))
      }
      if zero != nil, stated.isEmpty {
        statements[index].append(
          FactStatement(
            value: 0, unit: nil, bound: .exact, isTotal: false, isPlain: false, passage: piece.passage,
            raw: piece.part, quote: piece.part))
      }
    }
  }

  /// Whether the words are there, and do not share their figure with what stands before them.
  private func isStated(_ pattern: Pattern, by rule: FactFile.Rule, in text: String) -> Bool {
    guard let match = pattern.firstMatch(in: text) else { return false }
    guard rule.alone == true, let joined = file.joined else { return true }
    return !joined.matches(String(text[..<match.range.lowerBound]))
  }

  private func statement(_ stated: Surrounded, _ piece: Piece) -> FactStatement {
    FactStatement(
      value: stated.figure.value, unit: stated.figure.unit, bound: stated.figure.bound, isTotal: stated.isTotal,
      isPlain: stated.figure.isPlain, passage: piece.passage, raw: stated.figure.range, quote: piece.part)
  }

  /// Whether the words name a year that is not the one of the report.
  private func isOfOtherYear(_ words: String) -> Bool {
    if file.years.other.matches(words) { return true }
    guard let year else { return false }
    var rest = words
    while let match = file.years.named.firstMatch(in: rest), let named = match["year"] {
      if numerals.year(rest[named]) != year { return true }
      rest = String(rest[match.range.upperBound...])
    }
    return false
  }

  /// The clause with `#` for the figure and for what leads to it; nil for a difference.
  private func surrounded(_ figure: StatedFigure, _ piece: Piece) -> Surrounded? {
    let text = piece.text
    let before = String(text[piece.part.lowerBound..<figure.range.lowerBound])
    guard !file.difference.matches(before) else { return nil }
    var surrounded = Surrounded(figure: figure, isTotal: file.total.matches(before), text: "")
    let start = text.index(figure.range.lowerBound, offsetBy: -Self.reach, limitedBy: piece.clause.lowerBound)
    var opening = String(text[(start ?? piece.clause.lowerBound)..<figure.range.lowerBound])
    if let lead = file.lead.firstMatch(in: opening) {
      if figure.bound == .exact { surrounded.figure.bound = file.bound(String(opening[lead.range])) }
      opening = String(opening[..<lead.range.lowerBound])
    }
    let end = text.index(figure.range.upperBound, offsetBy: Self.reach, limitedBy: piece.clause.upperBound)
    surrounded.text = opening + "#" + text[figure.range.upperBound..<(end ?? piece.clause.upperBound)]
    return surrounded
  }

  /// How many characters of the sentence tell what a part is about.
  private static let context = 500
  /// The longest sentence in bytes; what is longer is a table that nobody found.
  private static let longest = 12_000
  /// How many characters around a figure are looked at.
  private static let reach = 120
}
