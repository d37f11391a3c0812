import DocumentModel
import PipelineKit

/// Reads what is printed in a cell as a figure, or as the reason why there is none.
struct FigureReader: Sendable {
  /// Units that may follow a count.
  let countUnits: Set<String>
  /// Words that say that there is no figure.
  let nothing: Set<String>
  /// Words for multiples, such as ten thousand.
  let multiples: Set<String>
  /// Units that any column may name; they tell a figure from a label.
  let amountUnits: Set<String>
  /// Words before the figure of a change, with the sign that they stand for.
  let signs: [String: String]
  /// Words of a header that tell of its unit.
  let unitWords: Vocabulary.UnitWords
  /// What says a number otherwise than a figure does.
  let loose: Pattern?
  /// The letters that multiples, shares and units of amounts begin with: a text without them has none of these.
  let scales: Set<Unicode.Scalar>

  init(
    countUnits: Set<String>, nothing: Set<String> = [], multiples: Set<String> = [], amountUnits: Set<String>,
    signs: [String: String] = [:], unitWords: Vocabulary.UnitWords = Vocabulary.UnitWords(), loose: Pattern? = nil
  ) {
    self.countUnits = countUnits
    self.nothing = nothing
    self.multiples = multiples
    self.amountUnits = amountUnits
    self.signs = signs
    self.unitWords = unitWords
    self.loose = loose
    scales = Set((Array(multiples) + unitWords.shares + amountUnits).compactMap(\.unicodeScalars.first))
  }

  /// What stands in a cell, before it is known which column it belongs to.
  struct Reading {
    var sign: String
    /// Digits before the decimal point, without separators.
    var whole: String
    /// Digits after the decimal point.
    var fraction: String
    var unit: String
    /// A note in brackets behind the figure, or a mark that refers to one.
    var note: String
    /// What stands in place of a sign.
    var signWord = ""

    var isZero: Bool { (whole + fraction).allSatisfy { $0 == "0" } }
    var isPlain: Bool { unit.isEmpty && note.isEmpty && signWord.isEmpty }
    var decimal: String { sign + whole + (fraction.isEmpty ? "" : "." + fraction) }
  }

  /// Whether the cell holds a figure, or a sign that stands for none.
  func isFigureOrHole(_ text: PrintedText) -> Bool {
    hole(text) != nil || reading(text) != nil || isDamagedFigure(text)
  }

  /// A number that is no figure that can be read: digits and nothing that words are made of, as in `1 2`, `12*` and where a
  /// digit is lost, or one that was taken for a letter, as in `l85`, or said loosely. It is one cell among the figures, and
  /// not a label; what it is, nothing may say.
  private func isDamagedFigure(_ text: PrintedText) -> Bool {
    let scalars = text.folded.unicodeScalars
    let letters = scalars.filter { $0.properties.isAlphabetic || $0.properties.isIdeographic }
    let digits = scalars.count { ("0"..."9").contains($0) }
    if !letters.isEmpty, letters.count >= digits || !letters.allSatisfy(Self.lookAlikes.contains) {
      return scalars.count <= Self.longestLoose && loose?.matches(text.folded) == true
    }
    // U+FFFD stands for characters that could not be made out.
    return scalars.contains { ("0"..."9").contains($0) || $0 == "\u{FFFD}" }
  }

  private static let longestLoose = 16
  /// Letters that are taken for digits, and digits for them: 1 and 0.
  private static let lookAlikes: Set<Unicode.Scalar> = ["l", "i", "o"]

  /// Whether the cell holds nothing but a unit.
  func isUnit(_ text: PrintedText) -> Bool { countUnits.contains(text.folded) || amountUnits.contains(text.folded) }

  /// Why the cell holds no figure, where it is a sign that says so.
  func hole(_ text: PrintedText) -> ValueState? {
    if text.isBlank { return .blank }
    if nothing.contains(text.folded) { return .text }
    let scalars = text.folded.unicodeScalars
    if scalars.allSatisfy({ $0 == "/" || $0 == "\\" }) { return .slash }
    if scalars.allSatisfy({ $0.properties.isDash || $0 == "-" }) { return .dash }
    return nil
  }

  /// The token of a cell in a column, under a header that says `head` of its unit.
  func token(_ text: PrintedText, column: FormColumn, head: HeadUnit = .unread, places: [Place] = []) -> Token {
    if let state = hole(text) { return Token(raw: text.raw, value: .null, state: state, places: places) }
    guard let reading = reading(text) ?? (column.type == .change ? change(text) : nil) else {
      let isNumber = text.folded.unicodeScalars.contains { ("0"..."9").contains($0) } || isDamagedFigure(text)
      return Token(raw: text.raw, value: .null, state: isNumber ? .unreadable : .text, places: places)
    }
    var token = Token(
      raw: text.raw, value: .null, state: reading.isPlain ? .printed : .converted, places: places,
      note: reading.isPlain ? nil : note(of: reading))
    func unreadable(_ why: String) -> Token {
      Token(raw: text.raw, value: .null, state: .unreadable, places: places, note: why)
    }
    switch column.type {
    case .amount:
      let unit = reading.unit.isEmpty ? head.name : reading.unit
      guard let shift = unit.map({ column.units[$0] }) ?? 0 else { return unreadable("another unit") }
      token.value = .string(reading.shifted(by: shift))
      if reading.unit.isEmpty, shift != 0, let unit {
        (token.state, token.note) = (.converted, "printed in \(unit), as the header says")
      } else if unit == nil, !reading.isZero, let doubt = head.doubt {
        (token.state, token.note) = (.uncertain, doubt)
      }
    case .count, .change:
      guard reading.unit.isEmpty || countUnits.contains(reading.unit) else { return unreadable("another unit") }
      guard reading.fraction.allSatisfy({ $0 == "0" }), let value = Int(reading.sign + reading.whole) else {
        return unreadable(Self.notAnInteger)
      }
      token.value = .integer(value)
      if !reading.fraction.isEmpty, reading.isPlain {
        (token.state, token.note) = (.converted, "printed with decimals")
      }
      if head == .scaled, value != 0 { (token.state, token.note) = (.uncertain, "the header counts in a multiple") }
      if head == .unknown, value != 0 { (token.state, token.note) = (.uncertain, head.doubt) }
    }
    return token
  }

  /// The integer that a cell of a column prints, if any.
  func count(_ text: PrintedText, column: FormColumn) -> Int? {
    if case .integer(let value) = token(text, column: column).value { value } else { nil }
  }

  private func note(of reading: Reading) -> String {
    [("printed in", reading.unit), ("note", reading.note), ("sign", reading.signWord)]
      .filter { !$0.1.isEmpty }.map { "\($0) \($1)" }.joined(separator: ", ")
  }

  /// Why a figure is no count.
  static let notAnInteger = "not an integer"

  /// A figure behind a word, or a dash, in place of its sign.
  private func change(_ text: PrintedText) -> Reading? {
    let words = signs.keys.sorted { ($0.count, $0) > ($1.count, $1) }
    var word = words.first(where: text.folded.hasPrefix) ?? ""
    if word.isEmpty, let first = text.folded.unicodeScalars.first, first.properties.isDash { word = String(first) }
    guard !word.isEmpty, !text.holdsTwoNumbers() else { return nil }
    guard var reading = reading(folded: text.folded.dropFirst(word.count)), reading.sign.isEmpty else { return nil }
    (reading.sign, reading.signWord) = (signs[word] == "+" ? "" : "-", word)
    return reading
  }

  /// Sign, digits with or without thousands separators, a unit that is known, a note in brackets or a mark that refers to one.
  func reading(_ text: PrintedText) -> Reading? {
    guard !text.holdsTwoNumbers() else { return nil }
    // Folded brackets are all the same, but only a number in square ones refers to a note.
    return reading(
      folded: Substring(text.folded), isReference: text.raw.last { !$0.isWhitespace }?.closesReference == true)
  }

  private func reading(folded: Substring, isReference: Bool = false) -> Reading? {
    var rest = folded
    var result = Reading(sign: "", whole: "", fraction: "", unit: "", note: "")
    if let first = rest.unicodeScalars.first, first == "+" || first == "-" || first == "\u{2212}" {
      result.sign = first == "+" ? "" : "-"
      rest.removeFirst()
    }
    let integer = rest.prefix { $0.isDigit || $0 == "," }
    guard let whole = withoutSeparators(integer) else { return nil }
    result.whole = whole
    rest = rest.dropFirst(integer.count)
    if rest.first == ".", rest.dropFirst().first?.isDigit == true {
      result.fraction = String(rest.dropFirst().prefix(while: \.isDigit))
      rest = rest.dropFirst(1 + result.fraction.count)
    }
    let mark = rest.footnoteMark
    rest = rest.dropLast(mark.count)
    if let open = rest.firstIndex(of: "("), rest.last == ")" {
      result.note = String(rest[open...])
      rest = rest[..<open]
    }
    result.unit = String(rest)
    let noted = String(result.note.dropFirst().dropLast())
    if result.unit.isEmpty, countUnits.contains(noted) || amountUnits.contains(noted) {
      (result.unit, result.note) = (noted, "")
    }
    // Another figure in brackets: which of both is meant is not printed.
    if !noted.isEmpty, noted.allSatisfy(\.isDigit), !isReference { return nil }
    // A multiple of a unit, or the unit of another country.
    if !result.note.isEmpty, amountUnits.contains(where: noted.hasSuffix) { return nil }
    guard rest.isEmpty || countUnits.contains(result.unit) || amountUnits.contains(result.unit) else { return nil }
    result.note += mark
    return result
  }

  /// `1,234,567` → `1234567`; nil for separators that do not stand before three digits.
  private func withoutSeparators(_ text: Substring) -> String? {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let first = groups.first, !first.isEmpty else { return nil }
    guard groups.count == 1 || (first.count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 }) else { return nil }
    return groups.joined()
  }
}

extension FigureReader.Reading {
  /// The decimal with its point moved to the right by `places` (to the left when negative), without needless zeros.
  func shifted(by places: Int) -> String {
    guard places != 0 else { return decimal }
    var digits = whole + fraction
    var point = whole.count + places
    if point <= 0 {
      digits = String(repeating: "0", count: 1 - point) + digits
      point = 1
    }
    if point > digits.count { digits += String(repeating: "0", count: point - digits.count) }
    var integer = String(digits.prefix(point).drop { $0 == "0" })
    if integer.isEmpty { integer = "0" }
    var part = digits.dropFirst(point)
    while part.last == "0" { part.removeLast() }
    return sign + integer + (part.isEmpty ? "" : "." + part)
  }
}

extension Substring {
  /// The mark at the end that refers to a note: a star, a dagger, a circled number, or a number above or below the line.
  fileprivate var footnoteMark: Substring {
    let isMark = last?.unicodeScalars.first.map { scalar in
      switch scalar.value {
      case 0x2A, 0x2020, 0x2021, 0x203B, 0x2460...0x2473: true
      default: false
      }
    }
    if isMark == true { return suffix(1) }
    let number = reversed().prefix { $0.unicodeScalars.allSatisfy(\.isShifted) }
    return number.contains { $0.wholeNumberValue != nil || $0.isNumber } ? suffix(number.count) : ""
  }
}

extension Unicode.Scalar {
  /// A digit or a bracket above or below the line.
  fileprivate var isShifted: Bool {
    switch value {
    case 0xB9, 0xB2, 0xB3, 0x2070, 0x2074...0x2079, 0x207D, 0x207E, 0x2080...0x2089, 0x208D, 0x208E: true
    default: false
    }
  }
}

extension Character {
  /// A square bracket, or the tortoise-shell one of CJK fonts, that closes.
  fileprivate var closesReference: Bool { ["]", "\u{FF3D}", "\u{3015}"].contains(self) }

  /// One of the ten ASCII digits; folding has unified all others.
  var isDigit: Bool { ("0"..."9").contains(self) }
}
