import DocumentModel

/// The shapes of the digits of a document, like ones together: a third reader, which knows no font but this one.
///
/// ```
///   4 4 4 4 4 4 4 4 …  4 (read as 1)        a shape that is read otherwise than those that it is like
/// ```
/// Each shape is scaled to the same height and goes to the kind that it correlates with by 0.9 or more, or founds one. What
/// a kind is, is what most of its shapes were read as by both readers (as in Baird and Nagy 1994). Fails on fonts in which
/// two digits look the same at the resolution of the scan, which is seen: their kind is of two minds, and says nothing.
struct GlyphKinds {
  /// The pixels of a side of the square that shapes are scaled to.
  static let side = 16

  private struct Kind {
    /// The mean of its shapes, with mean 0 and length 1.
    var mean: [Float]
    var count: Float = 1
    /// How often each digit was read.
    var votes = [Int](repeating: 0, count: 10)
  }

  private var kinds: [Kind] = []

  /// The kind of a shape, which may be new; nil where there are too many already, as there are on a page of drawings.
  mutating func kind(of shape: [Float]) -> Int? {
    var best: (index: Int, likeness: Float)?
    for (index, kind) in kinds.enumerated() {
      let likeness = Self.likeness(shape, kind.mean)
      if likeness > best?.likeness ?? 0 { best = (index, likeness) }
    }
    if let best, best.likeness >= 0.9 {
      let count = kinds[best.index].count
      if count < 50 {
        for index in shape.indices {
          kinds[best.index].mean[index] = (kinds[best.index].mean[index] * count + shape[index]) / (count + 1)
        }
        Self.normalise(&kinds[best.index].mean)
        kinds[best.index].count += 1
      }
      return best.index
    }
    guard kinds.count < 120 else { return nil }
    kinds.append(Kind(mean: shape))
    return kinds.count - 1
  }

  /// Notes that a shape of `kind` was read as `digit` by both readers.
  mutating func vote(_ digit: Unicode.Scalar, for kind: Int) { kinds[kind].votes[Int(digit.value) - 0x30] += 1 }

  /// What a kind is, where at least `least` of its shapes were read, and nine of ten alike; without the one vote of
  /// `digit`, if there was one.
  func digit(of kind: Int, least: Int, without digit: Unicode.Scalar?) -> Unicode.Scalar? {
    var votes = kinds[kind].votes
    if let digit { votes[Int(digit.value) - 0x30] -= 1 }
    guard let most = votes.max(), most >= least, most * 10 >= votes.reduce(0, +) * 9,
      let value = votes.firstIndex(of: most)
    else { return nil }
    return Unicode.Scalar(0x30 + UInt32(value))
  }

  /// The greatest correlation of two shapes, one of them moved by up to one pixel.
  private static func likeness(_ left: [Float], _ right: [Float]) -> Float {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        var best: Float = 0
        for shift in [0, -1, 1, -side, side] {
          var sum: Float = 0
          var index = max(0, -shift)
          let end = side * side - max(0, shift)
          while index < end {
            sum += left[index] * right[index + shift]
            index += 1
          }
          best = max(best, sum)
        }
        return best
      }
    }
  }

  private static func normalise(_ shape: inout [Float]) {
    let mean = shape.reduce(0, +) / Float(shape.count)
    for index in shape.indices { shape[index] -= mean }
    let length = shape.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return }
    for index in shape.indices { shape[index] /= length }
  }

  /// A shape of a picture in shades of grey: as high as the square and in its middle, with mean 0 and length 1.
  static func shape(of box: PixelBox, in grey: borrowing Raster) -> [Float] {
    var shape = [Float](repeating: 0, count: side * side)
    guard let words = grey.words, box.height > 0 else { return shape }
    let stride = grey.wordsPerRow
    let step = Double(box.height) / Double(side)
    let left = box.midX - step * Double(side) / 2
    for row in 0..<side {
      for column in 0..<side {
        var ink: UInt32 = 0
        for part in 0..<9 {
          let y = Int(Double(box.y0) + (Double(row) + (Double(part / 3) + 0.5) / 3) * step)
          let x = Int(left + (Double(column) + (Double(part % 3) + 0.5) / 3) * step)
          guard x >= box.x0, x < box.x1, y >= 0, y < grey.height else { continue }
          ink += 255 - (words[y * stride + x >> 2] >> UInt32(24 - (x & 3) * 8) & 255)
        }
        shape[row * side + column] = Float(ink)
      }
    }
    normalise(&shape)
    return shape
  }
}

extension FigureReading {
  /// Notes the kinds of its digits, and what they were read as.
  mutating func note(in kinds: inout GlyphKinds, grey: borrowing Raster) {
    let digits = text?.plainDigits
    let fitting = digits.map { shapes.fitting($0.count) } ?? shapes.best
    guard let boxes = fitting?.digits, fitting?.oddities == 0 else { return }
    var found: [Int?] = []
    for box in boxes { found.append(kinds.kind(of: GlyphKinds.shape(of: box, in: grey))) }
    self.kinds = found
    guard let digits, digits.count == found.count else { return }
    for (digit, kind) in zip(digits, found) {
      if let kind { kinds.vote(digit, for: kind) }
    }
  }

  /// The digits that the kinds say; nil where they say nothing else than what was read, or do not know all of what was
  /// not.
  func digits(by kinds: GlyphKinds) -> [Unicode.Scalar]? {
    let digits = text?.plainDigits
    if let digits, digits.count != self.kinds.count { return nil }
    let said = self.kinds.enumerated().map { index, kind in
      kind.flatMap { kinds.digit(of: $0, least: digits == nil ? 3 : 4, without: digits?[index]) }
    }
    guard let digits else {
      let known = said.compactMap { $0 }
      return known.isEmpty || known.count < said.count ? nil : known
    }
    let meant = zip(digits, said).map { $1 ?? $0 }
    return meant == digits ? nil : meant
  }

  /// Whether a digit that was read as one is as broad as others, and not known to be one: readers take a four for it.
  func hasBroadOne(by kinds: GlyphKinds) -> Bool {
    guard let digits = text?.plainDigits, digits.count == self.kinds.count,
      let boxes = shapes.fitting(digits.count)?.digits
    else { return false }
    return digits.indices.contains { index in
      digits[index] == "1" && boxes[index].width * 100 > boxes[index].height * 58
        && self.kinds[index].flatMap { kinds.digit(of: $0, least: 4, without: "1") } != "1"
    }
  }

  /// Takes the digits that the kinds say, where a reader saw them, too; else nothing is certain.
  mutating func settle(digits: [Unicode.Scalar]) {
    let readings = candidates.filter { $0.plainDigits == digits }
    text =
      readings.isEmpty ? nil : shapes.fitting(digits.count)?.figure(digits: digits, readings: readings)
  }
}
