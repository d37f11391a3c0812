import DocumentModel

/// A part of the report under a level-one heading.
struct Section {
  /// As the heading counts it, else that of the section whose words it has; nil where it has neither.
  var number: Int?
  var heading: String
  /// Paragraphs and lower headings, one a line.
  var text: String
  var places: [Place]

  /// Cuts the flow at its level-one headings; what stands before the first belongs to none.
  static func sections(of blocks: [Block], vocabulary: Vocabulary) -> [Section] {
    let headings = SectionHeading.headings(of: blocks, vocabulary)
    var result: [Section] = []
    for (index, block) in blocks.enumerated() {
      if let heading = headings[index] {
        result.append(Section(number: heading.number, heading: heading.shown, text: "", places: block.places))
        if let text = heading.text { result[result.count - 1].text = block.found(text).shown }
        continue
      }
      switch block.kind {
      case .heading, .paragraph:
        guard let last = result.indices.last, !(headings[index + 1] != nil && isNumberAlone(block, vocabulary)) else {
          continue
        }
        result[last].text += (result[last].text.isEmpty ? "" : "\n") + block.text.shown
      case .title, .table: continue
      }
    }
    return result
  }

  private static func isNumberAlone(_ block: Block, _ vocabulary: Vocabulary) -> Bool {
    SectionHeading(block, vocabulary)?.isBare ?? false
  }

  var json: JSONValue {
    ["number": .integer(orNull: number), "heading": .string(heading), "text": .string(text)]
  }
}
