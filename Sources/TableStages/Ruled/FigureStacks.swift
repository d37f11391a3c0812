import DocumentModel

/// Figures below figures in the cells of one row: parts of a figure that is too wide for its cell, or the figures of rows
/// that no rule parts.
///
/// ```
/// | received in | 22 |   | 24 |      no digit fits behind 22 and 24, and 0 stands beside none of both lines:
/// | this year   | 69 | 0 | 19 |      2269, 0 and 2419
/// ```
/// Rows would have all their figures side by side and a label each, and no figure begins with a nought.
struct FigureStacks {
  /// What they are.
  enum Reading {
    case rows
    case broken
    /// No line has room for another digit, and nothing else tells.
    case open
  }

  /// `rows` where there are none.
  private(set) var reading = Reading.rows

  /// Whether the first of the cells ends its lines because they are full, and the next one begins no item.
  private var isLabelBroken = false

  /// `cells` are those of one row, from left to right, and `rooms` tell how wide the text of each may be, in points.
  init(_ cells: [CellLines], rooms: [Double]) {
    let stacks = cells.indices.filter { cells[$0].isStackOfFigures }
    guard !stacks.isEmpty, stacks.allSatisfy({ cells[$0].isBroken(in: rooms[$0]) }) else { return }
    let isOpen =
      stacks.count > 1 && !cells.areUneven
      && !stacks.contains { cells[$0].goesOnWithNought || cells.leaveUnlabelled(cells[$0]) }
    reading = isOpen ? .open : .broken
    if let label = cells.first, let room = rooms.first { isLabelBroken = label.isBrokenLabel(in: room) }
  }

  /// The cells of a row of a grid.
  init(in band: [RuledGrid.Cell], of grid: RuledGrid, glyphs: [Glyph], text: RuledGrid.Text) {
    let boxes = band.map(grid.box(of:))
    let lines = boxes.map { box in
      CellLines(text.lazy.filter { box.contains(x: $0.x, y: $0.y) }.map(\.index), of: glyphs)
    }
    self.init(lines, rooms: rooms(for: lines, in: boxes.map(\.width)))
  }

  /// Whether all stands in one row, as far as can be told. Where only the label can tell, it does: one that would have had
  /// room for the next line is whole.
  var areOfOneRow: Bool { reading == .broken || (reading == .open && isLabelBroken) }
}

extension CellLines {
  /// Whether its lines but the last are full, and all together are one figure.
  fileprivate func isBroken(in room: Double) -> Bool {
    let whole = lines.flatMap(\.scalars)
    return lines.dropLast().allSatisfy { $0.isFull(in: room) } && CellContent(whole) == .figure
      && whole.count { $0 == "." || $0.value == 0xFF0E } <= 1
  }

  /// Whether a line goes on with a nought, as no figure begins.
  fileprivate var goesOnWithNought: Bool {
    !lines[0].scalars[0].isNought
      && lines.dropFirst().contains { $0.scalars.count > 1 && $0.scalars[0].isNought && $0.scalars[1].isDigit }
  }

  /// Whether its lines but the last have no room for the word that follows, or half of it for an ideograph, and no line
  /// begins an item.
  fileprivate func isBrokenLabel(in room: Double) -> Bool {
    zip(lines, lines.dropFirst()).allSatisfy { above, line in
      let word = line.scalars.prefix { $0 != " " }.count
      let next = line.scalars[0].isIdeographic ? line.size : line.width * Double(word) / Double(line.scalars.count)
      return room - above.width < next && !Enumerator.begins(line.scalars)
    }
  }
}

extension [CellLines] {
  /// Whether a line of figures stands beside none of another cell's: rows would have all their figures side by side.
  fileprivate var areUneven: Bool {
    guard let most = filter(\.isOfFigures).max(by: { $0.lines.count < $1.lines.count }) else { return false }
    return contains { cell in
      cell.isOfFigures
        && cell.lines.contains { line in
          !most.lines.contains { $0.isBeside(line, within: 0.25) }
        }
    }
  }

  /// Whether a line of figures stands beside no words of the last label: every row has its own.
  fileprivate func leaveUnlabelled(_ stack: CellLines) -> Bool {
    guard let label = prefix(while: { !$0.isOfFigures }).last(where: { !$0.lines.isEmpty }) else { return false }
    return stack.lines.contains { line in !label.lines.contains { $0.isBeside(line, within: 0.5) } }
  }
}

extension CellLines.TextLine {
  /// Whether the middles are at one height, give or take a part of the font size.
  fileprivate func isBeside(_ other: Self, within reach: Double) -> Bool {
    abs(middle - other.middle) <= reach * max(size, other.size)
  }
}

extension Unicode.Scalar {
  fileprivate var isNought: Bool { self == "0" || value == 0xFF10 }
}

extension RuledGrid {
  /// How wide the text of each cell may be, in points; without end where figures below figures are not known to be parts
  /// of one.
  func rooms(for lines: [CellLines]) -> [Double] {
    var rooms = TableStages.rooms(for: lines, in: cells.map { box(of: $0).width })
    let stacks = cells.indices.filter { lines[$0].isStackOfFigures }
    guard stacks.count > 1 else { return rooms }
    var inRow = Array(repeating: [Int](), count: ys.count - 1)
    // Words beside several rows are the label of none.
    let byColumn = cells.indices.sorted { cells[$0].columns.lowerBound < cells[$1].columns.lowerBound }
    for index in byColumn where lines[index].isOfFigures || cells[index].rows.count == 1 {
      for row in cells[index].rows { inRow[row].append(index) }
    }
    let readings = inRow.map { FigureStacks($0.map { lines[$0] }, rooms: $0.map { rooms[$0] }).reading }
    for index in stacks where cells[index].rows.contains(where: { readings[$0] != .broken }) {
      rooms[index] = .infinity
    }
    return rooms
  }
}

/// How wide the text of cells of these widths may be, in points: the white space at the sides is not drawn, and it is at
/// most what the fullest line of all leaves.
private func rooms(for lines: [CellLines], in widths: [Double]) -> [Double] {
  let rests = zip(widths, lines).filter { $1.box != nil }.map { $0 - $1.width }
  let least = rests.filter { $0 >= 0 }.min() ?? 0
  return zip(widths, lines).map { $0 - min(least, mostPadding * $1.size) }
}

/// The widest white space at both sides of a cell together, in font sizes.
private let mostPadding = 1.3
