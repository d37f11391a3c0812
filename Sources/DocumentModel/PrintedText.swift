/// A text in three forms: as it is printed, as a person should read it, and as it is matched against words.
///
/// Places always point at `raw`, results show `shown`, comparisons use `folded`. Until a normalising stage has run,
/// all three are the same.
public struct PrintedText: Hashable, Sendable {
  /// As the source has it.
  public var raw: String
  /// With characters, spaces and punctuation put right.
  public var shown: String
  /// Without spaces and with all variants of a character unified.
  public var folded: String
  /// For every scalar of `shown`, the scalar of `raw` it comes from.
  public var shownOffsets: OffsetMap
  /// For every scalar of `folded`, the scalar of `raw` it comes from.
  public var foldedOffsets: OffsetMap

  /// Creates a text that has not been normalised.
  public init(_ raw: String) {
    self.raw = raw
    self.shown = raw
    self.folded = raw
    self.shownOffsets = .identity
    self.foldedOffsets = .identity
  }

  /// Creates a normalised text.
  public init(
    raw: String, shown: String, folded: String, shownOffsets: OffsetMap = .identity,
    foldedOffsets: OffsetMap = .identity
  ) {
    self.raw = raw
    self.shown = shown
    self.folded = folded
    self.shownOffsets = shownOffsets
    self.foldedOffsets = foldedOffsets
  }

  /// Whether nothing readable is printed.
  public var isBlank: Bool { shown.isEmpty || folded.isEmpty || !shown.contains { !$0.isWhitespace } }
}

/// The way back from a rewritten text to the text it was made of, counted in Unicode scalars.
public enum OffsetMap: Hashable, Sendable {
  /// Every scalar stands where it stood.
  case identity
  /// Scalar `i` comes from scalar `origins[i]`; ascending.
  case origins([Int32])

  /// The scalar offset that offset `index` comes from; an index at the end gives the offset after the last origin.
  public func origin(of index: Int) -> Int {
    switch self {
    case .identity: index
    case .origins(let origins):
      if index < origins.count { Int(origins[index]) } else { (origins.last.map { Int($0) } ?? -1) + 1 }
    }
  }

  /// The range of origins of a range of scalars; empty ranges stay empty.
  public func origins(of range: Range<Int>) -> Range<Int> {
    guard let last = range.last else {
      let at = origin(of: range.lowerBound)
      return at..<at
    }
    return origin(of: range.lowerBound)..<(origin(of: last) + 1)
  }
}

extension PrintedText {
  /// The part of `shown` that stands where a part of `folded` stands.
  ///
  /// - Parameter range: scalar offsets into `folded`.
  public func shown(atFolded range: Range<Int>) -> String {
    let raw = foldedOffsets.origins(of: range)
    var result = String.UnicodeScalarView()
    for (index, scalar) in shown.unicodeScalars.enumerated() where raw.contains(shownOffsets.origin(of: index)) {
      result.append(scalar)
    }
    return String(result)
  }
}

extension PrintedText {
  /// Whether something is shown between digits that stand side by side in `folded`, as a space or a quotation mark does:
  /// they may be those of two numbers.
  ///
  /// - Parameters:
  ///   - range: scalar offsets into `folded`; `nil` for all of it.
  ///   - allowingThousands: whether spaces between groups of three digits part nothing, as in `13 937` (ISO 80000-1, 7.3.1).
  public func holdsTwoNumbers(atFolded range: Range<Int>? = nil, allowingThousands: Bool = false) -> Bool {
    let parting = partingDigits(atFolded: range)
    guard allowingThousands, !parting.isEmpty else { return !parting.isEmpty }
    guard parting.allSatisfy(\.scalar.properties.isWhitespace) else { return true }
    let ends = Set(parting.map(\.behind))
    let digits = folded.unicodeScalars.map { ("0"..."9").contains($0) }
    func run(from start: Int, by step: Int) -> Int {
      var (count, index) = (0, start)
      while digits.indices.contains(index), digits[index], step < 0 || index == start || !ends.contains(index) {
        (count, index) = (count + 1, index + step)
        if step < 0, ends.contains(index + 1) { break }
      }
      return count
    }
    return ends.contains { end in
      let before = run(from: end - 1, by: -1)
      return run(from: end, by: 1) != 3 || before > 3 || before == 0
    }
  }

  /// What is shown between digits that stand side by side in `folded`, in order, with the offset of the digit behind it.
  private func partingDigits(atFolded range: Range<Int>?) -> [(scalar: Unicode.Scalar, behind: Int)] {
    guard shown != folded else { return [] }
    var gaps: [(range: Range<Int>, behind: Int)] = []
    var last: Int?
    for (index, scalar) in folded.unicodeScalars.enumerated() where range?.contains(index) ?? true {
      guard ("0"..."9").contains(scalar) else { last = nil; continue }
      let origin = foldedOffsets.origin(of: index)
      if let last, last + 1 < origin { gaps.append((last + 1..<origin, index)) }
      last = origin
    }
    guard !gaps.isEmpty else { return [] }
    var next = 0
    return shown.unicodeScalars.enumerated().compactMap { index, scalar in
      let origin = shownOffsets.origin(of: index)
      while next < gaps.count, gaps[next].range.upperBound <= origin { next += 1 }
      return next < gaps.count && gaps[next].range.contains(origin) ? (scalar, gaps[next].behind) : nil
    }
  }
}
