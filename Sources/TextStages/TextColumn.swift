import DocumentModel

/// Where the text of pages begins and ends, and which line continues the one before.
///
/// ```
///   |    A first line is indented and reaches the right edge,|
///   |the next one begins at the left edge and ends early.    |
///   |    So this one is another paragraph.                   |
///   left                                                 right
/// ```
/// A line continues the one before when that one is full: it ends within 1.5 em of the right edge, or what the next line
/// begins with, up to the marks that no line may begin with (GB/T 15834), would not have fitted. It begins less than 1 em from
/// the left edge itself, the sizes are alike, and on the same page the distance is not 1.35 times the usual one. Over a
/// page break the same rule holds without the distance. Left and right pages may have other edges.
struct TextColumn {
  private struct Side: Hashable {
    var width: Int
    var isOdd: Bool
  }

  private struct Edges {
    var left: Double
    var right: Double
  }

  private var edges: [Side: Edges] = [:]
  private var widths: [Int: Int] = [:]
  /// The usual distance between lines, in em.
  private var pitch = 0.0
  /// The size of most of the text.
  let bodySize: Double

  /// Looks at the lines of running text.
  init(_ lines: [Line], pages: [Page]) {
    for page in pages { widths[page.number] = Int(page.width.rounded()) }
    var boxes: [Side: [(box: Box, size: Double)]] = [:]
    var sizes: [Double: Int] = [:]
    for line in lines {
      guard case .page(let page, let box) = line.place else { continue }
      boxes[Side(width: widths[page] ?? 0, isOdd: page % 2 == 1), default: []].append((box, line.size))
      sizes[(line.size * 10).rounded() / 10, default: 0] += line.text.folded.unicodeScalars.count
    }
    bodySize = sizes.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
    for (side, own) in boxes {
      let other = boxes[Side(width: side.width, isOdd: !side.isOdd)] ?? []
      edges[side] = TextColumn.edges(of: own.count >= 5 ? own : own + other, size: bodySize)
    }
    var pitches: [Double] = []
    for (upper, lower) in zip(lines, lines.dropFirst()) {
      if let distance = TextColumn.distance(upper, lower) { pitches.append(distance) }
    }
    if !pitches.isEmpty { pitch = pitches.sorted()[pitches.count / 2] }
  }

  /// The outermost edges that a few lines have in common.
  private static func edges(of lines: [(box: Box, size: Double)], size: Double) -> Edges {
    let enough = min(3, max(1, lines.count / 4))
    func outermost(_ positions: [Double], within tolerance: Double) -> Double {
      for (index, position) in positions.enumerated()
      where index + enough <= positions.count && abs(positions[index + enough - 1] - position) <= tolerance {
        return position
      }
      return positions.first ?? 0
    }
    return Edges(
      left: outermost(lines.map(\.box.x0).sorted(), within: 0.5 * size),
      right: outermost(lines.map(\.box.x1).sorted(by: >), within: size))
  }

  /// The distance of two lines of one page in em; `nil` where the lower does not stand below the upper.
  static func distance(_ upper: Line, _ lower: Line) -> Double? {
    guard case .page(let page, let above) = upper.place, case .page(page, let below) = lower.place,
      above.midY < below.midY, upper.size > 0
    else { return nil }
    return (below.midY - above.midY) / upper.size
  }

  /// Whether `lower`, the next line of text, goes on with the paragraph of `upper`.
  func joins(_ upper: Line, _ lower: Line) -> Bool {
    guard case .page(let upperPage, let above) = upper.place, case .page(let lowerPage, let below) = lower.place,
      let upperEdges = edges[side(of: upperPage)], let lowerEdges = edges[side(of: lowerPage)],
      abs(upper.size - lower.size) <= 0.15 * max(upper.size, lower.size)
    else { return false }
    if upperPage == lowerPage {
      guard let distance = TextColumn.distance(upper, lower), distance <= 1.35 * pitch else { return false }
    }
    let room = upperEdges.right - above.x1
    return room < max(1.5, 1 + lower.unbreakableStart) * upper.size && below.x0 < lowerEdges.left + lower.size
  }

  private func side(of page: Int) -> Side { Side(width: widths[page] ?? 0, isOdd: page % 2 == 1) }
}

extension Line {
  /// The width of what stays together at its beginning, in em: the first character, and the closing marks behind it; those
  /// of a number or a Latin word are a little wider than half an em, with a gap before the ideographs.
  fileprivate var unbreakableStart: Double {
    let scalars = text.raw.unicodeScalars.drop { $0.properties.isWhitespace }
    let word = scalars.prefix { $0.value < 0x2E80 && !$0.properties.isWhitespace }
    let head = max(1, word.count)
    let marks = scalars.dropFirst(head).prefix {
      "\u{3002}\u{FF0C}\u{3001}\u{FF1B}\u{FF1A}\u{FF1F}\u{FF01}\u{FF09}\u{201D}\u{2019}\u{300B}".unicodeScalars
        .contains($0)
    }
    return (word.isEmpty ? 1 : max(1, 0.55 * Double(head) + 0.25)) + Double(marks.count)
  }
}
