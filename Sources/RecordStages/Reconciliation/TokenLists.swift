/// The number sequences that the tokens of one row may stand for.
///
/// ```
///   300153 0 4     as printed
///   3001 53 0 4    one cut: two numbers had been printed as one
/// ```
///
/// Cutting makes one number more, joining two neighbours or dropping a token one less. A row is never cut and joined at
/// once (assumption A2). Digits are cut only where both parts are numbers as they are written, without a leading zero.
struct TokenLists {
  /// A number of a sequence; no figure for a hole.
  struct Element: Hashable {
    var figure: Int?
    var source: TokenSource
  }

  private let tokens: [CellEvidence]
  private let decimals: Int
  private let most: Int
  private var current: [Element] = []
  private(set) var lists: [[Element]] = []
  /// Whether there are more sequences than were asked for.
  private(set) var isCutShort = false

  private init(_ tokens: [CellEvidence], decimals: Int, most: Int) {
    self.tokens = tokens
    self.decimals = decimals
    self.most = most
  }

  /// All sequences with the given number of cuts, or of tokens too many; `nil` where there are more than `most`.
  static func lists(
    of tokens: [CellEvidence], decimals: Int, cuts: Int, surplus: Int, most: Int
  ) -> [[Element]]? {
    var lists = TokenLists(tokens, decimals: decimals, most: most)
    lists.extend(from: 0, cuts: cuts, surplus: surplus)
    return lists.isCutShort ? nil : lists.lists
  }

  private mutating func extend(from index: Int, cuts: Int, surplus: Int) {
    if isCutShort { return }
    guard index < tokens.count else {
      guard cuts == 0, surplus == 0 else { return }
      if lists.count == most { isCutShort = true } else { lists.append(current) }
      return
    }
    guard let figure = tokens[index].figure else {
      append(nil, .none, then: index + 1, cuts, surplus)
      return
    }
    append(figure, .token(index), then: index + 1, cuts, surplus)
    if cuts > 0 { cut(figure, at: index, cuts: cuts, surplus: surplus) }
    if surplus > 0 {
      extend(from: index + 1, cuts: cuts, surplus: surplus - 1)
      if index + 1 < tokens.count, let next = tokens[index + 1].figure {
        for joined in WrittenFigure.joined(figure, next, decimals: decimals) {
          append(joined, .joined(from: index), then: index + 2, cuts, surplus - 1)
        }
      }
    }
  }

  private mutating func append(_ figure: Int?, _ source: TokenSource, then next: Int, _ cuts: Int, _ surplus: Int) {
    current.append(Element(figure: figure, source: source))
    extend(from: next, cuts: cuts, surplus: surplus)
    current.removeLast()
  }

  /// Cuts the last part off the digits, and goes on cutting the rest.
  private mutating func cut(_ figure: Int, at index: Int, cuts: Int, surplus: Int) {
    for parts in 2...(cuts + 1) {
      for pieces in WrittenFigure.partitions(of: figure, decimals: decimals, into: parts) {
        current += pieces.map { Element(figure: $0, source: .part(of: index)) }
        extend(from: index + 1, cuts: cuts - parts + 1, surplus: surplus)
        current.removeLast(parts)
      }
    }
  }
}
