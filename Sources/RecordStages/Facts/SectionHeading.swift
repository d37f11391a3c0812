import DocumentModel
import PipelineKit

/// The heading of a section: on lines of its own, or run in before the text of a paragraph.
///
/// ```
///   5. What was amiss                          number 5, its text follows
///   What was amiss                             number 5, by its words
///   5. What was amiss: last year we were late  number 5, and the rest is text; number and words must agree
///   5.                                         a number whose words are the next heading
/// ```
struct SectionHeading {
  /// As it is printed, else that of the section whose words it has.
  var number: Int?
  /// Which of the vocabulary's sections has its words, from 1.
  var words: Int?
  var shown: String
  /// What stands behind a heading that is run in.
  var text: Range<String.Index>?
  /// Whether it is a number alone.
  var isBare: Bool
  private var isNumbered: Bool

  /// Nil for a block that begins no section.
  init?(_ block: Block, _ vocabulary: Vocabulary) {
    let folded = block.text.folded
    guard block.kind == .heading(level: 1) || block.kind == .paragraph else { return nil }
    let match = vocabulary.section.firstMatch(in: folded)
    let heading = match?["heading"] ?? folded.startIndex..<folded.endIndex
    number = match?["number"].flatMap { vocabulary.numerals.integer(folded[$0]) }
    let rest = String(folded[heading])
    let known = vocabulary.sectionWords.enumerated().lazy.compactMap { index, pattern in
      pattern.prefixMatch(of: rest).map { (index + 1, $0.range) }
    }.first
    words = known?.0
    isBare = heading.isEmpty
    if block.kind == .paragraph {
      guard number != nil, number == words, let range = known?.1 else { return nil }
      let end = folded.utf8.index(
        heading.lowerBound, offsetBy: rest.utf8.distance(from: rest.startIndex, to: range.upperBound))
      guard end < folded.endIndex, Self.stops.contains(folded[end]) else { return nil }
      shown = block.found(heading.lowerBound..<end).shown
      text = folded.index(after: end)..<folded.endIndex
    } else {
      shown = isBare ? block.text.shown : block.found(heading).shown
    }
    isNumbered = number != nil
    number = number ?? words
  }

  private static let stops: Set<Character> = [".", ":", "\u{3002}"]
}

extension SectionHeading {
  /// The headings of a flow, for each block that begins a section.
  ///
  /// A number alone takes the words of the heading behind it; without one it may as well be torn off a row of a table, and
  /// begins no section. Neither does a heading that says again what its section is called.
  static func headings(of blocks: [Block], _ vocabulary: Vocabulary) -> [Int: SectionHeading] {
    var headings: [Int: SectionHeading] = [:]
    var (words, bare) = (Int?.none, Int?.none)
    for (index, block) in blocks.enumerated() {
      let number = bare
      bare = nil
      guard var heading = SectionHeading(block, vocabulary) else { continue }
      if heading.isBare {
        bare = heading.number
        continue
      }
      if heading.words != nil, heading.words == words, number == nil { continue }
      if !heading.isNumbered, let number { heading.number = number }
      headings[index] = heading
      words = heading.words
    }
    return headings
  }
}
