/// What the words of a column say of its unit.
enum HeadUnit: Hashable {
  /// The header is not read, or the column needs no unit.
  case unread
  /// The column needs one, and the header that is read has none.
  case none
  /// This one.
  case unit(String)
  /// One that the form does not know, or more than one.
  case unknown
  /// A multiple of the form's.
  case scaled

  /// The unit, where it is printed.
  var name: String? {
    if case .unit(let name) = self { name } else { nil }
  }

  /// Why an amount without a unit of its own is not certain.
  var doubt: String? {
    switch self {
    case .none: "no unit is printed"
    case .unknown: "the header has another unit"
    case .unread, .unit, .scaled: nil
    }
  }
}

extension FigureReader {
  /// What the words of a column say of its unit, in any of their brackets and behind the words for a unit, and what those
  /// of a row say of it.
  ///
  /// A unit is a word of its own: behind a numeral it is a multiple, behind a letter the unit of another country. Two that
  /// disagree are none, nor is one that disagrees with an amount's unit in the words `over` the table.
  func unit(inHead folded: String, label: String = "", over: [String] = [], of column: FormColumn) -> HeadUnit {
    let head = unit(in: folded, of: column)
    let own: HeadUnit =
      switch (head, unit(in: label, of: column)) {
      case (_, .none), (_, .unread): head
      case (.none, let other), (.unread, let other): other
      case (_, let other): head == other ? head : column.type == .amount ? .unknown : .scaled
      }
    guard column.type == .amount else { return own }
    // A figure in brackets is no unit.
    let units = Set(over.map { unit(in: $0, of: column) }.filter { $0 == .unknown || $0.name != nil })
    guard let unit = units.first else { return own }
    if units.count > 1 { return .unknown }
    return own == .none || own == .unread || own == unit ? unit : .unknown
  }

  private func unit(in folded: String, of column: FormColumn) -> HeadUnit {
    // Most heads and labels say nothing of a unit, and this is asked for every cell.
    if column.type != .amount, !mayBeScaled(folded) { return .unread }
    let (notes, plain) = notes(in: folded)
    switch column.type {
    case .amount:
      guard !column.units.isEmpty, !folded.isEmpty else { return .unread }
      let words = notes.flatMap { self.words(in: $0) }
      let units = Set(words.filter { column.units[$0] != nil })
      let others = words.filter { word in
        column.units[word] == nil && column.units.keys.contains { word.hasSuffix($0) || word.hasPrefix($0) }
      }
      guard let unit = units.first else { return others.isEmpty ? .none : .unknown }
      let bare = self.words(in: plain).compactMap { word in
        column.units.keys.filter(word.hasSuffix).max { $0.count < $1.count }
      }
      return units.count == 1 && others.isEmpty && bare.allSatisfy { $0 == unit } ? .unit(unit) : .unknown
    case .count, .change:
      if notes.contains(where: { words(in: $0).contains(where: amountUnits.contains) }) { return .unknown }
      return notes.contains { mayBeScaled($0) && isScaled($0) } ? .scaled : .unread
    }
  }

  /// Whether words over a table say that it counts in a multiple of the form's units.
  func saysMultiple(_ folded: String) -> Bool {
    mayBeScaled(folded) && notes(in: folded).notes.contains { mayBeScaled($0) && isScaled($0) }
  }

  /// Whether the words name a unit, and nothing before it.
  func namesUnit(_ folded: String) -> Bool {
    let words = folded.drop { !$0.isLetter }
    return unitWords.marks.contains(where: words.hasPrefix)
  }

  private func mayBeScaled(_ text: String) -> Bool { text.unicodeScalars.contains(where: scales.contains) }

  /// A multiple, alone or of a unit, or a share.
  func isScaled(_ note: String) -> Bool {
    unitWords.shares.contains { note.contains($0) }
      || countUnits.contains { unit in multiples.contains { note.contains($0 + unit) } }
      || words(in: note).contains { word in
        let rest = word.drop(while: \.isDigit)
        return !rest.isEmpty && rest.allSatisfy { multiples.contains(String($0)) }
      }
  }

  /// What stands in brackets, or behind a word for a unit, and all that does not.
  private func notes(in folded: String) -> (notes: [String], plain: String) {
    var (notes, plain) = ([String](), "")
    var depth = 0
    for character in folded {
      if character == "(" {
        depth += 1
        notes.append("")
      } else if character == ")" {
        depth = max(0, depth - 1)
        plain += " "
      } else if depth > 0 {
        notes[notes.count - 1].append(character)
      } else {
        plain.append(character)
      }
    }
    for mark in unitWords.marks {
      guard let range = plain.ranges(of: mark).last else { continue }
      notes.append(String(plain[range.upperBound...]))
      plain = String(plain[..<range.lowerBound])
    }
    return (notes, plain)
  }

  private func words(in note: String) -> [String] {
    unitWords.around.reduce(note) { Self.replacing($1, in: $0) }.split { !$0.isLetter && !$0.isNumber }.map {
      String($0)
    }
  }

  /// The text with a space in place of a word.
  private static func replacing(_ word: String, in text: String) -> String {
    var (result, rest) = ("", text[...])
    while !rest.isEmpty {
      if !word.isEmpty, rest.hasPrefix(word) {
        result += " "
        rest = rest.dropFirst(word.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
