import DocumentModel

/// The lines of a text without pages that count the pages it was copied from, and the running heads beside them.
///
/// ```
/// - 1 -   - 2 -            1            2
///                   a heading    a heading        of all lines like it, or of those beside one heading of the pages
/// ```
/// From each to the next they grow by one, and other lines stand between them. What is not dressed on both sides may be a figure:
/// three and more of them count from 1 or 2 on, between blank lines or beside one heading.
struct TextPageNumbers {
  /// Indices of lines, and what they are for.
  private(set) var roles: [Int: Line.Role] = [:]

  /// Looks outside the tables that are known already.
  init(_ lines: [Line], outside regions: PageRegions, by shape: PageNumberShape) {
    var forms = TextForms()
    let filled: [(index: Int, number: Int)] = lines.enumerated().compactMap { index, line in
      guard case .line(let number, _) = line.place, !line.text.isBlank else { return nil }
      return (index, number)
    }
    var alike: [String: [NumberLine]] = [:]
    var beside: [Neighbour: [NumberLine]] = [:]
    for (place, line) in filled.enumerated() where lines[line.index].text.raw.utf8.count <= Self.longestNumber {
      guard let reading = shape.reading(of: forms.foldedString(lines[line.index].text.raw)),
        regions.table(at: lines[line.index].place) == nil
      else { continue }
      let isParted =
        (place == 0 || filled[place - 1].number + 1 < line.number)
        && (place + 1 == filled.count || line.number + 1 < filled[place + 1].number)
      let number = NumberLine(index: line.index, place: place, reading: reading)
      if number.isDressed || isParted { alike[reading.dress, default: []].append(number) }
      for step in [-1, 1] where filled.indices.contains(place + step) {
        let other = filled[place + step].index
        guard lines[other].mayBeHead else { continue }
        let neighbour = Neighbour(dress: reading.dress, step: step, heading: lines[other].text.raw)
        beside[neighbour, default: []].append(
          NumberLine(index: line.index, place: place, reading: reading, heading: other))
      }
    }
    let groups = (alike.values.map { $0 } + beside.values).filter { $0.isCounting && $0.isSure }
    for number in groups.joined() {
      roles[number.index] = .pageNumber
      if let heading = number.heading { roles[heading] = .runningHead }
    }
  }

  /// In bytes, with spaces.
  private static let longestNumber = 200
}

extension Line {
  /// Whether it may be the head of a page: no sentence, no row of figures, and longer than the words of tables, which may be
  /// repeated there.
  fileprivate var mayBeHead: Bool {
    let printed = text.raw.unicodeScalars.filter { !$0.properties.isWhitespace }
    guard printed.count >= 10, let last = printed.last, !"。；：，.;:,".unicodeScalars.contains(last) else { return false }
    return 2 * printed.count(where: \.properties.isAlphabetic) >= printed.count
  }
}

/// How a number stands beside a heading.
private struct Neighbour: Hashable {
  let dress: String
  /// 1 where the heading follows, -1 where it comes before.
  let step: Int
  let heading: String
}

/// A line that may be the number of a page.
private struct NumberLine {
  let index: Int
  /// Among the lines that are not blank.
  let place: Int
  let reading: PageNumberShape.Reading
  /// The line of the heading beside it.
  var heading: Int?

  /// Whether it wears on both sides what figures do not wear, as `- 1 -` and `1/8`.
  var isDressed: Bool {
    reading.dress == "/"
      || reading.dress.count > 1
        && (reading.dress.hasPrefix("pattern") || "-~_=\u{B7}".contains(reading.dress.prefix(1)))
  }
}

extension [NumberLine] {
  /// Whether they count, one after the other, with lines between them.
  fileprivate var isCounting: Bool {
    count > 1
      && zip(self, dropFirst()).allSatisfy { $1.reading.number == $0.reading.number + 1 && $1.place > $0.place + 1 }
  }

  /// Whether they are dressed, or many that count from the beginning.
  fileprivate var isSure: Bool {
    first.map { $0.isDressed || $0.reading.dress.isEmpty && count > 2 && (1...2).contains($0.reading.number) } ?? false
  }
}
