import DocumentModel

/// A part of the report under a level-one heading.
struct Section {
  /// As the heading counts it; nil where it has no number.
  var number: Int?
  var heading: String
  /// Paragraphs and lower headings, one a line.
  var text: String
  var places: [Place]

  /// Cuts the flow at its level-one headings; what stands before the first belongs to none.
  static func sections(of blocks: [Block], vocabulary: Vocabulary) -> [Section] {
    var result: [Section] = []
    for block in blocks {
      switch block.kind {
      case .heading(level: 1):
        let heading = block.find(vocabulary.section, "heading")?.shown ?? block.text.shown
        result.append(
          Section(number: block.sectionNumber(vocabulary), heading: heading, text: "", places: block.places))
      case .heading, .paragraph:
        guard let last = result.indices.last else { continue }
        result[last].text += (result[last].text.isEmpty ? "" : "\n") + block.text.shown
      case .title, .table: continue
      }
    }
    return result
  }

  var json: JSONValue {
    ["number": .integer(orNull: number), "heading": .string(heading), "text": .string(text)]
  }
}

extension Block {
  /// The number that a heading of the highest level counts; nil where it has none.
  func sectionNumber(_ vocabulary: Vocabulary) -> Int? {
    find(vocabulary.section, "number").flatMap { vocabulary.numerals.integer($0.folded) }
  }
}
