/// The shapes of a figure, from left to right: its digits and the marks between them, told by size and height alone.
///
/// ```
///   ▏‾‾▏ ▏‾▏   ▏‾▏        digits are as high as each other,
///   ▏__▏ ▏_▏ ' ▏_▏        commas hang below the line that points stand on, signs are at half the height
/// ```
struct FigureShapes {
  /// What a shape may be.
  enum Kind: Equatable {
    case digit, comma, point, sign
  }

  /// The shapes, with the paper between them.
  private(set) var shapes: [(kind: Kind, box: PixelBox)] = []
  /// How many digits more there may be: shapes that may be two.
  private(set) var touching = 0
  /// The height of the digits.
  let tallest: Int

  /// Tells the shapes apart; pieces that stand above each other are one.
  init(_ pieces: [PixelBox]) {
    var parts: [PixelBox] = []
    for piece in pieces.sorted(by: { ($0.x0, $0.y0) < ($1.x0, $1.y0) }) {
      if let last = parts.last, Self.areOne(last, piece) {
        parts[parts.count - 1] = last.union(piece)
      } else {
        parts.append(piece)
      }
    }
    let highest = parts.map(\.height).max() ?? 0
    var boxes: [PixelBox] = []
    for part in parts {
      if let last = boxes.last, part.x0 <= last.x1, min(part.height, last.height) * 2 > highest,
        (part.x1 - last.x0) * 20 <= highest * 17
      {
        // A digit in two pieces, or two narrow ones.
        boxes[boxes.count - 1] = last.union(part)
        touching += 1
      } else {
        boxes.append(part)
      }
    }
    let tallest = boxes.map(\.height).max() ?? 0
    self.tallest = tallest
    let tall = boxes.filter { $0.height * 2 > tallest }
    let foot = tall.map(\.y1).sorted()[tall.count / 2]
    shapes = boxes.map { ($0.kind(tallest: tallest, foot: foot), $0) }
    for box in tall where box.width * 10 > tallest * 9 { touching += box.width * 5 / (tallest * 2) - 1 }
  }

  /// Whether two boxes are parts of one shape: a third of the narrower is above or below the other, more of a mark that
  /// may be a comma.
  private static func areOne(_ left: PixelBox, _ right: PixelBox) -> Bool {
    let shared = 100 * (min(left.x1, right.x1) - max(left.x0, right.x0))
    let (low, high) = left.height < right.height ? (left, right) : (right, left)
    let mayBeComma = low.height * 2 <= high.height && low.y0 * 2 > high.y0 + high.y1
    return shared > (mayBeComma ? 75 : 33) * min(left.width, right.width)
  }

  /// The boxes of the digits.
  var digits: [PixelBox] { shapes.lazy.filter { $0.kind == .digit }.map(\.box) }

  /// Whether digits stand as far apart as characters that are as broad as ideographs.
  var isSpaced: Bool {
    let digits = digits
    guard digits.count > 1 else { return false }
    let steps = zip(shapes, shapes.dropFirst()).filter { $0.kind == .digit && $1.kind == .digit }
      .map { $1.box.midX - $0.box.midX }
    return !steps.isEmpty && steps.allSatisfy { $0 > 1.1 * Double(tallest) }
  }

  /// The columns of pixels to keep so that no more paper is between the shapes than readers are used to; nil where there
  /// is none too much.
  var narrowed: [Range<Int>]? {
    let most = max(2, tallest * 3 / 10)
    var ranges: [Range<Int>] = []
    var start = Int.min
    for (left, right) in zip(shapes, shapes.dropFirst()) where (right.box.x0 - left.box.x1) * 20 > tallest * 9 {
      ranges.append(start..<(left.box.x1 + most / 2))
      start = right.box.x0 - most / 2
    }
    return ranges.isEmpty ? nil : ranges + [start..<Int.max]
  }

  /// Whether digits stand farther apart wherever `reading` has a mark than elsewhere.
  private func hasRoom(forMarksOf reading: String) -> Bool {
    let digits = digits
    let gaps = zip(digits, digits.dropFirst()).map { $1.x0 - $0.x1 }
    var (marked, others): ([Int], [Int]) = ([], [])
    var index = 0
    var isMarked = false
    for scalar in reading.unicodeScalars.drop(while: { !$0.isPlainDigit }) {
      if !scalar.isPlainDigit {
        isMarked = true
        continue
      }
      if index > 0, index <= gaps.count { isMarked ? marked.append(gaps[index - 1]) : others.append(gaps[index - 1]) }
      isMarked = false
      index += 1
    }
    guard let least = marked.min(), !others.isEmpty else { return false }
    return (least - others.sorted()[others.count / 2]) * 8 >= tallest
  }

  /// How far it is from the middle of a digit to that of the next where nothing stands between them: the sides of a nought
  /// are one digit, and what is as broad as two is two.
  private var steps: [Double] {
    var steps: [Double] = []
    var last: Double?
    var index = 0
    while index < shapes.count {
      defer { index += 1 }
      var (kind, box) = shapes[index]
      guard kind == .digit else {
        last = nil
        continue
      }
      if index + 1 < shapes.count, areHalves(shapes[index], shapes[index + 1]) {
        index += 1
        box = box.union(shapes[index].box)
      }
      let width = Double(box.width)
      let count = width > 0.9 * Double(tallest) ? max(2, (width / (0.72 * Double(tallest))).rounded()) : 1
      for part in 0..<Int(count) {
        let middle = Double(box.x0) + width * (Double(part) + 0.5) / count
        if let last { steps.append(middle - last) }
        last = middle
      }
    }
    return steps
  }

  /// How much farther than others two digits stand apart that have a mark between them, in pixels: marks are as broad as
  /// half a digit, and digits are all as broad as each other.
  private var room: Double { 0.22 * Double(tallest) }

  /// Whether there is room for a mark between two digits, and none stands there: one that is no more than a point may be
  /// lost in a scan, or two figures be taken for one.
  ///
  /// ```
  ///   1 2 3   4 5        without other steps to compare, digits stand as far apart as they are high: more than
  ///                      digits do, less than those that are as broad as ideographs
  /// ```
  var lacksMark: Bool {
    let steps = steps
    guard let least = steps.min(), let most = steps.max() else { return false }
    let height = Double(tallest)
    return steps.count > 1 ? most > least + room : shapes.count == 2 && most > height && most < 1.18 * height
  }

  /// Whether the digits around a mark stand so far apart that it is no speck, however small.
  private func hasRoom(aroundMark index: Int) -> Bool {
    guard let least = steps.min(), index > 0, index + 1 < shapes.count, shapes[index - 1].kind == .digit,
      shapes[index + 1].kind == .digit
    else { return false }
    return shapes[index + 1].box.midX - shapes[index - 1].box.midX > least + room
  }

  /// With the two sides of thin noughts made one each, where there are as many digits then.
  func joiningHalves(toHave count: Int) -> FigureShapes {
    var joined = self
    var index = 0
    while index + 1 < joined.shapes.count, joined.digits.count > count {
      let (left, right) = (joined.shapes[index], joined.shapes[index + 1])
      if areHalves(left, right) {
        joined.shapes[index].box = left.box.union(right.box)
        joined.shapes.remove(at: index + 1)
      }
      index += 1
    }
    return joined.digits.count == count ? joined : self
  }

  /// At least so many digits there are: thin noughts may come in two halves.
  var leastCount: Int {
    var count = 0
    var index = 0
    while index < shapes.count {
      // No digit is broader than it is high.
      if shapes[index].kind == .digit { count += max(1, (shapes[index].box.width + tallest - 1) / max(1, tallest)) }
      index += index + 1 < shapes.count && areHalves(shapes[index], shapes[index + 1]) ? 2 : 1
    }
    return count
  }

  /// Whether two shapes may be the sides of one nought: narrow, and closer to each other than digits.
  private func areHalves(_ left: (kind: Kind, box: PixelBox), _ right: (kind: Kind, box: PixelBox)) -> Bool {
    left.kind == .digit && right.kind == .digit && left.box.isHalf && right.box.isHalf
      && right.box.x0 - left.box.x1 <= max(2, tallest / 4) && (right.box.x1 - left.box.x0) * 20 <= tallest * 19
  }

  /// How many shapes are not what those of figures are: such as touch each other, are broken, or stand before or behind it.
  var oddities: Int {
    let halves = zip(shapes, shapes.dropFirst()).count { areHalves($0, $1) }
    let odd = shapes.count { kind, box in
      kind == .digit
        ? box.height * 5 < tallest * 4 || box.width * 10 > tallest * 9
        : box.height * 20 > tallest * 11 || box.width * 4 > tallest * 3
    }
    let ends = (shapes.last?.kind == .digit ? 0 : 1) + (shapes.first?.kind == .comma ? 1 : 0)
    return touching + halves + odd + ends
  }

  /// ``oddities``, and one for a mark that there is room for.
  var doubts: Int { oddities + (lacksMark ? 1 : 0) }

  /// Whether a shape is as broad as an ideograph.
  var isBroad: Bool { shapes.contains { $0.box.width * 5 > tallest * 4 } }

  /// Whether it may be a figure whose shapes touch or are broken: there are not many, and most are narrow.
  var mayBeMended: Bool { shapes.count <= 20 && shapes.count { $0.box.width * 10 <= tallest * 9 } * 2 >= shapes.count }

  /// Whether each shape is as high and as narrow as a digit, or as small as a mark.
  var areLikeFigure: Bool {
    shapes.allSatisfy { kind, box in
      kind == .digit
        ? box.height * 4 >= tallest * 3 && box.width * 10 <= box.height * 9
        : box.height * 20 <= tallest * 11 && box.width * 4 <= tallest * 3
    }
  }

  /// The figure with these digits and the marks that stand between the shapes; nil where they do not fit each other.
  ///
  /// A mark between groups of three digits parts them; any other mark changes the value, and counts only where a reader
  /// saw one, too, which `readings` tell.
  func figure(digits: [Unicode.Scalar], readings: [String]) -> String? {
    guard digits.count == shapes.count(where: { $0.kind == .digit }), !lacksMark else { return nil }
    var sign = ""
    var groups: [(mark: Kind?, digits: String)] = [(nil, "")]
    var index = 0
    for (place, (kind, box)) in shapes.enumerated() {
      switch kind {
      case .digit:
        groups[groups.count - 1].digits.unicodeScalars.append(digits[index])
        index += 1
      case .sign where index == 0 && sign.isEmpty: sign = "-"
      case .sign: return nil
      case .comma, .point:
        if max(box.width, box.height) * 8 < tallest, !hasRoom(aroundMark: place) { continue }  // a speck
        groups.append((kind, ""))
      }
    }
    // A mark before the first digit or behind the last is the end of a figure that was cut.
    guard groups.allSatisfy({ !$0.digits.isEmpty }) else { return nil }
    guard readings.contains(where: { $0.hasPrefix("-") }) == !sign.isEmpty else { return nil }
    guard groups.count > 1 else {
      let marked = readings.filter { $0.unicodeScalars.dropFirst(sign.count).contains { $0 == "." || $0 == "," } }
      if marked.isEmpty { return sign + groups[0].digits }
      // A mark that is no more than a speck, where all readers see it and there is room for it.
      let isAgreed = readings.allSatisfy { $0.likeMarks == readings[0].likeMarks }
      return isAgreed && hasRoom(forMarksOf: readings[0]) ? readings[0].withSeparators : nil
    }
    let parts = groups.dropFirst()
    let areThousands = groups[0].digits.count <= 3 && parts.allSatisfy { $0.digits.count == 3 }
    if areThousands, parts.count > 1 || parts.allSatisfy({ $0.mark == .comma }) {
      return sign + groups.map(\.digits).joined(separator: ",")
    }
    let isSeen = readings.contains { $0.unicodeScalars.dropFirst().contains { $0 == "." || $0 == "," } }
    guard isSeen, let last = parts.last, parts.dropLast().allSatisfy({ $0.digits.count == 3 }) else { return nil }
    return sign + groups.dropLast().map(\.digits).joined(separator: ",") + "." + last.digits
  }
}

extension PixelBox {
  /// Whether it is so narrow that it may be a side of a nought.
  fileprivate var isHalf: Bool { width * 20 <= height * 9 }

  fileprivate func kind(tallest: Int, foot: Int) -> FigureShapes.Kind {
    if height * 2 > tallest { return .digit }
    let middle = midY - Double(foot - tallest)
    if width * 5 >= height * 6, middle > 0.3 * Double(tallest), middle < 0.72 * Double(tallest) { return .sign }
    // Points stand on the line; what floats above it is a comma in the middle of its place.
    let isOnLine = (foot - y1) * 5 <= tallest
    return (y1 - foot) * 14 > tallest || height * 4 >= width * 5 || !isOnLine ? .comma : .point
  }
}
