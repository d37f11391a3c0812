/// A page turned by quarters so that text which runs another way runs from left to right, as a reader would hold it.
///
/// ```
/// ┌───────┐        ┌───────────┐
/// │ c b a │        │ a  1   2  │     text that runs down: the page is turned against the clock, what was the right
/// │       │  ───►  │ b  3   4  │     edge becomes the top; text that runs up: with the clock
/// │ 5 3 1 │        │ c  5   6  │
/// └───────┘        └───────────┘
/// ```
public struct QuarterTurn: Hashable, Sendable {
  /// The way the text runs on the page as displayed.
  public let direction: Glyph.Direction
  /// Width and height as displayed, in points.
  private let (width, height): (Double, Double)

  /// The turn of a page on which the text runs in `direction`.
  public init(_ direction: Glyph.Direction, width: Double, height: Double) {
    (self.direction, self.width, self.height) = (direction, width, height)
  }

  /// Width and height of the turned page.
  public var size: (width: Double, height: Double) {
    direction == .down || direction == .up ? (height, width) : (width, height)
  }

  /// The turn back.
  public var inverse: QuarterTurn {
    let back = Glyph.Direction(rawValue: (4 - direction.rawValue) % 4) ?? direction
    return QuarterTurn(back, width: size.width, height: size.height)
  }

  /// Where a box of the page as displayed lies on the turned page.
  public func turned(_ box: Box) -> Box {
    switch direction {
    case .right: box
    case .down: Box(box.y0, width - box.x1, box.y1, width - box.x0)
    case .left: Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    case .up: Box(height - box.y1, box.x0, height - box.y0, box.x1)
    }
  }

  /// The way a text runs on the turned page that runs so on the page as displayed.
  public func turned(_ own: Glyph.Direction) -> Glyph.Direction {
    Glyph.Direction(rawValue: (own.rawValue + 4 - direction.rawValue) % 4) ?? own
  }

  /// Where a rule of the page as displayed lies on the turned page.
  public func turned(_ rule: Ruling) -> Ruling {
    let isHorizontal = rule.axis == .horizontal
    let line = turned(
      isHorizontal
        ? Box(rule.start, rule.position, rule.end, rule.position)
        : Box(rule.position, rule.start, rule.position, rule.end))
    let staysOnAxis = direction == .left || direction == .right
    return isHorizontal == staysOnAxis
      ? Ruling(.horizontal, at: line.y0, from: line.x0, to: line.x1, thickness: rule.thickness)
      : Ruling(.vertical, at: line.x0, from: line.y0, to: line.y1, thickness: rule.thickness)
  }
}
