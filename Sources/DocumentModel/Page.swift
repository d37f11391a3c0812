/// One page: what is drawn on it, with nothing understood yet.
public struct Page: Hashable, Sendable {
  /// 1-based number in the file.
  public var number: Int
  /// Width as displayed, in points.
  public var width: Double
  /// Height as displayed, in points.
  public var height: Double
  /// Glyphs in content-stream order.
  public var glyphs: [Glyph]
  /// Straight horizontal and vertical strokes, and filled rectangles so thin that they are strokes.
  public var rulings: [Ruling]
  /// Pictures.
  public var images: [Box]
  /// Filled rectangles that are no rules: grounds of cells, bars of charts.
  public var fills: [Box]
  /// Pieces of paths with curves or slanted lines: charts, logos, ornaments.
  public var drawings: [Box]
  /// Names of the fonts that the glyphs refer to.
  public var fonts: [String]

  /// Whether its glyphs and rules were recognised in a picture: any of them may be wrong, and what could not be made out is
  /// U+FFFD.
  public var isRecognised: Bool

  /// Creates a page.
  public init(
    number: Int, width: Double, height: Double, glyphs: [Glyph] = [], rulings: [Ruling] = [], images: [Box] = [],
    fills: [Box] = [], drawings: [Box] = [], fonts: [String] = [], isRecognised: Bool = false
  ) {
    self.number = number
    self.width = width
    self.height = height
    self.glyphs = glyphs
    self.rulings = rulings
    self.images = images
    self.fills = fills
    self.drawings = drawings
    self.fonts = fonts
    self.isRecognised = isRecognised
  }

  /// All of it, for what is said about no part of it.
  public var place: Place { .page(number, Box(0, 0, width, height)) }
}

/// One drawn character.
public struct Glyph: Hashable, Sendable {
  /// The character as the font's ToUnicode map gives it; U+FFFD where it gives none.
  public var scalar: Unicode.Scalar
  /// Advance width by ascent and descent, in points.
  public var box: Box
  /// Font size as displayed, in points.
  public var size: Double
  /// Index into the page's fonts.
  public var font: Int
  /// Which way the text runs.
  public var direction: Direction
  /// Drawn invisibly (text rendering mode 3), as under a scan.
  public var isHidden: Bool

  /// Which way text runs on the page as displayed.
  public enum Direction: UInt8, Hashable, Sendable {
    case right, down, left, up
  }

  /// Creates a glyph.
  public init(
    _ scalar: Unicode.Scalar, box: Box, size: Double, font: Int = 0, direction: Direction = .right,
    isHidden: Bool = false
  ) {
    self.scalar = scalar
    self.box = box
    self.size = size
    self.font = font
    self.direction = direction
    self.isHidden = isHidden
  }
}

/// A straight rule, horizontal or vertical.
public struct Ruling: Hashable, Sendable {
  /// Horizontal or vertical.
  public var axis: Axis
  /// y of a horizontal rule, x of a vertical one: its middle line, in points.
  public var position: Double
  /// Left or top end.
  public var start: Double
  /// Right or bottom end.
  public var end: Double
  /// Thickness in points.
  public var thickness: Double

  /// The direction of a rule.
  public enum Axis: UInt8, Hashable, Sendable {
    case horizontal, vertical
  }

  /// Creates a rule; `start` and `end` may come in any order.
  public init(_ axis: Axis, at position: Double, from start: Double, to end: Double, thickness: Double = 0.5) {
    self.axis = axis
    self.position = position
    self.start = min(start, end)
    self.end = max(start, end)
    self.thickness = thickness
  }

  /// Length in points.
  public var length: Double { end - start }
}
