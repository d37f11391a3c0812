import DocumentModel

/// The words of a page, found by the white space between glyphs.
///
/// ```
/// 12 345    T o t a l│9      a gap wider than a sixth of an em, a blank, or a rule between two glyphs ends a word
/// ```
/// A leader (four dots and more) is a word of its own, with no width, so that no column looks full of dots. A currency
/// sign and what stands behind a figure (`%`, the mark of a note) belong to the figure.
struct PageWords {
  private let glyphs: [Glyph]
  private let walls: [Ruling]
  private(set) var words: [TextWord] = []

  // In font sizes.
  private static let (wordGap, lineDrift) = (0.17, 0.28)

  /// `marks` are indices of the upright glyphs that are read, blanks among them; `walls` are vertical rules.
  init(_ marks: [Int], of glyphs: [Glyph], walls: [Ruling]) {
    self.glyphs = glyphs
    self.walls = walls
    for line in lines(of: marks) { read(line) }
    cutLeaders()
  }

  /// Glyphs whose middles are at about the same height.
  private func lines(of marks: [Int]) -> [[Int]] {
    let sorted = marks.filter { glyphs[$0].size > 0 }.sorted { left, right in
      let (one, two) = (glyphs[left].box, glyphs[right].box)
      return (one.midY, one.x0, left) < (two.midY, two.x0, right)
    }
    var lines: [(middle: Double, size: Double, marks: [Int])] = []
    for mark in sorted {
      let (middle, size) = (glyphs[mark].box.midY, glyphs[mark].size)
      let near = lines.indices.suffix(12).last {
        abs(lines[$0].middle - middle) <= Self.lineDrift * max(min(size, lines[$0].size), 1)
      }
      if let near {
        lines[near].marks.append(mark)
      } else {
        lines.append((middle, size, [mark]))
      }
    }
    return lines.map(\.marks)
  }

  private mutating func read(_ line: [Int]) {
    let sorted = line.sorted { (glyphs[$0].box.x0, $0) < (glyphs[$1].box.x0, $1) }
    guard let first = sorted.first(where: { !glyphs[$0].scalar.isBlank }) else { return }
    let middle = glyphs[first].box.midY
    let crossing = walls.filter { $0.start <= middle && middle <= $0.end }
    let blanks = sorted.filter { glyphs[$0].scalar.isBlank && !glyphs[$0].scalar.isZeroWidth }.map { glyphs[$0].box }
    var (word, passed): ([Int], Int) = ([], 0)
    for mark in sorted where !glyphs[mark].scalar.isBlank {
      if let last = word.last,
        isApart(glyphs[last], glyphs[mark], blanks: blanks, passed: &passed, walls: crossing)
      {
        words.append(TextWord(word, of: glyphs))
        word = []
      }
      word.append(mark)
    }
    if !word.isEmpty { words.append(TextWord(word, of: glyphs)) }
  }

  /// Whether a word ends between two glyphs. `passed` counts the first of the blanks, which stand from left to right, that
  /// no pair further to the right has between its glyphs.
  private func isApart(_ left: Glyph, _ right: Glyph, blanks: [Box], passed: inout Int, walls: [Ruling]) -> Bool {
    if right.box.x0 - left.box.x1 > Self.wordGap * min(left.size, right.size) { return true }
    while passed < blanks.count, blanks[passed].midX < left.box.x0 - 0.5 { passed += 1 }
    let isBlank = blanks[passed...].prefix { $0.x0 < right.box.x0 }.contains { blank in
      blank.midX >= left.box.x1 - 0.5 && blank.midX <= right.box.x0 + 0.5
    }
    return isBlank || walls.contains { $0.position > left.box.midX && $0.position < right.box.midX }
  }

  // MARK: Leaders

  private mutating func cutLeaders() {
    words = words.flatMap { word -> [TextWord] in
      guard word.scalars.count > 4, let dots = word.scalars.leader, dots.lowerBound > 0 else { return [word] }
      let parts = [0..<dots.lowerBound, dots, dots.upperBound..<word.scalars.count].filter { !$0.isEmpty }
      return parts.map { TextWord(Array(word.glyphs[$0]), of: glyphs) }
    }
  }
}

extension [TextWord] {
  /// In lines, with the dots of leaders drawn together behind their label and with signs joined to figures.
  func inLines() -> [WordLine] {
    let columns = SignColumns(of: self)
    let lines = WordLine.rows(of: self).map { $0.words.collapsingLeaders() }
    let labels = lines.map(\.spacedLabel)
    let words = lines.indices.flatMap { index -> [TextWord] in
      // Rows of single ideographs, one below the other, are what stands in cells.
      let isAlone = ![index - 2...index, index - 1...index + 1, index...index + 2].contains { rows in
        rows.allSatisfy { labels.indices.contains($0) && labels[$0] > 0 }
      }
      return (isAlone ? lines[index].joiningFirst(labels[index]) : lines[index]).joiningSigns(columns)
    }
    return WordLine.lines(of: words)
  }

  /// One line, from left to right.
  private func collapsingLeaders() -> [TextWord] {
    var result = self
    var start = 0
    while start < count {
      var end = start
      while end < count, self[end].scalars.allSatisfy(\.isLeaderDot),
        end == start || self[end].box.x0 - self[end - 1].box.x1 < 1.5 * self[end].size
      { end += 1 }
      let dots = self[start..<end].reduce(0) { $0 + $1.scalars.count }
      if start > 0, dots >= 4 {
        let x = result[start - 1].box.x1
        for index in start..<end {
          (result[index].box.x0, result[index].box.x1) = (x + 0.01, x + 0.01)
        }
      }
      start = Swift.max(end, start + 1)
    }
    return result
  }

  /// How many words at the beginning may be a label of single ideographs that are spaced out to fill their column; 0 where
  /// others of the line are single ideographs, too.
  private var spacedLabel: Int {
    let letters = prefix { $0.scalars.count == 1 && $0.scalars[0].isIdeographic }
    let others = dropFirst(letters.count)
    guard (2...4).contains(letters.count),
      !others.contains(where: { $0.scalars.count == 1 && $0.scalars[0].isIdeographic })
    else { return 0 }
    let gaps = zip(letters, letters.dropFirst()).map { ($1.box.x0 - $0.box.x1) / $1.size }
    guard let widest = gaps.max(), let narrowest = gaps.min(), widest <= 6, widest - narrowest <= 0.5 else { return 0 }
    return letters.count
  }

  /// The first so many words as one.
  private func joiningFirst(_ count: Int) -> [TextWord] {
    guard count > 1 else { return self }
    return [self[1..<count].reduce(self[0]) { $0.joined(with: $1) }] + dropFirst(count)
  }

  /// A sign may stand far from its figure, at the other side of the column, where no other column lies between.
  private func joiningSigns(_ columns: SignColumns) -> [TextWord] {
    var result: [TextWord] = []
    for word in self {
      guard let last = result.last else { result.append(word); continue }
      let gap = (word.box.x0 - last.box.x1) / word.size
      let isNear = gap <= 5 || gap <= 20 && last.scalars != ["("] && !columns.part(last, from: word)
      let isPrice = last.isCurrencySign && word.isNumber && word.scalars.first?.isCurrency == false && isNear
      let isNoted =
        word.isFigureSuffix && last.scalars.last?.isDigit == true && gap <= 1.5 && gap >= -0.1
        && word.scalars.first?.properties.isAlphabetic == false
      if isPrice || isNoted {
        result[result.count - 1] = last.joined(with: word)
      } else {
        result.append(word)
      }
    }
    return result
  }
}

extension TextWord {
  /// Whether it stands before an amount.
  var isCurrencySign: Bool {
    scalars.contains(where: \.isCurrency) && scalars.count <= 3
      && scalars.allSatisfy { $0.isCurrency || $0 == "(" || $0.properties.isUppercase } || scalars == ["("]
  }

  /// Whether it stands behind a figure: `%`, `)`, a letter, the mark of a note.
  var isFigureSuffix: Bool {
    if scalars.count == 1, let only = scalars.first {
      return only == "%" || only == ")" || (0x61...0x7A).contains(only.value) || only.isNoteMark
    }
    return scalars == ["%", ")"] || scalars.allSatisfy(\.isNoteMark)
      || (scalars.count == 2 && scalars[1] == "/") || (scalars.count == 3 && scalars[0] == "(" && scalars[2] == ")")
  }
}

extension Unicode.Scalar {
  fileprivate var isLeaderDot: Bool { [0x2E, 0xB7, 0x2026, 0x5F, 0x2025].contains(value) }
  fileprivate var isNoteMark: Bool { self == "*" || self == "\u{2020}" || self == "\u{2021}" }
}

extension [Unicode.Scalar] {
  /// The first four and more dots in a row.
  fileprivate var leader: Range<Int>? {
    var start = 0
    while start < count {
      guard self[start].isLeaderDot else { start += 1; continue }
      let end = self[start...].firstIndex { !$0.isLeaderDot } ?? count
      if end - start >= 4 { return start..<end }
      start = end
    }
    return nil
  }
}
