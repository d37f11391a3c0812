public import DocumentModel

/// The format `gouji.document/1`: some layers of a document as they are between two stages.
public struct DocumentFormat: Encodable, Sendable {
  private let document: Document
  private let layers: [Layer]
  private let stage: String

  /// These layers of `document`, as they are after the stage with the id `stage`.
  public init(_ document: Document, layers: some Sequence<Layer>, after stage: String) {
    self.document = document
    self.layers = layers.sorted()
    self.stage = stage
  }

  /// UTF-8 JSON, an object of a list a line.
  public var json: [UInt8] { Array(LayerFormat.encoded(self)) }

  /// UTF-8 JSON in one line.
  public var line: [UInt8] { Array(LayerFormat.compact(self)) }

  private enum CodingKeys: String, CodingKey { case format, source, stage, layers, diagnostics }
  private enum SourceKeys: String, CodingKey {
    case uri, sha256, bytes, pages
    case mediaType = "media_type"
  }

  /// Writes the format.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("gouji.document/1", forKey: .format)
    try container.encode(stage, forKey: .stage)
    try container.encode(document.diagnostics, forKey: .diagnostics)
    var source = container.nestedContainer(keyedBy: SourceKeys.self, forKey: .source)
    try source.encode(document.source.uri, forKey: .uri)
    try source.encode(document.source.sha256, forKey: .sha256)
    try source.encode(document.source.byteCount, forKey: .bytes)
    try source.encode(document.source.mediaType, forKey: .mediaType)
    try source.encode(document.source.pageCount, forKey: .pages)
    var parts = container.nestedContainer(keyedBy: LayerKey.self, forKey: .layers)
    for layer in layers {
      let key = LayerKey(layer)
      switch layer {
      case .pages: try parts.encode(document.pages, forKey: key)
      case .lines: try parts.encode(document.lines, forKey: key)
      case .blocks: try parts.encode(document.blocks, forKey: key)
      case .tables: try parts.encode(document.tables, forKey: key)
      case .record: try parts.encode(document.record, forKey: key)
      }
    }
  }
}
