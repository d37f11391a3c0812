import DocumentModel
import PipelineKit

/// A cell of a table in plain text.
struct TextCell {
  /// Without the spaces around it.
  var text: String
  /// 1-based line of the source.
  var line: Int
  /// 1-based columns, inclusive, in Unicode scalars; the place of a blank cell is where it would begin.
  var columns: ClosedRange<Int>
  /// Whether it is a word that says that there is no figure.
  var isNothing = false

  /// Whether it is nothing but the number of an item.
  var isEnumerator: Bool {
    Enumerator.begins(text.unicodeScalars) && text.unicodeScalars.last?.properties.isAlphabetic == false
  }

  /// What it holds.
  var content: CellContent { isNothing ? .hole : CellContent(text) }
}

/// The cells of one row in their order.
typealias TextRow = [TextCell]

/// A line of the source, seen as a part of a table.
struct TableLine {
  /// 1-based line of the source.
  let number: Int
  /// The column of its first scalar, less one.
  private let offset: Int
  let scalars: [Unicode.Scalar]
  /// Words that say that there is no figure.
  private let nothing: [String]
  /// Whether a pattern says that it is a heading.
  let isHeading: Bool
  /// Whether it numbers a page, or stands at the head of many.
  let isRunning: Bool
  /// How many tabs it has, how many vertical bars, and how many gaps of two spaces or more between its words.
  let tabs: Int
  let bars: Int
  let gaps: Int

  /// Reads a line of the document.
  init(_ line: Line, index: Int, headings: [Pattern], nothing: [String] = [], isHeading: Bool = false) {
    self.nothing = nothing
    (number, offset) =
      if case .line(let line, let columns) = line.place { (line, columns.lowerBound - 1) } else { (index + 1, 0) }
    scalars = Array(line.text.raw.unicodeScalars).withBlankMarkup
    self.isHeading = isHeading || headings.anyBegins(line.text.folded)
    isRunning = line.role != .body
    tabs = scalars.count { $0 == "\t" }
    bars = scalars.count(where: \.isBar)
    gaps = scalars.gaps.count
  }

  /// Whether nothing is printed, apart from separators.
  var isBlank: Bool { scalars.allSatisfy(\.isBlank) }

  /// The number of scalars.
  var count: Int { scalars.count }

  /// Whether it begins, or ends, with a bar.
  var beginsWithBar: Bool { scalars.first { !$0.isBlank }?.isBar == true }
  var endsWithBar: Bool { scalars.last { !$0.isBlank }?.isBar == true }

  /// Whether it ends like a sentence.
  var isSentence: Bool {
    scalars.last { !$0.isBlank }.map { [0x3002, 0xFF1B, 0xFF1A, 0x3B, 0x3A].contains($0.value) } ?? false
  }

  /// Whether it is the rule below a Markdown header, `|---|:--:|`, when it comes after `above`.
  ///
  /// Strokes also stand in place of figures: a rule has them in every column, and is one of the first two lines, or
  /// below words only, or at least three strokes wide everywhere.
  func isMarkdownRule(below above: TableLine?, isFirst: Bool) -> Bool {
    guard bars > 0, scalars.contains("-"),
      scalars.allSatisfy({ $0.isBlank || $0.isBar || $0 == "-" || $0 == ":" })
    else { return false }
    var row = cells(at: \.isBar)
    if beginsWithBar { row.removeFirst() }
    if endsWithBar { row.removeLast() }
    guard row.allSatisfy({ $0.text.count >= 2 }) else { return false }
    return isFirst || above?.isNamesOnly == true || row.allSatisfy { $0.text.count >= 3 }
  }

  /// Whether it has words in two cells or more, and no figures.
  private var isNamesOnly: Bool {
    let contents = cells(at: \.isBar).map(\.content)
    return contents.count { $0 == .words } >= 2 && !contents.contains { $0.isValue }
  }

  /// The whole line as one cell.
  var cell: TextCell { trimmed(0..<scalars.count) }

  /// The parts between gaps of two spaces or more.
  var spacedCells: TextRow {
    let gaps = scalars.gaps
    let starts = [0] + gaps.map(\.upperBound)
    let ends = gaps.map(\.lowerBound) + [scalars.count]
    return zip(starts, ends).map { trimmed($0..<$1) }
  }

  /// The parts between spaces. A single one parts words only beside an ideograph, as others are written with spaces between
  /// them, and no number from the item that it counts.
  var looseCells: TextRow {
    var cells: TextRow = []
    var end = 0
    for range in scalars.printed {
      let cell = trimmed(range)
      let isWord = !cell.content.isValue
      if isWord, let last = cells.last, !last.content.isValue, range.lowerBound - end == 1,
        last.isEnumerator || !scalars[end - 1].isIdeographic && !scalars[range.lowerBound].isIdeographic
      {
        cells[cells.count - 1] = trimmed((last.columns.lowerBound - 1 - offset)..<range.upperBound)
      } else {
        cells.append(cell)
      }
      end = range.upperBound
    }
    return cells
  }

  /// The number of scalars that are no spaces.
  var printedCount: Int { scalars.count { !$0.isBlank } }

  /// Whether a sentence, or a part of one that stands for itself, ends in it.
  var hasSentenceEnd: Bool { scalars.contains { $0.value == 0x3002 || $0.value == 0xFF1B } }

  /// The parts between separators.
  func cells(at isSeparator: (Unicode.Scalar) -> Bool) -> TextRow {
    var row: TextRow = []
    var from = 0
    for (index, scalar) in scalars.enumerated() where isSeparator(scalar) {
      row.append(trimmed(from..<index))
      from = index + 1
    }
    row.append(trimmed(from..<scalars.count))
    return row
  }

  private func trimmed(_ range: Range<Int>) -> TextCell {
    var range = range
    let place = min(range.lowerBound, max(scalars.count - 1, 0)) + 1 + offset
    while let last = range.last, scalars[last].isBlank { range.removeLast() }
    while let first = range.first, scalars[first].isBlank { range.removeFirst() }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    let columns = range.isEmpty ? place...place : (range.lowerBound + 1 + offset)...(range.upperBound + offset)
    let word = String(text)
    return TextCell(text: word, line: number, columns: columns, isNothing: nothing.contains(word))
  }
}

extension [Unicode.Scalar] {
  /// What is left of a web page in a copy of its text and prints nothing: spaces and line breaks as they are written there.
  private static let markup = ["&nbsp;", "<br>", "<br/>", "<br />"].map { Array($0.unicodeScalars) }

  /// The same number of scalars, with spaces in place of markup.
  fileprivate var withBlankMarkup: [Unicode.Scalar] {
    guard contains("&") || contains("<") else { return self }
    var result = self
    for word in Self.markup {
      for start in result.indices where result[start...].starts(with: word) {
        for index in start..<(start + word.count) { result[index] = " " }
      }
    }
    return result
  }

  /// Runs of scalars between blanks.
  fileprivate var printed: [Range<Int>] {
    var runs: [Range<Int>] = []
    for (index, scalar) in enumerated() where !scalar.isBlank {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return runs
  }

  /// Runs of two blanks or more that have something on both sides.
  fileprivate var gaps: [Range<Int>] {
    var gaps: [Range<Int>] = []
    var last: Int?
    for (index, scalar) in enumerated() where !scalar.isBlank {
      if let last, index - last > 2 { gaps.append((last + 1)..<index) }
      last = index
    }
    return gaps
  }
}

extension Unicode.Scalar {
  /// A mark between the clauses of a sentence.
  var isClauseEnd: Bool { [0x2C, 0x3A, 0xFF0C, 0xFF1A].contains(value) }

  /// A vertical bar, also a full-width one.
  var isBar: Bool { self == "|" || self == "\u{FF5C}" }
}

extension TextRow {
  /// The cells up to the last one that holds something.
  var withoutTrailingBlanks: TextRow {
    let last = lastIndex { !$0.text.isEmpty }
    return last.map { Array(self[...$0]) } ?? []
  }
}

/// Divides cells that come one after the other into rows: a new row begins with words that follow a figure.
///
/// ```
/// kind | one | all | new | 3 | 7 | old | 1 | 2        ->   kind one all
///                                                          new 3 7
///                                                          old 1 2
/// ```
struct RowDivider {
  private(set) var rows: [TextRow] = []
  private var row: TextRow = []
  private var hasValue = false
  private var isEnding = false
  /// How many cells the row had when the source last showed that it is over.
  private var end = 0

  /// Adds a cell; `endsRow` when the source shows that the row is over unless a figure follows.
  mutating func add(_ cell: TextCell, endsRow: Bool = false) {
    let content = cell.content
    if content == .words, hasValue || isEnding { close() }
    row.append(cell)
    if content.isValue { hasValue = true }
    if endsRow { end = row.count }
    if content != .blank || endsRow { isEnding = endsRow }
  }

  /// Adds a row that is whole.
  mutating func add(row whole: TextRow) {
    close()
    rows.append(whole)
  }

  /// Ends the last row.
  mutating func close() {
    if let body = endOfHeader(in: row) {
      rows += [Array(row[..<body]), Array(row[body...])]
    } else if !row.withoutTrailingBlanks.isEmpty {
      rows.append(row)
    }
    (row, hasValue, isEnding, end) = ([], false, false, 0)
  }

  /// Where the body begins, in a row with so many words that a header must be among them.
  ///
  /// A header names each figure and the label, so that with the label it has two words more than there are figures. As
  /// many words as figures, or a last word that the row has twice, name figures only: then there is no label.
  private func endOfHeader(in row: TextRow) -> Int? {
    guard let first = row.firstIndex(where: \.content.isValue) else { return nil }
    let words = row[..<first].indices.filter { row[$0].content == .words }
    let figures = row.withoutTrailingBlanks.count - first
    guard let last = words.last else { return nil }
    let isRepeated = words.contains { $0 < last && row[$0].text.squeezed == row[last].text.squeezed }
    if words.count >= Self.mostLabels, isRepeated || words.count == figures {
      return (last + 1..<first + 1).contains(end) ? end : first
    }
    return words.count >= figures + 2 && !isRepeated ? last : nil
  }

  /// So many words before a figure are never all labels of one row.
  private static let mostLabels = 4
}
