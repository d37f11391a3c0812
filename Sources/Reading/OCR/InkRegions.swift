/// Pieces of ink that stand together in one line, and in one cell where rules make cells.
struct InkRegion {
  /// The pieces, none of them a speck.
  var pieces: [PixelBox]
  /// Around them.
  var box: PixelBox
  /// How far paper reaches around it, up to other ink and to rules.
  var room: PixelBox
  /// The height of its characters.
  var em: Double
  /// Whether nothing else stands in its cell.
  var isAlone = false

  /// Whether it is higher than one line.
  var isStacked: Bool { Double(box.height) > 1.8 * em }
}

/// Parts the ink of a page into lines of words, by white space alone (recursive XY-cut, Nagy and Seth 1984).
///
/// ```
///   label in   |    12    |  3 4          bands at white rows, columns at white gaps of nearly a character,
///   two lines  |          |               and again in each column
/// ```
/// Every piece of ink is in one region, specks aside. Fails where lines overlap in height, or columns are closer to each
/// other than characters.
struct InkRegions {
  private let em: Double

  /// The regions in no particular order.
  private(set) var regions: [InkRegion] = []
  /// The height of most characters, ideographs for choice; `nil` on an empty page.
  static func characterHeight(of pieces: [PixelBox], millimetre: Double) -> Double? {
    let heights = pieces.map(\.height).filter {
      Double($0) >= 1.3 * millimetre && Double($0) <= 7 * millimetre
    }.sorted()
    return heights.isEmpty ? nil : Double(heights[heights.count * 85 / 100])
  }

  /// Parts the ink.
  ///
  /// - Parameters:
  ///   - pieces: boxes of ink without rules.
  ///   - cells: boxes of paper that rules enclose, the page among them.
  ///   - em: ``characterHeight(of:millimetre:)``.
  init(_ pieces: [PixelBox], cells: [PixelBox], em: Double) {
    self.em = em
    let speck = 0.07 * em
    var contents: [Int: [PixelBox]] = [:]
    let cells = cells.sorted { $0.area < $1.area }
    for piece in pieces where Double(max(piece.width, piece.height)) >= speck {
      // The smallest cell that holds its middle.
      let index = cells.firstIndex { $0.contains(piece.midX, piece.midY) } ?? cells.count - 1
      contents[index, default: []].append(piece)
    }
    for (index, pieces) in contents.sorted(by: { $0.key < $1.key }) {
      let first = regions.count
      cut(pieces, room: cells[index], inherited: em)
      if regions.count == first + 1 { regions[first].isAlone = true }
    }
    partHeads()
  }

  /// Parts pieces at the white rows between lines, each line at its wide gaps, and so on.
  private mutating func cut(
    _ pieces: [PixelBox], room: PixelBox, inherited: Double, mayBand: Bool = true, mayColumn: Bool = true
  ) {
    // Headings are larger than most characters, tables smaller; a few strokes say nothing.
    let heights = pieces.map(\.height).sorted()
    let tall = Double(heights[heights.count * 85 / 100])
    let own =
      pieces.count < 4
      ? max(pieces.isDigits ? tall / 0.75 : tall, min(em, inherited))
      : min(3 * em, max(0.6 * em, pieces.isDigits ? tall / 0.75 : tall))
    if mayBand {
      let bands = self.bands(pieces, em: own)
      if bands.count > 1 {
        for (index, band) in bands.enumerated() {
          var part = room
          if index > 0 { part.y0 = (bands[index - 1].box.y1 + band.box.y0) / 2 }
          if index + 1 < bands.count { part.y1 = (band.box.y1 + bands[index + 1].box.y0) / 2 }
          cut(band.pieces, room: part, inherited: own, mayBand: false)
        }
        return
      }
    }
    if mayColumn {
      let columns = self.columns(pieces, em: own)
      if columns.count > 1 {
        for (index, column) in columns.enumerated() {
          var part = room
          if index > 0 { part.x0 = (columns[index - 1].box.x1 + column.box.x0) / 2 }
          if index + 1 < columns.count { part.x1 = (column.box.x1 + columns[index + 1].box.x0) / 2 }
          cut(column.pieces, room: part, inherited: own, mayColumn: false)
        }
        return
      }
    }
    // Lines that overlap in height are followed from character to character.
    let box = pieces.boundingBox
    let parts = Double(box.height) > 1.8 * own ? pieces.chained(em: own) : [pieces]
    for part in parts {
      let box = part.boundingBox
      let room = parts.count > 1 ? box.grown(by: 1, 1).clipped(to: room).union(box) : room
      regions.append(InkRegion(pieces: part, box: box, room: room, em: own))
    }
  }

  /// Parts heads that stand over several columns of figures at their white gaps: columns may be closer to each other there
  /// than characters that are spaced out.
  ///
  /// ```
  ///   kind  sort  make       two words or more over as many columns
  ///     1           3
  ///     2     4     5
  /// ```
  private mutating func partHeads() {
    let columns = figureColumns
    guard columns.count >= 3, let top = columns.map(\.y0).min(), let foot = columns.map(\.y1).max() else { return }
    let left = columns.map(\.x0).min() ?? 0
    regions = regions.flatMap { region -> [InkRegion] in
      guard Double(region.box.y1) > Double(top) - 12 * em, region.box.y0 < foot, !region.isStacked else {
        return [region]
      }
      let covered = columns.count { region.box.x0 < Int($0.midX) && region.box.x1 > Int($0.midX) }
      // Columns without figures have heads, too.
      guard covered >= 2 || (region.box.y1 <= top && region.box.midX > Double(left)) else { return [region] }
      return parted(region)
    }
  }

  /// Where figures stand above each other, at least three in a column, from the left.
  private var figureColumns: [PixelBox] {
    let figures = regions.filter { $0.pieces.count <= 12 && FigureShapes($0.pieces).areLikeFigure }.map(\.box)
    var columns: [(box: PixelBox, count: Int)] = []
    for figure in figures.sorted(by: { ($0.midX, $0.y0) < ($1.midX, $1.y0) }) {
      if let last = columns.indices.last, figure.midX < Double(columns[last].box.x1) {
        columns[last] = (columns[last].box.union(figure), columns[last].count + 1)
      } else {
        columns.append((figure, 1))
      }
    }
    return columns.filter { $0.count >= 3 }.map(\.box)
  }

  /// The words of a head, parted where half a character of white is between them, other than beside marks.
  private func parted(_ region: InkRegion) -> [InkRegion] {
    var parts: [[PixelBox]] = []
    var end = Int.min
    var last: PixelBox?
    for piece in region.pieces.sorted(by: { ($0.x0, $0.y0) < ($1.x0, $1.y0) }) {
      let isBesideMark = [last, piece].contains { box in
        box?.isMark(em: region.em) ?? false
      }
      if parts.isEmpty || (Double(piece.x0 - end) >= 0.5 * region.em && !isBesideMark) {
        parts.append([piece])
      } else {
        parts[parts.count - 1].append(piece)
      }
      if piece.x1 > end { (end, last) = (piece.x1, piece) }
    }
    guard parts.count > 1 else { return [region] }
    return parts.map { pieces in
      let box = pieces.boundingBox
      return InkRegion(
        pieces: pieces, box: box, room: box.grown(by: Int(0.2 * region.em), 0).clipped(to: region.room).union(box),
        em: region.em)
    }
  }

  private typealias Part = (pieces: [PixelBox], box: PixelBox)

  /// Pieces whose heights overlap, and what is too low to be a line alone with what it belongs to.
  private func bands(_ pieces: [PixelBox], em: Double) -> [Part] {
    var bands: [Part] = []
    for piece in pieces.sorted(by: { ($0.y0, $0.x0) < ($1.y0, $1.x0) }) {
      if let last = bands.indices.last, piece.y0 <= bands[last].box.y1 {
        bands[last].pieces.append(piece)
        bands[last].box = bands[last].box.union(piece)
      } else {
        bands.append(([piece], piece))
      }
    }
    var result: [Part] = []
    for band in bands {
      // Strokes of one character above each other.
      if let last = result.indices.last, Double(band.box.y1 - result[last].box.y0) <= 1.15 * em {
        result[last] = (result[last].pieces + band.pieces, result[last].box.union(band.box))
      } else {
        result.append(band)
      }
    }
    return result
  }

  /// Pieces with less than a character between them, or where one is beside a mark that has paper of its own.
  private func columns(_ pieces: [PixelBox], em: Double) -> [Part] {
    var columns: [Part] = []
    var last: PixelBox?
    var strokes: CharacterPieces?
    func isComma(_ mark: PixelBox) -> Bool {
      guard mark.isMark(em: em) else { return false }
      let known = strokes ?? CharacterPieces(pieces, em: em)
      strokes = known
      return !known.stand(closeTo: mark)
    }
    for piece in pieces.sorted(by: { ($0.x0, $0.y0) < ($1.x0, $1.y0) }) {
      if let index = columns.indices.last, let before = last {
        let gap = Double(piece.x0 - columns[index].box.x1)
        let hasOwnPaper = isComma(before) || before.isBracket(em: em) || piece.isBracket(em: em)
        if gap < (hasOwnPaper ? 1.5 : piece.isMark(em: em) ? 1.1 : 0.95) * em {
          columns[index].pieces.append(piece)
          columns[index].box = columns[index].box.union(piece)
          if piece.x1 >= before.x1 { last = piece }
          continue
        }
      }
      columns.append(([piece], piece))
      last = piece
    }
    return columns
  }
}

/// Pieces that are no marks and no larger than characters, by the part of the page that they begin in: so those that are
/// close to a mark are found among few, however many there are.
private struct CharacterPieces {
  private let em: Double
  private let side: Int
  private var parts: [Int: [PixelBox]] = [:]
  private static let partsInRow = 1 << 20

  init(_ pieces: [PixelBox], em: Double) {
    self.em = em
    side = max(1, Int(2 * em))
    for piece in pieces where !piece.isMark(em: em) && max(piece.width, piece.height) <= side {
      parts[piece.y0 / side * Self.partsInRow + piece.x0 / side, default: []].append(piece)
    }
  }

  /// Whether one is close above or below a mark, as over or under the strokes of an ideograph, and not over commas.
  func stand(closeTo mark: PixelBox) -> Bool {
    let distance = 0.18 * em
    let more = side + Int(distance)
    for row in max(0, mark.y0 - more) / side...(mark.y1 + more - side) / side {
      for column in max(0, mark.x0 - side) / side...mark.x1 / side {
        let isClose = parts[row * Self.partsInRow + column]?.contains { piece in
          piece.x0 < mark.x1 && mark.x0 < piece.x1
            && Double(max(piece.y0 - mark.y1, mark.y0 - piece.y1)) < distance
        }
        if isClose == true { return true }
      }
    }
    return false
  }
}

extension PixelBox {
  /// Whether it may be a comma or a full stop: small, but no dash.
  fileprivate func isMark(em: Double) -> Bool {
    Double(height) <= 0.45 * em && Double(height) >= 0.08 * em && Double(width) <= 0.45 * em
  }

  /// Whether it may be a bracket: as high as an ideograph, and narrow.
  fileprivate func isBracket(em: Double) -> Bool {
    Double(height) >= em && Double(width) <= 0.3 * em && width * 3 < height
  }
}

extension [PixelBox] {
  /// Whether nearly all that is high is narrow, as digits are and ideographs are not.
  fileprivate var isDigits: Bool {
    let tallest = self.map(\.height).max() ?? 0
    let tall = filter { $0.height * 10 >= tallest * 7 }
    return tall.count { $0.width * 5 <= $0.height * 4 } * 4 >= tall.count * 3
  }
}
