/// What a scalar is, as far as spacing and punctuation are concerned.
struct ScalarClass: OptionSet {
  let rawValue: UInt8

  /// An ideograph, a kana, a bopomofo letter.
  static let ideograph = ScalarClass(rawValue: 1)
  /// A mark as wide as an ideograph; the space it needs is part of it.
  static let wideMark = ScalarClass(rawValue: 2)
  /// Blank, a tab or a line break.
  static let space = ScalarClass(rawValue: 4)
  /// A mark whose form depends on its neighbours.
  static let mark = ScalarClass(rawValue: 8)
  /// An ASCII digit.
  static let digit = ScalarClass(rawValue: 16)
  /// An ASCII letter.
  static let letter = ScalarClass(rawValue: 32)
  /// A curly quotation mark, which is as wide as what it stands beside.
  static let quote = ScalarClass(rawValue: 64)

  /// Written without spaces around it.
  static let wide: ScalarClass = [.ideograph, .wideMark]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The class of a scalar.
  @inline(__always)
  init(of scalar: UInt32) {
    if scalar < 0x10000 {
      self.init(rawValue: ScalarTables.classes[Int(scalar)])
    } else {
      self = (0x20000..<0x40000).contains(scalar) ? .ideograph : []
    }
  }
}

/// Flat tables over the basic plane, built at first use.
///
/// An entry of a mapping is the scalar to write, 0 for nothing, or ``several`` for more than one scalar or one beyond
/// the basic plane.
enum ScalarTables {
  static let several: UInt16 = 0xFFFF

  /// A mapping of each scalar to itself.
  private static var unchanged: [UInt16] {
    [UInt16](unsafeUninitializedCapacity: 0x10000) { table, count in
      for value in 0..<0x10000 { table[value] = UInt16(truncatingIfNeeded: value) }
      count = 0x10000
    }
  }

  /// From a printed scalar to the one that means the same without a font's or a form's peculiarities.
  static let plain: [UInt16] = {
    var table = unchanged
    for value in 0..<0x20 { table[value] = 0 }
    for value in 0x7F..<0xA0 { table[value] = 0 }
    for (range, target) in MarkForms.plainRanges { for value in range { table[value] = target } }
    for (value, target) in MarkForms.plain { table[value] = target }
    for value in [Int](0xFF10...0xFF19) + (0xFF21...0xFF3A) + (0xFF41...0xFF5A) {
      table[value] = UInt16(value - 0xFEE0)
    }
    for run in IdeographForms.runs {
      for (index, scalar) in run.ideographs.unicodeScalars.enumerated() where scalar.value != 0x3000 {
        table[Int(run.first) + index] = scalar.value < 0x10000 ? UInt16(scalar.value) : several
      }
    }
    for value in MarkForms.ligatures.keys { table[Int(value)] = several }
    return table
  }()

  /// From a plain scalar to its form for comparisons.
  static let folded: [UInt16] = {
    var table = unchanged
    for value in 0xC0..<0x590 {
      guard let scalar = Unicode.Scalar(UInt32(value)), scalar.properties.changesWhenLowercased else { continue }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      if lower.count == 1, let only = lower.first, only.value < 0x10000 { table[value] = UInt16(only.value) }
    }
    for value in 0x41...0x5A { table[value] = UInt16(value + 0x20) }
    for value in 0xFF01...0xFF5E { table[value] = UInt16(value - 0xFEE0) }
    for (value, target) in MarkForms.folded { table[value] = target }
    for value in MarkForms.numbered { table[value] = several }
    return table
  }()

  /// Raw values of ``ScalarClass``.
  static let classes: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 0x10000)
    func set(_ range: ClosedRange<Int>, _ kind: ScalarClass) {
      for value in range { table[value] = kind.rawValue }
    }
    for range in [0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029, 0x3040...0x30FA, 0x30FC...0x312F, 0x31A0...0x31FF]
    {
      set(range, .ideograph)
    }
    for range in [0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF] { set(range, .ideograph) }
    for range in [0x3001...0x3003, 0x3008...0x3011, 0x3014...0x301B, 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40]
    {
      set(range, .wideMark)
    }
    set(0xFF5B...0xFF64, .wideMark)
    set(0x30...0x39, .digit)
    set(0x41...0x5A, .letter)
    set(0x61...0x7A, .letter)
    set(0x2018...0x201D, .quote)
    for value in [0x09, 0x0A, 0x20] { table[value] = ScalarClass.space.rawValue }
    for value in MarkForms.dependent { table[value] |= ScalarClass.mark.rawValue }
    return table
  }()

  /// What stands behind ``several`` in ``plain``.
  static func plainSequence(of scalar: UInt32) -> [UInt32] {
    if let letters = MarkForms.ligatures[scalar] { return letters.unicodeScalars.map(\.value) }
    for run in IdeographForms.runs where scalar >= run.first {
      let index = Int(scalar - run.first)
      let ideographs = run.ideographs.unicodeScalars
      if index < ideographs.count {
        return [ideographs[ideographs.index(ideographs.startIndex, offsetBy: index)].value]
      }
    }
    return [scalar]
  }

  /// What stands behind ``several`` in ``folded``: a numeral in a bracket or with a full stop, written out.
  static func foldedSequence(of scalar: UInt32) -> [UInt32] {
    let digits = { (number: UInt32) -> [UInt32] in
      number < 10 ? [0x30 + number] : [0x30 + number / 10, 0x30 + number % 10]
    }
    switch scalar {
    case 0x2474...0x2487: return [0x28] + digits(scalar - 0x2473) + [0x29]
    case 0x2488...0x249B: return digits(scalar - 0x2487) + [0x2E]
    case 0x3220...0x3229: return [0x28] + MarkForms.numerals[Int(scalar - 0x3220)...].prefix(1) + [0x29]
    default: return [scalar]
    }
  }
}
