/// The words of a label, reduced to what survives every way of printing it.
struct Label: Hashable, Sendable {
  /// Letters, digits and ideographs only.
  var core: [Unicode.Scalar]

  /// What stood in brackets behind it, as `core`; nil where nothing did.
  private var explanation: [Unicode.Scalar]?
  /// A set of the letters in one word, to reject most pairs at once.
  private var mask: UInt64
  /// Whether a number or a bracket stands before all letters.
  private(set) var isNumbered = false
  /// The letters without those that repeat the one before.
  private var squeezed: [Unicode.Scalar]
  /// Words that make another label out of this one.
  private var opposites: [[Unicode.Scalar]] = []
  /// Words that do so in brackets, too.
  private var foreign: Qualifiers.Foreign?

  /// Words of which one excludes the others.
  struct Contrast: Hashable, Sendable {
    fileprivate let words: [[Unicode.Scalar]]

    init(_ words: [String]) { self.words = words.map { Array($0.unicodeScalars) } }
  }

  /// Reduces `text`, which should be folded; an explanation in brackets at its end does not count.
  ///
  /// In each of the `contrasts` one word excludes the others: what is said with another of them is another label. So is what
  /// has one of the `qualifiers` that this label lacks, be it in brackets.
  init(_ text: String, contrasts: [Contrast] = [], qualifiers: Qualifiers = Qualifiers()) {
    var scalars = Array(text.unicodeScalars)
    if scalars.last.map(Self.closes) == true, let open = scalars.lastIndex(where: Self.opens), open > 0 {
      explanation = scalars[open...].filter(Self.isLetter)
      scalars.removeSubrange(open...)
    }
    core = scalars.filter(Self.isLetter)
    isNumbered = scalars.first.map { Self.opens($0) || ("0"..."9").contains($0) } ?? false
    mask = Self.mask(core)
    squeezed = core.withoutRepeats
    for contrast in contrasts where contrast.words.contains(where: core.holds) {
      opposites += contrast.words.filter { !core.holds($0) }
    }
    let own = { [core, explanation] (word: [Unicode.Scalar]) in core.holds(word) || explanation?.holds(word) == true }
    foreign = qualifiers.foreign(to: own)
  }

  /// How well `printed` says this label, of whatever time, from 0 to 1.
  func likenessApartFromTime(to printed: Label) -> Double {
    let words = foreign?.all ?? []
    var (label, other) = (self, printed)
    (label.opposites, label.foreign, label.explanation, other.explanation) = ([], nil, nil, nil)
    (label.letters, other.letters) = (core.without(words), printed.core.without(words))
    return label.likeness(to: other)
  }

  /// The letters with all that follows from them.
  private var letters: [Unicode.Scalar] {
    get { core }
    set {
      core = newValue
      squeezed = core.withoutRepeats
      mask = Self.mask(core)
    }
  }

  /// The label without the letters that repeat the one before.
  private init(squeezing label: Label) {
    self = label
    core = label.squeezed
  }

  /// The letters behind a number of one letter.
  var unnumbered: ArraySlice<Unicode.Scalar> { core.dropFirst(isNumbered ? 1 : 0) }

  /// The fewest letters of a label that is known with one of them lost.
  private static let shortestDamaged = 4

  /// Letters, digits and ideographs; the common ranges first, as the property tables are slow.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case ..<0x80, 0x2000...0x206F, 0x3000...0x3004, 0x3008...0x3020, 0xFF00...0xFF0F: false
    default: scalar.properties.isAlphabetic || scalar.properties.isIdeographic
    }
  }

  private static func mask(_ letters: [Unicode.Scalar]) -> UInt64 {
    letters.reduce(0) { $0 | (1 << UInt64($1.value & 63)) }
  }

  private static func opens(_ scalar: Unicode.Scalar) -> Bool { scalar == "(" || scalar == "\u{FF08}" }
  private static func closes(_ scalar: Unicode.Scalar) -> Bool { scalar == ")" || scalar == "\u{FF09}" }

  /// How many letters may be wrong: none in short labels, one from five on, a quarter of longer ones.
  var tolerance: Int { core.count < 5 ? 0 : core.count < 8 ? 1 : core.count / 4 }

  /// How well `printed` says this label, from 0 to 1; below 0.4 it is 0.
  ///
  /// The label may stand inside a longer text (numbering, a group's name, an explanation): it is searched with at
  /// most ``tolerance`` errors (Sellers 1980), each of which costs, and what stands around it costs a little. Letters that are
  /// printed twice count once, for a little.
  func likeness(to printed: Label) -> Double {
    guard !core.isEmpty, !printed.core.isEmpty else { return 0 }
    // "suits (direct)": the name of a part behind that of the whole.
    if core.count >= Self.shortestDamaged, printed.explanation == core, !isOpposed(to: printed) { return 1 }
    let plain = plainLikeness(to: printed)
    guard plain < 0.95, printed.squeezed.count < printed.core.count, !isOpposed(to: printed) else { return plain }
    return max(
      plain,
      squeezed == printed.squeezed ? 0.95 : 0.9 * Label(squeezing: self).plainLikeness(to: Label(squeezing: printed)))
  }

  /// Whether it means what is of all years together, itself.
  var isOverall: Bool { foreign?.isOverall ?? false }

  /// The years that its own words mean, counted from the report's.
  var relativeYears: Set<Int> { foreign?.relativeYears ?? [] }

  /// Whether `text` has a word for all years together.
  func saysOverall(_ text: String) -> Bool { says(foreign?.overallWords, text) }

  /// Whether `text` has a word for the own year, or one that says since when.
  func saysOwn(_ text: String) -> Bool { says(foreign?.own, text) }
  func saysSince(_ text: String) -> Bool { says(foreign?.sinceWords, text) }

  private func says(_ words: [[Unicode.Scalar]]?, _ text: String) -> Bool {
    let letters = Array(text.unicodeScalars)
    return words?.contains(where: letters.holds) ?? false
  }

  /// `text` without what stands in brackets in it, where that is more than a time or a measure, and so explains.
  func withoutExplanations(_ text: String) -> String {
    guard let foreign else { return text }
    var (kept, note): ([Unicode.Scalar], [Unicode.Scalar]) = ([], [])
    for scalar in text.unicodeScalars {
      if Self.opens(scalar) {
        (kept, note) = (kept + note, [scalar])
      } else if note.isEmpty {
        kept.append(scalar)
      } else {
        note.append(scalar)
        guard Self.closes(scalar) else { continue }
        if foreign.isOnlyTime(note.filter(Self.isLetter)) { kept += note }
        note = []
      }
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: kept + note)
    return String(result)
  }

  /// Whether a printed name has a word that excludes this label, or is of another time.
  func isOpposed(to printed: Label) -> Bool {
    opposites.contains(where: printed.core.holds) || isApartInTime(from: printed)
  }

  /// Whether `printed` has a word for another time or measure, whatever else it says.
  func isApartInTime(from printed: Label) -> Bool {
    guard let foreign else { return false }
    let note = printed.explanation.flatMap { foreign.isOnlyTime($0) ? $0 : nil }
    return foreign.isIn { printed.core.holds($0) || note?.holds($0) == true }
  }

  private func plainLikeness(to printed: Label) -> Double {
    if core == printed.core {
      guard let explained = printed.explanation, explained != explanation else { return 1 }
      return isOpposed(to: printed) ? 0 : 0.97
    }
    // A label of four letters has no room for another error, but for one letter lost and nothing around it.
    if core.count == Self.shortestDamaged, printed.unnumbered.count == core.count - 1 {
      return core.holdsInOrder(printed.unnumbered) && !isOpposed(to: printed) ? 0.75 : 0
    }
    let surplus = max(0, printed.core.count - core.count)
    guard printed.core.count + tolerance >= core.count else { return 0 }
    // A short label may have a number before it; with more words behind it, it is the beginning of another.
    guard core.count >= 4 || surplus <= core.count + 1 && printed.core.suffix(core.count) == core[...] else { return 0 }
    guard (mask & ~printed.mask).nonzeroBitCount <= tolerance else { return 0 }
    let errors = errors(in: printed.core)
    guard errors <= tolerance, !isOpposed(to: printed) else { return 0 }
    let length = Double(core.count)
    let likeness = 1 - Double(errors) / length - 0.5 * Double(surplus) / (Double(surplus) + length)
    return likeness >= 0.4 ? likeness : 0
  }

  /// Whether `printed` says the label, but with other letters; one that repeats a letter, or names a year for it, is the same.
  func isMisspelt(in printed: Label) -> Bool {
    guard !printed.core.isEmpty, likeness(to: printed) > 0 else { return false }
    let isDated = printed.core.dropFirst().contains { ("0"..."9").contains($0) }
    return !isDated && !printed.core.holds(core) && !printed.squeezed.holds(squeezed)
  }

  /// Whether `printed` has words beside this label, in brackets or not, that may narrow or widen what it counts: "books
  /// (without gifts)". Of one that is spelt otherwise nothing is said, nor without `qualifiers`.
  func saysMore(in printed: Label) -> Bool {
    guard let foreign, printed.core.holds(core) else { return false }
    let note = printed.explanation.map { $0 == explanation ? [] : $0 } ?? []
    return !foreign.isPlain(printed.core + note, beside: core)
  }

  /// Whether all of `piece` stands in this label, in one run.
  func contains(_ piece: Label) -> Bool {
    core.holds(piece.core)
  }

  /// The fewest edits that make the label out of any part of `text`.
  private func errors(in text: [Unicode.Scalar]) -> Int {
    var column = Array(0...core.count)
    var best = core.count
    for scalar in text {
      var diagonal = column[0]
      for index in core.indices {
        let substitution = diagonal + (core[index] == scalar ? 0 : 1)
        diagonal = column[index + 1]
        column[index + 1] = min(substitution, diagonal + 1, column[index] + 1)
      }
      best = min(best, column[core.count])
    }
    return best
  }
}

extension [Unicode.Scalar] {
  fileprivate var withoutRepeats: [Unicode.Scalar] {
    indices.filter { $0 == 0 || self[$0] != self[$0 - 1] }.map { self[$0] }
  }

  /// Whether the letters of `part` stand in them in their order, others between them.
  fileprivate func holdsInOrder(_ part: ArraySlice<Unicode.Scalar>) -> Bool {
    var rest = part
    for scalar in self where scalar == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }

  /// The letters that are left when each of these words is cut out.
  func without(_ words: [[Unicode.Scalar]]) -> [Unicode.Scalar] {
    var rest = self
    for word in words {
      while let start = rest.indices.first(where: { rest[$0...].starts(with: word) }) {
        rest.removeSubrange(start..<(start + word.count))
      }
    }
    return rest
  }

  /// Whether `word` stands in them, in one run.
  func holds(_ word: [Unicode.Scalar]) -> Bool {
    guard let first = word.first, count >= word.count else { return false }
    return (0...(count - word.count)).contains { self[$0] == first && self[$0...].starts(with: word) }
  }
}

extension [Label] {
  /// How well `printed` says one of these labels, from 0 to 1.
  func likeness(to printed: Label) -> Double {
    reduce(0) { Swift.max($0, $1.likeness(to: printed)) }
  }

  /// Whether `printed` says one of these labels, and each that it says with words beside it.
  func sayMore(in printed: Label) -> Bool {
    let said = filter { $0.likeness(to: printed) > 0 }
    return !said.isEmpty && said.allSatisfy { $0.saysMore(in: printed) }
  }

  /// How well `printed` says one of these labels, but of another time or of something else, from 0 to 1.
  func likeness(toOpposed printed: Label) -> Double {
    reduce(0) { $1.isOpposed(to: printed) ? Swift.max($0, $1.likenessApartFromTime(to: printed)) : $0 }
  }
}
