/// Which spaces a Chinese text has: none beside ideographs and wide marks, single ones between Latin words.
///
/// ```
/// "至 2024 年 底 ， 共 iOS  17 应用"  ->  "至2024年底，共iOS 17应用"
/// ```
/// A tab separates and stays as a single space, but beside a wide mark. Line breaks are spaces.
enum SpacingRule {
  /// Whether the text has changed.
  static func apply(to text: inout ScalarBuffer) -> Bool {
    guard let first = text.values.firstIndex(where: isSpace) else { return false }
    var isChanged = false
    var kept = first
    var index = first
    while index < text.count {
      guard isSpace(text.values[index]) else {
        text.values[kept] = text.values[index]
        text.origins[kept] = text.origins[index]
        kept += 1
        index += 1
        continue
      }
      let start = index
      var hasTab = false
      while index < text.count, isSpace(text.values[index]) {
        hasTab = hasTab || text.values[index] == 0x09
        index += 1
      }
      let before = kept > 0 ? ScalarClass(of: text.values[kept - 1]) : .wideMark
      let after = index < text.count ? ScalarClass(of: text.values[index]) : .wideMark
      let needsNone: ScalarClass = hasTab ? .wideMark : .wide
      if before.isDisjoint(with: needsNone), after.isDisjoint(with: needsNone) {
        isChanged = isChanged || index - start > 1 || text.values[start] != 0x20
        text.values[kept] = 0x20
        text.origins[kept] = text.origins[start]
        kept += 1
      } else {
        isChanged = true
      }
    }
    text.truncate(to: kept)
    return isChanged
  }

  @inline(__always)
  private static func isSpace(_ scalar: UInt32) -> Bool { scalar <= 0x20 }
}
