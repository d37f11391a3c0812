/// A rectangle in PDF points, origin at the top left of the page as displayed, y growing downwards.
public struct Box: Hashable, Sendable {
  /// Left edge.
  public var x0: Double
  /// Top edge.
  public var y0: Double
  /// Right edge.
  public var x1: Double
  /// Bottom edge.
  public var y1: Double

  /// Creates the rectangle with these edges.
  public init(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) {
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
  }

  /// Width in points.
  public var width: Double { x1 - x0 }
  /// Height in points.
  public var height: Double { y1 - y0 }
  /// Horizontal centre.
  public var midX: Double { (x0 + x1) / 2 }
  /// Vertical centre.
  public var midY: Double { (y0 + y1) / 2 }

  /// The smallest box around both.
  public func union(_ other: Box) -> Box {
    Box(min(x0, other.x0), min(y0, other.y0), max(x1, other.x1), max(y1, other.y1))
  }

  /// Whether the point lies inside or on the edge.
  public func contains(x: Double, y: Double) -> Bool {
    x >= x0 && x <= x1 && y >= y0 && y <= y1
  }

  /// The length that both share horizontally; 0 when they stand side by side.
  public func overlapX(_ other: Box) -> Double { max(0, min(x1, other.x1) - max(x0, other.x0)) }
  /// The length that both share vertically; 0 when one stands above the other.
  public func overlapY(_ other: Box) -> Double { max(0, min(y1, other.y1) - max(y0, other.y0)) }
}

/// Where something stands in the source.
public enum Place: Hashable, Sendable {
  /// On a page (1-based), inside a box.
  case page(Int, Box)
  /// In a line of a text source: 1-based line and columns, inclusive, counted in Unicode scalars.
  case line(Int, columns: ClosedRange<Int>)
  /// At a node of a markup source, as an XPath.
  case path(String)

  /// The 1-based page, where there is one.
  public var page: Int? {
    if case .page(let page, _) = self { page } else { nil }
  }

  /// The box on the page, where there is one.
  public var box: Box? {
    if case .page(_, let box) = self { box } else { nil }
  }
}
