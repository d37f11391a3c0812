import DocumentModel

extension AlignedRows {
  /// Whether the rows look like a table: enough of them with several pieces, many figures or few words.
  ///
  /// `isFramed`: a caption stands above, or at least three rules frame the rows; then less is asked for. `isParted`: rules
  /// part them, and cells may hold sentences.
  func isTable(isFramed: Bool, isParted: Bool = false) -> Bool {
    let several = rows.filter { $0.parts.count >= 2 }
    let rests = rows.indices.count { isRestOfLabel($0) }
    guard several.count >= (isFramed ? 2 : 3), 10 * several.count >= 4 * (rows.count - rests) else { return false }
    if isListOfContents(several) { return false }
    let density = Double(several.reduce(0) { $0 + $1.parts.count }) / Double(several.count * columnCount)
    guard density >= 0.3 else { return false }
    if isParted { return true }
    let (numbers, words) = (numberShare, wordsPerValue)
    if isFramed { return numbers >= 0.15 || words <= (columnCount == 2 ? 5 : 6) }
    if columnCount == 2 { return numbers >= 0.6 && several.count >= 3 }
    return numbers >= 0.4 || (numbers >= 0.15 && words <= 3 && several.count >= 4)
      || (words <= 2.5 && several.count >= 5 && density >= 0.7)
  }

  /// Whether a line of one piece stands beside the gap between lines, as broken labels do whose figures stand beside their
  /// middle.
  private func isRestOfLabel(_ index: Int) -> Bool {
    let row = rows[index]
    guard row.parts.count == 1, row.parts[0].columns == 0...0 else { return false }
    return [index - 1, index + 1].contains { other in
      guard rows.indices.contains(other), rows[other].parts.count >= 2 else { return false }
      return min(rows[other].y1, row.y1) - max(rows[other].y0, row.y0) > 0.25 * (row.y1 - row.y0)
    }
  }

  /// Titles and page numbers that never fall, with leaders or alone; or terms with page numbers behind them.
  private func isListOfContents(_ several: [Row]) -> Bool {
    if isIndex(several) { return true }
    let ends = several.compactMap(\.parts.last)
    let last =
      several.allSatisfy({ $0.parts.count == 2 }) ? ends : ends.filter { $0.columns.upperBound == columnCount - 1 }
    let pages = last.compactMap { part -> Int? in
      let scalars = part.words.flatMap(\.scalars).drop { $0 == "." }
      guard scalars.count < 4, scalars.allSatisfy({ $0.isASCII && $0.isDigit }) else { return nil }
      return Int(part.words.text.filter(\.isNumber))
    }
    let falls = zip(pages, pages.dropFirst()).count { $0 > $1 }
    let arePairs = columnCount == 3 && several.allSatisfy { $0.parts.count == 2 }
    if columnCount == 2 || arePairs, 10 * rows.count(where: \.hasLeader) > 4 * rows.count {
      let front = last.count { $0.words.flatMap(\.scalars).allSatisfy { "ivxlc".unicodeScalars.contains($0) } }
      return 2 * (pages.count + front) >= last.count && 5 * falls <= pages.count
    }
    // Titles stand before their pages, not figures.
    let titles = several.flatMap(\.parts).filter { $0.columns == 1...1 && columnCount == 3 }
    guard columnCount <= 3, 2 * titles.count(where: \.isNumber) <= titles.count, wordsPerValue < 1.5, pages.count >= 4,
      10 * pages.count >= 8 * last.count, falls == 0, let least = pages.first, let most = pages.last
    else { return false }
    return 2 * Set(pages).count >= pages.count && most > least
  }

  /// Whether many pieces are words with a comma and a small number behind them.
  private func isIndex(_ several: [Row]) -> Bool {
    let parts = several.flatMap(\.parts)
    let terms = parts.count { part in
      guard part.words.count >= 2, let pages = part.words.last else { return false }
      return part.words[part.words.count - 2].scalars.last == "," && pages.scalars.first?.isDigit == true
        && pages.scalars.split(whereSeparator: { !$0.isDigit }).allSatisfy { $0.count < 4 }
    }
    return 10 * terms >= 4 * parts.count
  }
}

extension AlignedRows.Row {
  /// Whether dots or a line lead from one piece to the next.
  fileprivate var hasLeader: Bool {
    var run = 0
    for scalar in line.words.flatMap(\.scalars) {
      let dots = scalar == "\u{2026}" ? 3 : scalar == "." || scalar == "_" || scalar == "\u{B7}" ? 1 : 0
      run = dots == 0 ? 0 : run + dots
      if run >= 5 { return true }
    }
    return false
  }
}
