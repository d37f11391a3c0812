/// How the text of an element of a page, or of a run of a Word file, is shown.
struct Shown: OptionSet {
  let rawValue: UInt16

  /// It takes no room, and neither does what is in it.
  static let gone = Shown(rawValue: 1)
  /// It takes room and shows nothing, for one of these reasons.
  static let hidden = Shown(rawValue: 1 << 1)
  static let tiny = Shown(rawValue: 1 << 2)
  static let faded = Shown(rawValue: 1 << 3)
  static let clear = Shown(rawValue: 1 << 4)
  /// Its letters are white.
  static let white = Shown(rawValue: 1 << 5)
  /// It stands on a colour, or on a picture.
  static let backed = Shown(rawValue: 1 << 6)
  /// A line goes through it: it does not hold any more.
  static let struck = Shown(rawValue: 1 << 7)
  /// It stands above or below its line, as the marks of notes do.
  static let raised = Shown(rawValue: 1 << 8)
  static let lowered = Shown(rawValue: 1 << 9)
  /// Whether it is shown depends on what is not known here.
  static let doubtful = Shown(rawValue: 1 << 10)

  /// It is white, and stands on nothing, as far as is known (`blank`) or as all style sheets that are at hand say (`pale`).
  static let blank = Shown(rawValue: 1 << 11)
  static let pale = Shown(rawValue: 1 << 12)
  /// It is smaller than what is around it.
  static let small = Shown(rawValue: 1 << 13)

  /// Whether a reader of the document sees it.
  var isSeen: Bool { isDisjoint(with: [.gone, .hidden, .tiny, .faded, .clear, .blank]) }

  /// Whether it is part of what the document says.
  var isSaid: Bool { isSeen && !contains(.struck) }
}
