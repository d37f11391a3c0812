import DocumentModel

extension [Ruling] {
  /// Pieces of one line by their starts, dashes put together: at least five short pieces of one length at one distance.
  ///
  /// ```
  /// ── ── ── ── ──   ───────        one rule, and a piece that is none of its dashes
  /// ```
  /// `em` is the font size in points. Pieces at unlike distances stay apart: sides of cells, or lines below words.
  func joiningDashes(em: Double) -> [Ruling] {
    guard count >= Self.leastDashes else { return self }
    var result: [Ruling] = []
    var from = 0
    while from < count {
      var to = from + 1
      while to < count, isDash(to, after: to - 1, like: from, em: em) { to += 1 }
      // The last dash may be cut short by the end of the rule.
      let isCut =
        to < count && to - from >= Self.leastDashes && self[to].length < self[from].length
        && self[to].start - self[to - 1].end <= Self.widestGap * em
      if isCut { to += 1 }
      if to - from >= Self.leastDashes {
        var whole = self[from]
        whole.end = self[to - 1].end
        result.append(whole)
      } else {
        result += self[from..<to]
      }
      from = to
    }
    return result
  }

  private static var leastDashes: Int { 5 }
  /// In font sizes.
  private static var longestDash: Double { 2 }
  /// In font sizes.
  private static var widestGap: Double { 1 }

  /// Whether piece `index` is as long as the first of its rule and as far from the one before as the second is.
  private func isDash(_ index: Int, after last: Int, like first: Int, em: Double) -> Bool {
    let gap = self[index].start - self[last].end
    let usual = self[first + 1].start - self[first].end
    let length = self[first].length
    return gap > 0 && gap <= Self.widestGap * em && length <= Self.longestDash * em
      && abs(gap - usual) <= 0.25 * usual + 0.1 && abs(self[index].length - length) <= 0.25 * length + 0.1
  }
}
