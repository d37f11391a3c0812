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
  ///
  /// In brackets they count where the brackets hold nothing else: "books (last year)", but not "books (as ordered last year)".
  struct Qualifiers: Hashable, Sendable, Codable {
    /// Words for the report's own year.
    var own: [String] = []
    /// Groups of words that mean the same.
    var others: [[String]] = []
    /// Words for all years together, or, beside a word for its own, for the whole of that year.
    var overall: [String] = []
    /// Words for a change that, beside a word for the own year, say no more than that year.
    var gains: [String] = []
    /// Those of them that, in brackets behind the name of a row, say since when, and leave the time to the columns.
    var since: [String] = []
    /// For a word of one of the groups, the year that the group means, counted from the report's.
    var relative: [String: Int] = [:]
    /// What stands behind the figures of a year.
    var yearMark: String?
    /// Letters that stand around a time or a measure in brackets and add nothing to it.
    var around = ""
    /// Words that beside the name of a row or column change nothing of what it counts.
    var plain: [String] = []

    /// Nothing.
    init() {}

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      own = try values.decodeIfPresent([String].self, forKey: .own) ?? []
      others = try values.decodeIfPresent([[String]].self, forKey: .others) ?? []
      overall = try values.decodeIfPresent([String].self, forKey: .overall) ?? []
      gains = try values.decodeIfPresent([String].self, forKey: .gains) ?? []
      since = try values.decodeIfPresent([String].self, forKey: .since) ?? []
      relative = try values.decodeIfPresent([String: Int].self, forKey: .relative) ?? [:]
      yearMark = try values.decodeIfPresent(String.self, forKey: .yearMark)
      around = try values.decodeIfPresent(String.self, forKey: .around) ?? ""
      plain = try values.decodeIfPresent([String].self, forKey: .plain) ?? []
    }

    /// The words that make another label out of one that has certain words.
    struct Foreign: Hashable, Sendable {
      var words: [[Unicode.Scalar]]
      var overall: [[Unicode.Scalar]]
      var own: [[Unicode.Scalar]]
      /// Every qualifier, the longest first.
      var all: [[Unicode.Scalar]]
      /// Every word for all years together.
      var overallWords: [[Unicode.Scalar]]
      /// Those of them that say since when.
      var sinceWords: [[Unicode.Scalar]]
      /// Whether the label itself has a word for all years together.
      var isOverall: Bool
      /// The years that the words of the label mean, counted from the report's.
      var relativeYears: Set<Int>
      /// Letters that add nothing to a time.
      var around: Set<Unicode.Scalar>
      /// Words that change nothing.
      var plain: [[Unicode.Scalar]]

      /// Whether the letters say a time or a measure, and nothing else.
      func isOnlyTime(_ letters: [Unicode.Scalar]) -> Bool {
        letters.without(all).allSatisfy { around.contains($0) || ("0"..."9").contains($0) }
      }

      /// Whether the letters add nothing to the name `core` that stands among them.
      func isPlain(_ letters: [Unicode.Scalar], beside core: [Unicode.Scalar]) -> Bool {
        let words = ([core] + plain + all + sinceWords).sorted { $0.count > $1.count }
        return letters.without(words).allSatisfy { around.contains($0) || ("0"..."9").contains($0) }
      }

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
  /// Those for the names of rows.
  var ofRows: Label.Qualifiers {
    var result = self
    result.overall.removeAll { word in since.contains(where: word.contains) }
    return result
  }

  /// Nil where there are none.
  func foreign(to holds: ([Unicode.Scalar]) -> Bool) -> Foreign? {
    guard !(others.isEmpty && overall.isEmpty) else { return nil }
    let groups = others.map { $0.map { Array($0.unicodeScalars) } }
    let (own, overall) = (own.map { Array($0.unicodeScalars) }, overall.map { Array($0.unicodeScalars) })
    let gains = gains.map { Array($0.unicodeScalars) }
    let isOverall = overall.contains(where: holds)
    let isOther = groups.contains { $0.contains(where: holds) }
    return Foreign(
      words: groups.filter { !$0.contains(where: holds) }.flatMap { $0 } + (isOther ? own.filter { !holds($0) } : []),
      overall: (isOverall ? [] : overall) + gains.filter { !holds($0) }, own: own,
      all: (own + groups.joined() + overall + gains).filter { !$0.isEmpty }.sorted { $0.count > $1.count },
      overallWords: overall, sinceWords: since.map { Array($0.unicodeScalars) }, isOverall: isOverall,
      relativeYears: Set(
        relative.compactMap { word, year in
          groups.contains { $0.contains(Array(word.unicodeScalars)) && $0.contains(where: holds) } ? year : nil
        }),
      around: Set(around.unicodeScalars), plain: plain.map { Array($0.unicodeScalars) })
  }
}
