import DocumentModel

/// The text of one page, on its way from glyphs to lines.
struct PageText {
  /// A glyph turned so that its text runs to the right.
  struct Mark {
    var start: Double
    var end: Double
    var centre: Double
    var size: Double
    var height: Double
    var scalar: UInt32
    var glyph: Int32

    var isSpace: Bool { scalar == 0x20 || scalar == 0x3000 || scalar == 0xA0 || (0x2000...0x200A).contains(scalar) }
  }

  /// All lines, those that run to the right first.
  private(set) var lines: [Line] = []
  private let page: Page
  private let verticals: [Ruling]

  init(of page: Page) {
    self.page = page
    verticals = page.rulings.filter { $0.axis == .vertical }.sorted { $0.position < $1.position }
    let hasVisible = page.glyphs.contains { !$0.isHidden && $0.scalar.value > 0x20 && $0.scalar.value != 0x3000 }
    for direction in [Glyph.Direction.right, .down, .up, .left] {
      var marks: [Mark] = []
      if direction == .right { marks.reserveCapacity(page.glyphs.count) }
      for (index, glyph) in page.glyphs.enumerated()
      where glyph.direction == direction && (!glyph.isHidden || !hasVisible) {
        marks.append(Mark(glyph, at: index))
      }
      let rows = rows(of: &marks)
      var overprints: [[Mark]] = []
      for index in rows.indices {
        if isOverprint(index, among: rows) {
          overprints.append(rows[index])
        } else if let line = line(of: rows[index], running: direction) {
          lines.append(line)
        }
      }
      lines += overprints.compactMap { line(of: $0, running: direction) }
    }
  }

  // MARK: Rows

  /// Marks of about the same height, from top to bottom; each row in the order of reading.
  private func rows(of marks: inout [Mark]) -> [[Mark]] {
    marks.sort { ($0.centre, $0.start) < ($1.centre, $1.start) }
    var rows: [[Mark]] = []
    var first = 0
    var sum = 0.0
    for index in 0...marks.count {
      if index < marks.count {
        let mark = marks[index]
        let size = index > first ? min(mark.size, marks[index - 1].size) : mark.size
        if index == first || mark.centre - sum / Double(index - first) <= 0.28 * size {
          sum += mark.centre
          continue
        }
      }
      if index > first { rows.append(Array(marks[first..<index])) }
      first = index
      sum = index < marks.count ? marks[index].centre : 0
    }
    raiseNotes(in: &rows)
    for index in rows.indices {
      rows[index].sort { ($0.start, $0.end, $0.glyph) < ($1.start, $1.end, $1.glyph) }
    }
    return rows
  }

  /// Moves small marks into the row above or below that they overlap and touch.
  private func raiseNotes(in rows: inout [[Mark]]) {
    for index in rows.indices {
      guard let smallest = rows[index].min(by: { $0.size < $1.size })?.size else { continue }
      for other in [index - 1, index + 1] where rows.indices.contains(other) && !rows[other].isEmpty {
        guard let host = rows[other].max(by: { $0.size < $1.size }), smallest <= 0.8 * host.size else { continue }
        let hosts = rows[other]
        let limit = 0.8 * host.size
        let reach = 0.3 * host.size
        let isNote = { (mark: Mark) in
          mark.size <= limit && mark.size >= 0.4 * host.size && !mark.isSpace
            && abs(mark.centre - host.centre) < (mark.height + host.height) / 2 - 0.4 * mark.height
            && hosts.contains {
              $0.size > limit && !$0.isSpace && min(abs(mark.start - $0.end), abs($0.start - mark.end)) < reach
            }
        }
        let notes = rows[index].filter(isNote)
        if notes.isEmpty { continue }
        rows[index].removeAll(where: isNote)
        rows[other] += notes
      }
    }
    rows.removeAll(where: \.isEmpty)
  }

  /// Whether a row is printed over others: smaller marks have their centres in its own.
  private func isOverprint(_ index: Int, among rows: [[Mark]]) -> Bool {
    let row = rows[index]
    guard let size = row.first?.size, let top = row.map({ $0.centre - $0.height / 2 }).min(),
      let bottom = row.map({ $0.centre + $0.height / 2 }).max()
    else { return false }
    var covered = 0
    for step in [-1, 1] {
      var other = index + step
      while rows.indices.contains(other), let mark = rows[other].first, mark.centre > top, mark.centre < bottom {
        covered += rows[other].count { small in
          let middle = (small.start + small.end) / 2
          return small.size * 1.8 <= size && !small.isSpace
            && row.contains { $0.start < middle && middle < $0.end && !$0.isSpace }
        }
        if covered > 1 { return true }
        other += step
      }
    }
    return false
  }

  // MARK: Lines

  private func line(of row: [Mark], running direction: Glyph.Direction) -> Line? {
    guard let first = row.first(where: { !$0.isSpace }) else { return nil }
    let rules = direction == .right ? positions(ofRulesAt: first.centre) : []
    var text: [UInt32] = []
    var word: [UInt32] = []
    var words: [Word] = []
    var box: Box?
    var wordBox: Box?
    var tally = SizeTally()
    var last: Mark?
    var sawSpace = false
    var rule = 0
    text.reserveCapacity(row.count + 8)

    func endWord() {
      if let wordBox { words.append(Word(word.withUnsafeBufferPointer { String(scalars: $0) }, box: wordBox)) }
      word.removeAll(keepingCapacity: true)
      wordBox = nil
    }

    for mark in row {
      if mark.isSpace {
        sawSpace = true
        continue
      }
      if let before = last {
        let repeats = before.scalar == mark.scalar && mark.start - before.start < 0.1 * mark.size
        if repeats, abs(mark.centre - before.centre) < 0.1 * mark.size { continue }
        let gap = mark.start - before.end
        let size = max(mark.size, before.size)
        while rule < rules.count, rules[rule] < (before.start + before.end) / 2 { rule += 1 }
        let isNote = mark.isNote(at: before) || before.isNote(at: mark)
        let isParted =
          isNote || gap > 1.5 * size
          || (rule < rules.count && rules[rule] < (mark.start + mark.end) / 2)
        if sawSpace || gap > 0.17 * size || isParted { endWord() }
        if isParted || ((sawSpace || gap > 0.25 * size) && !(before.isWide && mark.isWide)) { text.append(0x20) }
      }
      let glyphBox = page.glyphs[Int(mark.glyph)].box
      wordBox = wordBox?.union(glyphBox) ?? glyphBox
      box = box?.union(glyphBox) ?? glyphBox
      word.append(mark.scalar)
      text.append(mark.scalar)
      tally.add(mark.size)
      (last, sawSpace) = (mark, false)
    }
    endWord()
    guard let box else { return nil }
    let string = text.withUnsafeBufferPointer { String(scalars: $0) }
    return Line(PrintedText(string), place: .page(page.number, box), words: words, size: tally.most)
  }

  private func positions(ofRulesAt y: Double) -> [Double] {
    verticals.isEmpty ? [] : verticals.lazy.filter { $0.start <= y && $0.end >= y }.map(\.position)
  }
}

extension PageText.Mark {
  /// Whether it is a raised digit beside a larger one: the number of a note, and no digit of that figure.
  func isNote(at other: PageText.Mark) -> Bool {
    let isDigit = { (scalar: UInt32) in (0x30...0x39).contains(scalar) || (0xFF10...0xFF19).contains(scalar) }
    return isDigit(scalar) && isDigit(other.scalar) && size <= 0.85 * other.size
      && centre < other.centre - 0.1 * other.size
  }

  var isWide: Bool { !ScalarClass(of: scalar).isDisjoint(with: .wide) }

  init(_ glyph: Glyph, at index: Int) {
    let box = glyph.box
    switch glyph.direction {
    case .right: (start, end, centre, height) = (box.x0, box.x1, box.midY, box.height)
    case .left: (start, end, centre, height) = (-box.x1, -box.x0, -box.midY, box.height)
    case .down: (start, end, centre, height) = (box.y0, box.y1, -box.midX, box.width)
    case .up: (start, end, centre, height) = (-box.y1, -box.y0, box.midX, box.width)
    }
    size = glyph.size
    scalar = glyph.scalar.value
    self.glyph = Int32(index)
  }
}

/// Which size is used most.
private struct SizeTally {
  private var sizes: [(size: Double, count: Int)] = []

  mutating func add(_ size: Double) {
    if let index = sizes.firstIndex(where: { abs($0.size - size) < 0.05 }) {
      sizes[index].count += 1
    } else {
      sizes.append((size, 1))
    }
  }

  /// The smallest of the sizes used most; 0 without any.
  var most: Double {
    let most = sizes.map(\.count).max() ?? 0
    return sizes.filter { $0.count == most }.map(\.size).min() ?? 0
  }
}
