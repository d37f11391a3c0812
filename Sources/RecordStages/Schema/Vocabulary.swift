import PipelineKit

/// The words of a kind of report that belong to no table.
struct Vocabulary: Codable, Sendable {
  var format: Int
  /// Units that may follow a count.
  var countUnits: [String]
  var unitWords: UnitWords
  /// Words in a cell that say that there is no figure.
  var nothing: [String]
  /// Words before the figure of a change, with the sign that they stand for, `+` or `-`.
  var signs: [String: String] = [:]
  /// A cell that says a number otherwise than a figure does, such as roughly; no label may match it.
  var looseFigure: Pattern?
  var numerals: Numerals
  /// Times that words of tables name, beside the words that the forms know.
  var times: Times?
  /// A level-one heading with its `number` and its `heading`, or a number alone.
  var section: Pattern
  /// How the heading of each section begins, from the first.
  var sectionWords: [Pattern] = []
  /// Titles with the `organisation` and the `year`.
  var title: [Pattern]
  /// Sentences that name the `organisation`.
  var organisation: [Pattern]
  /// Sentences that name the `year`.
  var year: [Pattern]
  /// A period of time: `fromYear`, `fromMonth`, `fromDay`, `toYear`, `toMonth`, `toDay`.
  var period: Pattern
  var metadata: Metadata
  /// A date with `year`, `month` and `day`.
  var date: Pattern
  var contact: Contact
  var fee: Fee
  var rules: Rules

  /// The words of a header that tell of its unit.
  struct UnitWords: Codable, Sendable {
    /// Words that stand around a unit.
    var around: [String] = []
    /// Words behind which a unit stands, in brackets or not.
    var marks: [String] = []
    /// Words for a share, which is no count.
    var shares: [String] = []
  }

  /// How words of tables name a time.
  struct Times: Codable, Sendable {
    /// Letters of which a text that names a time has one.
    var marks: String
    /// A `year`, in four digits or two, or in numerals digit by digit.
    var years: [Pattern]
    /// What says no more than the whole of a year, and is cut out behind the years.
    var whole: Pattern
    /// Parts of a year and spans of years, in what is left.
    var others: Pattern
    /// Words over a table that name its time by the report's own year; with one of them nothing else there counts.
    var own: Pattern
    /// Words over a table that name another year beside the report's.
    var relative: Pattern
    /// A note beside a figure that explains what it holds; of a figure with any other note it is not known.
    var explaining: Pattern
  }

  /// What the checks on the words are called.
  struct Rules: Codable, Sendable {
    /// The organisation and the year are printed.
    var identity: RuleIdentity?
    /// The year of the report is the one that its figures are about.
    var period: RuleIdentity?
  }

  /// Lines that name a `value`.
  struct Metadata: Codable, Sendable {
    var organisation: Pattern
    var published: Pattern
    var index: Pattern
    var issue: Pattern
    /// A line that names the title; `value` is what it says.
    var title: Pattern?
    /// Lines that name anything else, and are no value of the line above.
    var other: Pattern?
  }

  /// How the body can be reached.
  struct Contact: Codable, Sendable {
    var address: Pattern
    var postcode: Pattern
    var phone: Pattern
    var email: Pattern
  }

  /// Statements about a fee.
  struct Fee: Codable, Sendable {
    /// A clause without this is not looked at.
    var about: Pattern
    /// A sentence about another fee, unless it holds `exact`.
    var unrelated: Pattern
    /// The words of this fee.
    var exact: Pattern
    /// The name of this fee, where it is not that of another.
    var own: Pattern
    /// The name of another fee.
    var otherFee: Pattern
    /// A clause about another year; without an amount it makes the whole sentence one.
    var otherYear: Pattern
    /// A clause about the year of the report.
    var thisYear: Pattern
    /// A sentence with amounts of which it is not said that they are those of one year.
    var undated: Pattern
    /// A year that a clause is about, as its first group.
    var namedYear: Pattern
    /// A clause with the price of one request, page or case.
    var rate: Pattern
    /// A clause with what was refunded or waived.
    var setAside: Pattern
    /// A clause with parts of what was charged, as all behind it are.
    var parts: Pattern
    /// A clause with what was due.
    var due: Pattern
    /// A clause with what was paid of it.
    var paid: Pattern
    /// A clause that says that an amount was not paid.
    var unpaid: Pattern
    var notCharged: [Pattern]
    /// A clause that speaks of charging.
    var charge: Pattern
    /// An `amount` with its unit.
    var amount: Pattern
    /// What stands before an amount that is the sum of others.
    var total: Pattern
    /// What stands before an amount that is not exact, and behind one.
    var roundedBefore: Pattern
    var roundedAfter: Pattern
    /// What stands before an amount that is below zero, or none of yuan.
    var foreign: Pattern
    /// What stands between an amount and the same in other figures.
    var restated: Pattern
  }
}

/// Numerals written in words.
struct Numerals: Codable, Sendable {
  var digits: [String: Int]
  var units: [String: Int]

  /// The number that `text` writes, in digits or in words; nil for anything else, and beyond what can be counted.
  ///
  /// Words are read by place: digits gather under the unit that follows, `万` and `亿` close a section. A unit alone, as in
  /// "tens of thousands", is no number.
  func integer(_ text: some StringProtocol) -> Int? {
    if let number = Int(text) { return number }
    var (total, section, digit) = (0, 0, 0)
    var (sawDigit, sawAny) = (false, false)
    for character in text {
      if let value = digits[String(character)] {
        // Digits one behind the other are no number in words.
        guard !sawDigit || digit == 0 else { return nil }
        (digit, sawDigit, sawAny) = (value, true, true)
      } else if let unit = units[String(character)], max(total, section) < 1_000_000_000 {
        if unit >= 10_000 {
          total = (total + section + digit) * unit
          section = 0
        } else {
          section += (sawDigit || section > 0 ? digit : 1) * unit
          sawAny = true
        }
        (digit, sawDigit) = (0, false)
      } else {
        return nil
      }
    }
    return sawAny ? total + section + digit : nil
  }

  /// A year written digit by digit, in figures or in words.
  func year(_ text: some StringProtocol) -> Int? {
    Int(text.map { character in digits[String(character)].map { String($0) } ?? String(character) }.joined())
  }
}
