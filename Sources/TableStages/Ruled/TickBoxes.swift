import DocumentModel

/// Rules without the boxes that people tick: small closed squares whose sides end at their corners.
///
/// ```
/// | yes [] |  no []  |       a box close to a rule would make rows and columns of its own
/// ```
/// The rules are whole; lengths are in units of `em`, the font size in points.
func withoutTickBoxes(
  horizontal: [Ruling], vertical: [Ruling], em: Double
) -> (horizontal: [Ruling], vertical: [Ruling]) {
  let (largest, same) = (2 * em, 0.2 * em)
  func isShort(_ rule: Ruling) -> Bool { rule.length <= largest }
  func agree(_ one: Double, _ other: Double) -> Bool { abs(one - other) <= same }
  let tops = horizontal.indices.filter { isShort(horizontal[$0]) }
  let sides = vertical.indices.filter { isShort(vertical[$0]) }
  guard tops.count >= 2, sides.count >= 2 else { return (horizontal, vertical) }
  var (ticked, tickedSides) = (Set<Int>(), Set<Int>())
  for top in tops {
    let rule = horizontal[top]
    for bottom in tops {
      let other = horizontal[bottom]
      let height = other.position - rule.position
      guard height > same, height <= largest, agree(rule.start, other.start), agree(rule.end, other.end) else {
        continue
      }
      let own = sides.filter { agree(vertical[$0].start, rule.position) && agree(vertical[$0].end, other.position) }
      let left = own.filter { agree(vertical[$0].position, rule.start) }
      let right = own.filter { agree(vertical[$0].position, rule.end) }
      guard !left.isEmpty, !right.isEmpty else { continue }
      ticked.formUnion([top, bottom])
      tickedSides.formUnion(left + right)
    }
  }
  return (
    horizontal.indices.filter { !ticked.contains($0) }.map { horizontal[$0] },
    vertical.indices.filter { !tickedSides.contains($0) }.map { vertical[$0] }
  )
}
