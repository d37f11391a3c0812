extension [TableLine] {
  /// The lines that count the pages: the same words around a number that grows by one from each to the next.
  ///
  /// ```
  /// - 1 -   - 2 -            1            2
  ///                   a heading    a heading        of all lines like it, or of those beside one heading of the pages
  /// ```
  /// Other lines stand between them, so that rows of figures count nothing. A number in no dress and beside no heading counts
  /// from 1 or 2 on and stands beside a blank line: it may be a piece of a figure.
  var pageNumbers: Set<Int> {
    let filled = indices.filter { !self[$0].isBlank }
    var alike: [[Unicode.Scalar]: [NumberedLine]] = [:]
    var beside: [Beside: [NumberedLine]] = [:]
    for (place, index) in filled.enumerated() where self[index].count <= Self.longestNumber {
      guard let line = self[index].numbered(at: index) else { continue }
      let isParted =
        place > 0 && filled[place - 1] + 1 < index || place + 1 < filled.count && index + 1 < filled[place + 1]
      if line.dress != ["#"] || isParted { alike[line.dress, default: []].append(line) }
      for step in [-1, 1] where filled.indices.contains(place + step) {
        let heading = self[filled[place + step]]
        guard heading.printedCount >= Self.shortestHeading else { continue }
        beside[Beside(dress: line.dress, step: step, heading: heading.scalars), default: []].append(line)
      }
    }
    let groups = alike.values.map { $0 } + beside.values.map { $0 }
    return groups.filter(\.isCounting).reduce(into: []) { $0.formUnion($1.map(\.index)) }
  }

  /// In scalars, with spaces.
  private static var longestNumber: Int { 200 }
  /// In scalars that are printed: shorter words are those of tables, and may be repeated there.
  private static var shortestHeading: Int { 10 }
}

/// How a number stands beside a heading.
private struct Beside: Hashable {
  let dress: [Unicode.Scalar]
  /// 1 where the heading follows, -1 where it comes before.
  let step: Int
  let heading: [Unicode.Scalar]
}

/// A line with one or two numbers.
private struct NumberedLine {
  let index: Int
  /// What it prints, with `#` for each number.
  let dress: [Unicode.Scalar]
  let numbers: [Int]
}

extension [NumberedLine] {
  /// Whether they count, one after the other.
  fileprivate var isCounting: Bool {
    dropFirst().first != nil && (self[0].dress != ["#"] || self[0].numbers[0] <= 2)
      && zip(self, dropFirst()).allSatisfy { line, next in
        let steps = zip(line.numbers, next.numbers).map { $1 - $0 }
        return next.index > line.index + 1 && steps.contains(1) && steps.allSatisfy { $0 == 0 || $0 == 1 }
      }
  }
}

extension TableLine {
  /// Itself with its numbers; nil where none or more than two are in it.
  fileprivate func numbered(at index: Int) -> NumberedLine? {
    var (dress, numbers) = ([Unicode.Scalar](), [Int]())
    var isInNumber = false
    for scalar in scalars where !scalar.isBlank {
      if ("0"..."9").contains(scalar) {
        let digit = Int(scalar.value) - 0x30
        if isInNumber, let last = numbers.last, last < 100_000 {
          numbers[numbers.count - 1] = last * 10 + digit
        } else {
          guard numbers.count < 2 else { return nil }
          numbers.append(digit)
          dress.append("#")
        }
        isInNumber = true
      } else {
        dress.append(scalar)
        isInNumber = false
      }
    }
    return numbers.isEmpty ? nil : NumberedLine(index: index, dress: dress, numbers: numbers)
  }
}
