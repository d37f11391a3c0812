/// What an element of a Word file does, by its name without a prefix.
enum DOCXKind: UInt8 {
  /// A text, of no element.
  case text
  /// What lies within it counts as if it stood outside.
  case other
  case paragraph = 2
  case paragraphProperties
  case run
  case runProperties
  /// Holds characters.
  case characters
  case tab
  case lineBreak
  case hyphen
  case symbol
  case table
  case tableProperties
  case row
  case rowProperties
  case cell
  case cellProperties
  case textBox
  /// Nothing within it is shown: it was deleted, or moved away, or is said once more for older programs.
  case skipped
  case deleted
  /// Holds what somebody wrote into a form, or a value that is kept elsewhere.
  case control
  /// Begins, parts or ends a field; its instruction is not shown, its result is.
  case fieldCharacter
  case picture

  /// By the name of an element of a formula: one that is more than a line of characters is a picture.
  init(ofMath name: String) {
    self = name == "r" ? .run : name == "t" ? .characters : Self.formulas.contains(name) ? .picture : .other
  }

  private static let formulas: Set<String> = [
    "f", "sSup", "sSub", "sSubSup", "sPre", "nary", "rad", "m", "eqArr", "func", "limLow", "limUpp", "bar", "acc", "d",
    "groupChr", "borderBox", "phant",
  ]

  /// By the name of the element.
  init(_ name: String) { self = Self.known[name] ?? .other }

  private static let known: [String: DOCXKind] = [
    "p": .paragraph, "pPr": .paragraphProperties, "r": .run, "rPr": .runProperties, "t": .characters, "tab": .tab,
    "ptab": .tab, "br": .lineBreak, "cr": .lineBreak, "noBreakHyphen": .hyphen, "sym": .symbol, "tbl": .table,
    "tblPr": .tableProperties, "tblGrid": .tableProperties, "tr": .row, "trPr": .rowProperties, "tc": .cell,
    "tcPr": .cellProperties, "txbxContent": .textBox, "del": .deleted, "moveFrom": .skipped, "Fallback": .skipped,
    "delText": .skipped, "instrText": .skipped, "sdtPr": .skipped, "sectPr": .skipped, "rt": .skipped,
    "footnoteReference": .skipped, "annotation": .skipped, "docPr": .skipped,
    "sdt": .control, "fldChar": .fieldCharacter, "blip": .picture, "imagedata": .picture, "chart": .picture,
    "OLEObject": .picture,
  ]
}
