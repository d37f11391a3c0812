/// The text of a line or a cell of markup while it is put together: white space is one space, as it is shown.
struct MarkupText {
  private(set) var bytes: [UInt8] = []
  /// Where an inline element begins or ends, or white space was, in bytes.
  private(set) var seams: [Int] = []
  private var space = Gap.none

  private enum Gap { case none, space, lineBreak }

  /// Whether nothing is printed.
  var isEmpty: Bool { bytes.isEmpty }

  /// Adds characters.
  mutating func append(_ text: ArraySlice<UInt8>) {
    for byte in text {
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        if space == .none { space = .space }
      } else {
        fillGap()
        bytes.append(byte)
      }
    }
  }

  /// Adds characters as they are, white space too.
  mutating func append(verbatim text: ArraySlice<UInt8>) {
    fillGap()
    bytes.append(contentsOf: text)
  }

  /// A line ends; several are one.
  mutating func breakLine() { space = .lineBreak }

  /// White space that no character stands for.
  mutating func breakWord() { if space == .none { space = .space } }

  /// An inline element begins or ends.
  mutating func seam() { if seams.last != bytes.count { seams.append(bytes.count) } }

  private mutating func fillGap() {
    guard space != .none else { return }
    if !bytes.isEmpty {
      bytes.append(space == .lineBreak ? 0x0A : 0x20)
      seam()
    }
    space = .none
  }

  /// What has been put together; the next text begins empty.
  mutating func taken() -> String {
    defer { self = MarkupText() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Begins anew.
  mutating func clear() { self = MarkupText() }
}
