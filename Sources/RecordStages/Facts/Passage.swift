import DocumentModel
import PipelineKit

/// A paragraph or heading with what it stands under.
struct Passage {
  var block: Block
  /// The number of the section, as its heading counts.
  var section: Int?
  /// The lower headings above it, and its own opening.
  var opening: String
  /// Whether the heading of its section matches `leftOut`: nothing in it counts what was done in the year.
  var isLeftOut = false

  /// The running text.
  static func passages(of blocks: [Block], leftOut: Pattern?, vocabulary: Vocabulary) -> [Passage] {
    let headings = SectionHeading.headings(of: blocks, vocabulary)
    var (section, heading, isLeftOut) = (Int?.none, "", false)
    var passages: [Passage] = []
    for (index, block) in blocks.enumerated() {
      if let begun = headings[index] {
        section = begun.number
        heading = begun.text == nil ? block.text.folded : begun.shown
        isLeftOut = leftOut?.matches(heading) ?? false
      }
      switch block.kind {
      case .title, .table, .heading(level: 1): continue
      case .heading:
        heading = block.text.folded
        fallthrough
      case .paragraph:
        passages.append(
          Passage(
            block: block, section: section, opening: heading + "\n" + block.text.folded.prefix(openingLength),
            isLeftOut: isLeftOut))
      }
    }
    return passages
  }

  private static let openingLength = 24
}

/// A sentence with its clauses, which semicolons end, and their parts, which commas, colons and brackets end.
struct Sentence {
  var range: Range<String.Index>
  var clauses: [Clause]

  struct Clause {
    var range: Range<String.Index>
    var parts: [Part]
  }

  struct Part {
    var range: Range<String.Index>
    /// Whether it stands in brackets.
    var isAside: Bool
  }

  /// The sentences of a folded text; a point or a comma between digits ends nothing.
  static func sentences(of text: String) -> [Sentence] {
    var sentences: [Sentence] = []
    var clauses: [Clause] = []
    var parts: [Part] = []
    var depth = 0
    var (sentence, clause, part) = (text.startIndex, text.startIndex, text.startIndex)
    func close(_ index: String.Index) {
      if part < index { parts.append(Part(range: part..<index, isAside: depth > 0)) }
    }
    func closeClause(_ index: String.Index) {
      close(index)
      if !parts.isEmpty { clauses.append(Clause(range: clause..<index, parts: parts)) }
      parts = []
    }
    func closeSentence(_ index: String.Index) {
      closeClause(index)
      depth = 0
      if !clauses.isEmpty { sentences.append(Sentence(range: sentence..<index, clauses: clauses)) }
      clauses = []
    }
    var isBehindDigit = false
    for index in text.indices {
      let (character, next) = (text[index], text.index(after: index))
      let isWithinFigure = isBehindDigit && next < text.endIndex && text[next].isDigit
      isBehindDigit = character.isDigit
      switch character {
      case "\u{3002}", "!", "?": closeSentence(index)
      case "." where !isWithinFigure: closeSentence(index)
      case ";": closeClause(index)
      case "," where !isWithinFigure: close(index)
      case ":": close(index)
      case "(":
        close(index)
        depth += 1
      case ")":
        close(index)
        depth = max(0, depth - 1)
      default: continue
      }
      part = next
      if parts.isEmpty { clause = next }
      if clauses.isEmpty, parts.isEmpty { sentence = next }
    }
    closeSentence(text.endIndex)
    return sentences
  }
}
