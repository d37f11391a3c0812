/// One document and everything a pipeline has learned about it so far.
///
/// The only value that travels between stages. Each layer is `nil` until a stage has written it; a layer that was
/// written and found nothing is empty, not `nil`.
public struct Document: Hashable, Sendable {
  /// Where the document came from.
  public var source: Source
  /// The pages of a paged source; `nil` for plain text and markup.
  public var pages: [Page]?
  /// Lines of text in reading order.
  public var lines: [Line]?
  /// Headings, paragraphs and the places of tables, in reading order.
  public var blocks: [Block]?
  /// Tables in reading order.
  public var tables: [Table]?
  /// What the document states, in the terms of a schema.
  public var record: Record?
  /// What was odd; every stage may add to it.
  public var diagnostics: [Diagnostic]

  /// Creates a document of which only the source is known.
  public init(source: Source) {
    self.source = source
    self.diagnostics = []
  }
}

/// A part of a document that stages declare to read or to write.
public enum Layer: String, Codable, CaseIterable, Comparable, Hashable, Sendable {
  case pages, lines, blocks, tables, record

  /// Layers are ordered from the page to the record.
  public static func < (left: Layer, right: Layer) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}

extension Document {
  /// Whether `layer` has been written.
  public func has(_ layer: Layer) -> Bool {
    switch layer {
    case .pages: pages != nil
    case .lines: lines != nil
    case .blocks: blocks != nil
    case .tables: tables != nil
    case .record: record != nil
    }
  }

  /// Takes `layer` over from another state of the same document.
  public mutating func take(_ layer: Layer, from other: Document) {
    switch layer {
    case .pages: pages = other.pages
    case .lines: lines = other.lines
    case .blocks: blocks = other.blocks
    case .tables: tables = other.tables
    case .record: record = other.record
    }
  }

  /// Whether `layer` is, in memory, the very one of another state of the same document: nothing has written to it since.
  ///
  /// Costs nothing, and may say no of equal layers. Equality may not say yes here: it takes two spellings of a letter for
  /// one.
  public func shares(_ layer: Layer, with other: Document) -> Bool {
    switch layer {
    case .pages: pages.isSame(as: other.pages)
    case .lines: lines.isSame(as: other.lines)
    case .blocks: blocks.isSame(as: other.blocks)
    case .tables: tables.isSame(as: other.tables)
    case .record: false
    }
  }
}

extension Optional {
  /// Whether both are the same elements at the same place.
  fileprivate func isSame<Element>(as other: Wrapped?) -> Bool where Wrapped == [Element] {
    guard let self, let other, self.count == other.count else { return false }
    return self.withUnsafeBufferPointer { mine in other.withUnsafeBufferPointer { $0.baseAddress == mine.baseAddress } }
  }
}
