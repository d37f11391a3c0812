import DocumentModel

/// Words whose heights overlap, from left to right.
struct WordLine {
  private(set) var words: [TextWord]
  /// Top and bottom of the words that are not raised or lowered.
  private(set) var y0: Double
  private(set) var y1: Double
  private(set) var x0: Double
  private(set) var x1: Double
  /// Median font size, in points.
  private(set) var size: Double
  /// Words with no wide white space between them.
  private(set) var segments: [Segment] = []
  /// How many segments stand for a figure.
  private(set) var numbers = 0
  /// The mark or number of an item and its text.
  private(set) var isItem = false

  /// A piece of a line that white space as wide as between columns parts from others.
  struct Segment {
    var words: [TextWord]
    let isNumber: Bool
    var x0: Double { words[0].box.x0 }
    var x1: Double { words[words.count - 1].box.x1 }
    var midX: Double { (x0 + x1) / 2 }
    /// Words as a reader counts them.
    var count: Int { words.reduce(0) { $0 + $1.count } }

    init(_ words: [TextWord]) {
      self.words = words
      isNumber = words.isNumber
    }
  }

  /// White space that parts segments, in font sizes.
  static let segmentGap = 1.0
  /// The same where the words of a line stand either close together or this far apart.
  fileprivate static let narrowGap = 0.7

  private init(_ words: [TextWord], y0: Double, y1: Double) {
    (self.words, self.y0, self.y1) = (words, y0, y1)
    x0 = words[0].box.x0
    x1 = words.map(\.box.x1).max() ?? x0
    size = words.map(\.size).median ?? 0
    segments = words.segments(gap: words.hasNarrowColumns ? Self.narrowGap : Self.segmentGap).map(Segment.init)
    numbers = segments.count(where: \.isNumber)
    isItem = segments.count == 2 && numbers < 2 && segments[0].words.isItemMark
  }

  /// The lines of some words, from top to bottom.
  static func lines(of words: [TextWord]) -> [WordLine] {
    rows(of: words).map { WordLine($0.words, y0: $0.y0, y1: $0.y1) }
  }

  /// Words at about the same height, from left to right, with top and bottom of those that are not raised or lowered;
  /// from top to bottom.
  static func rows(of words: [TextWord]) -> [(words: [TextWord], y0: Double, y1: Double)] {
    var open: [(words: [TextWord], y0: Double, y1: Double, size: Double)] = []
    for word in words.sorted(by: { ($0.box.midY, $0.box.x0) < ($1.box.midY, $1.box.x0) }) {
      let near = open.indices.suffix(6).last { index in
        let shared = min(open[index].y1, word.box.y1) - max(open[index].y0, word.box.y0)
        return shared > 0.5 * min(word.box.height, open[index].y1 - open[index].y0)
      }
      if let near {
        open[near].words.append(word)
        if word.size >= 0.8 * open[near].size {
          open[near].y0 = min(open[near].y0, word.box.y0)
          open[near].y1 = max(open[near].y1, word.box.y1)
        }
      } else {
        open.append(([word], word.box.y0, word.box.y1, word.size))
      }
    }
    return open.sorted { $0.y0 + $0.y1 < $1.y0 + $1.y1 }.map { line in
      (line.words.sorted { ($0.box.x0, $0.box.x1) < ($1.box.x0, $1.box.x1) }, line.y0, line.y1)
    }
  }

  /// The line with these of its words; `nil` without any.
  func keeping(_ isKept: (TextWord) -> Bool) -> WordLine? {
    let kept = words.filter(isKept)
    if kept.count == words.count { return self }
    let largest = kept.map(\.size).max() ?? 0
    let full = kept.filter { $0.size >= 0.8 * largest }.map(\.box)
    guard let top = full.map(\.y0).min(), let bottom = full.map(\.y1).max() else { return nil }
    return WordLine(kept, y0: top, y1: bottom)
  }

  /// Without the labels of charts; `nil` where nothing is left.
  func without(_ charts: Charts) -> WordLine? {
    if charts.regions.isEmpty { return self }
    let labels = segments.filter { charts.hold(Box($0.x0, y0, $0.x1, y1)) }
    if labels.isEmpty { return self }
    return keeping { word in !labels.contains { $0.x0 <= word.box.midX && word.box.midX <= $0.x1 } }
  }

  var midY: Double { (y0 + y1) / 2 }
  var width: Double { x1 - x0 }
  /// Words as a reader counts them.
  var count: Int { words.reduce(0) { $0 + $1.count } }

  /// Whether more of its words are figures than not.
  var isMostlyFigures: Bool { 2 * words.count(where: \.isNumber) > words.count }

  /// Whether most of its figures are years.
  var namesYears: Bool {
    10 * segments.count { NumberShape.isYear($0.words.flatMap(\.scalars)) } >= 6 * max(numbers, 1)
  }

  /// What it begins with, words parted by a blank.
  var beginning: String { Array(words.prefix(8)).text }

  /// The middles of the white space between its segments.
  var gaps: [Double] { zip(segments, segments.dropFirst()).map { ($0.x1 + $1.x0) / 2 } }
}

extension [TextWord] {
  /// What they say, parted by a blank.
  var text: String {
    var bytes: [UInt8] = []
    for (index, word) in enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: " ")) }
      for scalar in word.scalars { bytes += scalar.utf8 }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether they stand for a figure together.
  var isNumber: Bool { count == 1 ? self[0].isNumber : NumberShape.matches(flatMap(\.scalars)) }

  /// Whether they stand in three places and more: white space is either twice as wide as the rest or that of a text.
  ///
  /// Justified text has equal white space everywhere.
  fileprivate var hasNarrowColumns: Bool {
    guard count >= 3 else { return false }
    var (wide, narrow, least, most) = (0, 0, Double.infinity, 0.0)
    for (left, right) in zip(self, dropFirst()) {
      let gap = (right.box.x0 - left.box.x1) / Swift.max(left.size, right.size)
      if gap > WordLine.narrowGap {
        wide += 1
        least = Swift.min(least, gap)
      } else {
        narrow += 1
        most = Swift.max(most, gap)
      }
    }
    return wide >= 2 && least <= WordLine.segmentGap && least >= 2 * most
      && (narrow > 0 || 2 * self.count(where: \.isNumber) > count)
  }

  /// Parted where white space is wider than `gap`, in font sizes; signs stay with their figure.
  func segments(gap: Double) -> [[TextWord]] {
    var result: [[TextWord]] = []
    for word in self {
      if let last = result.last?.last, word.box.x0 - last.box.x1 <= gap * Swift.max(word.size, last.size) {
        result[result.count - 1].append(word)
      } else {
        result.append([word])
      }
    }
    guard result.count > 1 else { return result }
    var joined: [[TextWord]] = []
    for part in result {
      if let last = joined.last, let before = last.last, let first = part.first {
        let space = (first.box.x0 - before.box.x1) / Swift.max(first.size, 1)
        let isPrice = last.count == 1 && before.isCurrencySign && space <= 4 && part.isNumber
        let isNoted =
          part.count == 1 && first.isFigureSuffix && space <= 1.8 && before.scalars.last?.isDigit == true
        if isPrice || isNoted {
          joined[joined.count - 1] += part
          continue
        }
      }
      joined.append(part)
    }
    return joined
  }

  /// A bullet, or a short number or letter with a mark behind it or around it: `(1)`, `iv.`, `2.1`.
  fileprivate var isItemMark: Bool {
    let scalars = flatMap(\.scalars)
    guard let first = scalars.first, scalars.count <= 6 else { return false }
    if scalars.count == 1 { return first.isStroke || !first.properties.isAlphabetic && !first.isDigit || first == "o" }
    let isClosed = scalars.last.map { [")", ".", "]", "\u{FF09}", "\u{3001}", "\u{FF0E}"].contains($0) } ?? false
    let inner = scalars.filter { $0.properties.isAlphabetic || $0.isDigit }
    if first == "\u{A7}" { return true }
    if isClosed { return (1...5).contains(inner.count) && (inner.count <= 3 || !inner.contains { $0.isDigit }) }
    return scalars.allSatisfy { $0.isDigit || $0 == "." }
      && (scalars.contains(".") ? scalars.count >= 3 : scalars.count <= 2)
  }
}
