import DocumentModel

/// A piece of a line above a table.
struct LegendPiece {
  var text: String
  var place: Place
  /// Font size in points; 0 in text sources.
  var size: Double
  /// The font of its first letter.
  var font: Int
  /// Words as a reader counts them.
  var words: Int
}

/// The caption and the unit among the lines above a table.
struct Legends {
  private(set) var caption: Table.Legend?
  private(set) var unit: Table.Legend?

  private let words: TableCaptions

  /// How many lines that are neither may lie between them and the table.
  private static let mostOthers = 2

  init(_ words: TableCaptions) { self.words = words }

  /// Takes the lines above a table, from below.
  mutating func read(_ lines: [[LegendPiece]]) {
    var found: (piece: LegendPiece, below: [LegendPiece])?
    var below: [LegendPiece] = []  // lines of one piece that the caption may go on with
    var others = 0
    for line in lines {
      if let piece = line.first(where: { words.isUnit($0.text) }) {
        unit = unit ?? Table.Legend(PrintedText(piece.text), places: [piece.place])
        if let title = line.first(where: { words.isTitle($0.text) }), found == nil { found = (title, []) }
        below = []
        continue
      }
      if let title = line.first(where: { words.isTitle($0.text) }) {
        if let known = found, known.piece.size >= title.size { break }
        found = (title, below.reversed().filter { $0.goesOn(with: title) })
        // A numbered caption is one, whatever stands above it.
        if words.isNumberedTable(title.text) { break }
        below = []
        continue
      }
      others += 1
      if others > Self.mostOthers { break }
      if line.count == 1 { below.append(line[0]) }
    }
    guard let found else { return }
    let parts = [found.piece] + found.below
    caption = Table.Legend(
      PrintedText(parts.dropFirst().reduce(parts[0].text) { $0.joined(with: $1.text) }), places: parts.map(\.place))
  }

  /// Puts the places elsewhere.
  mutating func move(_ place: (Place) -> Place) {
    caption = caption?.moved(place)
    unit = unit?.moved(place)
  }
}

extension LegendPiece {
  /// Whether it may be the next line of a caption.
  fileprivate func goesOn(with caption: LegendPiece) -> Bool {
    size > 0 && font == caption.font && abs(size - caption.size) < 0.05 * size
  }
}
