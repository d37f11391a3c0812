/// A reading in Latin letters that a program has put in brackets behind an ideograph.
enum PinyinReading {
  /// Whether the scalars from the opening bracket at `open` to the end are a reading of what stands before.
  ///
  /// A reading is one syllable of Hanyu Pinyin, with or without a tone mark: an initial, which may be missing, and a
  /// final. `(gōng)` is one, `(app)` is none.
  static func stands(in scalars: [UInt32], from open: Int) -> Bool {
    let length = scalars.count - open - 2
    guard open > 0, (1...8).contains(length), ScalarClass(of: scalars[open - 1]) == .ideograph else { return false }
    var letters: [UInt8] = []
    for scalar in scalars[(open + 1)..<(scalars.count - 1)] where !(0x300...0x36F).contains(scalar) {
      guard let letter = withoutTone(scalar) else { return false }
      letters.append(letter)
    }
    guard letters.count <= 6 else { return false }
    let initial = letters.prefix { !vowels.contains($0) }
    return initials.contains(String(decoding: initial, as: UTF8.self))
      && finals.contains(String(decoding: letters[initial.count...], as: UTF8.self))
  }

  /// The letter under a tone mark, ü as v; `nil` for what is no letter of Pinyin.
  private static func withoutTone(_ scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0x61...0x7A: UInt8(scalar)
    case 0xE0...0xE4, 0x101, 0x103, 0x1CE: UInt8(ascii: "a")
    case 0xE8...0xEA, 0x113, 0x115, 0x11B: UInt8(ascii: "e")
    case 0xEC...0xEE, 0x12B, 0x12D, 0x1D0: UInt8(ascii: "i")
    case 0xF2...0xF4, 0x14D, 0x14F, 0x1D2: UInt8(ascii: "o")
    case 0xF9...0xFB, 0x16B, 0x16D, 0x1D4: UInt8(ascii: "u")
    case 0xFC, 0x1D6, 0x1D8, 0x1DA, 0x1DC: UInt8(ascii: "v")
    default: nil
    }
  }

  private static let vowels = Set("aeiouv".utf8)
  private static let initials = Set(
    " b p m f d t n l g k h j q x zh ch sh r z c s y w".split(separator: " ", omittingEmptySubsequences: false)
      .map(String.init))
  private static let finals = Set(
    """
    a o e i u v ai ei ui ao ou iu ie ve ue er an en in un vn ang eng ing ong ia iao ian iang iong ua uo uai uan uang
    van
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
