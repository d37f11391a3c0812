/// Which printed token a reading takes the figure of a cell from.
struct TokenSource: Hashable, Sendable {
  private var code: Int32

  private init(code: Int32) { self.code = code }

  /// None: the figure is not printed.
  static let none = TokenSource(code: -1)
  /// One of several tokens that print the same figure.
  static let several = TokenSource(code: -2)
  private static let part: Int32 = 1 << 24
  private static let joint: Int32 = 1 << 25

  /// The token as it is printed.
  static func token(_ index: Int) -> TokenSource { TokenSource(code: Int32(truncatingIfNeeded: index)) }
  /// A part of the digits of a token.
  static func part(of index: Int) -> TokenSource { TokenSource(code: part | Int32(truncatingIfNeeded: index)) }
  /// A token and the next in one.
  static func joined(from index: Int) -> TokenSource { TokenSource(code: joint | Int32(truncatingIfNeeded: index)) }

  /// Whether the figure is printed, in whatever form.
  var isPrinted: Bool { self != .none }

  /// The index of the token that prints the figure as it is.
  var token: Int? { 0..<Self.part ~= code ? Int(code) : nil }

  /// How the figure was made from tokens that print something else.
  var edit: TokenEdit? {
    if code < Self.part { return nil }
    return code & Self.joint != 0 ? .joined(from: Int(code & ~Self.joint)) : .part(of: Int(code & ~Self.part))
  }

  /// What is left when two readings agree on a figure: printed only if both print it.
  func merged(with other: TokenSource) -> TokenSource {
    if self == other { return self }
    return isPrinted && other.isPrinted ? .several : .none
  }
}
