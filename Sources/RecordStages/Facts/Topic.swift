import PipelineKit

/// What a sentence is about as it goes on: which year, whose figures, and whether it has come to the parts of a whole.
///
/// What an aside in brackets is about ends with it.
struct Topic {
  let file: FactFile
  let numerals: Numerals
  /// The year of the report, and the folded name of the body.
  let year: Int?
  let organisation: String?
  private var main = State()
  private var aside = State()

  private struct State {
    var isOfYear = true
    var isOfWholeYear = true
    var isOfBody = true
    var isPart = false
    var isOfReport: Bool { isOfYear && isOfWholeYear && isOfBody }
  }

  init(file: FactFile, numerals: Numerals, year: Int?, organisation: String?) {
    self.file = file
    self.numerals = numerals
    self.year = year
    self.organisation = organisation
  }

  /// Whether it is the body's figures of the whole year that follow.
  var isOfReport: Bool { main.isOfReport && aside.isOfReport }
  var isPart: Bool { main.isPart || aside.isPart }

  mutating func beginClause() {
    main.isPart = false
    aside.isPart = false
  }

  /// Takes in the next part of a clause.
  mutating func follow(_ words: String, isAside: Bool) {
    if !isAside { aside = State() }
    var state = isAside ? aside : main
    if let named = file.years.leading.firstMatch(in: words)?["year"] {
      state.isOfYear = year == nil || numerals.year(words[named]) == year
      state.isOfWholeYear = true
    }
    if file.years.within?.matches(words) == true {
      state.isOfWholeYear = false
    } else if file.years.whole?.matches(words) == true {
      state.isOfWholeYear = true
    }
    if let scopes = file.scopes, let scope = Scope(words, scopes, organisation: organisation) {
      state.isOfBody = scope == .own
    }
    state.isPart = state.isPart || file.parts.matches(words)
    if isAside { aside = state } else { main = state }
  }
}
