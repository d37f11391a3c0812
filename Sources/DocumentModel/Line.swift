/// One line of text.
public struct Line: Codable, Hashable, Sendable {
  /// What it says.
  public var text: PrintedText
  /// Where it stands: a box on a page, or a whole line of a text source.
  public var place: Place
  /// The parts that stand apart on the line, with their boxes; empty in text sources.
  public var words: [Word]
  /// Size of most of its glyphs in points; 0 in text sources.
  public var size: Double
  /// What the line is for.
  public var role: Role

  /// What a line is for.
  public enum Role: String, Codable, Hashable, Sendable {
    /// Running text, headings, table cells.
    case body
    /// The same at the head or foot of many pages.
    case runningHead = "running_head"
    /// Only the number of its page.
    case pageNumber = "page_number"
  }

  /// Creates a line.
  public init(_ text: PrintedText, place: Place, words: [Word] = [], size: Double = 0, role: Role = .body) {
    self.text = text
    self.place = place
    self.words = words
    self.size = size
    self.role = role
  }
}

/// Glyphs of a line that stand together.
public struct Word: Codable, Hashable, Sendable {
  /// The scalars as printed.
  public var text: String
  /// Around the glyphs, in points.
  public var box: Box

  /// Creates a word.
  public init(_ text: String, box: Box) {
    self.text = text
    self.box = box
  }
}
