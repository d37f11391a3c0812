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
    /// None, or none that has to be broken: where a line has room for another digit, or each line has its own label.
    case rows
    case broken
    /// Nothing tells, or things that contradict each other do.
    case open
  }

  private(set) var reading = Reading.rows

  /// `cells` are those of one row, from left to right; `rooms` tell how wide the text of each may be and `widths` how wide each
  /// is, in points.
  init(_ cells: [CellLines], rooms: [Double], widths: [Double]) {
    let stacks = cells.indices.filter { cells[$0].isStackOfFigures }
    guard !stacks.isEmpty,
      stacks.allSatisfy({ cells[$0].isBroken(in: rooms[$0], ofWidth: widths[$0]) })
    else { return }
    // The last words before the figures; a turned label stands beside no line.
    let label = cells.indices.prefix { !cells[$0].isOfFigures }.last { !cells[$0].lines.isEmpty }
      .flatMap { cells[$0].isUpright ? $0 : nil }
    let naming = label.map { cells[$0].naming(in: rooms[$0]) }
    if naming == .items { return }
    if cells.areUneven || stacks.contains(where: { cells[$0].goesOnWithNought }) {
      reading = naming == .whole ? .open : .broken
    } else if naming == .whole {
      return
    } else if naming == .single, stacks.contains(where: { !cells[$0].stands(beside: cells[label ?? 0]) }) {
      reading = .broken
    } else {
      reading = stacks.count == 1 ? .broken : .open
    }
  }

  /// The cells of a row of a grid.
  init(in band: [RuledGrid.Cell], of grid: RuledGrid, glyphs: [Glyph], text: RuledGrid.Text) {
    let boxes = band.map(grid.box(of:))
    let lines = boxes.map { box in
      CellLines(text.lazy.filter { box.contains(x: $0.x, y: $0.y) }.map(\.index), of: glyphs)
    }
    let widths = boxes.map(\.width)
    self.init(lines, rooms: rooms(for: lines, in: widths), widths: widths)
  }
}

/// What the lines of a label say of the rows beside it.
private enum Naming {
  /// One line.
  case single
  /// Each line but the last is full, and what follows begins no item: one label.
  case broken
  /// A line had room for the next word.
  case whole
  /// A line begins an item.
  case items
}

extension CellLines {
  /// Whether its lines but the last are full, and all together are one figure. A single digit has to fill the cell itself:
  /// what stands at its sides may be no white space of the cell.
  fileprivate func isBroken(in room: Double, ofWidth width: Double) -> Bool {
    let whole = lines.flatMap(\.scalars)
    return lines.dropLast().allSatisfy { $0.isFull(in: $0.scalars.count > 1 ? room : width) }
      && CellContent(whole) == .figure && whole.count { $0 == "." || $0.value == 0xFF0E } <= 1
  }

  fileprivate var isUpright: Bool { lines.allSatisfy(\.isUpright) }

  /// Whether a line goes on with a nought, as no figure begins.
  fileprivate var goesOnWithNought: Bool {
    !lines[0].scalars[0].isNought
      && lines.dropFirst().contains { $0.scalars.count > 1 && $0.scalars[0].isNought && $0.scalars[1].isDigit }
  }

  /// What it says as a label, with room for so much text. Two ideographs may go to the next line together, where the
  /// second is a mark that begins none.
  fileprivate func naming(in room: Double) -> Naming {
    if lines.count < 2 { return .single }
    if lines.dropFirst().contains(where: { Enumerator.begins($0.scalars) }) { return .items }
    let isFull = zip(lines, lines.dropFirst()).allSatisfy { above, line in
      let word = line.scalars.prefix { $0 != " " }.count
      let next = line.scalars[0].isIdeographic ? 2 * line.size : line.width * Double(word) / Double(line.scalars.count)
      return room - above.width < next
    }
    return isFull ? .broken : .whole
  }

  /// Whether each of its lines stands beside one of a label.
  fileprivate func stands(beside label: CellLines) -> Bool {
    lines.allSatisfy { line in label.lines.contains { $0.isBeside(line, within: 0.5) } }
  }
}

extension [CellLines] {
  /// Whether a line of figures stands beside none of another cell's: rows would have all their figures side by side.
  fileprivate var areUneven: Bool {
    guard let most = filter(\.isOfFigures).max(by: { $0.lines.count < $1.lines.count }) else { return false }
    return contains { cell in
      cell.isOfFigures
        && cell.lines.contains { line in !most.lines.contains { $0.isBeside(line, within: 0.25) } }
    }
  }
}

extension CellLines.TextLine {
  /// Whether the middles of upright lines are at one height, give or take a part of the font size.
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
    let widths = cells.map { box(of: $0).width }
    var rooms = TableStages.rooms(for: lines, in: widths)
    let stacks = cells.indices.filter { lines[$0].isStackOfFigures }
    guard !stacks.isEmpty else { return rooms }
    // What stands beside several rows tells nothing of one of them.
    var inRow = Array(repeating: [Int](), count: ys.count - 1)
    for index in cells.indices.sorted(by: { cells[$0].columns.lowerBound < cells[$1].columns.lowerBound })
    where cells[index].rows.count == 1 {
      inRow[cells[index].rows.lowerBound].append(index)
    }
    let areBroken = inRow.map { row in
      FigureStacks(row.map { lines[$0] }, rooms: row.map { rooms[$0] }, widths: row.map { widths[$0] }).reading
        == .broken
    }
    var counts = Array(repeating: 0, count: ys.count - 1)
    for index in stacks { for row in cells[index].rows { counts[row] += 1 } }
    for index in stacks {
      let rows = cells[index].rows
      let isBroken = rows.count == 1 ? areBroken[rows.lowerBound] : rows.allSatisfy { counts[$0] == 1 }
      if !isBroken { rooms[index] = .infinity }
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
