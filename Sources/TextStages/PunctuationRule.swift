/// The punctuation of Chinese texts after GB/T 15834: wide marks in Chinese, ASCII ones in figures and Latin words.
///
/// ```
/// "共12件,其中1,234条(见表3);详见http://a.cn/x?y=1.其他"
///   -> "共12件，其中1,234条（见表3）；详见http://a.cn/x?y=1.其他"
/// ```
/// A mark is decided by its neighbours, spaces and quotation marks skipped: a comma, semicolon, colon, question or
/// exclamation mark is wide beside an ideograph or a wide mark; a pair of brackets is wide when one of its four
/// neighbours is, or when it holds ideographs; straight quotation marks become curly pairs likewise. A full stop is
/// wide only between Chinese words or at their end, and not behind the number that begins a text. Between digits a
/// colon and a full stop are ASCII even where they are printed wide. What is printed wide otherwise stays so: a wide
/// comma between digits may part thousands, or three counts.
///
/// Fails in sentences that mix languages: what is left ASCII there is what was printed.
struct PunctuationRule {
  private var scalars: [UInt32]
  private var isChanged = false
  /// Marks that become two scalars: the offset of the first of the three dots that an ellipsis was typed with.
  private var ellipses: [Int] = []

  /// Whether the text has changed.
  static func apply(to text: inout ScalarBuffer) -> Bool {
    guard text.values.contains(where: { ScalarClass(of: $0).contains(.mark) }) else { return false }
    var rule = PunctuationRule(scalars: [])
    swap(&rule.scalars, &text.values)
    rule.pairBrackets()
    rule.pairQuotes(straight: 0x22, wide: 0xFF02, open: 0x201C, close: 0x201D)
    rule.pairQuotes(straight: 0x27, wide: 0xFF07, open: 0x2018, close: 0x2019)
    for index in rule.scalars.indices { rule.decide(index) }
    swap(&rule.scalars, &text.values)
    text.remove(at: rule.ellipses.map { $0 + 2 })
    return rule.isChanged
  }

  private init(scalars: [UInt32]) { self.scalars = scalars }

  private mutating func set(_ index: Int, _ value: UInt32) {
    if scalars[index] != value {
      scalars[index] = value
      isChanged = true
    }
  }

  // MARK: Neighbours

  /// How far a neighbour is looked for; what stands behind more spaces and quotation marks is none.
  private static let reach = 16

  /// The class of the nearest scalar before `index` that is neither a space nor a quotation mark.
  private func before(_ index: Int) -> ScalarClass { neighbour(index, step: -1) }
  private func after(_ index: Int) -> ScalarClass { neighbour(index, step: 1) }

  private func neighbour(_ index: Int, step: Int) -> ScalarClass {
    var at = index + step
    while scalars.indices.contains(at), abs(at - index) <= Self.reach {
      let kind = ScalarClass(of: scalars[at])
      if kind.isDisjoint(with: [.space, .quote]), scalars[at] != 0x22, scalars[at] != 0x27 { return kind }
      at += step
    }
    return []
  }

  private func isWide(_ kind: ScalarClass) -> Bool { !kind.isDisjoint(with: .wide) }
  private func isWideBeside(_ index: Int) -> Bool { isWide(before(index)) || isWide(after(index)) }

  private func scalar(_ index: Int) -> UInt32 { scalars.indices.contains(index) ? scalars[index] : 0 }
  private func isDigit(_ index: Int) -> Bool { (0x30...0x39).contains(scalar(index)) }

  // MARK: Pairs

  private mutating func pairBrackets() {
    var open: [(index: Int, ideographs: Int)] = []
    var ideographs = 0
    for index in scalars.indices {
      switch scalars[index] {
      case 0x28, 0xFF08:
        open.append((index, ideographs))
      case 0x29, 0xFF09:
        let start = open.popLast()
        let isPairWide =
          isWideBeside(index) || scalars[index] == 0xFF09
          || start.map { isWideBeside($0.index) || scalars[$0.index] == 0xFF08 || ideographs > $0.ideographs } ?? false
        set(index, isPairWide ? 0xFF09 : 0x29)
        if let start { set(start.index, isPairWide ? 0xFF08 : 0x28) }
      case let value where value >= 0x2E80 && ScalarClass(of: value).contains(.ideograph):
        ideographs += 1
      default: break
      }
    }
    for (index, _) in open where isWideBeside(index) { set(index, 0xFF08) }
  }

  private mutating func pairQuotes(straight: UInt32, wide: UInt32, open: UInt32, close: UInt32) {
    var first: Int?
    for index in scalars.indices where scalars[index] == straight || scalars[index] == wide {
      let isApostrophe =
        straight == 0x27 && ScalarClass(of: scalar(index - 1)) == .letter
        && ScalarClass(of: scalar(index + 1)) == .letter
      if isApostrophe { continue }
      guard let start = first else {
        first = index
        continue
      }
      if isWideBeside(start) || isWideBeside(index) {
        set(start, open)
        set(index, close)
      }
      first = nil
    }
  }

  // MARK: Single marks

  private mutating func decide(_ index: Int) {
    let value = scalars[index]
    guard ScalarClass(of: value).contains(.mark) else { return }
    switch value {
    case 0x2C, 0xFF0C:
      // A wide comma may part three figures of three digits; what is printed wide stays wide.
      if value == 0x2C, !isThousandsComma(index) { widen(index) }
    case 0x3A, 0xFF1A:
      if isDigit(index - 1), isDigit(index + 1) { set(index, 0x3A) } else if value == 0x3A { widen(index) }
    case 0x21, 0x3B, 0x3F: widen(index)
    case 0x2E, 0xFF0E: decideStop(index)
    case 0x2D, 0x2500: decideDash(index)
    case 0x300C, 0x301D: set(index, 0x201C)
    case 0x300D, 0x301E, 0x301F: set(index, 0x201D)
    case 0x300E: set(index, 0x2018)
    case 0x300F: set(index, 0x2019)
    default: break
    }
  }

  /// A mark between two ASCII characters belongs to a figure, a word or an address.
  private mutating func widen(_ index: Int) {
    if isWideBeside(index) { set(index, scalars[index] + 0xFEE0) }
  }

  /// `1,234`: one to three digits before, exactly three behind, or six, and so on.
  private func isThousandsComma(_ index: Int) -> Bool {
    var digitsBefore = 0
    while isDigit(index - 1 - digitsBefore) { digitsBefore += 1 }
    var digitsAfter = 0
    while isDigit(index + 1 + digitsAfter) { digitsAfter += 1 }
    return (1...3).contains(digitsBefore) && digitsAfter == 3
  }

  private mutating func decideStop(_ index: Int) {
    if scalar(index - 1) == 0x2E || scalar(index + 1) == 0x2E {
      let isThird = scalar(index - 1) == 0x2E && scalar(index - 2) == 0x2E && scalar(index + 1) != 0x2E
      let isExact = scalar(index - 3) != 0x2E
      if isThird, isExact, isWide(ScalarClass(of: scalar(index - 3))) || isWide(ScalarClass(of: scalar(index + 1))) {
        set(index - 2, 0x2026)
        set(index - 1, 0x2026)
        ellipses.append(index - 2)
      }
      return
    }
    let endsSentence = isWide(before(index)) && ScalarClass(of: scalar(index - 1)).isDisjoint(with: .letter)
    let following = after(index)
    let isFollowed = following == [] ? neighbourIsMissing(after: index) : isWide(following)
    // "一." and "（十一）." begin a text as its number.
    if endsSentence, isFollowed, index >= 6 { set(index, 0x3002) } else { set(index, 0x2E) }
  }

  private func neighbourIsMissing(after index: Int) -> Bool {
    scalars[(index + 1)...].prefix(Self.reach).allSatisfy { !ScalarClass(of: $0).isDisjoint(with: [.space, .quote]) }
  }

  /// Two strokes between Chinese words are a dash, one is a hyphen or a minus.
  private mutating func decideDash(_ index: Int) {
    let value = scalars[index]
    guard scalar(index + 1) == value, scalar(index + 2) != value, scalar(index - 1) != value else { return }
    if isWideBeside(index) || isWideBeside(index + 1) {
      set(index, 0x2014)
      set(index + 1, 0x2014)
    }
  }
}
