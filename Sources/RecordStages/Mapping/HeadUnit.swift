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
  /// What the words of a column say of its unit, in brackets at their end.
  ///
  /// A unit is a word of its own: behind a numeral it is a multiple, behind a letter the unit of another country.
  func unit(inHead folded: String, of column: FormColumn) -> HeadUnit {
    guard folded.last == ")", let open = folded.lastIndex(of: "(") else {
      return column.units.isEmpty ? .unread : .none
    }
    let bracket = folded[open...]
    switch column.type {
    case .amount:
      let plain = unitWords.reduce(String(bracket)) { Self.replacing($1, in: $0) }
      let words = plain.split { !$0.isLetter && !$0.isNumber }.map { String($0) }
      let units = words.filter { column.units[$0] != nil }
      let others = words.filter { word in
        column.units[word] == nil && column.units.keys.contains { word.hasSuffix($0) || word.hasPrefix($0) }
      }
      if units.count == 1, others.isEmpty { return .unit(units[0]) }
      return units.isEmpty && others.isEmpty ? .none : .unknown
    case .count, .change:
      let isScaled = countUnits.contains { unit in multiples.contains { bracket.contains($0 + unit) } }
      return isScaled ? .scaled : .unread
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
