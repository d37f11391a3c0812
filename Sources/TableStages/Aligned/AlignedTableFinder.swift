import DocumentModel

/// Looks for tables among the words of a page that no ruled table holds.
struct AlignedTableFinder {
  private(set) var tables: [AlignedTable] = []

  private let page: Page
  private let rules: [Ruling]
  private let charts: Charts
  private let captions: TableCaptions
  private let em: Double
  private var lineHeight: Double { 1.15 * em }

  /// `words` are all words of the page outside other tables, whose boxes are `regions`.
  init(
    _ words: [TextWord], on page: Page, em: Double, regions: [Box], charts: Charts, captions: TableCaptions
  ) {
    (self.page, self.em, self.charts, self.captions) = (page, em, charts, captions)
    rules = page.rulings.filter { rule in
      rule.axis == .horizontal
        && !regions.contains { box in
          let middle = (rule.start + rule.end) / 2
          return middle >= box.x0 - 3 && middle <= box.x1 + 3 && rule.position >= box.y0 - 3
            && rule.position <= box.y1 + 3
        }
    }
    let lines = words.inLines().compactMap { $0.without(charts) }
    for stream in TextZones(lines, rules: rules, em: em).streams { read(stream) }
  }

  private mutating func read(_ lines: [WordLine]) {
    var stream = lines
    let x0 = stream.map(\.x0).min() ?? 0
    let x1 = stream.map(\.x1).max() ?? 0
    var isUsed = Array(repeating: false, count: stream.count)
    let inside = rules.filter { $0.end > x0 && $0.start < x1 }
    for frame in RuleFrames(inside, among: stream, em: em, captions: captions).frames {
      readFrame(frame, in: &stream, isUsed: &isUsed)
    }
    // What stands beside a table between rules is no table without.
    for index in stream.indices where stream[index].words.count < lines[index].words.count { isUsed[index] = true }
    var start = 0
    while start < stream.count {
      guard !isUsed[start] else { start += 1; continue }
      let end = isUsed[start...].firstIndex(of: true) ?? stream.count
      let run = Array(stream[start..<end])
      var free = 0
      for block in LineBlocks(run, em: em, streamWidth: x1 - x0, captions: captions).blocks {
        let count = tables.count
        readBlock(block, in: Array(run[free...]))
        if tables.count > count, let last = block.lines.last, let index = index(of: last, in: run) { free = index + 1 }
      }
      start = end
    }
  }

  // MARK: Between rules

  private mutating func readFrame(_ frame: [Ruling], in stream: inout [WordLine], isUsed: inout [Bool]) {
    let top = frame[0].position
    let bottom = frame[frame.count - 1].position
    let left = (frame.map(\.start).min() ?? 0) - em
    let right = (frame.map(\.end).max() ?? 0) + em
    let free = stream.indices.filter { !isUsed[$0] }.map { stream[$0] }
    if RuleFrames.standUnderSums(free, between: top, and: bottom, at: left...right, em: em) { return }
    if let inner = RuleFrames.cut(free, between: top, and: bottom, at: left...right, em: em, rules: rules) {
      readFrameBeside(frame, lines: inner, in: &stream, isUsed: &isUsed)
      return
    }
    var lines = stream.indices.filter { index in
      let line = stream[index]
      return !isUsed[index] && line.midY > top - 0.2 * lineHeight && line.midY < bottom + 0.2 * lineHeight
        && line.x0 >= left && line.x1 <= right
    }
    guard lines.count >= 2 else { return }
    while lines.count > 2, captions.isNumbered(stream[lines[0]]) { lines.removeFirst() }
    if let note = noteStart(lines.map { stream[$0] }) { lines.removeSubrange(note...) }
    // Rows may go on below the last rule.
    for index in stream.indices where stream[index].midY > stream[lines[lines.count - 1]].midY && !isUsed[index] {
      let line = stream[index]
      let space = line.y0 - stream[lines[lines.count - 1]].y1
      guard line.segments.count >= 2, Double(line.numbers) >= max(1, 0.5 * Double(line.segments.count - 1)),
        space <= 1.5 * lineHeight, !captions.isNote(line), !captions.isCaption(line), line.x0 >= left, line.x1 <= right
      else { break }
      lines.append(index)
    }
    guard var rows = AlignedRows(lines.map { stream[$0] }, rules: rules),
      rows.isTable(
        isFramed: frame.count >= 3, isParted: RuleBands(rows.rows, rules: frame, em: rows.em).partRows)
    else {
      return
    }
    // A rule that does not reach over the labels stands below a head of the other columns.
    let isBelowHead = frame[0].start > rows.cuts[0].from - em
    if isBelowHead || !rows.hasHeads && rows.numberShare > 0.3 {
      rows = grown(rows, in: stream, crossesRules: true)
    }
    if readBeside(rows) {
      for index in stream.indices where stream[index].midY > top && stream[index].midY < bottom { isUsed[index] = true }
      return
    }
    // The rule of a running head may be as wide as the table.
    let first = rows.rows[0].y0
    let rule = frame.last { $0.position < first + 0.2 * lineHeight }?.position ?? first
    let box = Box(left + em, first - rule > 1.5 * lineHeight ? first : min(rule, first), right - em, bottom)
    let found = AlignedTable(rows, endsWithRest: false, frame: box, rules: rules, page: page)
    guard found.filledCells >= 4, !charts.holdTable(of: rows.rows.map(\.line), in: found.box) else { return }
    tables.append(found)
    for index in stream.indices where stream[index].midY > found.box.y0 && stream[index].midY < found.box.y1 {
      isUsed[index] = true
    }
    for index in lines { isUsed[index] = true }
  }

  /// Reads a table that text stands beside; that text may be between rules, too.
  private mutating func readFrameBeside(
    _ frame: [Ruling], lines: [WordLine], in stream: inout [WordLine], isUsed: inout [Bool]
  ) {
    let count = tables.count
    var inner = lines
    var isRead = Array(repeating: false, count: lines.count)
    readFrame(frame, in: &inner, isUsed: &isRead)
    guard tables.count > count, let box = tables.last?.box else { return }
    for index in stream.indices where stream[index].midY > box.y0 && stream[index].midY < box.y1 {
      if let rest = stream[index].keeping({ $0.box.midX < box.x0 || $0.box.midX > box.x1 }) {
        stream[index] = rest
      } else {
        isUsed[index] = true
      }
    }
  }

  /// The first line of notes, behind which no figures follow.
  private func noteStart(_ lines: [WordLine], most: Int = .max) -> Int? {
    lines.indices.dropFirst(2).first { index in
      captions.isNote(lines[index]) && lines[index].numbers == 0 && lines.count - index <= most
        && !lines[index...].contains { $0.numbers >= 2 }
    }
  }

  // MARK: Without rules

  private mutating func readBlock(_ block: LineBlocks.Block, in stream: [WordLine]) {
    let lines = trimmed(block.lines)
    guard lines.count >= 2, let rows = AlignedRows(lines, rules: rules), let first = index(of: lines[0], in: stream)
    else {
      return
    }
    let isCaptioned = stream[max(0, first - 4)..<first].contains {
      captions.isOfTable($0) && lines[0].y0 - $0.y1 < 6 * lineHeight
    }
    let isFramed = isCaptioned || rows.headRule != nil && rows.numberShare >= 0.15
    guard rows.isTable(isFramed: isFramed) else { return }
    let whole = grown(rows, in: stream, crossesRules: false)
    let endsWithRest = block.endsWithRest && lines.count == block.lines.count
    if readBeside(whole) { return }
    let found = AlignedTable(whole, endsWithRest: endsWithRest, frame: nil, rules: rules, page: page)
    guard found.filledCells >= (isFramed ? 4 : 6), !charts.holdTable(of: lines, in: found.box) else { return }
    tables.append(found)
  }

  /// Reads tables beside each other, which no rule connects; whether all of them are.
  private mutating func readBeside(_ rows: AlignedRows) -> Bool {
    let seams = rows.seams
    guard !seams.isEmpty, let top = rows.rows.first?.y0, let bottom = rows.rows.last?.y1 else { return false }
    let isConnected = rules.contains { rule in
      rule.position > top && rule.position < bottom && seams.contains { $0 > rule.start && $0 < rule.end }
    }
    if isConnected { return false }
    let edges = [-.infinity] + seams + [.infinity]
    let parts = zip(edges, edges.dropFirst()).compactMap { left, right -> AlignedTable? in
      let lines = rows.rows.compactMap { row in row.line.keeping { $0.box.midX > left && $0.box.midX < right } }
      guard let part = AlignedRows(lines, rules: rules), part.isTable(isFramed: true) else { return nil }
      return AlignedTable(part, endsWithRest: false, frame: nil, rules: rules, page: page)
    }
    guard parts.count == edges.count - 1 else { return false }
    tables += parts
    return true
  }

  private func index(of line: WordLine, in stream: [WordLine]) -> Int? {
    stream.firstIndex { $0.words[0].glyphs == line.words[0].glyphs }
  }

  /// Without captions above, notes below, and what hangs loose at the end.
  private func trimmed(_ block: [WordLine]) -> [WordLine] {
    var lines = block
    while lines.count > 2, captions.isCaption(lines[0]), lines[0].numbers == 0 { lines.removeFirst() }
    if let note = noteStart(lines, most: 8) { lines.removeSubrange(note...) }
    let size = lines.map(\.size).median ?? em
    while lines.count > 2, let last = lines.last, last.segments.count <= 2,
      (captions.isNote(last) && last.numbers <= 1) || (last.size <= 0.93 * size && last.numbers == 0)
    { lines.removeLast() }
    let left = lines.map(\.x0).min() ?? 0
    while lines.count > 2, let last = lines.last, last.segments.count == 1, last.numbers == 0,
      last.count > 8 || last.x0 > left + 2 * em
    { lines.removeLast() }
    return lines
  }

  // MARK: Heads above

  /// With the lines above that are heads of its columns.
  private func grown(_ rows: AlignedRows, in stream: [WordLine], crossesRules: Bool) -> AlignedRows {
    let lines = rows.rows.map(\.line)
    guard var next = index(of: lines[0], in: stream) else { return rows }
    let left = lines.map(\.x0).min() ?? 0
    let right = lines.map(\.x1).max() ?? 0
    let streamRight = stream.map(\.x1).max() ?? 0
    var heads: [WordLine] = []
    while next > 0, heads.count < 4 {
      let line = stream[next - 1]
      let below = heads.first ?? lines[0]
      // In the middle above a rule that does not reach over the labels.
      let isOverRule = rules.contains {
        $0.position > line.midY && $0.position < below.midY && $0.start > rows.cuts[0].from - em
          && abs(($0.start + $0.end) / 2 - (line.x0 + line.x1) / 2) < 2 * em && $0.length > line.width
      }
      let reach = isOverRule ? 1.5 : line.segments.count > 1 ? 1 : 0.7
      if below.y0 - line.y1 > reach * lineHeight || captions.isCaption(line) { break }
      // The line is the rest of a caption.
      let isCaption = stream[max(0, next - 3)..<(next - 1)].contains {
        captions.isNumbered($0) && $0.words.last?.font == line.words.first?.font && $0.x1 >= 0.85 * streamRight
      }
      if isCaption { break }
      let isCut = rules.contains {
        $0.position > line.midY && $0.position < below.midY
          && min($0.end, right) - max($0.start, left) > 0.8 * (right - left)
      }
      if isCut, line.segments.count == 1, !(crossesRules && heads.isEmpty) { break }
      let isOverColumns =
        line.segments.count == 1 && line.x0 >= rows.cuts[0].position
        && line.x1 <= right + 2 * em && line.count <= 10
      let sharesGap =
        line.segments.count >= 2
        && zip(line.segments, line.segments.dropFirst()).contains { before, after in
          rows.cuts.contains { min(after.x0, $0.to) - max(before.x1, $0.from) > 0.2 * em }
        }
      guard isOverColumns || sharesGap else { break }
      heads.insert(line, at: 0)
      next -= 1
    }
    return heads.isEmpty ? rows : AlignedRows(heads + lines, rules: rules) ?? rows
  }
}
