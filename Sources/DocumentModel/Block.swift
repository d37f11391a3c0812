/// A piece of the document's flow: a heading, a paragraph, or the place of a table.
public struct Block: Codable, Hashable, Sendable {
  /// What it is.
  public var kind: Kind
  /// Its text, joined over lines and pages; empty for tables.
  public var text: PrintedText
  /// The lines it was joined from, in order.
  public var places: [Place]

  /// What a block is.
  public enum Kind: Hashable, Sendable {
    /// The title of the document.
    case title
    /// A heading: 1 is the highest level.
    case heading(level: Int)
    /// Running text.
    case paragraph
    /// The table with this id stands here.
    case table(id: String)
  }

  /// Creates a block.
  public init(_ kind: Kind, text: PrintedText, places: [Place]) {
    self.kind = kind
    self.text = text
    self.places = places
  }
}
