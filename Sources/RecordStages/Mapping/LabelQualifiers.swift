extension Label {
  /// Words that say of what time a figure is, or that it is no count but a share or a change.
  ///
  /// A label means what is of the report's own year, unless it says otherwise itself:
  ///
  /// ```
  ///   own: this year     others: last year, previous year | ratio     overall: to date
  ///
  ///   "books"            ≠ "books last year", "books (to date)", "ratio of books";   = "books this year to date"
  ///   "last year: books" = "previous year: books"                                   ≠ "books this year"
  /// ```
  struct Qualifiers: Hashable, Sendable, Codable {
    /// Words for the report's own year.
    var own: [String] = []
    /// Groups of words that mean the same.
    var others: [[String]] = []
    /// Words for all years together, or, beside a word for its own, for the whole of that year.
    var overall: [String] = []

    /// The words that make another label out of one that has certain words.
    struct Foreign: Hashable, Sendable {
      var words: [[Unicode.Scalar]]
      var overall: [[Unicode.Scalar]]
      var own: [[Unicode.Scalar]]
      /// Every qualifier, the longest first.
      var all: [[Unicode.Scalar]]

      /// Whether a text that holds certain words is another label.
      func isIn(_ holds: ([Unicode.Scalar]) -> Bool) -> Bool {
        words.contains(where: holds) || overall.contains(where: holds) && !own.contains(where: holds)
      }
    }
  }
}

extension Label {
  /// All words that make another label of one.
  struct Exclusions: Sendable {
    var contrasts: [Contrast] = []
    var qualifiers = Qualifiers()
  }
}

extension Label.Qualifiers {
  /// Nil where there are none.
  func foreign(to holds: ([Unicode.Scalar]) -> Bool) -> Foreign? {
    guard !(others.isEmpty && overall.isEmpty) else { return nil }
    let groups = others.map { $0.map { Array($0.unicodeScalars) } }
    let (own, overall) = (own.map { Array($0.unicodeScalars) }, overall.map { Array($0.unicodeScalars) })
    let isOther = groups.contains { $0.contains(where: holds) }
    return Foreign(
      words: groups.filter { !$0.contains(where: holds) }.flatMap { $0 } + (isOther ? own.filter { !holds($0) } : []),
      overall: overall.filter { !holds($0) }, own: own,
      all: (own + groups.joined() + overall).filter { !$0.isEmpty }.sorted { $0.count > $1.count })
  }
}
