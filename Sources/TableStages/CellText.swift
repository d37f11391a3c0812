import DocumentModel

/// The glyphs of one cell, read: lines from top to bottom, words apart, lines joined.
///
/// ```
/// |  Revenue from |                       |  T  |
/// |  other bodies |  Revenue from other   |  o  |  To
/// |               |  bodies               |     |
/// ```
/// Ideographic lines are joined without a space, others with one; a figure that is broken because its cell is full is
/// made whole. The raised number of a note is no part of the figure that it stands behind. Turned glyphs are read in the direction of their text, after the upright ones.
struct CellText {
  /// As printed.
  private(set) var raw = ""
  /// Around the glyphs; `nil` when there are none.
  private(set) var box: Box?

  /// Joins the lines of a cell; a figure can be broken only where no other digit fits into `room`, in points.
  init(_ lines: CellLines, room: Double = .infinity) {
    box = lines.box
    var scalars = String.UnicodeScalarView()
    var above: CellLines.TextLine?
    for line in lines.lines {
      append(line, below: above ?? line, to: &scalars, room: room)
      above = line
    }
    raw = String(scalars)
  }
}

/// The lines of one cell: upright ones from top to bottom, then turned ones.
struct CellLines {
  private(set) var lines: [TextLine] = []
  /// Around the glyphs; `nil` when there are none.
  private(set) var box: Box?

  /// Reads the glyphs with these indices.
  init(_ indices: some Collection<Int>, of glyphs: [Glyph]) {
    var marks: [Mark] = []
    marks.reserveCapacity(indices.count)
    for index in indices { marks.append(Mark(glyphs[index])) }
    for mark in marks where !mark.scalar.isBlank { box = box?.union(mark.box) ?? mark.box }
    guard box != nil else { return }
    for direction in [Glyph.Direction.right, .down, .up, .left] {
      let run = marks.filter { $0.direction == direction }
      guard run.contains(where: { !$0.scalar.isBlank }) else { continue }
      lines += TableStages.lines(of: run).map { line in
        var line = line
        line.isUpright = direction == .right
        return line
      }
    }
  }

  /// Width of the widest line, in points.
  var width: Double { lines.map(\.width).max() ?? 0 }

  /// Font size of the largest line, in points.
  var size: Double { lines.map(\.size).max() ?? 0 }

  /// Whether nothing but parts of figures stands in it, upright.
  var isOfFigures: Bool {
    !lines.isEmpty && lines.allSatisfy { $0.isUpright && $0.scalars.allSatisfy(\.isFigurePart) }
  }

  /// Whether nothing but parts of figures stands in more than one line.
  var isStackOfFigures: Bool { lines.count > 1 && isOfFigures }

  /// One line of a cell.
  struct TextLine {
    fileprivate(set) var scalars: [Unicode.Scalar] = []
    /// Where its middle is across the text, in points: grows from line to line.
    fileprivate(set) var middle = 0.0
    /// In points, and of its largest glyph.
    fileprivate(set) var (width, size) = (0.0, 0.0)
    fileprivate(set) var isUpright = true

    /// Whether no other glyph like its own fits behind it where there is so much room.
    func isFull(in room: Double) -> Bool { room - width < width / Double(max(scalars.count, 1)) }
  }
}

/// A glyph in the coordinates of its own direction: `x` grows along the text, `y` from line to line.
private struct Mark {
  var scalar: Unicode.Scalar
  var x0: Double
  var x1: Double
  var y: Double
  var size: Double
  var direction: Glyph.Direction
  var box: Box

  init(_ glyph: Glyph) {
    (scalar, size, direction, box) = (glyph.scalar, glyph.size, glyph.direction, glyph.box)
    switch glyph.direction {
    case .right: (x0, x1, y) = (box.x0, box.x1, box.midY)
    case .left: (x0, x1, y) = (-box.x1, -box.x0, -box.midY)
    case .down: (x0, x1, y) = (box.y0, box.y1, -box.midX)
    case .up: (x0, x1, y) = (-box.y1, -box.y0, box.midX)
    }
  }
}

private func lines(of marks: [Mark]) -> [CellLines.TextLine] {
  var result: [CellLines.TextLine] = []
  var line: [Mark] = []
  var middle = 0.0
  func close() {
    line.sort { ($0.x0, $0.scalar.value) < ($1.x0, $1.scalar.value) }
    var read = text(of: line)
    read.middle = middle
    if !read.scalars.isEmpty { result.append(read) }
    line = []
  }
  for mark in marks.sorted(by: { ($0.y, $0.x0) < ($1.y, $1.x0) }) {
    if let last = line.last, mark.y - middle > 0.5 * max(mark.size, last.size) { close() }
    middle = line.isEmpty ? mark.y : middle + (mark.y - middle) / Double(line.count + 1)
    line.append(mark)
  }
  close()
  return result
}

extension Mark {
  /// Whether both are digits, and this one is as small and as high as the number of a note.
  fileprivate func isRaised(above other: Mark) -> Bool {
    scalar.isDigit && other.scalar.isDigit && size <= 0.85 * other.size && y < other.y - 0.1 * other.size
  }
}

extension Mark {
  /// Whether both are digits, of sizes that no figure mixes.
  fileprivate func isOtherDigit(than other: Mark) -> Bool {
    scalar.isDigit && other.scalar.isDigit && min(size, other.size) <= 0.85 * max(size, other.size)
  }
}

/// The marks of a line without the raised numbers of notes where all others are one figure, and whether any are left.
private func withoutNotes(_ marks: [Mark]) -> (marks: [Mark], hasNotes: Bool) {
  guard let largest = marks.lazy.filter(\.scalar.isDigit).max(by: { $0.size < $1.size }) else { return (marks, false) }
  let rest = marks.filter { !$0.isRaised(above: largest) }
  if rest.count == marks.count { return (marks, false) }
  return CellContent(rest.map(\.scalar)) == .figure ? (rest, false) : (marks, true)
}

/// The scalars of a line, with a space where words stand apart.
private func text(of marks: [Mark]) -> CellLines.TextLine {
  var line = CellLines.TextLine()
  var last: Mark?
  var isSpaced = false
  var (pairs, spacedPairs) = (0, 0)
  let (marks, hasNotes) = withoutNotes(marks)
  for mark in marks {
    if mark.scalar.isBlank {
      if !mark.scalar.isZeroWidth { isSpaced = last != nil }
      continue
    }
    if let before = last {
      if before.scalar == mark.scalar, abs(before.x0 - mark.x0) < 0.25 * mark.size,
        abs(before.y - mark.y) < 0.2 * mark.size,
        abs(before.x0 - mark.x0) < 0.5 * (mark.x1 - mark.x0)
      {
        continue  // drawn twice to look bold
      }
      let gap = mark.x0 - before.x1
      let areDigits = before.scalar.isDigit && mark.scalar.isDigit
      let wide = (before.scalar.isIdeographic ? 1 : 0) + (mark.scalar.isIdeographic ? 1 : 0)
      let isNote =
        (hasNotes && (mark.isRaised(above: before) || before.isRaised(above: mark)))
        || mark.isOtherDigit(than: before)
      let isApart =
        isSpaced || isNote || (wide == 0 && gap > 0.2 * mark.size)
        || ((wide == 1 || areDigits) && gap > 0.6 * mark.size)
      if wide == 2, !areDigits {
        pairs += 1
        if isSpaced { spacedPairs += 1 }
      }
      if isApart { line.scalars.append(" ") }
    }
    line.scalars.append(mark.scalar)
    line.size = max(line.size, mark.size)
    (last, isSpaced) = (mark, false)
  }
  if pairs > 0, pairs == spacedPairs {  // every letter is spaced out: the spaces part no words
    let scalars = line.scalars
    line.scalars = scalars.indices.filter { index in
      !(scalars[index] == " " && scalars[index - 1].isIdeographic && scalars[index + 1].isIdeographic
        && !(scalars[index - 1].isDigit && scalars[index + 1].isDigit))
    }.map { scalars[$0] }
  }
  if let first = marks.first, let last { line.width = last.x1 - first.x0 }
  return line
}

/// Puts `line` below `above`, in a cell with so much room for text.
private func append(
  _ line: CellLines.TextLine, below above: CellLines.TextLine, to text: inout String.UnicodeScalarView, room: Double
) {
  if text.last == Unicode.Scalar.softHyphen {
    text.removeLast()
  } else if text.breaks(before: line.scalars.first) {
    let isBrokenFigure =
      above.isFull(in: room) && text.allSatisfy(\.isFigurePart) && line.scalars.allSatisfy(\.isFigurePart)
    if !isBrokenFigure { text.append(" ") }
  }
  text.append(contentsOf: line.scalars)
}

extension String.UnicodeScalarView {
  /// Whether a space parts what they say from a next line: not beside ideographs, and not where a word goes on behind its
  /// hyphen. The hyphen stays: whether it is the word's own is not printed. Digits of any width are parted.
  fileprivate func breaks(before next: Unicode.Scalar?) -> Bool {
    guard let last, let next else { return false }
    if last.isDigit, next.isDigit { return true }
    guard !last.isIdeographic, !next.isIdeographic else { return false }
    let isHyphen = last == "-" || last == "\u{2010}"
    return !(isHyphen && next.properties.isLowercase && dropLast().last?.properties.isAlphabetic == true)
  }
}

extension Unicode.Scalar {
  /// Shown only where a line ends behind it.
  fileprivate static let softHyphen: Unicode.Scalar = "\u{AD}"

  fileprivate var isFigurePart: Bool { isDigit || isSeparator }
}

extension String {
  /// `self` and what follows it after a page break.
  func joined(with next: String) -> String {
    if unicodeScalars.last == Unicode.Scalar.softHyphen { return dropLast() + next }
    return unicodeScalars.breaks(before: next.unicodeScalars.first) ? self + " " + next : self + next
  }
}
